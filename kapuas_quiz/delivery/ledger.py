"""What is stored of an attempt's journal, and what counts of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import milliseconds
from kapuas_quiz.core.journal import Device, Event, Fold, Spoken, fold
from kapuas_quiz.core.receipts import Stored
from kapuas_quiz.delivery.attempts import DEVICE, EVENT, AttemptFacts
from kapuas_quiz.delivery.models import HandedCode

CODE = cast(Table, HandedCode.__table__)

# One row for a device without codes, one for each of its codes: asked together, because few have any.
_DEVICES = (
    select(
        DEVICE.c.device,
        DEVICE.c.generation,
        DEVICE.c.superseded_at,
        DEVICE.c.since,
        CODE.c.last_seq,
        CODE.c.answers,
        CODE.c.at_ms,
        CODE.c.at,
    )
    .outerjoin(CODE, (CODE.c.attempt_id == DEVICE.c.attempt_id) & (CODE.c.device == DEVICE.c.device))
    .where(DEVICE.c.attempt_id == bindparam("attempt"))
)
_ENTRIES = (
    select(
        EVENT.c.device,
        EVENT.c.seq,
        EVENT.c.kind,
        EVENT.c.position,
        EVENT.c.answer,
        EVENT.c.at_ms,
        EVENT.c.unsure,
        EVENT.c.received_at,
        EVENT.c.link,
    )
    .where(EVENT.c.attempt_id == bindparam("attempt"))
    .order_by(EVENT.c.number)
)


@dataclass(frozen=True)
class Journal:
    """Everything stored for one attempt, in the order of arrival, and what was read out of it."""

    devices: tuple[Device, ...]
    stored: tuple[Stored, ...]
    spoken: tuple[Spoken, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """Return the entries without their receipts."""
        return tuple(one.event for one in self.stored)

    def of(self, device: str) -> list[Event]:
        """Return the entries of one device by number."""
        return [event for event in self.events if event.device == device]

    @property
    def live(self) -> list[Event]:
        """Return the entries of the device on which the test goes on, by number."""
        return [e for device in self.devices if device.superseded_ms is None for e in self.of(device.name)]

    def device(self, name: str) -> Device | None:
        """Return the device of this name, if it ever joined."""
        return next((device for device in self.devices if device.name == name), None)


def stored_journal(session: Session, facts: AttemptFacts) -> Journal:
    """Return the devices and entries of an attempt."""
    connection = session.connection()
    devices = connection.execute(_DEVICES, {"attempt": facts.id}).all()
    events = connection.execute(_ENTRIES, {"attempt": facts.id})
    return Journal(
        tuple({row.device: _device(facts, row) for row in devices}.values()),
        tuple(
            Stored(
                Event(device, seq, kind, position, answer, at_ms, _since_start(facts, at) or 0, unsure),
                at,
                link,
            )
            for device, seq, kind, position, answer, at_ms, unsure, at, link in events.all()
        ),
        tuple(_spoken(facts, devices)),
    )


def _device(facts: AttemptFacts, row: Any) -> Device:
    superseded_ms = _since_start(facts, row.superseded_at)
    return Device(row.device, row.generation, superseded_ms, _since_start(facts, row.since) or 0)


def _spoken(facts: AttemptFacts, rows: Sequence[Any]) -> Iterator[Spoken]:
    for row in rows:
        if row.last_seq is not None:
            answers = {int(position): answer for position, answer in row.answers.items()}
            yield Spoken(row.device, row.last_seq, answers, row.at_ms, _since_start(facts, row.at) or 0)


def stored_fold(session: Session, facts: AttemptFacts) -> Fold:
    """Return what counts of an attempt's journal now."""
    return fold_of(facts, stored_journal(session, facts))


def _since_start(facts: AttemptFacts, moment: datetime | None) -> int | None:
    if moment is None or facts.started_at is None:
        return None
    return milliseconds(moment - facts.started_at)


def fold_of(facts: AttemptFacts, journal: Journal) -> Fold:
    """Return what counts of a journal, with what was read out."""
    return fold(journal.events, journal.devices, limit_ms=facts.course.limit_ms, spoken=journal.spoken)
