"""Which items may be shown: those that nobody can still be asked, in any wave."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.core.release import FormUse, is_over
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec, FormItem


def is_released(session: Session, form_id: uuid.UUID) -> bool:
    """Tell whether nobody can be asked from a form any more."""
    return form_id in finished_forms(session, {form_id})


def shut_items(session: Session, item_ids: Collection[str]) -> frozenset[str]:
    """Return those items that stand, in whatever wording, on a form somebody can still be asked from."""
    rows = session.execute(
        select(FormItem.form_id, ItemRevision.item_id)
        .join(ItemRevision, ItemRevision.id == FormItem.revision_id)
        .where(ItemRevision.item_id.in_(item_ids))
    ).all()
    finished = finished_forms(session, {form_id for form_id, _ in rows})
    return frozenset(item_id for form_id, item_id in rows if form_id not in finished)


def finished_forms(session: Session, form_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of the forms that are over, see core.release."""
    is_post = case((Assessment.kind == "post", 1), else_=0)
    is_unsealed = case((Sitting.sealed_at.is_(None), 1), else_=0)
    rows = session.execute(
        select(AssessmentForm.id, func.sum(is_post), func.sum(is_unsealed))
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .join(Assessment, Assessment.training_id == ContentSpec.training_id)
        .join(Sitting, Sitting.assessment_id == Assessment.id)
        .where(AssessmentForm.id.in_(form_ids))
        .group_by(AssessmentForm.id)
    )
    return frozenset(form_id for form_id, *counts in rows if is_over(FormUse(*counts)))
