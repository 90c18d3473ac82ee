"""How the items of a test were answered, without showing the items."""

from __future__ import annotations

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.canonical import canonical
from kapuas_quiz.core.content_spec import Competency, ContentSpecification
from kapuas_quiz.core.items import grade, seen
from kapuas_quiz.delivery.models import Attempt, Response
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import FormItemView, FormView, form_of, forms_of, spec_of
from kapuas_quiz.reporting.releases import shut_items
from kapuas_quiz.reporting.service import NothingPlannedError
from kapuas_quiz.scoring.attempts import counted_attempts
from kapuas_quiz.scoring.seen import BATCH, drawn_for, drawn_positions
from kapuas_quiz.trainings.models import Enrolment
from kapuas_quiz.trainings.service import TrainingView, training_view


@dataclass(frozen=True)
class Given:
    """An answer that `n` people gave to what they saw; `drawn` where that was one person's own."""

    answer: Any
    n: int
    drawn: Mapping[str, Any] | None = None


Answers = Sequence[Given]

NULL = "null"


@dataclass(frozen=True)
class ItemLine:
    """One item of one assessment, without its text; `n` met it, `wrong` earned nothing, with `omitted`.

    partial: how many earned a part of the point.  points: what everybody earned together.
    """

    item_id: str
    form_label: str
    position: int
    competency: Competency
    level: str
    n: int
    wrong: int
    partial: int
    omitted: int
    points: float
    released: bool

    @property
    def facility(self) -> float | None:
        """Return the share of the possible points, 0..1; None when nobody met the item."""
        return self.points / self.n if self.n else None


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
        item_line(
            form,
            item,
            spec,
            met[form.id],
            answers.get((form.id, item.position), ()),
            item.item_id not in shut,
        )
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
    graded = [(given.n, grade(seen(item.content, given.drawn), given.answer)) for given in answers]
    return ItemLine(
        item_id=item.item_id,
        form_label=form.label,
        position=item.position,
        competency=spec.competency(item.competency),
        level=item.level,
        n=n,
        wrong=n - sum(count for count, points in graded if points),
        partial=sum(count for count, points in graded if points is not None and 0 < points < 1),
        omitted=n - sum(count for count, points in graded if points is not None),
        points=sum(count * points for count, points in graded if points is not None),
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
    found: dict[tuple[uuid.UUID, int], list[Given]] = defaultdict(list)
    for form_id in met:
        ids = [attempt.id for attempt in attempts if attempt.form_id == form_id]
        own = drawn_positions(form_of(session, form_id))
        for position, given in (*_alike(session, ids, own), *_own(session, ids, own)):
            found[form_id, position].append(given)
    return met, {place: tuple(given) for place, given in found.items()}


def _alike(session: Session, ids: list[uuid.UUID], own: list[int]) -> Iterator[tuple[int, Given]]:
    """Yield each distinct answer to what everybody saw alike, with how many gave it."""
    written = cast(Response.answer, Text)
    counts: Counter[tuple[int, str]] = Counter()
    for start in range(0, len(ids), BATCH):
        query = (
            select(Response.position, written, func.count())
            .where(Response.attempt_id.in_(ids[start : start + BATCH]), Response.position.not_in(own))
            .group_by(Response.position, written)
        )
        for position, answer, count in session.execute(query):
            if answer not in (None, NULL):
                counts[position, canonical(json.loads(answer))] += count
    for (position, answer), count in counts.items():
        yield position, Given(json.loads(answer), count)


def _own(session: Session, ids: list[uuid.UUID], own: list[int]) -> Iterator[tuple[int, Given]]:
    """Yield each answer to what one person alone saw."""
    drawn = drawn_for(session, ids) if own else {}
    for start in range(0, len(ids) if own else 0, BATCH):
        query = select(Response.attempt_id, Response.position, Response.answer).where(
            Response.attempt_id.in_(ids[start : start + BATCH]), Response.position.in_(own)
        )
        for attempt_id, position, answer in session.execute(query):
            if answer is not None:
                yield position, Given(answer, 1, drawn[attempt_id].get(str(position)))
