"""What changed between two wordings of an item, word by word and for any item type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went, or came."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Change:
    """One part of a wording that changed; `part` is its key in the content."""

    part: str
    pieces: tuple[Piece, ...]


def wording_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Compare two contents of an item part by part, in the newer one's order; rendered HTML is left out."""
    parts = [name for name in dict.fromkeys((*new, *old)) if not name.endswith("_html")]
    changed = [name for name in parts if old.get(name) != new.get(name)]
    return tuple(
        Change(name, tuple(word_diff(in_words(old.get(name)), in_words(new.get(name))))) for name in changed
    )


def word_diff(old: str, new: str) -> Iterator[Piece]:
    """Yield what stayed, went and came; spaces belong to the word before them."""
    before, after = (re.findall(r"\S+\s*|\s+", text) for text in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(before[i:j]))
            continue
        if j > i:
            yield Piece("gone", "".join(before[i:j]))
        if m > k:
            yield Piece("new", "".join(after[k:m]))


def in_words(value: object) -> str:
    """Write a part of a content as lines of text."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Mapping):
        return " ".join(_named(name, part) for name, part in value.items() if _says(name, part))
    if isinstance(value, list | tuple):
        plain = all(isinstance(part, str | int | float) for part in value)
        return (", " if plain else "\n").join(in_words(part) for part in value)
    return str(value)


def _says(name: str, value: object) -> bool:
    return not name.endswith("_html") and value not in (None, "", [], {})


def _named(name: str, value: object) -> str:
    text = in_words(value)
    return f"{text}." if name == "id" else text
