"""How the items of a test were answered, without showing the items."""

from __future__ import annotations

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.content_spec import Competency, ContentSpecification
from kapuas_quiz.core.items import grade
from kapuas_quiz.delivery.models import Attempt, Response
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import FormItemView, FormView, form_of, forms_of, spec_of
from kapuas_quiz.reporting.releases import shut_items
from kapuas_quiz.reporting.service import NothingPlannedError
from kapuas_quiz.scoring.attempts import counted_attempts
from kapuas_quiz.scoring.service import BATCH
from kapuas_quiz.trainings.models import Enrolment
from kapuas_quiz.trainings.service import TrainingView, training_view

Answers = Counter[str]
"""How often each answer was given, by its JSON text."""

NULL = "null"


@dataclass(frozen=True)
class ItemLine:
    """One item of one assessment, without its text; `n` people met it, `wrong` includes `omitted`."""

    item_id: str
    form_label: str
    position: int
    competency: Competency
    level: str
    n: int
    wrong: int
    omitted: int
    released: bool

    @property
    def facility(self) -> float | None:
        """Return the share of people who were right, 0..1; None when nobody met the item."""
        return 1 - self.wrong / self.n if self.n else None


@dataclass(frozen=True)
class ItemReport:
    """The items of one assessment, the worst answered first."""

    training: TrainingView
    kind: str
    verified: bool
    lines: tuple[ItemLine, ...]

    @property
    def n_shut(self) -> int:
        """Return how many of the items must stay shut for trainees."""
        return sum(not line.released for line in self.lines)


def item_report(session: Session, *, training_id: uuid.UUID, kind: str, now: datetime) -> ItemReport:
    """Return how each item of one assessment was answered by everybody who finished it.

    Raises UnknownTrainingError, NothingPlannedError.
    """
    training, spec = training_view(session, training_id), planned_spec(session, training_id)
    forms = planned_forms(session, training_id)
    met, answers = answers_given(session, training_id, (kind,), now)
    shut = shut_items(session, {item.item_id for form in forms for item in form.items})
    lines = [
        item_line(form, item, spec, met[form.id], answers[form.id, item.position], item.item_id not in shut)
        for form in forms
        if met[form.id]
        for item in form.items
    ]
    ordered = sorted(lines, key=lambda line: (line.facility or 0, line.form_label, line.position))
    return ItemReport(training, kind, all(form.verified for form in forms), tuple(ordered))


def planned_spec(session: Session, training_id: uuid.UUID) -> ContentSpecification:
    """Return a training's content specification; raises NothingPlannedError without one."""
    spec = spec_of(session, training_id)
    if spec is None:
        raise NothingPlannedError(training_id)
    return spec


def planned_forms(session: Session, training_id: uuid.UUID) -> list[FormView]:
    """Return a training's forms in the order of their labels."""
    return [form_of(session, form_id) for _, form_id in sorted(forms_of(session, training_id).items())]


def item_line(
    form: FormView, item: FormItemView, spec: ContentSpecification, n: int, answers: Answers, released: bool
) -> ItemLine:
    """Count who was wrong about one item among `n` people who met it."""
    graded = {answer: grade(item.content, json.loads(answer)) for answer in answers}
    right = sum(count * (graded[answer] or 0) for answer, count in answers.items())
    answered = sum(count for answer, count in answers.items() if graded[answer] is not None)
    return ItemLine(
        item_id=item.item_id,
        form_label=form.label,
        position=item.position,
        competency=spec.competency(item.competency),
        level=item.level,
        n=n,
        wrong=n - int(right),
        omitted=n - answered,
        released=released,
    )


def answers_given(
    session: Session, training_id: uuid.UUID, kinds: Iterable[str], now: datetime
) -> tuple[Counter[uuid.UUID], dict[tuple[uuid.UUID, int], Answers]]:
    """Count attempts by form, and answers by form and position."""
    present = select(Enrolment.id).where(
        Enrolment.training_id == training_id, Enrolment.withdrawn_at.is_(None)
    )
    attempts = counted_attempts(
        session, Assessment.kind.in_(list(kinds)), Attempt.enrolment_id.in_(present), now=now
    )
    met = Counter(attempt.form_id for attempt in attempts)
    found: dict[tuple[uuid.UUID, int], Answers] = defaultdict(Counter)
    written = cast(Response.answer, Text)
    for form_id in met:
        ids = [attempt.id for attempt in attempts if attempt.form_id == form_id]
        for start in range(0, len(ids), BATCH):
            query = (
                select(Response.position, written, func.count())
                .where(Response.attempt_id.in_(ids[start : start + BATCH]))
                .group_by(Response.position, written)
            )
            for position, answer, count in session.execute(query):
                if answer not in (None, NULL):
                    found[form_id, position][answer] += count
    return met, found
