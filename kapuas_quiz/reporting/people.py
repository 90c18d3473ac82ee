"""One person's results, for staff and for the person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.content_spec import Competency
from kapuas_quiz.core.gain import Change, person_change
from kapuas_quiz.core.gaps import Gap, Status, person_gap
from kapuas_quiz.core.intervals import Estimate
from kapuas_quiz.core.scoring import TOTAL, Points
from kapuas_quiz.database import write_intent
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import form_of, spec_of
from kapuas_quiz.reporting.gaps import CompetencyGap
from kapuas_quiz.reporting.reviews import Review, released_review
from kapuas_quiz.reporting.service import NothingPlannedError, Result, Snapshot, snapshot
from kapuas_quiz.scoring.attempts import CountedAttempt, counted_attempts
from kapuas_quiz.scoring.service import compute
from kapuas_quiz.trainings.service import (
    EnrolmentView,
    TrainingView,
    enrolment_by_token,
    enrolment_view,
    training_view,
)


@dataclass(frozen=True)
class PersonLine:
    """One person in the list of results; None where a test was not finished.

    paper: the kinds of tests that were sat on paper.
    """

    person: EnrolmentView
    before: Points | None
    after: Points | None
    to_strengthen: tuple[Competency, ...]
    paper: frozenset[str]


@dataclass(frozen=True)
class PeopleReport:
    """Everybody of a training, or of one kecamatan of it."""

    training: TrainingView
    verified: bool
    kecamatan: str
    lines: tuple[PersonLine, ...]


@dataclass(frozen=True)
class PersonTest:
    """One finished test of a person; `closed` once its sitting is over; `on_paper` wholly or in part."""

    kind: str
    form_label: str
    closed: bool
    on_paper: bool
    verified: bool
    total: Points
    total_gap: Gap
    cells: tuple[CompetencyGap, ...]
    review: Review


@dataclass(frozen=True)
class PersonReport:
    """One person's tests, the pre-test first; `change` is None without both."""

    training: TrainingView
    person: EnrolmentView
    tests: tuple[PersonTest, ...]
    change: Estimate | None
    change_status: Change


def people_report(
    session: Session, *, training_id: uuid.UUID, now: datetime, kecamatan: str = ""
) -> PeopleReport:
    """List the results of everybody, or of one kecamatan by its code.

    Raises UnknownTrainingError, NothingPlannedError.
    """
    seen = snapshot(session, training_id, now=now)
    people = [person for person in seen.people if kecamatan in ("", person.kecamatan)]
    name = people[0].kecamatan_name if people and kecamatan else ""
    lines = tuple(_line(seen, person) for person in people)
    return PeopleReport(seen.training, seen.verified, name, lines)


def _line(seen: Snapshot, person: EnrolmentView) -> PersonLine:
    before, after = (seen.results[kind].get(person.id) for kind in ("pre", "post"))
    last = after or before or {}
    return PersonLine(
        person,
        before[TOTAL] if before else None,
        after[TOTAL] if after else None,
        tuple(c.competency for c in cells_of(seen.competencies, last) if c.gap.status is Status.BELOW),
        frozenset(kind for kind in ("pre", "post") if (person.id, kind) in seen.paper),
    )


def cells_of(competencies: Iterable[Competency], result: Result) -> tuple[CompetencyGap, ...]:
    """Return one attempt's verdicts in the order of the content specification."""
    return tuple(
        CompetencyGap(one, person_gap(result[one.key].points, result[one.key].n_items, one.standard))
        for one in competencies
        if one.key in result
    )


def person_report(
    session: Session, *, training_id: uuid.UUID, enrolment_id: uuid.UUID, now: datetime
) -> PersonReport:
    """Return one person's finished tests.

    Raises UnknownTrainingError, UnknownEnrolmentError, NothingPlannedError.
    """
    return _report(session, enrolment_view(session, enrolment_id, training_id=training_id), now)


def own_report(session: Session, *, token: str, now: datetime) -> PersonReport | None:
    """Return what `closed_report` does, for a page that writes nothing."""
    write_intent.set(False)
    return closed_report(session, token=token, now=now)


def closed_report(session: Session, *, token: str, now: datetime) -> PersonReport | None:
    """Return the finished tests of a badge's bearer whose sittings are closed; None for an unknown badge.

    Raises NothingPlannedError.
    """
    person = enrolment_by_token(session, token)
    if person is None:
        return None
    report = _report(session, person, now)
    closed = tuple(test for test in report.tests if test.closed)
    return PersonReport(report.training, person, closed, report.change, report.change_status)


def _report(session: Session, person: EnrolmentView, now: datetime) -> PersonReport:
    spec = spec_of(session, person.training_id)
    if spec is None:
        raise NothingPlannedError(person.training_id)
    attempts = counted_attempts(
        session, Assessment.training_id == person.training_id, Attempt.enrolment_id == person.id, now=now
    )
    points = {key: {p.competency: p for p in parts} for key, parts in compute(session, attempts).items()}
    tests = {a.kind: _test(session, a, points[a.id], spec.competencies) for a in attempts}
    totals = [(tests[k].total.points, tests[k].total.n_items) for k in ("pre", "post") if k in tests]
    change, status = person_change(*totals) if len(totals) == 2 else (None, Change.TOO_LITTLE)
    return PersonReport(
        training=training_view(session, person.training_id),
        person=person,
        tests=tuple(tests[kind] for kind in ("pre", "post") if kind in tests),
        change=change,
        change_status=status,
    )


def _test(
    session: Session, attempt: CountedAttempt, result: Result, competencies: Iterable[Competency]
) -> PersonTest:
    form = form_of(session, attempt.form_id)
    closed_at, medium = _course_of(session, attempt.id)
    cells = cells_of(competencies, result)
    total = result[TOTAL]
    n_items = sum(cell.gap.n_items for cell in cells) or 1
    standard = sum(cell.gap.standard * cell.gap.n_items for cell in cells) / n_items
    return PersonTest(
        kind=attempt.kind,
        form_label=form.label,
        closed=closed_at is not None,
        on_paper=medium == "kertas",
        verified=form.verified,
        total=total,
        total_gap=person_gap(total.points, total.n_items, standard),
        cells=cells,
        review=released_review(session, attempt.id),
    )


def _course_of(session: Session, attempt_id: uuid.UUID) -> tuple[datetime | None, str]:
    """Return when the room of an attempt was closed, and its medium."""
    row = session.execute(
        select(Sitting.closed_at, Attempt.medium)
        .join(Attempt, Attempt.sitting_id == Sitting.id)
        .where(Attempt.id == attempt_id)
    ).one()
    return row[0], row[1]
