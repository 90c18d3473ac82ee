"""Plain data to YAML as authors of the banks write it: two spaces, folded long texts, few quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from kapuas_quiz.banks import yaml_events

WIDTH = 118
ALWAYS_FOLDED = frozenset({"stem", "rationale"})
INLINE_LISTS = frozenset({"facts", "keys", "cells"})
_SPECIAL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LOOKS_TYPED = re.compile(r"[-+.\d][\d.,:+eE_-]*|no|yes|on|off|y|n|nan|inf", re.IGNORECASE)


def item_lines(data: Mapping[str, object], indent: int) -> list[str]:
    """Write an item as an entry of a list, its dash at the given column."""
    lines = mapping_lines(data, indent + 2)
    return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]


def mapping_lines(data: Mapping[str, object], indent: int) -> list[str]:
    """Write keys with their values, each key at the given column."""
    return [line for name, value in data.items() for line in _entry(name, value, indent)]


def _entry(name: str, value: object, indent: int) -> Iterator[str]:
    head = f"{' ' * indent}{name}:"
    if isinstance(value, str):
        yield from _text(head, value, indent, folded=name in ALWAYS_FOLDED)
    elif isinstance(value, Mapping) and value:
        yield head
        yield from mapping_lines(value, indent + 2)
    elif isinstance(value, list) and value and name not in INLINE_LISTS:
        yield head
        for one in value:
            yield from _listed(one, indent + 2)
    elif isinstance(value, list):
        yield f"{head} [{', '.join(_scalar(one, flow=True) for one in value)}]"
    else:
        yield f"{head} {_scalar(value)}"


def _listed(value: object, indent: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from item_lines(value, indent)
    elif isinstance(value, str):
        yield from _text(f"{' ' * indent}-", value, indent, folded=False)
    else:
        yield f"{' ' * indent}- {_scalar(value)}"


def _text(head: str, text: str, indent: int, *, folded: bool) -> Iterator[str]:
    inner = " " * (indent + 2)
    short = _scalar(text)
    if not _fits_block(text):
        yield f"{head} {short}"
    elif "\n" in text:
        yield f"{head} |-"
        yield from (f"{inner}{line}" if line else "" for line in text.split("\n"))
    elif folded or len(head) + 1 + len(short) > WIDTH:
        yield f"{head} >-"
        yield from (f"{inner}{line}" for line in _wrapped(text, WIDTH - len(inner)))
    else:
        yield f"{head} {short}"


def _fits_block(text: str) -> bool:
    """Tell whether a block of lines gives this text back: no space at its ends, nothing to escape."""
    return bool(text) and text == text.strip() and not _SPECIAL.search(text)


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text at single spaces only, because folding gives back just one."""
    lines = [""]
    for word in re.split(r"(?<=\S) (?=\S)", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _scalar(value: object, *, flow: bool = False) -> str:
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if "\n" in value or _SPECIAL.search(value):
        plain = json.dumps(value, ensure_ascii=False)
        return _SPECIAL.sub(lambda found: f"\\u{ord(found.group()):04x}", plain)
    if _is_plain(value, flow=flow):
        return value
    return "'" + value.replace("'", "''") + "'"


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or _LOOKS_TYPED.fullmatch(text) or (flow and re.search(r"[\[\]{},]", text)):
        return False
    return yaml_events.parse(f"- {text}\n").value == [text]
