"""Which attempts count: those of trainees that have ended, the last one of each person and assessment."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.forms.models import Assessment


@dataclass(frozen=True)
class CountedAttempt:
    """An attempt whose answers are scored; `kind` is 'pre' or 'post'."""

    id: uuid.UUID
    enrolment_id: uuid.UUID
    kind: str
    form_id: uuid.UUID
    last_contact_at: datetime


def has_ended(now: datetime) -> ColumnElement[bool]:
    """Tell in SQL whether an attempt has ended, also when nobody wrote that down yet."""
    over = or_(Attempt.ended_at.is_not(None), Attempt.deadline_at <= now, Sitting.closed_at.is_not(None))
    return and_(Attempt.kind == "peserta", Attempt.started_at.is_not(None), over)


def counted_attempts(
    session: Session, *where: ColumnElement[bool], now: datetime, lock: bool = False
) -> list[CountedAttempt]:
    """Return the attempts that count among those that fulfil the conditions.

    Conditions may name Attempt, Assessment and Sitting.  lock: keep others from changing them meanwhile.
    """
    query = (
        select(Attempt.id, Attempt.enrolment_id, Assessment.kind, Attempt.form_id, Attempt.last_contact_at)
        .join(Assessment, Assessment.id == Attempt.assessment_id)
        .join(Sitting, Sitting.id == Attempt.sitting_id)
        .where(has_ended(now), *where)
        .order_by(Attempt.number, Attempt.id)
    )
    rows = session.execute(query.with_for_update(of=Attempt) if lock else query)
    last = {(row.enrolment_id, row.kind): CountedAttempt(*row) for row in rows}
    return list(last.values())
