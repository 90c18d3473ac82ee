"""What invented staff and a trainee did with the demo's items: decisions, reports, an answer."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.decisions import decide, reviewed, wording_mark
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.reports import close_report, reports_about
from kapuas_quiz.core.review import READY, Decision
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.reporting.fault_reports import report_by_trainee, report_by_trainer
from kapuas_quiz.reporting.items import planned_forms
from kapuas_quiz.reporting.people import closed_report

APPROVED_PER_AREA = 4
COMMENT = "Contoh catatan: pokok soalnya dapat lebih pendek."
DOUBT = "Menurut saya pilihan lain juga dapat dibenarkan. Mohon diperiksa lagi."
REMARK = "Beberapa peserta bertanya apa yang dimaksud dengan pokok soal ini."
ANSWER = "Sudah dibaca ulang; kalimatnya diringkas pada revisi berikutnya."


def review(session: Session, *, officer: Actor, now: datetime) -> None:
    """Approve the first items of each area and send the next one back, so that the queue keeps the others."""
    for item_id, seen, decision in list(_decisions(session)):
        comment = "" if decision is Decision.APPROVE else COMMENT
        decide(
            session, item_id=item_id, seen=seen, decision=decision, comment=comment, actor=officer, now=now
        )


def _decisions(session: Session) -> Iterator[tuple[str, str, Decision]]:
    rows = session.execute(
        select(Item.id, Item.competency, Item.level, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.removed_at.is_(None), Item.review == READY)
        .order_by(Item.id)
    )
    met: Counter[str] = Counter()
    sent_back = False
    for item_id, area, level, revision in rows:
        met[area] += 1
        if met[area] <= APPROVED_PER_AREA:
            yield item_id, wording_mark(reviewed(revision), level), Decision.APPROVE
        elif not sent_back:
            sent_back = True
            yield item_id, wording_mark(reviewed(revision), level), Decision.SEND_BACK


def report_faults(
    session: Session,
    *,
    training_id: uuid.UUID,
    token: str,
    trainer: Actor,
    officer: Actor,
    now: datetime,
) -> None:
    """Let a badge's bearer and a trainer each report an item; the officer has answered the trainer.

    token: of somebody who answered at least one item wrongly.
    """
    doubted = _wrong_first(session, token, now)
    report_by_trainee(session, token=token, revision_id=doubted, text=DOUBT, now=now)
    items = [item for form in planned_forms(session, training_id) for item in form.items]
    item_id = next(item.item_id for item in items if item.revision_id != doubted)
    report_by_trainer(session, training_id=training_id, item_id=item_id, text=REMARK, actor=trainer, now=now)
    report = reports_about(session, item_id)[0]
    close_report(session, report_id=report.id, answer=ANSWER, actor=officer, now=now + timedelta(minutes=20))


def _wrong_first(session: Session, token: str, now: datetime) -> uuid.UUID:
    report = closed_report(session, token=token, now=now)
    if report is None:
        raise LookupError(token)
    return next(item.revision_id for test in report.tests for item in test.review.items)
