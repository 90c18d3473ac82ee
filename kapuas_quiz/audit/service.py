"""Append to the audit trail and verify it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.audit_chain import GENESIS, Link, chain_hash, digest_detail, first_break
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
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    session.flush()
    last = session.scalar(select(AuditEvent).order_by(AuditEvent.number.desc()).limit(1))
    content = {"nama": actor.name, "alasan": reason, **(detail or {})}
    salt = secrets.token_hex(16)
    parts = {
        "number": last.number + 1 if last else 1,
        "actor": actor.id,
        "action": action,
        "subject": subject,
        "digest": digest_detail(salt, content),
        "previous": last.hash if last else GENESIS,
    }
    event = AuditEvent(**parts, at=at, detail=content, salt=salt, hash=chain_hash(at=_moment(at), **parts))
    session.add(event)
    session.flush()
    return event


def first_broken_event(session: Session) -> int | None:
    """Return the number of the first event that was altered, removed or inserted; None if none was."""
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).yield_per(1000)
    return first_break(_link(event) for event in events)


def _link(event: AuditEvent) -> Link:
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
