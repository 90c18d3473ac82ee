"""What a trainer sees while a room is at work. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.attempts import ATTEMPT, AttemptFacts, facts_from, facts_query
from kapuas_quiz.delivery.models import AttemptDevice, Response, ResponseEvent, Sitting
from kapuas_quiz.delivery.service import NoSuchSitting
from kapuas_quiz.delivery.sheet import sheet_of
from kapuas_quiz.delivery.standing import stored_ending
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import all_verified
from kapuas_quiz.trainings.service import EnrolmentView, enrolments_of, training_view

SILENT_AFTER = timedelta(minutes=2)
ORDER = ("mengerjakan", "menunggu", "selesai", "belum-masuk")


@dataclass(frozen=True)
class SittingView:
    """One room; `address` is where phones reach us, as printed on the badges."""

    id: uuid.UUID
    training_id: uuid.UUID
    training: str
    address: str
    assessment: str
    minutes: int
    room: str
    clock: str
    pin: str
    opened_at: datetime
    started_at: datetime | None
    closed_at: datetime | None
    sealed_at: datetime | None

    @property
    def deadline(self) -> datetime | None:
        """When the room's time is over; None when each has an own clock or nobody started it."""
        return self.started_at + timedelta(minutes=self.minutes) if self.started_at else None


@dataclass(frozen=True)
class BoardLine:
    """One person: `state` is belum-masuk, menunggu, mengerjakan or selesai.

    confirmed: the hand-in is on disk, and every entry before it.  silent: at work, but not heard of lately.
    """

    person: EnrolmentView
    state: str
    n_answered: int
    n_items: int
    last_contact: datetime | None
    ended_at: datetime | None
    end_reason: str
    confirmed: bool
    silent: bool


@dataclass(frozen=True)
class Board:
    """The room at one moment; nobody should leave before the three counts agree."""

    sitting: SittingView
    lines: tuple[BoardLine, ...]
    started: int
    finished: int
    confirmed: int
    verified: bool

    @property
    def joined(self) -> int:
        return sum(line.state != "belum-masuk" for line in self.lines)

    @property
    def absent(self) -> int:
        return len(self.lines) - self.joined

    @property
    def agree(self) -> bool:
        return self.started == self.finished == self.confirmed

    @property
    def unconfirmed(self) -> list[str]:
        """Return the names of those who started and are not confirmed."""
        return [
            line.person.name
            for line in self.lines
            if line.state in ("mengerjakan", "selesai") and not line.confirmed
        ]


def sitting_view(session: Session, sitting_id: uuid.UUID) -> SittingView:
    """Return one sitting.

    Raises NoSuchSitting.
    """
    row = session.execute(
        select(Sitting, Assessment)
        .join(Assessment, Assessment.id == Sitting.assessment_id)
        .where(Sitting.id == sitting_id)
    ).one_or_none()
    if row is None:
        raise NoSuchSitting(str(sitting_id))
    sitting, assessment = row
    training = training_view(session, assessment.training_id)
    return SittingView(
        id=sitting.id,
        training_id=training.id,
        training=training.title,
        address=training.address.rstrip("/"),
        assessment=assessment.kind,
        minutes=assessment.minutes,
        room=sitting.room,
        clock=sitting.clock,
        pin=sitting.pin,
        opened_at=sitting.opened_at,
        started_at=sitting.started_at,
        closed_at=sitting.closed_at,
        sealed_at=sitting.sealed_at,
    )


def board_of(session: Session, *, sitting_id: uuid.UUID, now: datetime) -> Board:
    """Return the board of a sitting: its own people, then who has not come in anywhere.

    Raises NoSuchSitting.
    """
    sitting = sitting_view(session, sitting_id)
    attempts = _attempts(session, sitting_id)
    answered = _answered(session, sitting_id)
    complete = _complete(session, sitting_id)
    people = enrolments_of(session, sitting.training_id)
    people += tuple(
        p for p in enrolments_of(session, sitting.training_id, withdrawn=True) if p.id in attempts
    )
    elsewhere = _elsewhere(session, sitting_id)
    lines = [
        _line(session, person, attempts.get(person.id), answered, complete, now)
        for person in people
        if person.id in attempts or person.id not in elsewhere
    ]
    started = [line for line in lines if line.state in ("mengerjakan", "selesai")]
    return Board(
        sitting=sitting,
        lines=tuple(sorted(lines, key=lambda line: ORDER.index(line.state))),
        started=len(started),
        finished=sum(line.state == "selesai" for line in started),
        confirmed=sum(line.confirmed for line in started),
        verified=all_verified(session, sitting.training_id),
    )


def _attempts(session: Session, sitting_id: uuid.UUID) -> dict[uuid.UUID, AttemptFacts]:
    rows = session.connection().execute(facts_query().where(ATTEMPT.c.sitting_id == sitting_id)).mappings()
    return {facts.enrolment_id: facts for facts in map(facts_from, rows)}


def _elsewhere(session: Session, sitting_id: uuid.UUID) -> set[uuid.UUID]:
    same_test = select(Sitting.assessment_id).where(Sitting.id == sitting_id).scalar_subquery()
    return set(
        session.connection().scalars(
            select(ATTEMPT.c.enrolment_id).where(
                ATTEMPT.c.assessment_id == same_test, ATTEMPT.c.sitting_id != sitting_id
            )
        )
    )


def _answered(session: Session, sitting_id: uuid.UUID) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(Response.attempt_id, func.count())
        .join(ATTEMPT, ATTEMPT.c.id == Response.attempt_id)
        .where(ATTEMPT.c.sitting_id == sitting_id, Response.answer.is_not(None))
        .group_by(Response.attempt_id)
    )
    return {attempt_id: count for attempt_id, count in rows}


def _complete(session: Session, sitting_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the attempts whose live device's journal is unbroken up to a hand-in."""
    rows = session.execute(
        select(ResponseEvent.attempt_id)
        .join(ATTEMPT, ATTEMPT.c.id == ResponseEvent.attempt_id)
        .join(
            AttemptDevice,
            (AttemptDevice.attempt_id == ResponseEvent.attempt_id)
            & (AttemptDevice.device == ResponseEvent.device),
        )
        .where(ATTEMPT.c.sitting_id == sitting_id, AttemptDevice.superseded_at.is_(None))
        .group_by(ResponseEvent.attempt_id)
        .having(func.max(ResponseEvent.seq) == func.count())
        .having(func.count().filter(ResponseEvent.kind == "selesai") > 0)
    )
    return set(rows.scalars())


def _line(
    session: Session,
    person: EnrolmentView,
    facts: AttemptFacts | None,
    answered: Mapping[uuid.UUID, int],
    complete: set[uuid.UUID],
    now: datetime,
) -> BoardLine:
    if facts is None:
        return BoardLine(person, "belum-masuk", 0, 0, None, None, "", False, False)
    ended = stored_ending(facts, now)
    at_work = facts.started_at is not None and ended is None
    return BoardLine(
        person=person,
        state="menunggu" if facts.started_at is None else "selesai" if ended else "mengerjakan",
        n_answered=answered.get(facts.id, 0),
        n_items=sheet_of(session, facts.form_id).n_items,
        last_contact=facts.last_contact_at,
        ended_at=ended.at if ended else None,
        end_reason=ended.reason if ended else "",
        confirmed=ended is not None and facts.id in complete,
        silent=at_work and now - facts.last_contact_at > SILENT_AFTER,
    )
