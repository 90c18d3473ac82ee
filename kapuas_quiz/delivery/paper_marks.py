"""Who sat a test on paper, for lists that name people."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.forms.models import Assessment

OnPaper = frozenset[tuple[uuid.UUID, str]]
"""Enrolments with the kind of the test, 'pre' or 'post'."""


def on_paper(session: Session, training_id: uuid.UUID) -> OnPaper:
    """Return who sat which test of a training on paper, wholly or in part."""
    rows = session.execute(
        select(Attempt.enrolment_id, Assessment.kind)
        .join(Assessment, Assessment.id == Attempt.assessment_id)
        .where(Assessment.training_id == training_id, Attempt.medium == "kertas")
    )
    return frozenset((enrolment_id, kind) for enrolment_id, kind in rows)
