"""The order in which one person sees a form: neighbours see different orders, a reload the same one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.items import Content, option_ids


class Placed(Protocol):
    """An item at its place in a form."""

    @property
    def position(self) -> int: ...

    @property
    def content(self) -> Content: ...


def present(form_items: Sequence[Placed], seed: int) -> dict[str, Any]:
    """Shuffle items and options by a seed, the same on every machine and Python version.

    Returns {"items": [position, ...], "options": {"position": [option id, ...]}}, ready for JSON.
    """
    ordered = sorted(form_items, key=lambda item: lot(seed, item.position))
    return {
        "items": [item.position for item in ordered],
        "options": {str(item.position): _shuffled(item, seed) for item in ordered},
    }


def _shuffled(item: Placed, seed: int) -> list[str]:
    return sorted(option_ids(item.content), key=lambda option: lot(seed, item.position, option))
