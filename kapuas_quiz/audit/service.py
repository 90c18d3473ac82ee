"""Append to the audit trail and verify it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.audit_chain import GENESIS, Link, chain_hash, digest_detail, first_break
from kapuas_quiz.core.canonical import canonical
from kapuas_quiz.core.roles import Actor

CHAIN_LOCK = 7_310_442


def record(
    session: Session,
    *,
    at: datetime,
    actor: Actor,
    action: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> AuditEvent:
    """Append one act to the chain, in the caller's transaction.

    detail: JSON values; the actor's name and the reason are kept in it, so that they can be erased.
    Raises TypeError when a value of `detail` is none that JSON knows.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    session.flush()
    number, previous = last_of_chain(session)
    content = _as_read_back({"nama": actor.name, "alasan": reason, **(detail or {})})
    salt = secrets.token_hex(16)
    event = AuditEvent(
        number=number + 1, at=at, actor=actor.id, action=action, subject=subject, detail=content, salt=salt
    )
    event.digest = digest_detail(salt, content)
    event.previous = previous
    event.hash = chain_hash(
        number=event.number,
        at=_moment(at),
        actor=event.actor,
        action=action,
        subject=subject,
        digest=event.digest,
        previous=previous,
    )
    session.add(event)
    session.flush()
    return event


def last_of_chain(session: Session) -> tuple[int, str]:
    """Return number and hash of the newest event; 0 and GENESIS before the first."""
    newest = select(AuditEvent.number, AuditEvent.hash).order_by(AuditEvent.number.desc()).limit(1)
    row = session.execute(newest).one_or_none()
    return (row.number, row.hash) if row else (0, GENESIS)


def first_broken_event(session: Session) -> int | None:
    """Return the number of the first event that was altered, removed or inserted; None if none was."""
    table = AuditEvent.__table__
    query = table.select().order_by(table.c.number).execution_options(yield_per=1000)
    with closing(session.execute(query)) as rows:
        return first_break(_link(row) for row in rows)


def _as_read_back(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Turn names of numbers into text and tuples into lists, as a JSON column will."""
    return dict(json.loads(canonical(detail)))


def _link(event: Row[Any]) -> Link:
    return Link(
        number=event.number,
        at=_moment(event.at),
        actor=event.actor,
        action=event.action,
        subject=event.subject,
        salt=event.salt,
        digest=event.digest,
        previous=event.previous,
        hash=event.hash,
        detail=event.detail,
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
