"""The item types, by name: how an item is presented to a trainee, graded and explained.

A content is the JSON value that a frozen item revision keeps. Adding a type means one module here, its
entry in `ITEM_TYPES`, and one template; nothing else knows the types apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapuas_quiz.core.items.ballot import BallotType
from kapuas_quiz.core.items.ballot_stack import BallotStackType
from kapuas_quiz.core.items.base import Answer, Content, Explanation, ItemType, Parts
from kapuas_quiz.core.items.case import Case
from kapuas_quiz.core.items.matching import Matching
from kapuas_quiz.core.items.multiple_response import MultipleResponse
from kapuas_quiz.core.items.number import Number
from kapuas_quiz.core.items.ordering import Ordering
from kapuas_quiz.core.items.read_out import is_short
from kapuas_quiz.core.items.result_form import ResultForm
from kapuas_quiz.core.items.short_text import ShortText
from kapuas_quiz.core.items.single_choice import SingleChoice
from kapuas_quiz.core.items.true_false import TrueFalse

__all__ = [
    "ITEM_TYPES",
    "Answer",
    "Content",
    "Explanation",
    "ItemType",
    "accepts",
    "arrange",
    "draw",
    "explain",
    "grade",
    "is_drawn",
    "key_answer",
    "possible",
    "present",
    "say",
    "seen",
    "unread",
]

ITEM_TYPES: dict[str, ItemType] = {
    "single_choice": SingleChoice(),
    "multiple_response": MultipleResponse(),
    "true_false": TrueFalse(),
    "ordering": Ordering(),
    "matching": Matching(),
    "number": Number(),
    "short_text": ShortText(),
    "case": Case(),
    "ballot": BallotType(),
    "ballot_stack": BallotStackType(),
    "result_form": ResultForm(),
}


def draw(content: Content, seed: int) -> dict[str, Any]:
    """Return what is one person's own of an item, as the attempt keeps it; empty for most types."""
    return ITEM_TYPES[content["type"]].draw(content, seed)


def is_drawn(content: Content) -> bool:
    """Tell whether each person has an own part of the item."""
    return type(ITEM_TYPES[content["type"]]).draw is not ItemType.draw


def seen(content: Content, drawn: Mapping[str, Any] | None) -> Content:
    """Return the content as one person saw it."""
    return {**content, **drawn} if drawn else content


def arrange(content: Content, seed: int) -> list[str]:
    """Return the option ids in one person's order; empty for a type without options."""
    return ITEM_TYPES[content["type"]].arrange(content, seed)


def present(content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
    """Return what a trainee may receive: template, stem as HTML, options; never what tells the key."""
    return ITEM_TYPES[content["type"]].present(content, order)


def accepts(content: Content, answer: object) -> bool:
    """Tell whether an answer is one that the item could have been given; None (taken back) is."""
    return ITEM_TYPES[content["type"]].accepts(content, answer)


def possible(content: Content, order: Sequence[str] = ()) -> Parts | None:
    """Return what an answer may be, in one person's order; None where it cannot be read out in short."""
    parts = ITEM_TYPES[content["type"]].possible(content, order)
    return parts if is_short(parts) else None


def unread(content: Content, answer: object) -> bool:
    """Tell whether a field that takes a number holds something else."""
    return ITEM_TYPES[content["type"]].unread(content, answer)


def grade(content: Content, answer: object) -> float | None:
    """Return the proportion of the item that is right, 0..1; None if unanswered or not an answer to it."""
    return ITEM_TYPES[content["type"]].grade(content, answer)


def key_answer(content: Content) -> Answer:
    """Return an answer that is wholly right."""
    return ITEM_TYPES[content["type"]].key_answer(content)


def explain(content: Content) -> Explanation:
    """Return key, rationale and citation, for staff and, after release, for trainees."""
    return ITEM_TYPES[content["type"]].explain(content)


def say(content: Content, answer: object) -> str:
    """Return an answer in words; empty for None."""
    return ITEM_TYPES[content["type"]].say(content, answer)
