"""Where in a changed value stands what a comment was about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kapuas_quiz.banks.yaml_events import KeyPath


class HomelessCommentError(Exception):
    """Nobody but a person can say where a comment belongs now."""


def home_of(path: KeyPath, old: Any, new: Any) -> KeyPath | None:
    """Return the path in the new value of what stands at a path in the old one; None if it is gone.

    Raises HomelessCommentError.
    """
    home: list[str | int] = []
    place: str | int | None
    for step in path:
        if isinstance(step, int):
            place = _entry(old, step, new) if isinstance(new, list) else None
        else:
            place = step if isinstance(new, dict) and step in new else None
        if place is None:
            return None
        home.append(place)
        old, new = old[step], new[place]
    return tuple(home)


def _entry(old: Sequence[Any], at: int, new: Sequence[Any]) -> int | None:
    """Find an entry of a list again: by its id, else by its value or as the only one that changed."""
    if isinstance(old[at], dict) and "id" in old[at]:
        return _found([_id(one) for one in old], at, [_id(one) for one in new])
    if len(old) == len(new) and [*old[:at], *old[at + 1 :]] == [*new[:at], *new[at + 1 :]]:
        return at
    if old[at] not in new and any(one not in old for one in new):
        raise HomelessCommentError
    return _found(old, at, new)


def _id(entry: Any) -> Any:
    return entry.get("id") if isinstance(entry, dict) else None


def _found(old: Sequence[Any], at: int, new: Sequence[Any]) -> int | None:
    if old.count(old[at]) > 1 or new.count(old[at]) > 1:
        raise HomelessCommentError
    return new.index(old[at]) if old[at] in new else None
