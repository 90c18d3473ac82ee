"""Reports of people who find a wording wrong, and the answers that close them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.models import ItemReport, ItemRevision
from kapuas_quiz.core.roles import Actor

LONGEST_REPORT = 500
Source = Literal["peserta", "pengajar"]


class ReportClosedError(Exception):
    """There is no open report with this id."""


@dataclass(frozen=True)
class Report:
    """A report as a reviewer reads it, without who wrote it; `answer` is '' while it is open."""

    id: uuid.UUID
    text: str
    source: str
    revision_number: int
    at: datetime
    closed_at: datetime | None
    closed_by: str
    answer: str


def report_fault(
    session: Session,
    *,
    revision_id: uuid.UUID,
    text: str,
    source: Source,
    reporter: str,
    now: datetime,
) -> bool:
    """Keep a report; False if this reporter already has an open one about this item. No commit.

    reporter: id of an attempt or an account.  text: not empty, cut at LONGEST_REPORT characters.
    """
    item_id = session.get_one(ItemRevision, revision_id).item_id
    if item_id in reported_items(session, reporter):
        return False
    row = ItemReport(
        item_id=item_id,
        revision_id=revision_id,
        text=text[:LONGEST_REPORT],
        source=source,
        reporter=reporter,
        at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def reported_items(session: Session, reporter: str) -> frozenset[str]:
    """Return the items about which this reporter has an open report."""
    rows = session.scalars(
        select(ItemReport.item_id).where(ItemReport.reporter == reporter, ItemReport.closed_at.is_(None))
    )
    return frozenset(rows)


def open_report_counts(session: Session) -> dict[str, int]:
    """Return the number of open reports of each item that has one."""
    rows = session.execute(
        select(ItemReport.item_id, func.count())
        .where(ItemReport.closed_at.is_(None))
        .group_by(ItemReport.item_id)
    )
    return {item_id: count for item_id, count in rows}


def reports_about(session: Session, item_id: str) -> tuple[Report, ...]:
    """Return the reports about an item, open ones first, then newest first."""
    rows = session.execute(
        select(ItemReport, ItemRevision.number)
        .join(ItemRevision, ItemRevision.id == ItemReport.revision_id)
        .where(ItemReport.item_id == item_id)
        .order_by(ItemReport.closed_at.is_not(None), ItemReport.at.desc(), ItemReport.id)
    )
    return tuple(
        Report(
            id=row.id,
            text=row.text,
            source=row.source,
            revision_number=number,
            at=row.at,
            closed_at=row.closed_at,
            closed_by=row.closed_by,
            answer=row.answer,
        )
        for row, number in rows
    )


def close_report(session: Session, *, report_id: uuid.UUID, answer: str, actor: Actor, now: datetime) -> str:
    """Close a report with a sentence, on record; return its item's id.

    answer: not empty, at most LONGEST_REPORT characters.
    Raises ReportClosedError.
    """
    row = session.get(ItemReport, report_id, with_for_update=True)
    if row is None or row.closed_at is not None:
        raise ReportClosedError(report_id)
    row.closed_at, row.closed_by, row.answer = now, actor.name, answer
    detail = {"laporan": str(report_id), "jawaban": answer}
    record(session, at=now, actor=actor, action="soal.jawab-laporan", subject=row.item_id, detail=detail)
    session.commit()
    return row.item_id
