"""Sittings: opened with a PIN, started, closed, sealed."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.attempt import MILLISECOND, Clock, ending
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import ATTEMPT, facts_from, facts_query
from kapuas_quiz.delivery.models import Attempt, BoardPairing, Sitting
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import forms_of


class NoSuchSitting(Exception):
    """No sitting has this id."""


class FormsMissing(Exception):
    """The training has no assembled forms, so nothing can be opened."""


class WrongState(Exception):
    """The sitting is not in a state that allows this, for instance somebody else closed it first."""


@dataclass(frozen=True)
class Closing:
    """What closing a sitting did."""

    training_id: uuid.UUID
    n_ended: int


def open_sitting(
    session: Session,
    *,
    training_id: uuid.UUID,
    assessment: str,
    room: str,
    clock: Clock,
    actor: Actor,
    now: datetime,
    begin_until: datetime | None = None,
) -> uuid.UUID:
    """Open a room for the pre-test ('pre') or the post-test ('post') and return the sitting's id.

    begin_until: after it nobody begins any more; only where each has an own clock.
    Raises FormsMissing.
    """
    assessment_id = session.scalar(
        select(Assessment.id).where(Assessment.training_id == training_id, Assessment.kind == assessment)
    )
    if assessment_id is None or len(forms_of(session, training_id)) < 2:
        raise FormsMissing(str(training_id))
    sitting = Sitting(
        assessment_id=assessment_id,
        room=room,
        clock=clock,
        begin_until=begin_until if clock == "sendiri" else None,
        pin=free_pin(session),
        pin_changed_at=now,
        opened_at=now,
    )
    session.add(sitting)
    session.flush()
    record_act(session, sitting, action="sesi.buka", actor=actor, now=now, tes=assessment, jam=clock)
    session.commit()
    return sitting.id


def start_sitting(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Start the room's clock; done once, a second tap changes nothing.

    Raises NoSuchSitting, WrongState.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None or sitting.clock != "serentak":
        raise WrongState
    if sitting.started_at is None:
        sitting.started_at = now
        record_act(session, sitting, action="sesi.mulai", actor=actor, now=now)
    session.commit()


def close_sitting(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> Closing:
    """Close a room: nobody gets in, every running attempt ends; what was chosen before may still arrive.

    Raises NoSuchSitting, WrongState when it is closed already.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None:
        raise WrongState
    end_pause(session, sitting, now)
    sitting.closed_at = now
    session.flush()
    n_ended = _end_attempts(session, sitting_id, now)
    record_act(session, sitting, action="sesi.tutup", actor=actor, now=now, diakhiri=n_ended)
    training_id = session.scalar(select(Assessment.training_id).where(Assessment.id == sitting.assessment_id))
    session.commit()
    if training_id is None:
        raise NoSuchSitting(str(sitting_id))
    return Closing(training_id, n_ended)


def seal_sitting(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Close the day for a room: nothing about its attempts changes any more, paired phones lose the board.

    Raises NoSuchSitting, WrongState when it is not closed yet or sealed already.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is None or sitting.sealed_at is not None:
        raise WrongState
    sitting.sealed_at = now
    session.execute(
        update(Attempt)
        .where(Attempt.sitting_id == sitting_id, Attempt.started_at.is_not(None))
        .values(sealed_at=now)
    )
    session.execute(
        update(BoardPairing)
        .where(BoardPairing.sitting_id == sitting_id, BoardPairing.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    record_act(session, sitting, action="sesi.segel", actor=actor, now=now)
    session.commit()


def locked_sitting(session: Session, sitting_id: uuid.UUID) -> Sitting:
    """Return a sitting and keep others from changing it until the transaction ends.

    Raises NoSuchSitting.
    """
    sitting = session.scalar(select(Sitting).where(Sitting.id == sitting_id).with_for_update())
    if sitting is None:
        raise NoSuchSitting(str(sitting_id))
    return sitting


def end_pause(session: Session, sitting: Sitting, now: datetime) -> None:
    """Let the clocks of a room run on, if they stood still: each gets the pause's length; no commit.

    Those who handed in during the pause get it too: what they chose in it was in time.
    """
    if sitting.paused_at is None:
        return
    length = now - sitting.paused_at
    connection = session.connection()
    everybody = facts_query().where(ATTEMPT.c.sitting_id == sitting.id).with_for_update(of=ATTEMPT)
    for row in connection.execute(everybody).mappings().all():
        facts = facts_from(row)
        if facts.course.stands_still and facts.deadline_at is not None:
            later = {"deadline_at": facts.deadline_at + length}
            connection.execute(update(ATTEMPT).where(ATTEMPT.c.id == facts.id).values(later))
    if sitting.begin_until is not None and sitting.begin_until > sitting.paused_at:
        sitting.begin_until += length
    if sitting.clock == "serentak":
        sitting.granted_ms += length // MILLISECOND
    sitting.paused_at = None


def _end_attempts(session: Session, sitting_id: uuid.UUID, now: datetime) -> int:
    connection = session.connection()
    running = facts_query().where(
        ATTEMPT.c.sitting_id == sitting_id, ATTEMPT.c.started_at.is_not(None), ATTEMPT.c.ended_at.is_(None)
    )
    n_ended = 0
    for row in connection.execute(running.with_for_update(of=ATTEMPT)).mappings().all():
        facts = facts_from(row)
        ended = ending(facts.course, handed_in_ms=None, now=now)
        if ended:
            values = {"ended_at": ended.at, "end_reason": ended.reason}
            connection.execute(update(ATTEMPT).where(ATTEMPT.c.id == facts.id).values(values))
            n_ended += 1
    return n_ended


def free_pin(session: Session) -> str:
    """Return four digits that open no other room, now or lately."""
    taken = set(session.scalars(select(Sitting.pin).where(Sitting.closed_at.is_(None))))
    taken |= set(session.scalars(select(Sitting.previous_pin).where(Sitting.closed_at.is_(None))))
    while (pin := f"{secrets.randbelow(10_000):04d}") in taken:
        pass
    return pin


def record_act(
    session: Session,
    sitting: Sitting,
    *,
    action: str,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    **detail: object,
) -> None:
    """Write down what was done to a room, in the same transaction."""
    detail = {"ruang": sitting.room, **detail}
    subject = str(sitting.id)
    record(session, at=now, actor=actor, action=action, subject=subject, detail=detail, reason=reason)
