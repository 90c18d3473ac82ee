"""Whose sheet of paper it is: a new attempt, or the one that a phone began, made ready for its answers."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import deadline
from kapuas_quiz.core.items.base import Answer
from kapuas_quiz.database import new_id
from kapuas_quiz.delivery.attempts import ATTEMPT, DEVICE, AttemptFacts, locked_attempt
from kapuas_quiz.delivery.ledger import stored_fold
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.paper_forms import Booklet
from kapuas_quiz.delivery.paper_refusals import BadTimes, HandedInOnPhone, OtherForm, PaperSealed, PhoneHolds
from kapuas_quiz.delivery.refusals import AttemptSealed, NoSuchAttempt
from kapuas_quiz.delivery.service import NoSuchSitting
from kapuas_quiz.delivery.standing import attempts_of
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.trainings.models import Enrolment

PREFIX = "kertas-"
DRAWN, ON_PHONE = "drawn", "drawn_hp"
BEFORE_START = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Times:
    """From when to when somebody wrote on the sheet."""

    began: datetime
    ended: datetime


@dataclass(frozen=True)
class PaperSheet:
    """What was typed off a sheet: of which booklet it is, its times, the answer at each position."""

    booklet: str
    times: Times
    answers: Mapping[int, Answer]

    @property
    def given(self) -> list[int]:
        """Return the positions that are not blank, in order."""
        return sorted(position for position, answer in self.answers.items() if answer is not None)


def locked_sitting(session: Session, sitting_id: uuid.UUID) -> tuple[Sitting, Assessment]:
    """Return a sitting with its assessment, and keep others from closing or sealing it meanwhile.

    Raises NoSuchSitting.
    """
    sitting = session.scalar(select(Sitting).where(Sitting.id == sitting_id).with_for_update())
    if sitting is None:
        raise NoSuchSitting(str(sitting_id))
    return sitting, session.get_one(Assessment, sitting.assessment_id)


def attempt_on(session: Session, enrolment_id: uuid.UUID, assessment_id: uuid.UUID) -> AttemptFacts | None:
    """Return the one attempt of somebody at a test, locked; None before there is one.

    Raises AttemptSealed.
    """
    session.execute(select(Enrolment.id).where(Enrolment.id == enrolment_id).with_for_update())
    known = next((a for a in attempts_of(session, enrolment_id) if a.assessment_id == assessment_id), None)
    facts = locked_attempt(session, known.id) if known else None
    if facts and facts.sealed_at is not None:
        raise AttemptSealed
    return facts


def begin_on_paper(
    session: Session,
    sitting: Sitting,
    test: Assessment,
    enrolment_id: uuid.UUID,
    booklet: Booklet,
    times: Times,
    now: datetime,
    waiting: AttemptFacts | None,
) -> AttemptFacts:
    """Start an attempt on paper; one that waits on a phone becomes it.

    Raises PaperSealed, BadTimes.
    """
    if sitting.sealed_at is not None:
        raise PaperSealed
    if sitting.closed_at is not None and times.began >= sitting.closed_at:
        raise BadTimes(at=sitting.closed_at)
    values = {
        "sitting_id": sitting.id,
        "form_id": booklet.form.id,
        "medium": "kertas",
        "presentation": {**booklet.presentation, "kertas": stated(booklet)},
        "started_at": times.began,
        "deadline_at": _deadline(sitting, test.minutes, times.began),
        "last_contact_at": now,
    }
    attempt_id = waiting.id if waiting else new_id()
    if waiting:
        session.execute(update(ATTEMPT).where(ATTEMPT.c.id == attempt_id).values(values))
    else:
        own = {"assessment_id": test.id, "enrolment_id": enrolment_id, "joined_at": now}
        session.execute(insert(ATTEMPT).values(id=attempt_id, **own, **values))
    return _again(session, attempt_id)


def _deadline(sitting: Sitting, minutes: int, began: datetime) -> datetime:
    """Return the room's deadline, or the sheet's own where that is later."""
    room = deadline(
        "serentak" if sitting.clock == "serentak" else "sendiri",
        minutes,
        room_started_at=sitting.started_at,
        started_at=began,
        granted_ms=sitting.granted_ms,
    )
    return max(room, began + timedelta(minutes=minutes, milliseconds=sitting.granted_ms))


def take_over_phone(
    session: Session, facts: AttemptFacts, booklet: Booklet, answered: Collection[int], *, go_on: bool
) -> AttemptFacts:
    """Go on with what a phone began, on paper; what the phone still holds may come later.

    answered: positions that the sheet answers; what was drawn for them is the booklet's from now on.
    Raises HandedInOnPhone, PhoneHolds, OtherForm.
    """
    counted = stored_fold(session, facts)
    n = sum(answer.answer is not None for answer in counted.answers.values())
    if counted.handed_in_ms is not None:
        raise HandedInOnPhone(n, facts.ended_at)
    other_form = facts.form_id != booklet.form.id
    if other_form and n:
        raise OtherForm(n)
    if not go_on:
        raise PhoneHolds(n)
    values: dict[str, Any] = {"medium": "kertas"}
    if other_form and facts.started_at:
        _shut_out_phones(session, facts.id, facts.started_at)
        values["form_id"] = booklet.form.id
        values["presentation"] = {**booklet.presentation, "kertas": stated(booklet)}
    session.execute(update(ATTEMPT).where(ATTEMPT.c.id == facts.id).values(values))
    if not other_form:
        draw_from_booklet(session, facts.id, booklet, answered)
    return _again(session, facts.id)


def _shut_out_phones(session: Session, attempt_id: uuid.UUID, started_at: datetime) -> None:
    """Keep whatever phones still hold from counting: it answers another form."""
    session.execute(
        update(DEVICE)
        .where(DEVICE.c.attempt_id == attempt_id)
        .values(superseded_at=started_at - BEFORE_START)
    )


def draw_from_booklet(
    session: Session,
    attempt_id: uuid.UUID,
    booklet: Booklet,
    answered: Collection[int],
    given_back: Collection[int] = (),
) -> None:
    """Let what was drawn be the booklet's where the sheet answers, and the phone's again where given back.

    What the phone had is kept beside it.
    """
    session.flush()
    stored: dict[str, Any] = dict(
        session.connection().scalar(select(ATTEMPT.c.presentation).where(ATTEMPT.c.id == attempt_id)) or {}
    )
    drawn, kept = dict(stored.get(DRAWN, {})), dict(stored.get(ON_PHONE, {}))
    printed: Mapping[str, Any] = booklet.presentation[DRAWN]
    for key in map(str, answered):
        if key in printed and key in drawn:
            kept.setdefault(key, drawn[key])
            drawn[key] = printed[key]
    drawn |= {key: kept[key] for key in map(str, given_back) if key in kept}
    fresh = {**stored, DRAWN: drawn, "kertas": stated(booklet)}
    if kept:
        fresh[ON_PHONE] = kept
    session.execute(update(ATTEMPT).where(ATTEMPT.c.id == attempt_id).values(presentation=fresh))


def stated(booklet: Booklet) -> dict[str, Any]:
    """Return what an attempt keeps of the booklet beside its presentation."""
    return {"buku": booklet.name, "benih": str(booklet.seed)}


def _again(session: Session, attempt_id: uuid.UUID) -> AttemptFacts:
    facts = locked_attempt(session, attempt_id)
    if facts is None:
        raise NoSuchAttempt
    return facts
