"""Take back a sheet that was typed for somebody else: the person stands where they stood before it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import record
from kapuas_quiz.core.presentation import present
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import ATTEMPT, DEVICE, RESPONSE
from kapuas_quiz.delivery.paper_assignment import accept_other_form
from kapuas_quiz.delivery.paper_attempts import PREFIX, locked_sitting
from kapuas_quiz.delivery.paper_typed import STORED, TypedSheet, locked_sheet
from kapuas_quiz.delivery.refolding import refold
from kapuas_quiz.forms.service import form_of, forms_of

TAKEN_BACK = "kertas.batal"
NOT_BEGUN: dict[str, Any] = {"started_at": None, "deadline_at": None, "ended_at": None, "end_reason": ""}


def take_back_sheet(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> TypedSheet:
    """Let a sheet count for nothing; its entries stay in the journal. Return it as it was; commits.

    Who had begun on a phone goes on there with the answers of that phone, anybody else has not begun.
    Raises NotTyped, AttemptSealed, NoSuchSitting, UnknownEnrolmentError.
    """
    sitting, test = locked_sitting(session, sitting_id)
    sheet = locked_sheet(session, sitting_id, enrolment_id)[0]
    told = _told(session, sheet)
    _let_go(session, sheet.facts.id)
    due = told.get("paket_ditetapkan", sheet.booklet.name[0])
    if due != sheet.booklet.name[0]:
        accept_other_form(session, test, enrolment_id, due, now)
    form_id = forms_of(session, test.training_id)[due]
    values: dict[str, Any] = {
        "medium": "hp",
        "form_id": form_id,
        "presentation": present(form_of(session, form_id).items, sheet.facts.id.int),
    }
    on_phone = bool(told.get("melanjutkan_hp"))
    connection = session.connection()
    if not on_phone:
        values |= NOT_BEGUN
        connection.execute(delete(RESPONSE).where(RESPONSE.c.attempt_id == sheet.facts.id))
    connection.execute(update(ATTEMPT).where(ATTEMPT.c.id == sheet.facts.id).values(values))
    if on_phone:
        refold(session, sheet.facts.id, now)
    detail = {"ruang": sitting.room, "tes": test.kind, "buku": sheet.booklet.name, "bukti": sheet.receipt}
    subject = str(enrolment_id)
    record(session, at=now, actor=actor, action=TAKEN_BACK, subject=subject, detail=detail, reason=reason)
    session.commit()
    return sheet


def _told(session: Session, sheet: TypedSheet) -> dict[str, Any]:
    """Return what the trail says about how the sheet was stored."""
    acts = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject == str(sheet.person.id), AuditEvent.action == STORED)
        .order_by(AuditEvent.number.desc())
    )
    details = (act.detail or {} for act in acts)
    return next((detail for detail in details if detail.get("tes") == sheet.facts.assessment), {})


def _let_go(session: Session, attempt_id: uuid.UUID) -> None:
    """Forget the sheet's typings as devices, and let the newest phone write again."""
    connection = session.connection()
    own = DEVICE.c.attempt_id == attempt_id
    connection.execute(delete(DEVICE).where(own, DEVICE.c.device.startswith(PREFIX)))
    newest = select(DEVICE.c.device).where(own).order_by(DEVICE.c.generation.desc()).limit(1)
    phone = connection.scalar(newest)
    connection.execute(update(DEVICE).where(own, DEVICE.c.device == phone).values(superseded_at=None))
