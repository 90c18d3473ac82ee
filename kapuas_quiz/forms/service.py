"""Forms as other rooms need them: what a form holds, who takes which, how long."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.core.assignment import Label, choose_label, other
from kapuas_quiz.core.content_spec import ContentSpecification
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec, FormAssignment, FormItem
from kapuas_quiz.trainings.models import Enrolment


class FormNotFound(Exception):
    """No assessment form has this id."""


class FormsNotAssembled(Exception):
    """The training has no assembled forms yet, so nobody can be given one."""


@dataclass(frozen=True)
class FormItemView:
    """One item at its place; `content` is the frozen revision's, with key."""

    position: int
    item_id: str
    revision_id: uuid.UUID
    competency: str
    level: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class FormView:
    """A frozen form; `verified` only if a law officer had approved every item when it was assembled."""

    id: uuid.UUID
    label: Label
    fingerprint: str
    verified: bool
    items: tuple[FormItemView, ...]

    @property
    def picture_bytes(self) -> int:
        """Return what the authors' pictures in the stems weigh together."""
        return sum(item.content.get("picture", {}).get("bytes", 0) for item in self.items)


@dataclass(frozen=True)
class AssessmentView:
    """The pre-test ('pre') or the post-test ('post') of a training."""

    id: uuid.UUID
    kind: str
    minutes: int


_forms: dict[uuid.UUID, FormView] = {}
_MOST_FORMS_KEPT = 64


def form_of(session: Session, form_id: uuid.UUID) -> FormView:
    """Return a form with its items in order of position, kept in memory because forms never change.

    Raises FormNotFound.
    """
    if form_id not in _forms:
        form = _read_form(session, form_id)
        if len(_forms) >= _MOST_FORMS_KEPT:
            _forms.clear()
        _forms[form_id] = form
    return _forms[form_id]


def _read_form(session: Session, form_id: uuid.UUID) -> FormView:
    row = session.get(AssessmentForm, form_id)
    if row is None:
        raise FormNotFound(str(form_id))
    items = session.execute(
        select(FormItem, ItemRevision)
        .join(ItemRevision, ItemRevision.id == FormItem.revision_id)
        .where(FormItem.form_id == form_id)
        .order_by(FormItem.position)
    )
    return FormView(
        id=row.id,
        label=cast(Label, row.label),
        fingerprint=row.fingerprint,
        verified=bool(row.verified),
        items=tuple(
            FormItemView(
                place.position,
                revision.item_id,
                revision.id,
                place.competency,
                place.level,
                revision.content,
            )
            for place, revision in items
        ),
    )


def forms_of(session: Session, training_id: uuid.UUID) -> dict[Label, uuid.UUID]:
    """Return the ids of a training's forms by label; empty before they are assembled."""
    rows = session.execute(
        select(AssessmentForm.label, AssessmentForm.id)
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .where(ContentSpec.training_id == training_id)
    )
    return {cast(Label, label): form_id for label, form_id in rows}


def all_verified(session: Session, training_id: uuid.UUID) -> bool:
    """Tell whether every item of a training's forms was approved when they were frozen."""
    return all(form_of(session, form_id).verified for form_id in forms_of(session, training_id).values())


def doubted_items(session: Session, training_id: uuid.UUID) -> tuple[str, ...]:
    """Return the ids of items in a training's frozen forms that could not be drawn any more.

    They were withdrawn, sent back, held back because the law changed, or taken out of their file since.
    """
    rows = session.scalars(
        select(Item.id)
        .join(ItemRevision, ItemRevision.item_id == Item.id)
        .join(FormItem, FormItem.revision_id == ItemRevision.id)
        .join(AssessmentForm, AssessmentForm.id == FormItem.form_id)
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .where(ContentSpec.training_id == training_id)
        .where(or_(Item.removed_at.is_not(None), Item.review.in_(("draf", "ditarik"))))
        .order_by(Item.id)
        .distinct()
    )
    return tuple(rows)


def spec_of(session: Session, training_id: uuid.UUID) -> ContentSpecification | None:
    """Return a training's content specification, None until one is stored."""
    rows = session.scalar(select(ContentSpec.competencies).where(ContentSpec.training_id == training_id))
    return None if rows is None else ContentSpecification.model_validate({"competencies": rows})


def assessments_of(session: Session, training_id: uuid.UUID) -> tuple[AssessmentView, ...]:
    """Return a training's assessments, pre-test first; empty before its forms are assembled."""
    rows = session.scalars(select(Assessment).where(Assessment.training_id == training_id))
    views = [AssessmentView(row.id, row.kind, row.minutes) for row in rows]
    return tuple(sorted(views, key=lambda view: view.kind != "pre"))


def form_for(
    session: Session, *, assessment_id: uuid.UUID, enrolment_id: uuid.UUID, now: datetime
) -> uuid.UUID:
    """Return the form that somebody takes in an assessment, assigning halves on the first call; no commit.

    Raises FormsNotAssembled.
    """
    assessment = session.get_one(Assessment, assessment_id)
    if not forms_of(session, assessment.training_id):
        raise FormsNotAssembled(str(assessment.training_id))
    first = assign(session, enrolment_id=enrolment_id, now=now)
    # Forms may have been assembled anew while we waited for our turn; from here on they cannot.
    form_id = forms_of(session, assessment.training_id).get(
        first if assessment.kind == "pre" else other(first)
    )
    if form_id is None:
        raise FormsNotAssembled(str(assessment.training_id))
    return form_id


def keep_form(
    session: Session, *, assessment_id: uuid.UUID, enrolment_id: uuid.UUID, form_id: uuid.UUID, now: datetime
) -> bool:
    """Let somebody have the form that was given out elsewhere, and the other one next time; no commit.

    Returns False, and changes nothing, where the forms or the assignment that are stored here differ.
    """
    assessment = session.get_one(Assessment, assessment_id)
    labels = {known: label for label, known in forms_of(session, assessment.training_id).items()}
    if form_id not in labels:
        return False
    label = labels[form_id]
    first = label if assessment.kind == "pre" else other(label)
    return assign(session, enrolment_id=enrolment_id, now=now, first=first) == first


def assign(session: Session, *, enrolment_id: uuid.UUID, now: datetime, first: Label | None = None) -> Label:
    """Return the label of the form that somebody takes first, deciding it on the first call; no commit.

    first: what to decide, where it is known already; None leaves it to the halves.
    The row of the content specification is held meanwhile, so it must exist; `form_for` sees to that.
    """
    known = _assigned(session, enrolment_id)
    if known:
        return known
    enrolment = session.get_one(Enrolment, enrolment_id)
    # Two people who join at once must not both see the halves as they were before.
    session.scalar(
        select(ContentSpec.id).where(ContentSpec.training_id == enrolment.training_id).with_for_update()
    )
    known = _assigned(session, enrolment_id)
    if known:
        return known
    label = first or _next_label(session, enrolment)
    session.add(FormAssignment(enrolment_id=enrolment_id, pre_label=label, assigned_at=now))
    session.flush()
    return label


def _assigned(session: Session, enrolment_id: uuid.UUID) -> Label | None:
    label = session.scalar(
        select(FormAssignment.pre_label).where(FormAssignment.enrolment_id == enrolment_id)
    )
    return cast("Label | None", label)


def _next_label(session: Session, enrolment: Enrolment) -> Label:
    rows = session.execute(
        select(Enrolment.kecamatan, Enrolment.desa, FormAssignment.pre_label, func.count())
        .join(Enrolment, Enrolment.id == FormAssignment.enrolment_id)
        .where(Enrolment.training_id == enrolment.training_id)
        .group_by(Enrolment.kecamatan, Enrolment.desa, FormAssignment.pre_label)
    )
    unit, kecamatan, overall = Counter[Label](), Counter[Label](), Counter[Label]()
    for place, desa, written, count in rows:
        label = cast(Label, written)
        overall[label] += count
        if place == enrolment.kecamatan:
            kecamatan[label] += count
            if desa == enrolment.desa:
                unit[label] += count
    return choose_label(unit, kecamatan, overall, enrolment.id)
