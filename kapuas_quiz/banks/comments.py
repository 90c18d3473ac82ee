"""Comments in YAML, which its parser forgets: where they stand, and where they go in a new text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

import yaml

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.banks.comment_homes import HomelessCommentError, home_of
from kapuas_quiz.banks.yaml_events import KeyPath

_COMMENT = re.compile("(?:^|(?<=[ \t\r\n\x85\u2028\u2029]))#[^\r\n\x85\u2028\u2029]*")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_Scanner = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Comment:
    """A comment with its line (from 0); `alone` on the line, or behind something."""

    line: int
    text: str
    alone: bool


def comments_of(text: str) -> list[Comment]:
    """Find the comments of a well-formed text; a # inside a value is none."""
    values = list(_values(text))
    lines = [0, *(found.end() for found in _BREAK.finditer(text))]
    found = []
    for match in _COMMENT.finditer(text):
        at = match.start()
        last = bisect_right(values, at, key=itemgetter(0)) - 1
        if last >= 0 and at < values[last][1]:
            continue
        line = bisect_right(lines, at) - 1
        found.append(Comment(line, match.group().rstrip(), not text[lines[line] : at].strip()))
    return found


def _values(text: str) -> Iterator[tuple[int, int]]:
    """Yield where values stand; the first line of a block (`>-  # why`) may carry a comment."""
    for token in yaml.scan(text, Loader=_Scanner):
        if isinstance(token, yaml.ScalarToken):
            start = token.start_mark.index
            if token.style in ("|", ">"):
                start = text.find("\n", start) % (len(text) + 1)
            yield start, token.end_mark.index


def with_comments(lines: Sequence[str], comments: Sequence[Comment], *, old: str) -> list[str]:
    """Put comments of an old text before, or behind, what they were about; they go with what is gone.

    Raises HomelessCommentError.
    """
    before, after = yaml_events.parse(old), yaml_events.parse("\n".join(lines))
    above: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    for comment in comments:
        home = home_of(_about(comment, before), before.value, after.value)
        if home:
            target = above if comment.alone else behind
            target.setdefault(after.lines[home], []).append(comment.text)
    return list(_woven(lines, above, behind))


def _about(comment: Comment, document: yaml_events.Document) -> KeyPath:
    """Return what begins on the comment's line, for one that stands alone what begins next."""
    paths, lines = list(document.lines), list(document.lines.values())
    number = comment.line + 1
    place = (bisect_right if comment.alone else bisect_left)(lines, number)
    if place == len(lines) or (lines[place] != number and not comment.alone):
        raise HomelessCommentError(comment.text)
    return paths[place]


def _woven(lines: Sequence[str], above: dict[int, list[str]], behind: dict[int, list[str]]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        indent = " " * (len(line) - len(line.lstrip()))
        yield from (f"{indent}{text}" for text in above.get(number, ()))
        yield "  ".join([line, *behind.get(number, ())])
