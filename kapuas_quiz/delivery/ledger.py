"""What is stored of an attempt's journal, and what counts of it."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import milliseconds
from kapuas_quiz.core.journal import Device, Event, Fold, Spoken, fold
from kapuas_quiz.core.receipts import Stored
from kapuas_quiz.delivery.attempts import (
    ATTEMPT,
    DEVICE,
    EVENT,
    FACTS,
    FACTS_FROM,
    LOCK,
    VERSION,
    AttemptFacts,
)
from kapuas_quiz.delivery.models import HandedCode

CODE = cast(Table, HandedCode.__table__)

_DEVICE_AND_CODES = (
    DEVICE.c.device,
    DEVICE.c.generation,
    DEVICE.c.superseded_at,
    DEVICE.c.since,
    CODE.c.last_seq,
    CODE.c.answers,
    CODE.c.at_ms,
    CODE.c.at,
)
_CODE_OF_DEVICE = (CODE.c.attempt_id == DEVICE.c.attempt_id) & (CODE.c.device == DEVICE.c.device)
_N_ENTRIES = select(func.max(EVENT.c.number)).where(EVENT.c.attempt_id == ATTEMPT.c.id).scalar_subquery()
# One row for a device without codes, one for each of its codes: asked together, because few have any.
_STATE = (
    select(*FACTS, _N_ENTRIES.label("n_entries"), *_DEVICE_AND_CODES)
    .select_from(
        FACTS_FROM.outerjoin(DEVICE, DEVICE.c.attempt_id == ATTEMPT.c.id).outerjoin(CODE, _CODE_OF_DEVICE)
    )
    .where(ATTEMPT.c.id == bindparam("attempt"))
)
_STATE_AND_VERSION = _STATE.add_columns(VERSION.label("version"))
_STATE_IF_FREE = _STATE.with_for_update(of=ATTEMPT, skip_locked=True)
_DEVICES = (
    select(*_DEVICE_AND_CODES)
    .select_from(DEVICE.outerjoin(CODE, _CODE_OF_DEVICE))
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
        return [one.event for one in self.stored_of(device)]

    def stored_of(self, device: str) -> list[Stored]:
        """Return the same with their receipts."""
        return [one for one in self.stored if one.event.device == device]

    @property
    def live(self) -> list[Event]:
        """Return the entries of the device on which the test goes on, by number."""
        return [e for device in self.devices if device.superseded_ms is None for e in self.of(device.name)]

    def device(self, name: str) -> Device | None:
        """Return the device of this name, if it ever joined."""
        return next((device for device in self.devices if device.name == name), None)


@dataclass(frozen=True)
class Ledger:
    """An attempt at one moment: its facts, its journal, and what counts of it."""

    facts: AttemptFacts
    journal: Journal
    fold: Fold

    def with_entries(self, stored: Sequence[Stored]) -> Ledger:
        """Return the ledger after further entries."""
        if not stored:
            return self
        journal = replace(self.journal, stored=(*self.journal.stored, *stored))
        return Ledger(self.facts, journal, fold_of(self.facts, journal))


_kept: OrderedDict[uuid.UUID, Ledger] = OrderedDict()
_keeping = Lock()
MOST_KEPT = 3000


def keep(ledger: Ledger) -> None:
    """Remember a ledger that is on disk, so that the next request need not read its entries again."""
    with _keeping:
        _kept[ledger.facts.id] = ledger
        _kept.move_to_end(ledger.facts.id)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def locked_ledger(connection: Connection, attempt_id: uuid.UUID, *, wait: bool = True) -> Ledger | None:
    """Return an attempt's ledger and keep others from changing it until the transaction ends.

    wait: whether to take the lock by itself first, so that everything read after it is as it was left.
    Without it one statement does both, which is only right while nobody else changes the attempt.
    """
    rows: Sequence[Any] = ()
    if connection.dialect.name == "sqlite":  # a writing transaction holds the only lock from its start
        rows = connection.execute(_STATE, {"attempt": attempt_id}).all()
    elif not wait:
        rows = connection.execute(_STATE_IF_FREE, {"attempt": attempt_id}).all()
    if connection.dialect.name != "sqlite" and (not rows or rows[0].ended_at is not None):
        connection.execute(LOCK, {"attempt": attempt_id})
        rows = connection.execute(_STATE, {"attempt": attempt_id}).all()
    return _ledger(connection, rows) if rows else None


@dataclass(frozen=True)
class Seen:
    """A ledger that nobody holds still, and the version of the attempt's row that was looked at."""

    ledger: Ledger
    version: str


def unlocked_ledger(connection: Connection, attempt_id: uuid.UUID) -> Seen | None:
    """Return an attempt's ledger as one look finds it; PostgreSQL alone."""
    rows = connection.execute(_STATE_AND_VERSION, {"attempt": attempt_id}).all()
    return Seen(_ledger(connection, rows), rows[0].version) if rows else None


def _ledger(connection: Connection, rows: Sequence[Any]) -> Ledger:
    facts = AttemptFacts(*rows[0][: len(FACTS)])
    present = [row for row in rows if row.device is not None]
    devices = tuple({row.device: _device(facts, row) for row in present}.values())
    spoken = tuple(_spoken(facts, present))
    n_entries = rows[0].n_entries or 0
    kept = _kept.get(facts.id)
    if kept is not None and len(kept.journal.stored) != n_entries:
        kept = None
    stored = kept.journal.stored if kept else _entries(connection, facts) if n_entries else ()
    journal = Journal(devices, stored, spoken)
    same = kept and kept.journal == journal and kept.facts.course.limit_ms == facts.course.limit_ms
    return Ledger(facts, journal, kept.fold if kept and same else fold_of(facts, journal))


def _entries(connection: Connection, facts: AttemptFacts) -> tuple[Stored, ...]:
    return tuple(
        Stored(
            Event(device, seq, kind, position, answer, at_ms, _since_start(facts, at) or 0, unsure),
            at,
            link,
        )
        for device, seq, kind, position, answer, at_ms, unsure, at, link in connection.execute(
            _ENTRIES, {"attempt": facts.id}
        ).all()
    )


def stored_journal(session: Session, facts: AttemptFacts) -> Journal:
    """Return the devices and entries of an attempt."""
    connection = session.connection()
    devices = connection.execute(_DEVICES, {"attempt": facts.id}).all()
    return Journal(
        tuple({row.device: _device(facts, row) for row in devices}.values()),
        _entries(connection, facts),
        tuple(_spoken(facts, devices)),
    )


def _device(facts: AttemptFacts, row: Any) -> Device:
    superseded_ms = None if row.superseded_at is None else _since_start(facts, row.superseded_at) or 0
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
