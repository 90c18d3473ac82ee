"""Take in codes that were read out from phones without network."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.attempt import elapsed_ms, ending
from kapuas_quiz.core.handed_code import Group, Handed, is_signed, read_code, read_groups
from kapuas_quiz.core.journal import Fold, Spoken
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import ATTEMPT, DEVICE, AttemptFacts, attempt_secret
from kapuas_quiz.delivery.handed import Taken, unsealed
from kapuas_quiz.delivery.handed_refusals import NotOurs, NotTheirs, TooLate, WrongGroups
from kapuas_quiz.delivery.ledger import CODE, Journal, fold_of, stored_journal
from kapuas_quiz.delivery.sheet import sheet_of
from kapuas_quiz.delivery.storing import store_responses
from kapuas_quiz.trainings.service import enrolment_view

MINUTE_MS = 60_000


def take_code(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    text: str,
    key: bytes,
    actor: Actor,
    now: datetime,
    attempt_id: uuid.UUID | None = None,
) -> Taken:
    """Take in a code that was read out: whose it is follows from its secret; commit.

    key: of attempts' secrets.  attempt_id: of the person chosen, None to try everybody in the sitting.
    Raises WrongGroups, NotOurs, TooLate, AttemptSealed; then nothing was stored.
    """
    groups = _fitting(text)
    owner, device = _author(session, sitting_id, attempt_id, groups, key)
    facts = unsealed(session, owner)
    sheet = sheet_of(session, facts.form_id)
    asked = sheet.asked(_presentation(session, owner))
    said = read_code(groups, asked, secret=attempt_secret(key, owner), device=device)
    if said is None:
        raise NotOurs
    journal = stored_journal(session, facts)
    adds = _adds(journal, device, said)
    if adds:
        journal = _store_code(session, facts, journal, device, said, actor=actor, now=now)
    taken = Taken(
        by="kode",
        attempt_id=owner,
        person=enrolment_view(session, facts.enrolment_id),
        n_answered=_n_answered(fold_of(facts, journal)),
        n_items=sheet.n_items,
        cannot=tuple(number for number, (_, parts) in enumerate(asked, 1) if parts is None),
        again=not adds,
        late=facts.closed_at is not None,
    )
    session.commit()
    return taken


def complete_by_code(session: Session, sitting_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the attempts of a sitting whose live phone's code carried every question; one query."""
    rows = session.execute(
        select(CODE.c.attempt_id, CODE.c.answers, ATTEMPT.c.form_id)
        .join(ATTEMPT, ATTEMPT.c.id == CODE.c.attempt_id)
        .join(DEVICE, (DEVICE.c.attempt_id == CODE.c.attempt_id) & (DEVICE.c.device == CODE.c.device))
        .where(ATTEMPT.c.sitting_id == sitting_id, DEVICE.c.superseded_at.is_(None))
        .where(CODE.c.at >= DEVICE.c.since)
    )
    return {
        attempt_id
        for attempt_id, answers, form_id in rows
        if len(answers) == sheet_of(session, form_id).n_items
    }


def _fitting(text: str) -> list[Group]:
    groups = read_groups(text)
    wrong = [index for index, group in enumerate(groups, 1) if not group.fits]
    if wrong or not groups:
        raise WrongGroups(wrong)
    return groups


def _author(
    session: Session, sitting_id: uuid.UUID, only: uuid.UUID | None, groups: Sequence[Group], key: bytes
) -> tuple[uuid.UUID, str]:
    """Return the attempt and the phone that wrote the code."""
    known = (
        select(DEVICE.c.attempt_id, DEVICE.c.device)
        .join(ATTEMPT, ATTEMPT.c.id == DEVICE.c.attempt_id)
        .where(ATTEMPT.c.sitting_id == sitting_id, ATTEMPT.c.started_at.is_not(None))
    )
    for owner, device in session.execute(known):
        if only in (None, owner) and is_signed(groups, secret=attempt_secret(key, owner), device=device):
            return owner, device
    raise NotTheirs if only else NotOurs


def _presentation(session: Session, attempt_id: uuid.UUID) -> Mapping[str, Any]:
    return session.execute(select(ATTEMPT.c.presentation).where(ATTEMPT.c.id == attempt_id)).scalar_one()


def _adds(journal: Journal, device: str, said: Handed) -> bool:
    """Tell whether a code says more than what is stored already."""
    known = any((code.device, code.last_seq) == (device, said.last_seq) for code in journal.spoken)
    return not known and len(journal.of(device)) < said.last_seq


def _check_time(facts: AttemptFacts, journal: Journal, code: Spoken) -> None:
    at_ms = min(code.at_ms, code.received_ms)
    device = journal.device(code.device)
    limits = (facts.course.limit_ms, device.superseded_ms if device else None)
    for limit_ms in limits:
        if limit_ms is not None and at_ms > limit_ms:
            raise TooLate(code.at_ms // MINUTE_MS, limit_ms // MINUTE_MS)


def _store_code(
    session: Session,
    facts: AttemptFacts,
    journal: Journal,
    device: str,
    said: Handed,
    *,
    actor: Actor,
    now: datetime,
) -> Journal:
    """Keep a code, let it count, write down who took it in; return the journal with it."""
    at_ms = said.minute * MINUTE_MS
    code = Spoken(device, said.last_seq, said.answers, at_ms, elapsed_ms(facts.course, now))
    _check_time(facts, journal, code)
    session.connection().execute(insert(CODE).values(_row(facts.id, code, actor, now)))
    after = replace(journal, spoken=(*journal.spoken, code))
    counted = fold_of(facts, after)
    store_responses(session.connection(), facts.id, fold_of(facts, journal), counted)
    _end(session.connection(), facts, counted, now)
    detail = {"menit": said.minute, "sampai": said.last_seq, "jawaban": _n_answered(counted)}
    record(session, at=now, actor=actor, action="serah.kode", subject=str(facts.enrolment_id), detail=detail)
    return after


def _row(attempt_id: uuid.UUID, code: Spoken, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "device": code.device,
        "last_seq": code.last_seq,
        "at_ms": code.at_ms,
        "answers": {str(n): answer for n, answer in code.answers.items()},
        "by_id": actor.id,
        "by_name": actor.name,
        "at": now,
    }


def _end(connection: Connection, facts: AttemptFacts, after: Fold, now: datetime) -> None:
    ended = ending(facts.course, handed_in_ms=after.handed_in_ms, now=now)
    if ended and (facts.ended_at, facts.end_reason) != (ended.at, ended.reason):
        values = {"ended_at": ended.at, "end_reason": ended.reason}
        connection.execute(update(ATTEMPT).where(ATTEMPT.c.id == facts.id).values(values))


def _n_answered(counted: Fold) -> int:
    return sum(answer.answer is not None for answer in counted.answers.values())
