"""What is stored of an attempt's journal, and what counts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import milliseconds
from kapuas_quiz.core.journal import Device, Event, Fold, fold
from kapuas_quiz.core.receipts import Stored
from kapuas_quiz.delivery.attempts import DEVICE, EVENT, AttemptFacts

_DEVICES = select(DEVICE.c.device, DEVICE.c.generation, DEVICE.c.superseded_at, DEVICE.c.since).where(
    DEVICE.c.attempt_id == bindparam("attempt")
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
    """Everything stored for one attempt, in the order of arrival."""

    devices: tuple[Device, ...]
    stored: tuple[Stored, ...]

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
    devices = connection.execute(_DEVICES, {"attempt": facts.id})
    events = connection.execute(_ENTRIES, {"attempt": facts.id})
    return Journal(
        tuple(
            Device(name, generation, _since_start(facts, superseded_at), _since_start(facts, since) or 0)
            for name, generation, superseded_at, since in devices.all()
        ),
        tuple(
            Stored(
                Event(device, seq, kind, position, answer, at_ms, _since_start(facts, at) or 0, unsure),
                at,
                link,
            )
            for device, seq, kind, position, answer, at_ms, unsure, at, link in events.all()
        ),
    )


def stored_fold(session: Session, facts: AttemptFacts) -> Fold:
    """Return what counts of an attempt's journal now."""
    journal = stored_journal(session, facts)
    return fold_of(facts, journal.events, journal.devices)


def _since_start(facts: AttemptFacts, moment: datetime | None) -> int | None:
    if moment is None or facts.started_at is None:
        return None
    return milliseconds(moment - facts.started_at)


def fold_of(facts: AttemptFacts, events: Sequence[Event], devices: Sequence[Device]) -> Fold:
    return fold(events, devices, limit_ms=facts.course.limit_ms)
