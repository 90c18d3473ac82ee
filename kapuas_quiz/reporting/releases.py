"""Which items may be shown: those that nobody can still be asked, in any wave."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, and_, case, func, not_, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.core.release import FormUse, is_over
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec, FormAssignment, FormItem
from kapuas_quiz.scoring.attempts import has_ended
from kapuas_quiz.trainings.models import Enrolment


def is_released(session: Session, form_id: uuid.UUID, *, now: datetime) -> bool:
    """Tell whether nobody can be asked from a form any more."""
    return form_id in finished_forms(session, {form_id}, now=now)


def shut_items(session: Session, item_ids: Collection[str], *, now: datetime) -> frozenset[str]:
    """Return those items that stand, in whatever wording, on a form somebody can still be asked from."""
    rows = session.execute(
        select(FormItem.form_id, ItemRevision.item_id)
        .join(ItemRevision, ItemRevision.id == FormItem.revision_id)
        .where(ItemRevision.item_id.in_(item_ids))
    ).all()
    finished = finished_forms(session, {form_id for form_id, _ in rows}, now=now)
    return frozenset(item_id for form_id, item_id in rows if form_id not in finished)


def finished_forms(
    session: Session, form_ids: Collection[uuid.UUID], *, now: datetime
) -> frozenset[uuid.UUID]:
    """Return those of the forms that are over, see core.release."""
    forms = session.execute(
        select(AssessmentForm.id, ContentSpec.training_id)
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .where(AssessmentForm.id.in_(form_ids))
    ).all()
    sittings = _sittings(session, {training_id for _, training_id in forms})
    working = _working(session, form_ids, now)
    expected = _expected(session, form_ids)
    uses = {
        form_id: FormUse(
            *sittings.get(training_id, (0, 0, 0)),
            open_attempts=working.get(form_id, 0),
            expected=expected[form_id],
        )
        for form_id, training_id in forms
    }
    return frozenset(form_id for form_id, use in uses.items() if is_over(use))


def _sittings(session: Session, training_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Count by training the open sittings, those of the post-test, and those of it not yet sealed."""
    is_open = case((Sitting.closed_at.is_(None), 1), else_=0)
    is_post = case((Assessment.kind == "post", 1), else_=0)
    unsealed = case(((Assessment.kind == "post") & Sitting.sealed_at.is_(None), 1), else_=0)
    rows = session.execute(
        select(Assessment.training_id, func.sum(is_open), func.sum(is_post), func.sum(unsealed))
        .join(Sitting, Sitting.assessment_id == Assessment.id)
        .where(Assessment.training_id.in_(training_ids))
        .group_by(Assessment.training_id)
    )
    return {training_id: (n_open, n_post, n_unsealed) for training_id, n_open, n_post, n_unsealed in rows}


def _working(session: Session, form_ids: Collection[uuid.UUID], now: datetime) -> dict[uuid.UUID, int]:
    query = (
        select(Attempt.form_id, func.count())
        .join(Sitting, Sitting.id == Attempt.sitting_id)
        .where(
            Attempt.form_id.in_(form_ids),
            Attempt.kind == "peserta",
            Attempt.started_at.is_not(None),
            not_(func.coalesce(has_ended(now), False)),
        )
        .group_by(Attempt.form_id)
    )
    return _counts(session, query)


def _expected(session: Session, form_ids: Collection[uuid.UUID]) -> Counter[uuid.UUID]:
    """Count people whose post-test form it is and who have not sat it."""
    people = (
        select(AssessmentForm.id, func.count(Enrolment.id.distinct()))
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .join(Enrolment, Enrolment.training_id == ContentSpec.training_id)
        .join(FormAssignment, FormAssignment.enrolment_id == Enrolment.id)
        .where(
            AssessmentForm.id.in_(form_ids),
            FormAssignment.pre_label != AssessmentForm.label,
            Enrolment.withdrawn_at.is_(None),
        )
        .group_by(AssessmentForm.id)
    )
    on_this_form = and_(Attempt.form_id == AssessmentForm.id, Attempt.enrolment_id == Enrolment.id)
    sat = people.join(Attempt, on_this_form).where(Attempt.started_at.is_not(None))
    expected = Counter(_counts(session, people))
    expected.subtract(_counts(session, sat))
    return expected


def _counts(session: Session, query: Select[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    return {form_id: count for form_id, count in session.execute(query)}
