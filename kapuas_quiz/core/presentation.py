"""What one person sees of a form: neighbours see different orders and ballots, a reload the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.items import Content, arrange, draw, seen


class Placed(Protocol):
    """An item at its place in a form."""

    @property
    def position(self) -> int: ...

    @property
    def content(self) -> Content: ...


def present(form_items: Sequence[Placed], seed: int) -> dict[str, Any]:
    """Shuffle items and options and draw what is drawn, by a seed, the same on every machine and Python.

    Returns {"items": [position, ...], "options": {"position": [option id, ...]}, "drawn": {"position":
    what this person has of the item alone}}, ready for JSON; "drawn" has only positions that have some.
    """
    return _drawn(sorted(form_items, key=lambda item: lot(seed, item.position)), seed)


def booklet_seed(fingerprint: str, version: int) -> int:
    """Return the seed of a printed booklet, from the form's fingerprint and the number of the version."""
    return lot("buku", fingerprint, version)


def present_booklet(form_items: Sequence[Placed], seed: int) -> dict[str, Any]:
    """Present a form on paper: items in the form's own order, the rest by the seed, alike for all readers."""
    return _drawn(sorted(form_items, key=lambda item: item.position), seed)


def _drawn(ordered: Sequence[Placed], seed: int) -> dict[str, Any]:
    seeds = {item.position: lot(seed, item.position, "soal") for item in ordered}
    drawn = {item.position: draw(item.content, seeds[item.position]) for item in ordered}
    return {
        "items": [item.position for item in ordered],
        "options": {
            str(item.position): arrange(seen(item.content, drawn[item.position]), seeds[item.position])
            for item in ordered
        },
        "drawn": {str(position): own for position, own in drawn.items() if own},
    }
