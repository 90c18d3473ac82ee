"""The lines of one item in a bank file: changed, added or taken out while every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.banks.comment_homes import HomelessCommentError
from kapuas_quiz.banks.comments import comments_of, with_comments
from kapuas_quiz.banks.yaml_text import item_lines, mapping_lines
from kapuas_quiz.core.canonical import fingerprint

_LINE = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])|[^\r\n\x85\u2028\u2029]+$")
_DASH = re.compile(r"( *)- +(?=[^\s#{\[&*!|>?])")
_END_OF_DOCUMENT = re.compile(r"(\.\.\.|---)(\s|$)")

MOST_COMMENTS = 500
"""In an item that the pages change; each is looked up in the old and the new text."""


class NotByLinesError(Exception):
    """The items of the file, or their comments, are so written that only a person can change them."""


@dataclass(frozen=True)
class Block:
    """An item in a file: its data, its lines from `start` up to `end` (from 0), and two columns."""

    data: dict[str, Any]
    start: int
    end: int
    dash: int
    column: int
    text: str

    @property
    def digest(self) -> str:
        """Return what tells this state of the item in the file from another."""
        return fingerprint(self.text)


def blocks_of(text: str) -> list[Block]:
    """Find the items of a bank file in their order.

    Raises NotByLinesError.
    """
    document = yaml_events.parse(text)
    value = document.value
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise NotByLinesError
    lines = _split(text)
    starts = [document.lines["items", index] - 1 for index in range(len(items))]
    stop = _stop(document, lines, starts[-1] if starts else 0)
    return [
        _block(lines, item, start, after)
        for item, start, after in zip(items, starts, [*starts[1:], stop], strict=True)
    ]


def _split(text: str) -> list[str]:
    return _LINE.findall(text)


def _stop(document: yaml_events.Document, lines: Sequence[str], last: int) -> int:
    """Return the line after the list: that of the next key, of the end mark, or the end of the file."""
    keys = [line - 1 for path, line in document.lines.items() if len(path) == 1 and line - 1 > last]
    marks = (at for at in range(last, len(lines)) if _END_OF_DOCUMENT.match(lines[at]))
    return min([*keys, next(marks, len(lines)), len(lines)])


def _block(lines: Sequence[str], item: object, start: int, after: int) -> Block:
    found = _DASH.match(lines[start])
    if not found or not isinstance(item, dict):
        raise NotByLinesError
    said = {comment.line for comment in comments_of("".join(lines[start:after])) if comment.alone}
    while after > start + 1 and (after - 1 - start in said or not lines[after - 1].strip()):
        after -= 1
    return Block(item, start, after, len(found[1]), found.end(), "".join(lines[start:after]))


def changed(text: str, block: Block, data: Mapping[str, object]) -> str:
    """Return the file with one item changed; keys whose value stays keep their lines.

    Raises NotByLinesError.
    """
    old = _segments(block)
    order = [name for name in block.data if name in data]
    for before, name in zip([None, *data], data, strict=False):
        if name not in order:
            order.insert(order.index(before) + 1 if before in order else 0, name)
    body = []
    for name in order:
        ahead, lines = old.get(name, ((), ()))
        if name not in old or block.data[name] != data[name]:
            lines = _rewritten(lines, name, data[name], block.column)
        body += [*ahead, *lines]
    head = " " * block.dash + "-" + " " * (block.column - block.dash - 1)
    return _replaced(text, block, [head + body[0][block.column :], *body[1:]])


def added(text: str, items: Sequence[Mapping[str, object]]) -> str:
    """Return the file with items after the last one.

    Raises NotByLinesError.
    """
    blocks = blocks_of(text)
    if not blocks:
        raise NotByLinesError
    last = blocks[-1]
    new = [line for item in items for line in item_lines(item, last.dash)]
    return _replaced(text, last, [*_bare(last.text), *new])


def taken_out(text: str, block: Block) -> str:
    """Return the file without an item."""
    return _replaced(text, block, [])


def _replaced(text: str, block: Block, new: Sequence[str]) -> str:
    lines = _split(text)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    made = [f"{line}{ending}" for line in new]
    return "".join([*lines[: block.start], *made, *lines[block.end :]])


def _bare(text: str) -> list[str]:
    return [line.rstrip("\r\n\x85\u2028\u2029") for line in _split(text)]


def _segments(block: Block) -> dict[str, tuple[list[str], list[str]]]:
    """Return for each key the comments and empty lines ahead of it, and its own lines."""
    lines = _bare(block.text)
    lines[0] = " " * block.column + lines[0][block.column :]
    document = yaml_events.parse("\n".join(lines))
    starts = [document.lines[(name,)] - 1 for name in block.data]
    comments = comments_of("\n".join(lines))
    if len(comments) > MOST_COMMENTS:
        raise NotByLinesError
    said = {comment.line for comment in comments if comment.alone}
    found, ahead = {}, list[str]()
    for name, start, after in zip(block.data, starts, [*starts[1:], len(lines)], strict=True):
        end = after
        while end > start + 1 and (end - 1 in said or not lines[end - 1].strip()):
            end -= 1
        found[name] = (ahead, lines[start:end])
        ahead = lines[end:after]
    return found


def _rewritten(lines: Sequence[str], name: str, value: object, column: int) -> list[str]:
    old, new = "\n".join(lines), mapping_lines({name: value}, column)
    comments = comments_of(old)
    if not comments:
        return new
    try:
        return with_comments(new, comments, old=old)
    except HomelessCommentError as error:
        raise NotByLinesError from error
