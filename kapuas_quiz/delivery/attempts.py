"""What is known of an attempt at one moment, and who may write for it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    String,
    Table,
    bindparam,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import Clock, Course, room_is_over
from kapuas_quiz.delivery.models import Attempt, AttemptDevice, Response, ResponseEvent, Sitting, TimeGrant
from kapuas_quiz.forms.models import Assessment

ATTEMPT = cast(Table, Attempt.__table__)
DEVICE = cast(Table, AttemptDevice.__table__)
EVENT = cast(Table, ResponseEvent.__table__)
RESPONSE = cast(Table, Response.__table__)
SITTING = cast(Table, Sitting.__table__)
ASSESSMENT = cast(Table, Assessment.__table__)
GRANT = cast(Table, TimeGrant.__table__)


@dataclass(frozen=True)
class AttemptFacts:
    """One attempt with what its sitting and its assessment say."""

    id: uuid.UUID
    assessment_id: uuid.UUID
    enrolment_id: uuid.UUID
    sitting_id: uuid.UUID
    form_id: uuid.UUID
    joined_at: datetime
    started_at: datetime | None
    deadline_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    sealed_at: datetime | None
    last_contact_at: datetime
    unsent: int
    medium: str
    clock: Clock
    closed_at: datetime | None
    paused_at: datetime | None
    granted_ms: int
    begin_until: datetime | None
    room_started_at: datetime | None
    minutes: int
    assessment: str
    n_grants: int

    @property
    def course(self) -> Course:
        shut_at = self.ended_at if self.end_reason == "ditutup" else None
        return Course(self.started_at, self.deadline_at, self.closed_at, self.paused_at, shut_at)

    def waits(self, now: datetime) -> bool:
        """Tell whether the person is in, has not begun, and still can."""
        over = room_is_over(
            self.clock,
            self.minutes,
            room_started_at=self.room_started_at,
            now=now,
            granted_ms=self.granted_ms,
            begin_until=self.begin_until,
            paused_at=self.paused_at,
        )
        return self.started_at is None and self.closed_at is None and not over

    @property
    def is_paused(self) -> bool:
        """Tell whether a pause keeps this attempt's time from running."""
        return self.closed_at is None and self.ended_at is None and self.course.stands_still

    @property
    def can_start(self) -> bool:
        """Tell whether the clock may begin to run now."""
        return self.paused_at is None and (self.clock == "sendiri" or self.room_started_at is not None)


_FROM_ELSEWHERE: dict[str, ColumnElement[Any]] = {
    "clock": SITTING.c.clock,
    "closed_at": SITTING.c.closed_at,
    "paused_at": SITTING.c.paused_at,
    "granted_ms": SITTING.c.granted_ms,
    "begin_until": SITTING.c.begin_until,
    "room_started_at": SITTING.c.started_at.label("room_started_at"),
    "minutes": ASSESSMENT.c.minutes,
    "assessment": ASSESSMENT.c.kind.label("assessment"),
    "n_grants": select(func.count())
    .where(GRANT.c.attempt_id == ATTEMPT.c.id)
    .scalar_subquery()
    .label("n_grants"),
}
FACTS = tuple(
    _FROM_ELSEWHERE[one.name] if one.name in _FROM_ELSEWHERE else ATTEMPT.c[one.name]
    for one in fields(AttemptFacts)
)
"""The columns of AttemptFacts in the order of its fields."""
FACTS_FROM = ATTEMPT.join(SITTING, SITTING.c.id == ATTEMPT.c.sitting_id).join(
    ASSESSMENT, ASSESSMENT.c.id == ATTEMPT.c.assessment_id
)


def facts_query() -> Select[Any]:
    """Return the query whose rows are AttemptFacts."""
    return select(*FACTS).select_from(FACTS_FROM)


# Statements of the hot path are built once: building one costs as much as running it.
LOCK = update(ATTEMPT).where(ATTEMPT.c.id == bindparam("attempt")).values(unsent=ATTEMPT.c.unsent)
"""Takes the lock by writing the row as it is, so that whoever looked without a lock finds another version."""
VERSION = cast_to(literal_column("attempt.xmin"), String)
"""Which transaction wrote an attempt's row last; PostgreSQL alone."""
_FACTS_OF = facts_query().where(ATTEMPT.c.id == bindparam("attempt"))


def facts_from(row: RowMapping) -> AttemptFacts:
    """Make the value of one row of facts_query."""
    return AttemptFacts(**row)


def locked_attempt(session: Session, attempt_id: uuid.UUID) -> AttemptFacts | None:
    """Return an attempt and keep others from changing it until the transaction ends."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":  # there a writing transaction holds the only lock from its start
        connection.execute(LOCK, {"attempt": attempt_id})
    # Read after the wait for the lock: a closing that held it may have changed the sitting meanwhile.
    row = connection.execute(_FACTS_OF, {"attempt": attempt_id}).mappings().one_or_none()
    return None if row is None else facts_from(row)


def derived_id(
    key: bytes,
    *,
    assessment_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    form_id: uuid.UUID,
    sitting_id: uuid.UUID,
) -> uuid.UUID:
    """Return the id of somebody's attempt, a UUID version 8 (RFC 9562): 122 bits that only the key makes.

    So an id proves what it was made from to a laptop that never heard of the attempt.
    """
    made_from = assessment_id.bytes + enrolment_id.bytes + form_id.bytes + sitting_id.bytes
    value = int.from_bytes(hmac.new(key, made_from, hashlib.sha256).digest()[:16], "big")
    value = value & ~(0xF << 76) | (0x8 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)


def attempt_secret(key: bytes, attempt_id: uuid.UUID) -> str:
    """Return what a phone shows to write for an attempt: 144 bits as 24 characters."""
    mac = hmac.new(key, attempt_id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:18]).decode()


def may_write(key: bytes, attempt_id: uuid.UUID, secret: str) -> bool:
    """Tell whether the secret is that of the attempt."""
    return hmac.compare_digest(attempt_secret(key, attempt_id).encode(), secret.encode())
