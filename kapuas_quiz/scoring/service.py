"""Score attempts, keep every version, and read the latest."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.core.scoring import RULE, Points, score
from kapuas_quiz.delivery.models import Attempt, Response, Sitting
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import FormItemView, form_of
from kapuas_quiz.scoring.attempts import CountedAttempt, counted_attempts
from kapuas_quiz.scoring.models import Score
from kapuas_quiz.scoring.seen import BATCH, drawn_for, drawn_positions, seen_items


@dataclass(frozen=True)
class AttemptScore:
    """Points of one attempt in one reporting competency, or in total (competency '')."""

    attempt_id: uuid.UUID
    enrolment_id: uuid.UUID
    assessment_kind: str
    form_id: uuid.UUID
    competency: str
    points: float
    max_points: float
    n_items: int
    n_answered: int


@dataclass(frozen=True)
class Version:
    """What was last stored for an attempt."""

    number: int
    at: datetime
    points: list[Points]


def latest_scores(
    session: Session, training_id: uuid.UUID, *, now: datetime, kind: str | None = None
) -> list[AttemptScore]:
    """Return the scores of every ended attempt of a training, of one assessment or of both."""
    return [
        AttemptScore(
            attempt_id=attempt.id,
            enrolment_id=attempt.enrolment_id,
            assessment_kind=attempt.kind,
            form_id=attempt.form_id,
            competency=part.competency,
            points=part.points,
            max_points=part.max_points,
            n_items=part.n_items,
            n_answered=part.n_answered,
        )
        for attempt, parts in latest_points(session, training_id, now=now, kind=kind)
        for part in parts
    ]


def latest_points(
    session: Session, training_id: uuid.UUID, *, now: datetime, kind: str | None = None
) -> list[tuple[CountedAttempt, tuple[Points, ...]]]:
    """Return every ended attempt of a training with its points, of one assessment or of both.

    What was stored is taken where nothing arrived since; the others are computed here and not stored.
    """
    where = [Assessment.training_id == training_id]
    if kind:
        where.append(Assessment.kind == kind)
    attempts = counted_attempts(session, *where, now=now)
    stored = _versions(session, select(Attempt.id).join(Assessment).where(*where))
    fresh = [a for a in attempts if a.id not in stored or a.last_contact_at >= stored[a.id].at]
    computed = compute(session, fresh)
    return [(a, computed[a.id] if a.id in computed else tuple(stored[a.id].points)) for a in attempts]


def record_scores(
    session: Session,
    *,
    now: datetime,
    sitting_id: uuid.UUID | None = None,
    attempt_ids: Collection[uuid.UUID] = (),
) -> int:
    """Store a version for each ended attempt of a sitting, or of those named, whose points changed.

    Returns how many attempts got a new version; calling it again adds none.
    """
    chosen = Sitting.id == sitting_id if sitting_id else Attempt.id.in_(attempt_ids)
    attempts = counted_attempts(session, chosen, now=now, lock=True)
    stored = _versions(session, [a.id for a in attempts])
    changed = {
        attempt_id: points
        for attempt_id, points in compute(session, attempts).items()
        if attempt_id not in stored or _differ(points, stored[attempt_id].points)
    }
    if changed:
        numbers = {key: stored[key].number + 1 if key in stored else 1 for key in changed}
        session.execute(insert(Score), _rows(changed, numbers, now))
        subject = str(sitting_id) if sitting_id else ",".join(sorted(map(str, changed)))
        detail = {"pengerjaan": len(changed), "aturan": RULE}
        record(session, at=now, actor=SYSTEM, action="nilai.catat", subject=subject, detail=detail)
    session.commit()
    return len(changed)


def compute(
    session: Session,
    attempts: Collection[CountedAttempt],
    *,
    left_out: Collection[uuid.UUID] = (),
    wrong: Collection[uuid.UUID] = (),
) -> dict[uuid.UUID, tuple[Points, ...]]:
    """Score attempts from their current responses; nothing is stored.

    left_out, wrong: revisions to score as if no form held them, or as if nobody had been right about them.
    """
    return {
        attempt_id: _score(items, answers, left_out, wrong)
        for attempt_id, (items, answers) in answered(session, attempts).items()
    }


def answered(
    session: Session, attempts: Collection[CountedAttempt]
) -> dict[uuid.UUID, tuple[tuple[FormItemView, ...], Mapping[int, object]]]:
    """Return for each attempt the items as that person saw them, and the current answers by position."""
    answers = answers_of(session, [attempt.id for attempt in attempts])
    forms = {form_id: form_of(session, form_id) for form_id in {attempt.form_id for attempt in attempts}}
    own = {form_id for form_id, form in forms.items() if drawn_positions(form)}
    drawn = drawn_for(session, [attempt.id for attempt in attempts if attempt.form_id in own])
    return {
        attempt.id: (
            seen_items(forms[attempt.form_id], drawn.get(attempt.id, {})),
            answers.get(attempt.id, {}),
        )
        for attempt in attempts
    }


def _score(
    seen: Iterable[FormItemView],
    answers: Mapping[int, object],
    left_out: Collection[uuid.UUID],
    wrong: Collection[uuid.UUID],
) -> tuple[Points, ...]:
    items = [item for item in seen if item.revision_id not in left_out]
    lost = {item.position for item in items if item.revision_id in wrong}
    return score(items, {position: answer for position, answer in answers.items() if position not in lost})


def answers_of(session: Session, attempt_ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[int, object]]:
    """Return the current answers by attempt and position; an attempt without answers is absent."""
    answers: dict[uuid.UUID, dict[int, object]] = {}
    for start in range(0, len(attempt_ids), BATCH):
        batch = attempt_ids[start : start + BATCH]
        query = select(Response.attempt_id, Response.position, Response.answer)
        for attempt_id, position, answer in session.execute(query.where(Response.attempt_id.in_(batch))):
            answers.setdefault(attempt_id, {})[position] = answer
    return answers


def _versions(session: Session, attempts: Select[uuid.UUID] | list[uuid.UUID]) -> dict[uuid.UUID, Version]:
    found: dict[uuid.UUID, Version] = {}
    columns = (Score.competency, Score.points, Score.max_points, Score.n_items, Score.n_answered)
    query = select(Score.attempt_id, Score.version, Score.created_at, *columns)
    for row in session.execute(query.where(Score.attempt_id.in_(attempts)).order_by(Score.version)):
        key, number, at, competency, points, most, n_items, n_answered = row
        if key not in found or found[key].number != number:
            found[key] = Version(number, at, [])
        found[key].points.append(Points(competency, points, most, n_items, n_answered))
    return found


def _differ(new: Iterable[Points], old: Iterable[Points]) -> bool:
    return {p.competency: p for p in new} != {p.competency: p for p in old}


def _rows(
    changed: Mapping[uuid.UUID, Iterable[Points]], numbers: Mapping[uuid.UUID, int], now: datetime
) -> list[dict[str, Any]]:
    return [
        {"attempt_id": key, "version": numbers[key], "rule": RULE, "created_at": now, **asdict(part)}
        for key, parts in changed.items()
        for part in parts
    ]
