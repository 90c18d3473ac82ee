"""What the pages of the content specification and of the assembled forms show."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.service import UsableItem, area_titles, usable_items
from kapuas_quiz.core.assembly import Candidate, Cell, cells
from kapuas_quiz.core.content_spec import DEFAULT, ContentSpecification
from kapuas_quiz.forms.models import AssessmentForm, FormAssignment
from kapuas_quiz.forms.service import (
    AssessmentView,
    FormView,
    assessments_of,
    doubted_items,
    form_of,
    forms_of,
    spec_of,
)
from kapuas_quiz.trainings.models import Enrolment, Training
from kapuas_quiz.trainings.service import full_name


class TrainingNotFound(Exception):
    """No training has this id."""


@dataclass(frozen=True)
class SpecificationView:
    """The specification of a training for its page; `stored` is false while it is only the default."""

    training: str
    spec: ContentSpecification
    stored: bool
    given: bool
    areas: Mapping[str, str]
    stock: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class FormsView:
    """The assembled forms of a training for their page; `cells` is empty before a specification is stored."""

    training: str
    spec: ContentSpecification | None
    cells: tuple[Cell, ...]
    forms: tuple[FormView, ...]
    seed: int | None
    allowance: str
    doubted: tuple[str, ...]
    frozen_at: datetime | None
    given: int
    assessments: tuple[AssessmentView, ...]

    @property
    def pictures(self) -> dict[str, float]:
        """Return the kB of pictures of each form that has any, by label."""
        return {form.label: form.picture_bytes / 1024 for form in self.forms if form.picture_bytes}


def specification_page(session: Session, training_id: uuid.UUID) -> SpecificationView:
    """Return what the page of the content specification shows.

    Raises TrainingNotFound.
    """
    training = training_of(session, training_id)
    spec = spec_of(session, training_id)
    return SpecificationView(
        training=full_name(training.name, training.wave),
        spec=spec or DEFAULT,
        stored=spec is not None,
        given=count_given(session, training_id) > 0,
        areas=area_titles(session),
        stock=Counter((item.area, item.level) for item in usable_items(session)),
    )


def forms_page(session: Session, training_id: uuid.UUID) -> FormsView:
    """Return what the page of the assembled forms shows.

    Raises TrainingNotFound.
    """
    training = training_of(session, training_id)
    spec = spec_of(session, training_id)
    forms = forms_of(session, training_id)
    stored = session.get(AssessmentForm, forms["A"]) if forms else None
    stock = [candidate(item) for item in usable_items(session)] if spec else []
    return FormsView(
        training=full_name(training.name, training.wave),
        spec=spec,
        cells=tuple(cells(stock, spec)) if spec else (),
        forms=tuple(form_of(session, forms[label]) for label in sorted(forms)),
        seed=stored.seed if stored else None,
        allowance=stored.allowance if stored else "",
        doubted=doubted_items(session, training_id),
        frozen_at=stored.frozen_at if stored else None,
        given=count_given(session, training_id),
        assessments=assessments_of(session, training_id),
    )


def training_of(session: Session, training_id: uuid.UUID) -> Training:
    """Return a training.

    Raises TrainingNotFound.
    """
    training = session.get(Training, training_id)
    if training is None:
        raise TrainingNotFound(str(training_id))
    return training


def count_given(session: Session, training_id: uuid.UUID) -> int:
    """Count the people of a training who already have a form."""
    return (
        session.scalar(
            select(func.count())
            .select_from(FormAssignment)
            .join(Enrolment, Enrolment.id == FormAssignment.enrolment_id)
            .where(Enrolment.training_id == training_id)
        )
        or 0
    )


def candidate(item: UsableItem) -> Candidate:
    """Return a bank's item as assembly sees it."""
    return Candidate(
        item.item_id, item.revision_id, item.area, item.level, item.facts, item.approved, item.family
    )
