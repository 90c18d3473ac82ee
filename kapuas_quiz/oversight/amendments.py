"""What an amendment touches: items, rules, the forms that used them, people who pass only because of them."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.amendments import HitItem, items_hit, revisions_hit
from kapuas_quiz.certificates.lines import LineView
from kapuas_quiz.certificates.lists import ListView, lists_of
from kapuas_quiz.core.scoring import Points
from kapuas_quiz.core.standard import Candidate, propose
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec, FormItem
from kapuas_quiz.oversight.register_hits import RegisterHit, layouts_hit, rules_hit
from kapuas_quiz.scoring.attempts import CountedAttempt, counted_attempts
from kapuas_quiz.scoring.service import compute
from kapuas_quiz.trainings.models import Training
from kapuas_quiz.trainings.service import full_name

Revisions = Collection[uuid.UUID]
Results = Mapping[uuid.UUID, Mapping[str, Mapping[str, Points]]]
"""Points by enrolment, assessment and competency."""


@dataclass(frozen=True)
class FormHit:
    """A form that holds items on the place, and how many people finished a test with it."""

    training_id: uuid.UUID
    training: str
    label: str
    positions: tuple[int, ...]
    taken: int


@dataclass(frozen=True)
class DependentPass:
    """Somebody who passed, and would not have if the items on the place counted as wrong.

    points: (points, most possible) of the post-test as decided.  without: as the rule sees it with these
    items left out: lulus or belum.
    """

    training_id: uuid.UUID
    training: str
    list_number: int
    state: str
    name: str
    office: str
    place: str
    points: tuple[float, float] | None
    without: str


@dataclass(frozen=True)
class Impact:
    """Everything an amendment touches; `passed` counts everybody who passed with a form that it touches."""

    items: tuple[HitItem, ...]
    rules: tuple[RegisterHit, ...]
    layouts: tuple[RegisterHit, ...]
    forms: tuple[FormHit, ...]
    people: tuple[DependentPass, ...]
    passed: int


def impact(session: Session, *, instrument: str, article: str, now: datetime) -> Impact:
    """Return what a change of an article, or of a whole instrument, touches."""
    revisions = revisions_hit(session, instrument, article)
    forms = _forms_hit(session, revisions, now)
    lists = [shown for training_id in _trainings(forms) if (shown := _standing(session, training_id))]
    return Impact(
        items=items_hit(session, instrument, article),
        rules=rules_hit(instrument, article),
        layouts=layouts_hit(instrument, article),
        forms=forms,
        people=tuple(one for shown in lists for one in _dependents(session, shown, revisions, now)),
        passed=sum(shown.counts.passed for shown in lists),
    )


def _forms_hit(session: Session, revisions: Revisions, now: datetime) -> tuple[FormHit, ...]:
    rows = session.execute(
        select(AssessmentForm.id, AssessmentForm.label, Training, FormItem.position)
        .join(FormItem, FormItem.form_id == AssessmentForm.id)
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .join(Training, Training.id == ContentSpec.training_id)
        .where(FormItem.revision_id.in_(revisions))
        .order_by(Training.starts_on, Training.id, AssessmentForm.label, FormItem.position)
    ).all()
    positions: dict[uuid.UUID, list[int]] = defaultdict(list)
    for form_id, _label, _training, position in rows:
        positions[form_id].append(position)
    taken = Counter(a.form_id for a in counted_attempts(session, Attempt.form_id.in_(positions), now=now))
    forms = {form_id: (label, training) for form_id, label, training, _position in rows}
    return tuple(
        FormHit(
            training.id,
            full_name(training.name, training.wave),
            label,
            tuple(positions[form_id]),
            taken[form_id],
        )
        for form_id, (label, training) in forms.items()
    )


def _trainings(forms: Collection[FormHit]) -> tuple[uuid.UUID, ...]:
    return tuple(dict.fromkeys(form.training_id for form in forms))


def _standing(session: Session, training_id: uuid.UUID) -> ListView | None:
    """Return the list that holds: the latest that was approved, else the latest."""
    lists = lists_of(session, training_id)
    return next((shown for shown in lists if shown.approved_at), lists[0] if lists else None)


def _dependents(
    session: Session, shown: ListView, revisions: Revisions, now: datetime
) -> Iterator[DependentPass]:
    attempts = counted_attempts(session, Assessment.training_id == shown.training_id, now=now)
    as_wrong = _results(session, attempts, wrong=revisions)
    passed = [line for line in shown.lines if line.outcome == "lulus" and line.certifiable]
    lines = [line for line in passed if _proposed(shown, line, as_wrong) != "lulus"]
    people = {line.enrolment_id for line in lines}
    theirs = [attempt for attempt in attempts if attempt.enrolment_id in people]
    left_out = _results(session, theirs, left_out=revisions)
    for line in lines:
        yield _dependent(shown, line, _proposed(shown, line, left_out))


def _results(
    session: Session,
    attempts: Collection[CountedAttempt],
    *,
    left_out: Revisions = (),
    wrong: Revisions = (),
) -> Results:
    points = compute(session, attempts, left_out=left_out, wrong=wrong)
    results: dict[uuid.UUID, dict[str, dict[str, Points]]] = defaultdict(dict)
    for attempt in attempts:
        results[attempt.enrolment_id][attempt.kind] = {one.competency: one for one in points[attempt.id]}
    return results


def _proposed(shown: ListView, line: LineView, results: Results) -> str:
    found = results.get(line.enrolment_id, {})
    candidate = Candidate(line.facts["kind"], pre=found.get("pre"), post=found.get("post"))
    return propose(shown.rule, candidate).outcome


def _dependent(shown: ListView, line: LineView, without: str) -> DependentPass:
    facts = line.facts
    return DependentPass(
        training_id=shown.training_id,
        training=full_name(shown.facts["training"], shown.facts["wave"]),
        list_number=shown.number,
        state=shown.state,
        name=facts["name"],
        office=facts["office"],
        place=", ".join(part for part in (facts["desa_name"], facts["kecamatan_name"]) if part),
        points=line.total("post"),
        without="lulus" if without == "lulus" else "belum",
    )
