"""Whose sheet is to be typed: people found by badge code or name, and what is known of them. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.assignment import Label
from kapuas_quiz.core.attempt import deadline
from kapuas_quiz.delivery.attempts import ATTEMPT, AttemptFacts
from kapuas_quiz.delivery.ledger import stored_fold
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.paper_assignment import planned_label
from kapuas_quiz.delivery.room import SittingView, sitting_view
from kapuas_quiz.delivery.standing import attempts_of
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.trainings.service import (
    EnrolmentView,
    enrolment_by_code,
    enrolment_view,
    enrolments_of,
)

MOST_FOUND = 30


@dataclass(frozen=True)
class OnePerson:
    """Somebody and the test: the form that is due, whether a sheet is typed, what a phone has.

    n_phone: answers that arrived from a phone, None where none began.  handed_in: by phone.
    """

    person: EnrolmentView
    due: Label | None
    typed: bool
    n_phone: int | None
    handed_in: bool


@dataclass(frozen=True)
class Desk:
    """The room whose sheets are typed, and the times that its clock suggests for them."""

    sitting: SittingView
    began: datetime
    ended: datetime


def desk_of(session: Session, *, sitting_id: uuid.UUID, now: datetime) -> Desk:
    """Return a room as the keyboard page needs it.

    Raises NoSuchSitting.
    """
    seen = sitting_view(session, sitting_id)
    sitting = session.get_one(Sitting, sitting_id)
    began = sitting.started_at or sitting.opened_at
    until = deadline(
        "serentak" if sitting.clock == "serentak" else "sendiri",
        seen.minutes,
        room_started_at=sitting.started_at,
        started_at=began,
        granted_ms=sitting.granted_ms,
    )
    return Desk(seen, began, max(began, min(until, sitting.closed_at or until, now)))


def typed_in(session: Session, *, sitting_id: uuid.UUID) -> list[EnrolmentView]:
    """Return whose sheets of a room are typed, the latest first.

    Raises NoSuchSitting.
    """
    training_id = sitting_view(session, sitting_id).training_id
    people = {one.id: one for one in enrolments_of(session, training_id)}
    rows = session.connection().scalars(
        select(ATTEMPT.c.enrolment_id)
        .where(ATTEMPT.c.sitting_id == sitting_id, ATTEMPT.c.medium == "kertas")
        .order_by(ATTEMPT.c.last_contact_at.desc())
    )
    return [people[enrolment_id] for enrolment_id in rows if enrolment_id in people]


def find_people(
    session: Session, *, training_id: uuid.UUID, words: str, secret: bytes
) -> Sequence[EnrolmentView]:
    """Return who has this badge code, or every part of this name; nobody for nothing."""
    by_code = enrolment_by_code(session, words, secret=secret)
    if by_code and by_code.training_id == training_id:
        return (by_code,)
    parts = words.casefold().split()
    if not parts:
        return ()
    everybody = enrolments_of(session, training_id)
    return [one for one in everybody if all(part in one.name.casefold() for part in parts)][:MOST_FOUND]


def one_person(session: Session, *, sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> OnePerson:
    """Return somebody of the room's training with what is known of their test.

    Raises NoSuchSitting, UnknownEnrolmentError.
    """
    sitting = sitting_view(session, sitting_id)
    test = session.get_one(Assessment, session.get_one(Sitting, sitting_id).assessment_id)
    person = enrolment_view(session, enrolment_id, training_id=sitting.training_id)
    facts = next((a for a in attempts_of(session, person.id) if a.assessment_id == test.id), None)
    begun = facts if facts and facts.started_at else None
    on_phone = _on_phone(session, begun) if begun and begun.medium == "hp" else (None, False)
    return OnePerson(
        person=person,
        due=planned_label(session, test, person.id),
        typed=begun is not None and begun.medium == "kertas",
        n_phone=on_phone[0],
        handed_in=on_phone[1],
    )


def _on_phone(session: Session, facts: AttemptFacts) -> tuple[int, bool]:
    counted = stored_fold(session, facts)
    n = sum(answer.answer is not None for answer in counted.answers.values())
    return n, counted.handed_in_ms is not None
