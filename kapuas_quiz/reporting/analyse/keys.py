"""A file of keys: which options an item has and which of them are right."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from kapuas_quiz.reporting.analyse.refusals import RefusedFileError

MAX_MEGABYTES = 4
MAX_OPTIONS = 1_000
Value = TypeVar("Value")


@dataclass(frozen=True)
class ItemKey:
    """options: as they stand in the answers, each once.  right: indexes of those that are.

    listed: whether the file names every option, so that another one is a slip.
    """

    options: tuple[str, ...]
    right: frozenset[int]
    listed: bool = True

    def with_options_of(self, answers: Iterable[str]) -> ItemKey:
        """Add the options that somebody chose, where the file names the right ones alone."""
        if self.listed:
            return self
        chosen = sorted(set(answers) - {"", *self.options})
        return replace(self, options=(*self.options, *chosen)[:MAX_OPTIONS])


def read_key(content: bytes) -> dict[str, ItemKey]:
    """Read {"item": {"key": "B", "options": ["A", "B", "C"]}} or {"item": "B"}; of a list any one is right.

    Raises RefusedFileError, naming the item as a column.
    """
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise RefusedFileError("terlalu-besar", most=MAX_MEGABYTES)
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise RefusedFileError("kunci-bukan-json", value=str(error)) from error
    if not isinstance(found, dict) or not found:
        raise RefusedFileError("kunci-bentuk")
    return _once([(name.strip(), _item_key(name, entry)) for name, entry in found.items()])


def _once(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    seen: dict[str, Value] = {}
    for name, value in pairs:
        if name in seen:
            raise RefusedFileError("kunci-rangkap", column=name)
        seen[name] = value
    return seen


def _item_key(name: str, entry: object) -> ItemKey:
    if not isinstance(entry, dict):
        alone = _texts([entry] if isinstance(entry, str) else entry)
        if not alone or len(set(alone)) < len(alone):
            raise RefusedFileError("kunci-bentuk", column=name)
        return ItemKey(alone, frozenset(range(len(alone))), listed=False)
    if set(entry) != {"key", "options"}:
        raise RefusedFileError("kunci-bentuk", column=name)
    options = _texts(entry["options"])
    keys = _texts([entry["key"]] if isinstance(entry["key"], str) else entry["key"])
    if not options or not keys or len(set(options)) < len(options) or len(options) > MAX_OPTIONS:
        raise RefusedFileError("kunci-bentuk", column=name)
    for key in keys:
        if key not in options:
            raise RefusedFileError("kunci-di-luar-pilihan", column=name, value=key)
    return ItemKey(options, frozenset(options.index(key) for key in keys))


def _texts(value: object) -> tuple[str, ...] | None:
    """Return texts without spaces around them; None where it is no list of filled texts."""
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        return None
    return tuple(text.strip() for text in value)
