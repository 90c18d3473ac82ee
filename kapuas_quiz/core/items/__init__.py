"""The item types, by name: how an item is presented to a trainee, graded and explained.

A content is the JSON value that a frozen item revision keeps. Adding a type means one module here
and one entry in `ITEM_TYPES`; nothing else knows the types apart.
"""

from __future__ import annotations

from typing import Any

from kapuas_quiz.core.items.base import Content, Explanation, ItemType
from kapuas_quiz.core.items.single_choice import SingleChoice

__all__ = [
    "ITEM_TYPES",
    "Content",
    "Explanation",
    "ItemType",
    "accepts",
    "explain",
    "grade",
    "option_ids",
    "present",
]

ITEM_TYPES: dict[str, ItemType] = {"single_choice": SingleChoice()}


def present(content: Content) -> dict[str, Any]:
    """Return what a trainee may receive: type, stem as HTML, options; never what tells the key."""
    return ITEM_TYPES[content["type"]].present(content)


def option_ids(content: Content) -> tuple[str, ...]:
    """Return the ids of the options in the bank's order; empty for a type without options."""
    return ITEM_TYPES[content["type"]].option_ids(content)


def accepts(content: Content, answer: object) -> bool:
    """Tell whether an answer is one that the item could have been given; None (taken back) is."""
    return ITEM_TYPES[content["type"]].accepts(content, answer)


def grade(content: Content, answer: object) -> float | None:
    """Return the proportion of the item that is right, 0..1; None if unanswered or not an answer to it."""
    return ITEM_TYPES[content["type"]].grade(content, answer)


def explain(content: Content) -> Explanation:
    """Return key, rationale and citation, for staff and, after release, for trainees."""
    return ITEM_TYPES[content["type"]].explain(content)
