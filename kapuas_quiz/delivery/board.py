"""What a trainer sees while a room is at work. Reads only."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.acts import minutes_left
from kapuas_quiz.delivery.attempts import ATTEMPT, AttemptFacts, facts_from, facts_query
from kapuas_quiz.delivery.attention import Case, cases_of, codes_to_read_out
from kapuas_quiz.delivery.board_lines import Board, BoardLine
from kapuas_quiz.delivery.evidence import Evidence, evidence_of, outages_in
from kapuas_quiz.delivery.grants import GrantView, grants_of
from kapuas_quiz.delivery.incidents import n_decisions, noted_at, outages_answered_at, story_of
from kapuas_quiz.delivery.models import Response, Sitting
from kapuas_quiz.delivery.receipts import receipts_of
from kapuas_quiz.delivery.room import SittingView, sitting_view
from kapuas_quiz.delivery.sheet import sheet_of
from kapuas_quiz.delivery.standing import stored_ending
from kapuas_quiz.forms.service import all_verified
from kapuas_quiz.trainings.service import EnrolmentView, enrolments_of

SILENT_AFTER = timedelta(minutes=2)
ORDER = ("mengerjakan", "menunggu", "selesai", "belum-masuk")


@dataclass(frozen=True)
class _Room:
    """What is known of a room's attempts beside their facts."""

    answered: Mapping[uuid.UUID, int]
    evidence: Mapping[uuid.UUID, Evidence]
    grants: list[GrantView]
    cases: list[Case]
    receipts: Mapping[uuid.UUID, str]
    key: bytes
    now: datetime


def board_of(session: Session, *, sitting_id: uuid.UUID, key: bytes, now: datetime) -> Board:
    """Return the board of a sitting: its own people, then who has not come in anywhere.

    key: of the attempts' secrets. Raises NoSuchSitting.
    """
    sitting = sitting_view(session, sitting_id)
    attempts = _attempts(session, sitting_id)
    room = _room(session, sitting_id, attempts, key, now)
    lines = [
        _line(session, person, attempts.get(person.id), room)
        for person in _people(session, sitting, attempts)
    ]
    started = [line for line in lines if line.state in ("mengerjakan", "selesai")]
    answered_at = outages_answered_at(session, sitting_id)
    cut = (
        [] if sitting.closed_at else outages_in(attempts.values(), room.evidence, after=answered_at, now=now)
    )
    return Board(
        sitting=sitting,
        lines=tuple(sorted(lines, key=lambda line: ORDER.index(line.state))),
        started=len(started),
        finished=sum(line.state == "selesai" for line in started),
        confirmed=sum(line.confirmed for line in started),
        verified=all_verified(session, sitting.training_id),
        outages=tuple(cut),
        decisions=n_decisions(session, sitting_id),
        story=tuple(story_of(session, sitting_id)),
    )


def _room(
    session: Session,
    sitting_id: uuid.UUID,
    attempts: Mapping[uuid.UUID, AttemptFacts],
    key: bytes,
    now: datetime,
) -> _Room:
    evidence = evidence_of(session, attempts.values())
    grants = grants_of(session, sitting_id)
    noted = noted_at(session, sitting_id)
    cases = cases_of(attempts.values(), evidence, grants, noted=noted, key=key)
    receipts = receipts_of(session, sitting_id)
    return _Room(_answered(session, sitting_id), evidence, grants, cases, receipts, key, now)


def _people(
    session: Session, sitting: SittingView, attempts: Mapping[uuid.UUID, AttemptFacts]
) -> list[EnrolmentView]:
    people = enrolments_of(session, sitting.training_id)
    gone = enrolments_of(session, sitting.training_id, withdrawn=True)
    elsewhere = _elsewhere(session, sitting.id)
    staying = [one for one in people if one.id in attempts or one.id not in elsewhere]
    return staying + [one for one in gone if one.id in attempts]


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


def _line(session: Session, person: EnrolmentView, facts: AttemptFacts | None, room: _Room) -> BoardLine:
    if facts is None:
        return BoardLine(person, "belum-masuk")
    ended = stored_ending(facts, room.now)
    at_work = facts.started_at is not None and ended is None
    seen = room.evidence.get(facts.id, Evidence())
    start = facts.room_started_at
    return BoardLine(
        person=person,
        state="menunggu" if facts.started_at is None else "selesai" if ended else "mengerjakan",
        attempt_id=facts.id,
        medium=facts.medium,
        n_answered=room.answered.get(facts.id, 0),
        n_items=sheet_of(session, facts.form_id).n_items,
        unsent=facts.unsent,
        last_contact=facts.last_contact_at,
        late_at=facts.joined_at if start and facts.joined_at > start else None,
        until=facts.course.limit if at_work else None,
        ended_at=ended.at if ended else None,
        end_reason=ended.reason if ended else "",
        left=minutes_left(facts, room.now),
        confirmed=ended is not None and seen.complete,
        silent=at_work and facts.medium == "hp" and room.now - facts.last_contact_at > SILENT_AFTER,
        receipt=room.receipts.get(facts.id, ""),
        gifts=tuple(grant for grant in room.grants if grant.attempt_id == facts.id),
        codes=codes_to_read_out(facts, room.grants, seen.codes, key=room.key) if at_work else (),
        cases=tuple(case for case in room.cases if case.attempt_id == facts.id),
    )
