"""One room as its pages name it. Reads only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.attempt import MILLISECOND
from kapuas_quiz.delivery.attempts import ATTEMPT, DEVICE
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.service import NoSuchSitting
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.trainings.service import training_view

FRESH_FOR = timedelta(seconds=10)


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
    pin_frozen_at: datetime | None
    begin_until: datetime | None
    opened_at: datetime
    started_at: datetime | None
    paused_at: datetime | None
    granted_ms: int
    closed_at: datetime | None
    sealed_at: datetime | None

    @property
    def deadline(self) -> datetime | None:
        """When the room's time is over; None with own clocks, before the start, and in a pause."""
        if self.started_at is None or self.paused_at is not None:
            return None
        return self.started_at + timedelta(minutes=self.minutes) + self.granted_ms * MILLISECOND

    @property
    def can_pause(self) -> bool:
        """Tell whether clocks may be running that a pause would stop."""
        begun = self.clock == "sendiri" or self.started_at is not None
        return begun and self.closed_at is None and self.paused_at is None


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
        pin_frozen_at=sitting.pin_frozen_at,
        begin_until=sitting.begin_until,
        opened_at=sitting.opened_at,
        started_at=sitting.started_at,
        paused_at=sitting.paused_at,
        granted_ms=sitting.granted_ms,
        closed_at=sitting.closed_at,
        sealed_at=sitting.sealed_at,
    )


def room_stamp(session: Session, *, sitting_id: uuid.UUID, now: datetime) -> str:
    """Return a text that stays the same while a board need not be drawn again; one query.

    What somebody does, joining, starting and ending show at once; answers and contacts after FRESH_FOR.
    """
    here = ATTEMPT.c.sitting_id == sitting_id
    acts = select(func.max(AuditEvent.number)).scalar_subquery()
    phones = select(func.count()).join_from(DEVICE, ATTEMPT, DEVICE.c.attempt_id == ATTEMPT.c.id).where(here)
    facts = session.connection().execute(
        select(
            func.count(),
            func.count(ATTEMPT.c.started_at),
            func.count(ATTEMPT.c.ended_at),
            func.max(ATTEMPT.c.ended_at),
            func.sum(ATTEMPT.c.unsent),
            acts,
            phones.scalar_subquery(),
        ).where(here)
    )
    moment = int(now.timestamp() // FRESH_FOR.total_seconds())
    return "-".join(str(value) for value in (*facts.one(), moment)).replace(" ", "T")
