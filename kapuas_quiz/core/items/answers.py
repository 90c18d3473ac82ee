"""Fields of a page to the answer of an item."""

from __future__ import annotations

from collections.abc import Mapping

from kapuas_quiz.core.items.base import Answer


def answer_from(fields: Mapping[str, str], prefix: str) -> Answer:
    """Return the answer that stands in the fields of one item; None where all of them are empty.

    prefix: the name of the item's own field, such as "q-3"; parts of an answer stand in "q-3.name".
    """
    start = f"{prefix}."
    found = {
        name.removeprefix(start): text.strip()
        for name, text in fields.items()
        if name.startswith(start) and text.strip()
    }
    return found or fields.get(prefix) or None
