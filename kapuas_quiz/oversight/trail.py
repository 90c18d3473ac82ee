"""Read the audit trail page by page, and check its chain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff
from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import first_broken_event, last_of_chain
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.oversight.subjects import Label, labels_of

PAGE = 50
ZONE = ZoneInfo("Asia/Pontianak")
KEPT_APART = ("nama", "alasan", "petugas")
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Filter:
    """Which events to show; empty means all.

    group: the part of the action before the dot.  actor: id.  since, until: days in WIB, both included.
    """

    group: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class EventView:
    """One act; `detail` is None once it was erased, `seal` the beginning of its hash."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: Label
    detail: tuple[tuple[str, str], ...] | None
    reason: str
    seal: str


@dataclass(frozen=True)
class Chain:
    """State of the whole trail: how many events, the seal of the newest, the first broken number if any."""

    length: int
    seal: str
    broken: int | None


@dataclass(frozen=True)
class TrailPage:
    """One page of the trail, newest first; `number` counts from 1."""

    events: tuple[EventView, ...]
    total: int
    number: int
    pages: int


def trail(session: Session, *, wanted: Filter, page: int) -> TrailPage:
    """Return a page of the events that the filter lets through; a number too high gives the last page."""
    where = _conditions(wanted)
    total = session.scalar(select(func.count()).select_from(AuditEvent).where(*where)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    newest = select(AuditEvent).where(*where).order_by(AuditEvent.number.desc())
    rows = session.scalars(newest.limit(PAGE).offset((number - 1) * PAGE)).all()
    return TrailPage(_views(session, rows), total, number, pages)


def chain(session: Session) -> Chain:
    """Recompute every hash of the trail."""
    length, head = last_of_chain(session)
    return Chain(length, seal_of(head), first_broken_event(session))


def actors(session: Session) -> tuple[tuple[str, str], ...]:
    """Return (id, name) of everybody who could appear, by name."""
    rows = session.execute(select(Staff.id, Staff.name).order_by(Staff.name))
    return ((SYSTEM.id, SYSTEM.name), *((str(row.id), row.name) for row in rows))


def seal_of(hash_: str) -> str:
    """Return the first 16 digits of a hash in groups of four, short enough to be written down."""
    return " ".join(hash_[start : start + 4] for start in range(0, 16, 4))


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.group:
        where.append(AuditEvent.action.startswith(f"{wanted.group}.", autoescape=True))
    if wanted.actor:
        where.append(AuditEvent.actor == wanted.actor)
    if wanted.since:
        where.append(AuditEvent.at >= _midnight(wanted.since))
    if wanted.until:
        where.append(AuditEvent.at < _midnight(wanted.until) + timedelta(days=1))
    return where


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _views(session: Session, rows: Sequence[AuditEvent]) -> tuple[EventView, ...]:
    ids = [row.subject for row in rows]
    ids += [value for row in rows for value in (row.detail or {}).values() if isinstance(value, str)]
    labels = labels_of(session, ids)
    return tuple(_view(row, labels) for row in rows)


def _view(row: AuditEvent, labels: Mapping[str, Label]) -> EventView:
    detail = row.detail or {}
    return EventView(
        number=row.number,
        at=row.at,
        actor=str(detail.get("nama") or row.actor),
        action=row.action,
        subject=labels.get(row.subject, Label("", row.subject)),
        detail=None if row.detail is None else tuple(_plain(detail, labels)),
        reason=str(detail.get("alasan") or ""),
        seal=seal_of(row.hash),
    )


def _plain(detail: Mapping[str, Any], labels: Mapping[str, Label]) -> list[tuple[str, str]]:
    """Return the plain values of an event; nested ones stay in the database."""
    found = []
    for name, value in detail.items():
        values = value if isinstance(value, list) else [value]
        if (
            name in KEPT_APART
            or value is None
            or not all(isinstance(one, str | int | float) for one in values)
        ):
            continue
        found.append((name, ", ".join(_text(one, labels) for one in values)))
    return found


def _text(value: str | float, labels: Mapping[str, Label]) -> str:
    text = str(value)
    if text in labels:
        return labels[text].words
    return seal_of(text) if HASH.fullmatch(text) else text
