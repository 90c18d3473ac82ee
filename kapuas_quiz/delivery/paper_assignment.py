"""Which form somebody was to get, and what follows when the sheet is of the other one."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kapuas_quiz.core.assignment import Label, other
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.models import Attempt, Incident
from kapuas_quiz.forms.models import Assessment, FormAssignment
from kapuas_quiz.forms.service import assign


def due_label(session: Session, test: Assessment, enrolment_id: uuid.UUID, now: datetime) -> Label:
    """Return the form that somebody should take in a test, deciding it if nobody did; no commit."""
    first = assign(session, enrolment_id=enrolment_id, now=now)
    return first if test.kind == "pre" else other(first)


def planned_label(session: Session, test: Assessment, enrolment_id: uuid.UUID) -> Label | None:
    """Return the form that somebody should take in a test, None before that was decided; decides nothing."""
    first = session.scalar(
        select(FormAssignment.pre_label).where(FormAssignment.enrolment_id == enrolment_id)
    )
    label = cast("Label | None", first)
    return label if label is None or test.kind == "pre" else other(label)


def accept_other_form(
    session: Session, test: Assessment, enrolment_id: uuid.UUID, used: Label, now: datetime
) -> None:
    """Turn the assignment round after a pre-test on the other form, so that the post-test differs."""
    later = select(Attempt.id).join(Assessment, Assessment.id == Attempt.assessment_id)
    begun = session.scalar(
        later.where(Attempt.enrolment_id == enrolment_id, Assessment.kind == "post", Assessment.id != test.id)
    )
    if test.kind == "pre" and begun is None:
        session.execute(
            update(FormAssignment)
            .where(FormAssignment.enrolment_id == enrolment_id)
            .values(pre_label=used, assigned_at=now)
        )


def note_other_form(
    session: Session,
    sitting_id: uuid.UUID,
    attempt_id: uuid.UUID,
    used: Label,
    due: Label,
    actor: Actor,
    now: datetime,
) -> None:
    """Leave a note for the room."""
    words = f"Lembar kertas paket {used} dipakai; paket yang ditetapkan untuk peserta ini {due}."
    session.add(
        Incident(
            sitting_id=sitting_id,
            attempt_id=attempt_id,
            text=words,
            by_id=actor.id,
            by_name=actor.name,
            at=now,
        )
    )
