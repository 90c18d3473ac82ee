"""Comments in YAML, which its parser forgets: where they stand, and where they go in a new text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from kapuas_quiz.banks import yaml_events

_COMMENT = re.compile("(?:^|(?<=[ \t\r\n\x85\u2028\u2029]))#[^\r\n\x85\u2028\u2029]*")


@dataclass(frozen=True)
class Comment:
    """A comment with its line (from 0); `alone` on the line, or behind something."""

    line: int
    text: str
    alone: bool


def comments_of(text: str) -> list[Comment]:
    """Find the comments of a well-formed text; a # inside a value is none."""
    values = list(_values(text))
    found = []
    for match in _COMMENT.finditer(text):
        if any(start <= match.start() < end for start, end in values):
            continue
        ahead = re.split("[\r\n\x85\u2028\u2029]", text[: match.start()])[-1]
        line = len(re.findall("\r\n|[\r\n\x85\u2028\u2029]", text[: match.start()]))
        found.append(Comment(line, match.group().rstrip(), not ahead.strip()))
    return found


def _values(text: str) -> Iterator[tuple[int, int]]:
    """Yield where values stand; the first line of a block (`>-  # why`) may carry a comment."""
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.ScalarToken):
            start = token.start_mark.index
            if token.style in ("|", ">"):
                start = text.find("\n", start) % (len(text) + 1)
            yield start, token.end_mark.index


def with_comments(lines: Sequence[str], comments: Sequence[Comment], *, old: str) -> list[str]:
    """Put comments of an old text where they stood: before, or behind, a key that still exists."""
    before, after = yaml_events.parse(old).lines, yaml_events.parse("\n".join(lines)).lines
    above: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    for comment in comments:
        number = comment.line + 1
        if comment.alone:
            places = [path for path, line in before.items() if line > number][:1]
        else:
            places = [path for path, line in before.items() if line == number and path in after][-1:]
        if places and places[0] in after:
            target = above if comment.alone else behind
            target.setdefault(after[places[0]], []).append(comment.text)
    return list(_woven(lines, above, behind))


def _woven(lines: Sequence[str], above: dict[int, list[str]], behind: dict[int, list[str]]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        indent = " " * (len(line) - len(line.lstrip()))
        yield from (f"{indent}{text}" for text in above.get(number, ()))
        yield "  ".join([line, *behind.get(number, ())])
