"""Receipts: which one stands on whose phone, what a typed one proves, and whether all chains are whole."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.journal import Device, fold
from kapuas_quiz.core.receipts import find_receipt, first_digits, first_fault, receipt
from kapuas_quiz.database import write_intent
from kapuas_quiz.delivery.attempts import ATTEMPT, DEVICE, EVENT, SITTING, facts_from, facts_query
from kapuas_quiz.delivery.ledger import stored_journal
from kapuas_quiz.trainings.service import EnrolmentView, enrolment_view, training_view


class NoReceipt(Exception):
    """The typed text is no receipt: a character is missing or was misread."""


@dataclass(frozen=True)
class Proof:
    """What a receipt proves.

    n_answered: answers up to this entry.  number: its place in the order of arrival.  is_hand_in: it is the
    hand-in itself.  later: entries that came after it.  fault: the first entry whose link does not fit.
    taken_back: it is of a sheet of paper that was typed for the wrong person.
    """

    person: EnrolmentView
    training: str
    assessment: str
    room: str
    received_at: datetime
    via: str
    number: int
    n_answered: int
    is_hand_in: bool
    later: int
    fault: int | None
    sealed_at: datetime | None
    taken_back: bool


@dataclass(frozen=True)
class Broken:
    """An attempt whose chain is not whole from entry `number` on."""

    attempt_id: uuid.UUID
    name: str
    number: int


def receipts_of(session: Session, sitting_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the short receipt of each attempt as its live phone shows it; one query."""
    return _shown(session, ATTEMPT.c.sitting_id == sitting_id)


def receipt_of(session: Session, attempt_id: uuid.UUID) -> str:
    """Return the short receipt of one attempt as its live phone shows it, '' without an entry."""
    return _shown(session, ATTEMPT.c.id == attempt_id).get(attempt_id, "")


def proofs_of(session: Session, *, text: str, key: bytes, name: str = "") -> list[Proof]:
    """Return what a typed receipt proves: nothing where no entry has it, rarely more than one.

    key: of receipts.  name: a part of the owner's name, to tell two apart.
    Raises NoReceipt.
    """
    write_intent.set(False)
    digits = first_digits(text)
    if digits is None:
        raise NoReceipt
    near = select(EVENT.c.attempt_id, EVENT.c.link).where(EVENT.c.link.startswith(digits))
    found = [row for row in session.execute(near).all() if find_receipt(text, [row.link])]
    proofs = [_proof(session, row.attempt_id, row.link, key) for row in found]
    return [proof for proof in proofs if name.casefold() in proof.person.name.casefold()]


def broken_chains(session: Session, key: bytes) -> Iterator[Broken]:
    """Walk all attempts and yield those whose chain of receipts is not whole."""
    write_intent.set(False)
    rows = session.connection().execute(facts_query().order_by(ATTEMPT.c.joined_at)).mappings()
    for facts in [facts_from(row) for row in rows]:
        number = first_fault(key, facts.id, stored_journal(session, facts).stored)
        if number is not None:
            yield Broken(facts.id, enrolment_view(session, facts.enrolment_id).name, number)


def n_linked(session: Session) -> int:
    """Return how many entries carry a receipt."""
    return session.scalar(select(func.count()).where(EVENT.c.link != "")) or 0


def _shown(session: Session, condition: ColumnElement[bool]) -> dict[uuid.UUID, str]:
    """Return, per attempt, the receipt of the live phone's hand-in, before one that of its newest entry."""
    last_hand_in = func.max(case((EVENT.c.kind == "selesai", EVENT.c.seq)))
    newest = (
        select(
            EVENT.c.attempt_id,
            EVENT.c.device,
            func.coalesce(last_hand_in, func.max(EVENT.c.seq)).label("seq"),
        )
        .join(ATTEMPT, ATTEMPT.c.id == EVENT.c.attempt_id)
        .join(DEVICE, (DEVICE.c.attempt_id == EVENT.c.attempt_id) & (DEVICE.c.device == EVENT.c.device))
        .where(condition, DEVICE.c.superseded_at.is_(None))
        .group_by(EVENT.c.attempt_id, EVENT.c.device)
        .subquery()
    )
    rows = session.execute(
        select(EVENT.c.attempt_id, EVENT.c.link).join(
            newest,
            (EVENT.c.attempt_id == newest.c.attempt_id)
            & (EVENT.c.device == newest.c.device)
            & (EVENT.c.seq == newest.c.seq),
        )
    )
    return {row.attempt_id: receipt(row.link) for row in rows}


def _proof(session: Session, attempt_id: uuid.UUID, link: str, key: bytes) -> Proof:
    row = session.connection().execute(facts_query().where(ATTEMPT.c.id == attempt_id)).mappings().one()
    facts = facts_from(row)
    journal = stored_journal(session, facts)
    number = next(n for n, one in enumerate(journal.stored, 1) if one.link == link)
    entry = journal.stored[number - 1]
    devices = {device.name: device for device in journal.devices}
    taken_back = entry.event.device not in devices
    if taken_back:
        devices[entry.event.device] = Device(entry.event.device, len(devices) + 1)
    then = fold(journal.events[:number], devices.values(), limit_ms=None).answers
    person = enrolment_view(session, facts.enrolment_id)
    room = session.execute(select(SITTING.c.room).where(SITTING.c.id == facts.sitting_id)).scalar_one()
    via = select(EVENT.c.via).where(EVENT.c.attempt_id == attempt_id, EVENT.c.number == number)
    return Proof(
        person=person,
        training=training_view(session, person.training_id).title,
        assessment=facts.assessment,
        room=room,
        received_at=entry.received_at,
        via=session.execute(via).scalar_one(),
        number=number,
        n_answered=sum(answer.answer is not None for answer in then.values()),
        is_hand_in=entry.event.kind == "selesai",
        later=len(journal.stored) - number,
        fault=first_fault(key, attempt_id, journal.stored),
        sealed_at=facts.sealed_at,
        taken_back=taken_back,
    )
