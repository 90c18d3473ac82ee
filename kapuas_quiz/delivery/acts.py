"""What the committee does to a room at work, or to one person there, each with a reason."""

from __future__ import annotations

import math
import uuid
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import ATTEMPT, AttemptFacts
from kapuas_quiz.delivery.devices import free_for_another, take_back_hand_in
from kapuas_quiz.delivery.grants import locked_room_of
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.refolding import refold
from kapuas_quiz.delivery.service import WrongState, end_pause, locked_sitting, record_act
from kapuas_quiz.delivery.standing import stored_ending


def pause_room(session: Session, *, sitting_id: uuid.UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Let the clocks of a room stand still; a second tap changes nothing.

    Raises NoSuchSitting, WrongState when it is closed or its common start is still to come.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None or (sitting.clock == "serentak" and sitting.started_at is None):
        raise WrongState
    if sitting.paused_at is None:
        sitting.paused_at = now
        record_act(session, sitting, action="sesi.jeda", actor=actor, now=now, reason=reason)
    session.commit()


def resume_room(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Let the clocks run on: who was at work at the pause gets its length; a second tap changes nothing.

    Raises NoSuchSitting, WrongState when it is closed.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None:
        raise WrongState
    if sitting.paused_at is not None:
        seconds = round((now - sitting.paused_at).total_seconds())
        end_pause(session, sitting, now)
        record_act(session, sitting, action="sesi.lanjut", actor=actor, now=now, detik=seconds)
    session.commit()


def close_for_one(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    attempt_id: uuid.UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """End the attempt of one person now; what was chosen before may still arrive.

    Raises NoSuchSitting, WrongState when it has ended or not begun.
    """
    sitting, facts = locked_room_of(session, sitting_id, attempt_id)
    if facts.started_at is None or stored_ending(facts, now):
        raise WrongState
    _set(session, facts, ended_at=now, end_reason="ditutup")
    refold(session, facts.id, now)
    _record_on(session, sitting, facts, action="pengerjaan.tutup", reason=reason, actor=actor, now=now)
    session.commit()


def reopen(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    attempt_id: uuid.UUID,
    minutes: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Let a person go on who handed in or was closed by mistake, for at least so many minutes from now on.

    In a pause they run from its end. A hand-in that was received becomes void and stays in the journal.
    Raises NoSuchSitting, WrongState when the attempt has not ended so, or the room is closed.
    """
    sitting, facts = locked_room_of(session, sitting_id, attempt_id)
    ended = stored_ending(facts, now)
    if ended is None or ended.reason == "waktu-habis" or facts.deadline_at is None:
        raise WrongState
    until = max(facts.deadline_at, (sitting.paused_at or now) + timedelta(minutes=minutes))
    _set(session, facts, ended_at=None, end_reason="", deadline_at=until)
    take_back_hand_in(session, facts.id, now)
    refold(session, facts.id, now)
    _record_on(
        session, sitting, facts, action="pengerjaan.buka", reason=reason, actor=actor, now=now, menit=minutes
    )
    session.commit()


def free_phone(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    attempt_id: uuid.UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Let the next phone of a person take over without asking; what the last one holds still counts.

    Raises NoSuchSitting, WrongState when the attempt has ended or the room is closed.
    """
    sitting, facts = locked_room_of(session, sitting_id, attempt_id)
    if stored_ending(facts, now):
        raise WrongState
    free_for_another(session, facts.id, now)
    _record_on(session, sitting, facts, action="pengerjaan.pindah", reason=reason, actor=actor, now=now)
    session.commit()


def minutes_left(facts: AttemptFacts, now: datetime) -> int:
    """Return how many minutes a person had left when the attempt ended, at least 1, rounded up."""
    ended = stored_ending(facts, now)
    if ended is None or facts.deadline_at is None:
        return 1
    return max(1, math.ceil((facts.deadline_at - ended.at) / timedelta(minutes=1)))


def _set(session: Session, facts: AttemptFacts, **values: object) -> None:
    session.connection().execute(update(ATTEMPT).where(ATTEMPT.c.id == facts.id).values(**values))


def _record_on(
    session: Session,
    sitting: Sitting,
    facts: AttemptFacts,
    *,
    action: str,
    reason: str,
    actor: Actor,
    now: datetime,
    **detail: object,
) -> None:
    person = str(facts.enrolment_id)
    record_act(session, sitting, action=action, actor=actor, now=now, reason=reason, peserta=person, **detail)
