"""What the reports of a training start from: its people, their scores, how far a test has come."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.content_spec import Competency
from kapuas_quiz.core.scoring import Points
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.delivery.paper_marks import OnPaper, on_paper
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import form_of, forms_of, spec_of
from kapuas_quiz.scoring.service import latest_points
from kapuas_quiz.trainings.models import Enrolment
from kapuas_quiz.trainings.service import EnrolmentView, TrainingView, enrolments_of, training_view

KINDS = ("pre", "post")

Result = Mapping[str, Points]
"""Points of one attempt by competency key; the total stands under the empty key."""


class NothingPlannedError(Exception):
    """The training has no content specification yet, so there is nothing to report on."""


@dataclass(frozen=True)
class Progress:
    """How many people of a training have finished one assessment, are at it, or have not begun."""

    enrolled: int
    finished: int
    working: int

    @property
    def absent(self) -> int:
        """Return how many have not begun."""
        return max(0, self.enrolled - self.finished - self.working)


@dataclass(frozen=True)
class Snapshot:
    """One training as the reports see it; `results` by assessment kind and enrolment id.

    paper: who sat which test on paper.
    """

    training: TrainingView
    competencies: tuple[Competency, ...]
    people: tuple[EnrolmentView, ...]
    results: Mapping[str, Mapping[uuid.UUID, Result]]
    progress: Mapping[str, Progress]
    verified: bool
    paper: OnPaper


def snapshot(
    session: Session, training_id: uuid.UUID, *, now: datetime, kinds: tuple[str, ...] = KINDS
) -> Snapshot:
    """Return one training with the scores of every ended attempt of people who still take part.

    Raises UnknownTrainingError, NothingPlannedError.
    """
    training = training_view(session, training_id)
    spec = spec_of(session, training_id)
    if spec is None:
        raise NothingPlannedError(training_id)
    people = enrolments_of(session, training_id)
    results = {kind: _results(session, training_id, people, kind, now) for kind in kinds}
    working = _working(session, training_id, now)
    forms = forms_of(session, training_id).values()
    return Snapshot(
        training=training,
        competencies=spec.competencies,
        people=people,
        results=results,
        progress={k: Progress(len(people), len(results[k]), working.get(k, 0)) for k in kinds},
        verified=all(form_of(session, form_id).verified for form_id in forms),
        paper=on_paper(session, training_id),
    )


def _results(
    session: Session, training_id: uuid.UUID, people: tuple[EnrolmentView, ...], kind: str, now: datetime
) -> dict[uuid.UUID, dict[str, Points]]:
    present = {person.id for person in people}
    return {
        attempt.enrolment_id: {part.competency: part for part in parts}
        for attempt, parts in latest_points(session, training_id, now=now, kind=kind)
        if attempt.enrolment_id in present
    }


def _working(session: Session, training_id: uuid.UUID, now: datetime) -> dict[str, int]:
    rows = session.execute(
        select(Assessment.kind, func.count())
        .join(Attempt, Attempt.assessment_id == Assessment.id)
        .join(Sitting, Sitting.id == Attempt.sitting_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Assessment.training_id == training_id,
            Attempt.kind == "peserta",
            Attempt.started_at.is_not(None),
            Attempt.ended_at.is_(None),
            Sitting.closed_at.is_(None),
            not_(func.coalesce(Attempt.deadline_at <= now, False)),
            Enrolment.withdrawn_at.is_(None),
        )
        .group_by(Assessment.kind)
    )
    return {kind: count for kind, count in rows}
