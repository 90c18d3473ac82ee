"""More time, for one person or for all who are at work, with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import MILLISECOND
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import ATTEMPT, GRANT, AttemptFacts, facts_from, facts_query
from kapuas_quiz.delivery.incidents import GivenMeanwhile, n_decisions
from kapuas_quiz.delivery.models import Sitting, TimeGrant
from kapuas_quiz.delivery.refolding import refold
from kapuas_quiz.delivery.service import NoSuchSitting, WrongState, locked_sitting, record_act
from kapuas_quiz.delivery.standing import stored_ending


class NobodyAtWork(Exception):
    """Nobody would get anything of this time."""


class TooLate(Exception):
    """The person's time ran out so long ago that more minutes are needed; `minutes` is the least."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@dataclass(frozen=True)
class GrantView:
    """Minutes that were given to one attempt."""

    attempt_id: uuid.UUID
    number: int
    minutes: int
    whole_room: bool
    reason: str
    by_name: str
    at: datetime


def give_time_to_one(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    attempt_id: uuid.UUID,
    minutes: int,
    reason: str,
    actor: Actor,
    now: datetime,
    known: int | None = None,
) -> None:
    """Give one person more time; who ran out of it goes on.

    known: how many gifts to this person the page showed that asks.
    Raises NoSuchSitting, WrongState when the person has handed in or is closed, TooLate, GivenMeanwhile.
    """
    sitting, facts = locked_room_of(session, sitting_id, attempt_id)
    if known not in (None, facts.n_grants):
        raise GivenMeanwhile
    if not _may_get(facts, now):
        raise WrongState
    if not _is_of_use(facts, minutes, now):
        missing = (facts.paused_at or now) - _later(facts, minutes)
        raise TooLate(minutes + int(missing / timedelta(minutes=1)) + 1)
    _give(session, [facts], minutes, False, reason, actor, now)
    record_act(
        session,
        sitting,
        action="waktu.tambah",
        actor=actor,
        now=now,
        reason=reason,
        peserta=str(facts.enrolment_id),
        menit=minutes,
    )
    session.commit()


def give_time_to_all(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    minutes: int,
    reason: str,
    actor: Actor,
    now: datetime,
    known: int | None = None,
) -> int:
    """Give everybody at work more time, late joiners of a common start too, and return how many got it now.

    Who ran out of time goes on, where the minutes reach.
    known: how many decisions about the whole room's time the page showed that asks.
    Raises NoSuchSitting, WrongState, NobodyAtWork, GivenMeanwhile.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None:
        raise WrongState
    if known not in (None, n_decisions(session, sitting_id)):
        raise GivenMeanwhile
    common = sitting.clock == "serentak" and sitting.started_at is not None
    all_facts = attempts_in(session, sitting_id)
    getting = [one for one in all_facts if _may_get(one, now) and _is_of_use(one, minutes, now)]
    if not getting and not common:
        raise NobodyAtWork
    if common:
        sitting.granted_ms += timedelta(minutes=minutes) // MILLISECOND
        session.flush()
    _give(session, getting, minutes, True, reason, actor, now)
    counts = {"menit": minutes, "orang": len(getting)}
    record_act(session, sitting, action="waktu.semua", actor=actor, now=now, reason=reason, **counts)
    session.commit()
    return len(getting)


def grants_of(session: Session, sitting_id: uuid.UUID) -> list[GrantView]:
    """Return the time given to each attempt of a room, the first first."""
    rows = session.scalars(
        select(TimeGrant)
        .join(ATTEMPT, ATTEMPT.c.id == TimeGrant.attempt_id)
        .where(ATTEMPT.c.sitting_id == sitting_id)
        .order_by(TimeGrant.attempt_id, TimeGrant.number)
    )
    return [
        GrantView(
            row.attempt_id, row.number, row.minutes, bool(row.whole_room), row.reason, row.by_name, row.at
        )
        for row in rows
    ]


def attempts_in(session: Session, sitting_id: uuid.UUID) -> list[AttemptFacts]:
    """Return the attempts of a room, which nobody else changes until the transaction ends."""
    query = facts_query().where(ATTEMPT.c.sitting_id == sitting_id).with_for_update(of=ATTEMPT)
    return [facts_from(row) for row in session.connection().execute(query).mappings().all()]


def locked_room_of(
    session: Session, sitting_id: uuid.UUID, attempt_id: uuid.UUID
) -> tuple[Sitting, AttemptFacts]:
    """Return an open room and one attempt in it, both locked.

    Raises NoSuchSitting, also when the attempt is another room's, WrongState when the room is closed.
    """
    sitting = locked_sitting(session, sitting_id)
    facts = next((one for one in attempts_in(session, sitting_id) if one.id == attempt_id), None)
    if facts is None:
        raise NoSuchSitting(str(attempt_id))
    if sitting.closed_at is not None:
        raise WrongState
    return sitting, facts


def _may_get(facts: AttemptFacts, now: datetime) -> bool:
    """Tell whether time would be of use: at work, or out of time without a hand-in."""
    ended = stored_ending(facts, now)
    return facts.deadline_at is not None and (ended is None or ended.reason == "waktu-habis")


def _is_of_use(facts: AttemptFacts, minutes: int, now: datetime) -> bool:
    return _later(facts, minutes) > (facts.paused_at or now)


def _later(facts: AttemptFacts, minutes: int) -> datetime:
    if facts.deadline_at is None:
        raise WrongState
    return facts.deadline_at + timedelta(minutes=minutes)


def _give(
    session: Session,
    getting: Sequence[AttemptFacts],
    minutes: int,
    whole_room: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    connection = session.connection()
    for facts in getting:
        row = {"attempt_id": facts.id, "number": facts.n_grants + 1, "minutes": minutes}
        said = {"whole_room": int(whole_room), "reason": reason, "by_id": actor.id, "by_name": actor.name}
        connection.execute(insert(GRANT).values(**row, **said, at=now))
        connection.execute(
            update(ATTEMPT).where(ATTEMPT.c.id == facts.id).values(deadline_at=_later(facts, minutes))
        )
        refold(session, facts.id, now)
