"""The answers of one attempt, with what would have been right, once that may be shown."""

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
    """One item; `number` as this person saw it, `chosen` '' when omitted.

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
    """What one attempt leaves to study: `items` not right; `n_shut` of these may not be shown yet."""

    attempt_id: uuid.UUID
    items: tuple[ReviewedItem, ...]
    right: tuple[ReviewedItem, ...]
    n_shut: int


def released_review(session: Session, attempt_id: uuid.UUID) -> Review:
    """Return every item of an attempt that may be shown, apart by whether it was answered rightly."""
    attempt = session.get_one(Attempt, attempt_id)
    answers = answers_of(session, [attempt_id]).get(attempt_id, {})
    drawn = attempt.presentation.get("drawn", {})
    items = seen_items(form_of(session, attempt.form_id), drawn)
    missed = {i.position for i in items if (grade(i.content, answers.get(i.position)) or 0) < 1}
    shut = shut_items(session, [item.item_id for item in items])
    order: list[int] = attempt.presentation.get("items") or [item.position for item in items]
    reported = reported_items(session, str(attempt_id))
    by_position = {item.position: item for item in items if item.item_id not in shut}
    told = {
        at: _reviewed(by_position[at], by_position[at].item_id in reported, number, answers.get(at))
        for number, at in enumerate(order, start=1)
        if at in by_position
    }
    return Review(
        attempt_id,
        items=tuple(item for at, item in told.items() if at in missed),
        right=tuple(item for at, item in told.items() if at not in missed),
        n_shut=len(missed - told.keys()),
    )


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
