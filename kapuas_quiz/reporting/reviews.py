"""The answers of one attempt that were not right, with what would have been, once that may be shown."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from kapuas_quiz.banks.instruments import explain
from kapuas_quiz.banks.reports import reported_items
from kapuas_quiz.core.items import Explanation, grade, present, say
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.forms.service import FormItemView, form_of
from kapuas_quiz.reporting.releases import shut_items
from kapuas_quiz.scoring.seen import seen_items
from kapuas_quiz.scoring.service import answers_of


@dataclass(frozen=True)
class ReviewedItem:
    """One item that was not answered rightly; `number` as this person saw it, `chosen` '' when omitted.

    `reported`: this person's report about the item waits for an answer.
    """

    number: int
    revision_id: uuid.UUID
    reported: bool
    stem_html: str
    chosen: str
    chosen_rationale: str
    explanation: Explanation


@dataclass(frozen=True)
class Review:
    """What one attempt leaves to study; `n_shut` items not right may not be shown yet."""

    attempt_id: uuid.UUID
    items: tuple[ReviewedItem, ...]
    n_shut: int


def released_review(session: Session, attempt_id: uuid.UUID) -> Review:
    """Return every item of an attempt that was not right and may be shown."""
    attempt = session.get_one(Attempt, attempt_id)
    answers = answers_of(session, [attempt_id]).get(attempt_id, {})
    drawn = attempt.presentation.get("drawn", {})
    items = seen_items(form_of(session, attempt.form_id), drawn)
    missed = [item for item in items if (grade(item.content, answers.get(item.position)) or 0) < 1]
    shut = shut_items(session, [item.item_id for item in missed])
    order: list[int] = attempt.presentation.get("items") or [item.position for item in items]
    reported = reported_items(session, str(attempt_id))
    shown = [
        _reviewed(item, item.item_id in reported, order.index(item.position) + 1, answers.get(item.position))
        for item in missed
        if item.item_id not in shut
    ]
    in_order = tuple(sorted(shown, key=lambda item: item.number))
    return Review(attempt_id, in_order, len(missed) - len(shown))


def _reviewed(item: FormItemView, reported: bool, number: int, answer: object) -> ReviewedItem:
    explanation = explain(item.content)
    return ReviewedItem(
        number=number,
        revision_id=item.revision_id,
        reported=reported,
        stem_html=present(item.content)["stem"],
        chosen=say(item.content, answer),
        chosen_rationale=explanation.option_rationales.get(answer, "") if isinstance(answer, str) else "",
        explanation=explanation,
    )
