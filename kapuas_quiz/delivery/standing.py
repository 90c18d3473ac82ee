"""Where a trainee stands: what the phone shows after a badge was scanned. Reads only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import Clock, Ending, EndReason, elapsed_ms, ending, remaining_ms, room_is_over
from kapuas_quiz.database import write_intent
from kapuas_quiz.delivery.attempts import (
    ASSESSMENT,
    ATTEMPT,
    RESPONSE,
    SITTING,
    AttemptFacts,
    facts_query,
)
from kapuas_quiz.delivery.refusals import UnknownBadge
from kapuas_quiz.delivery.sheet import sheet_of
from kapuas_quiz.forms.service import all_verified
from kapuas_quiz.trainings.models import Training
from kapuas_quiz.trainings.service import EnrolmentView, enrolment_by_token

TRAINING = cast(Table, Training.__table__)


@dataclass(frozen=True)
class AttemptStanding:
    """How far an attempt is; times in milliseconds, remaining None before the start.

    grants: how often it was given time.  unsent: entries its phone still held when last heard of.
    """

    id: uuid.UUID
    sitting_id: uuid.UUID
    clock: str
    started: bool
    can_start: bool
    n_items: int
    n_answered: int
    elapsed_ms: int
    remaining_ms: int | None
    ending: Ending | None
    paused: bool
    grants: int
    unsent: int


@dataclass(frozen=True)
class SittingFacts:
    """What a trainee may know of a sitting."""

    assessment_id: uuid.UUID
    clock: Clock
    started_at: datetime | None
    closed_at: datetime | None
    granted_ms: int
    begin_until: datetime | None
    paused_at: datetime | None
    kind: str
    minutes: int

    def is_open(self, now: datetime) -> bool:
        """Tell whether somebody may still get in."""
        over = room_is_over(
            self.clock,
            self.minutes,
            room_started_at=self.started_at,
            now=now,
            granted_ms=self.granted_ms,
            begin_until=self.begin_until,
            paused_at=self.paused_at,
        )
        return self.closed_at is None and not over


@dataclass(frozen=True)
class Standing:
    """One trainee now.

    status: belum-dibuka, siap (may join), ruang-tunggu (joined), mengerjakan, selesai, ditutup.
    """

    status: str
    person: EnrolmentView
    training: str
    assessment: str | None
    minutes: int | None
    verified: bool
    closed: bool
    attempt: AttemptStanding | None


def standing_by_badge(session: Session, *, token: str, now: datetime) -> Standing:
    """Return where the bearer of a badge stands, without taking the write lock.

    Raises UnknownBadge.
    """
    write_intent.set(False)
    person = enrolment_by_token(session, token)
    if person is None:
        raise UnknownBadge
    return standing_of(session, person, now=now)


def standing_of(
    session: Session, person: EnrolmentView, *, now: datetime, only: AttemptFacts | None = None
) -> Standing:
    """Return where a trainee stands: a running attempt first, then a test to join, then the last one.

    only: the attempt to speak of, whatever else there is.
    """
    if only:
        return _with_attempt(session, person, only, now)
    attempts = attempts_of(session, person.id)
    running = [a for a in attempts if a.waits(now) or (a.started_at and stored_ending(a, now) is None)]
    if running:
        return _with_attempt(session, person, running[-1], now)
    sittings = _sittings(session, person.training_id)
    taken = {a.assessment_id for a in attempts if a.started_at is not None}
    for sitting in sittings:
        if sitting.is_open(now) and sitting.assessment_id not in taken:
            return _without_attempt(session, person, "siap", sitting)
    sat = [attempt for attempt in attempts if attempt.started_at is not None]
    if sat:
        return _with_attempt(session, person, sat[-1], now)
    if sittings:
        return _without_attempt(session, person, "ditutup", sittings[-1])
    return _without_attempt(session, person, "belum-dibuka", None)


# Statements of the way in are built once: building one costs as much as running it.
_ATTEMPTS_OF = (
    facts_query().where(ATTEMPT.c.enrolment_id == bindparam("enrolment")).order_by(ATTEMPT.c.joined_at)
)
_SITTINGS_OF = (
    select(
        SITTING.c.assessment_id,
        SITTING.c.clock,
        SITTING.c.started_at,
        SITTING.c.closed_at,
        SITTING.c.granted_ms,
        SITTING.c.begin_until,
        SITTING.c.paused_at,
        ASSESSMENT.c.kind,
        ASSESSMENT.c.minutes,
    )
    .join(ASSESSMENT, ASSESSMENT.c.id == SITTING.c.assessment_id)
    .where(ASSESSMENT.c.training_id == bindparam("training"))
    .order_by(SITTING.c.opened_at)
)
_N_ANSWERED = (
    select(func.count())
    .select_from(RESPONSE)
    .where(RESPONSE.c.attempt_id == bindparam("attempt"), RESPONSE.c.answer.is_not(None))
)
_NAME_OF = select(TRAINING.c.name).where(TRAINING.c.id == bindparam("training"))


def attempts_of(session: Session, enrolment_id: uuid.UUID) -> list[AttemptFacts]:
    """Return the attempts of one enrolment in the order of joining."""
    rows = session.connection().execute(_ATTEMPTS_OF, {"enrolment": enrolment_id}).all()
    return [AttemptFacts(*row) for row in rows]


def stored_ending(facts: AttemptFacts, now: datetime) -> Ending | None:
    """Return how an attempt ended by what is stored and by the clock; None while it runs or waits."""
    if facts.ended_at is not None:
        return Ending(facts.ended_at, _reason(facts.end_reason))
    return ending(facts.course, handed_in_ms=None, now=now)


def _reason(text: str) -> EndReason:
    known: dict[str, EndReason] = {"diserahkan": "diserahkan", "ditutup": "ditutup"}
    return known.get(text, "waktu-habis")


def _sittings(session: Session, training_id: uuid.UUID) -> list[SittingFacts]:
    rows = session.connection().execute(_SITTINGS_OF, {"training": training_id}).all()
    return [SittingFacts(*row) for row in rows]


def _with_attempt(session: Session, person: EnrolmentView, facts: AttemptFacts, now: datetime) -> Standing:
    ended = stored_ending(facts, now)
    sheet = sheet_of(session, facts.form_id)
    attempt = AttemptStanding(
        id=facts.id,
        sitting_id=facts.sitting_id,
        clock=facts.clock,
        started=facts.started_at is not None,
        can_start=facts.can_start,
        n_items=sheet.n_items,
        n_answered=_n_answered(session, facts) if facts.started_at else 0,
        elapsed_ms=elapsed_ms(facts.course, now),
        remaining_ms=remaining_ms(facts.course, now) if facts.started_at else None,
        ending=ended,
        paused=facts.is_paused and ended is None,
        grants=facts.n_grants,
        unsent=facts.unsent,
    )
    return Standing(
        status=_status(facts, ended),
        person=person,
        training=_training_name(session, person.training_id),
        assessment=facts.assessment,
        minutes=facts.minutes,
        verified=sheet.form.verified,
        closed=facts.closed_at is not None,
        attempt=attempt,
    )


def _status(facts: AttemptFacts, ended: Ending | None) -> str:
    if facts.started_at is None:
        return "ruang-tunggu"
    if ended is None:
        return "mengerjakan"
    return "ditutup" if ended.reason == "ditutup" or facts.sealed_at else "selesai"


def _without_attempt(
    session: Session, person: EnrolmentView, status: str, sitting: SittingFacts | None
) -> Standing:
    return Standing(
        status=status,
        person=person,
        training=_training_name(session, person.training_id),
        assessment=sitting.kind if sitting else None,
        minutes=sitting.minutes if sitting else None,
        verified=all_verified(session, person.training_id),
        closed=sitting is not None and sitting.closed_at is not None,
        attempt=None,
    )


def _n_answered(session: Session, facts: AttemptFacts) -> int:
    return session.connection().scalar(_N_ANSWERED, {"attempt": facts.id}) or 0


def _training_name(session: Session, training_id: uuid.UUID) -> str:
    return session.connection().scalar(_NAME_OF, {"training": training_id}) or ""
