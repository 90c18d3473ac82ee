"""Who can be decided on: the people of a training with their results, once its tests are over and sealed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.scoring import Points
from kapuas_quiz.core.standard import Candidate, PassRule, Proposal, propose
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.delivery.paper_marks import OnPaper, on_paper
from kapuas_quiz.forms.models import Assessment, AssessmentForm, ContentSpec
from kapuas_quiz.forms.service import doubted_items, spec_of
from kapuas_quiz.scoring.service import AttemptScore, latest_scores
from kapuas_quiz.trainings.models import Enrolment, Person
from kapuas_quiz.trainings.places import gazetteer, place_name
from kapuas_quiz.trainings.service import training_view


class RefusedError(Exception):
    """What was asked of a decision list cannot be done now; its kinds say why."""


class NotReadyError(RefusedError):
    """A list cannot be built yet.

    code: tanpa-tes-akhir (no post-test was opened), masih-mengerjakan, belum-disegel; count: of how many.
    """

    def __init__(self, code: str, count: int = 0) -> None:
        super().__init__(f"{code}: {count}")
        self.code = code
        self.count = count


@dataclass(frozen=True)
class Line:
    """One person as the rule sees them; `facts` is what a decision keeps of them, as JSON values."""

    enrolment_id: uuid.UUID
    facts: dict[str, Any]
    proposal: Proposal


def refuse_unfinished(session: Session, training_id: uuid.UUID, now: datetime) -> None:
    """Let pass only a training whose post-test took place and whose sittings are all sealed.

    Raises NotReadyError.
    """
    of_training = select(Assessment.id).where(Assessment.training_id == training_id)
    sittings = select(func.count()).select_from(Sitting).where(Sitting.assessment_id.in_(of_training))
    after = sittings.join(Assessment, Assessment.id == Sitting.assessment_id).where(Assessment.kind == "post")
    if not session.scalar(after):
        raise NotReadyError("tanpa-tes-akhir")
    working = (
        select(func.count())
        .select_from(Attempt)
        .join(Sitting, Sitting.id == Attempt.sitting_id)
        .where(Attempt.assessment_id.in_(of_training), Attempt.kind == "peserta", Attempt.ended_at.is_(None))
        .where(Attempt.started_at.is_not(None), Sitting.closed_at.is_(None))
        .where(or_(Attempt.deadline_at.is_(None), Attempt.deadline_at > now))
    )
    if count := session.scalar(working):
        raise NotReadyError("masih-mengerjakan", count)
    if count := session.scalar(sittings.where(Sitting.sealed_at.is_(None))):
        raise NotReadyError("belum-disegel", count)


def lines_of(session: Session, training_id: uuid.UUID, rule: PassRule, now: datetime) -> list[Line]:
    """Return a line for everybody in a training who has not withdrawn, in the order of the roster."""
    results = _results(latest_scores(session, training_id, now=now))
    rows = session.execute(
        select(Enrolment, Person.name)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.training_id == training_id, Enrolment.withdrawn_at.is_(None))
    )
    paper = on_paper(session, training_id)
    lines = [_line(enrolment, name, results[enrolment.id], rule, paper) for enrolment, name in rows]
    return sorted(lines, key=lambda line: roster_order(line.facts))


def roster_order(facts: dict[str, Any]) -> tuple[str, bool, str, str]:
    """Order people by kecamatan, the PPK before the PPS, then desa and name."""
    return facts["kecamatan_name"], facts["body"] != "PPK", facts["desa_name"], facts["name"]


def list_facts(session: Session, training_id: uuid.UUID, notes: str) -> dict[str, Any]:
    """Return what a list says about its training and tests, as JSON values."""
    training = training_view(session, training_id)
    spec = spec_of(session, training_id)
    return {
        "training": training.name,
        "wave": training.wave,
        "place": training.place,
        "starts_on": training.starts_on.isoformat(),
        "ends_on": training.ends_on.isoformat(),
        "election": training.election.name,
        "voting_day": training.election.voting_day.isoformat(),
        "verified": _verified(session, training_id),
        "allowance": _allowance(session, training_id),
        "doubted": list(doubted_items(session, training_id)),
        "competencies": {entry.key: entry.title for entry in spec.competencies} if spec else {},
        "sittings": _sittings(session, training_id),
        "notes": notes,
    }


def _verified(session: Session, training_id: uuid.UUID) -> bool:
    forms = session.scalars(
        select(AssessmentForm.verified)
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .where(ContentSpec.training_id == training_id)
    ).all()
    return bool(forms) and all(forms)


def _allowance(session: Session, training_id: uuid.UUID) -> str:
    reasons = session.scalars(
        select(AssessmentForm.allowance)
        .join(ContentSpec, ContentSpec.id == AssessmentForm.content_spec_id)
        .where(ContentSpec.training_id == training_id, AssessmentForm.allowance != "")
        .order_by(AssessmentForm.label)
    )
    return "; ".join(dict.fromkeys(reasons))


def _sittings(session: Session, training_id: uuid.UUID) -> list[dict[str, Any]]:
    ended: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    counts = (
        select(Attempt.sitting_id, Attempt.end_reason, func.count())
        .where(Attempt.kind == "peserta", Attempt.started_at.is_not(None))
        .group_by(Attempt.sitting_id, Attempt.end_reason)
    )
    for sitting_id, reason, count in session.execute(counts):
        ended[sitting_id][reason or "ditutup"] = count
    on_sheets = select(Attempt.sitting_id, func.count()).where(Attempt.medium == "kertas")
    sheets = {
        sitting_id: count for sitting_id, count in session.execute(on_sheets.group_by(Attempt.sitting_id))
    }
    rows = session.execute(
        select(Sitting, Assessment.kind)
        .join(Assessment, Assessment.id == Sitting.assessment_id)
        .where(Assessment.training_id == training_id)
        .order_by(Sitting.opened_at, Sitting.id)
    )
    return [
        {
            "kind": kind,
            "room": sitting.room,
            "opened_at": sitting.opened_at.isoformat(),
            "sealed_at": sitting.sealed_at.isoformat() if sitting.sealed_at else None,
            "ended": ended[sitting.id],
            "paper": sheets.get(sitting.id, 0),
        }
        for sitting, kind in rows
    ]


Results = dict[str, tuple[AttemptScore, ...]]


def _results(scores: Iterable[AttemptScore]) -> dict[uuid.UUID, Results]:
    results: dict[uuid.UUID, Results] = defaultdict(dict)
    for score in scores:
        of_person = results[score.enrolment_id]
        of_person[score.assessment_kind] = (*of_person.get(score.assessment_kind, ()), score)
    return results


def _line(enrolment: Enrolment, name: str, results: Results, rule: PassRule, paper: OnPaper) -> Line:
    points = {kind: {part.competency: _points(part) for part in parts} for kind, parts in results.items()}
    proposal = propose(rule, Candidate(enrolment.kind, pre=points.get("pre"), post=points.get("post")))
    facts = {
        "name": name,
        "position": enrolment.position,
        "body": enrolment.body,
        "kind": enrolment.kind,
        "decree": enrolment.decree,
        "kecamatan": enrolment.kecamatan,
        "kecamatan_name": place_name(enrolment.kecamatan),
        "desa": enrolment.desa,
        "desa_name": place_name(enrolment.desa),
        "office": _office(enrolment.position, enrolment.body),
        "where": _where(enrolment.kecamatan, enrolment.desa),
        "results": {
            kind: _kept(parts) | ({"medium": "kertas"} if (enrolment.id, kind) in paper else {})
            for kind, parts in sorted(results.items())
        },
        "near_cut": proposal.near_cut,
        "error": proposal.error,
    }
    return Line(enrolment.id, facts, proposal)


def _office(position: str, body: str) -> str:
    return position if body in position.split() else f"{position} {body}"


def _where(kecamatan: str, desa: str) -> str:
    within = f"Kecamatan {place_name(kecamatan)}"
    if not desa:
        return within
    place = gazetteer().by_code.get(desa)
    return f"{place.kind.capitalize() if place else 'Desa'} {place_name(desa)}, {within}"


def _points(part: AttemptScore) -> Points:
    return Points(part.competency, part.points, part.max_points, part.n_items, part.n_answered)


def _kept(parts: tuple[AttemptScore, ...]) -> dict[str, Any]:
    return {
        "attempt": str(parts[0].attempt_id),
        "form": str(parts[0].form_id),
        "points": {part.competency: [part.points, part.max_points] for part in parts},
        "answered": {part.competency: [part.n_answered, part.n_items] for part in parts},
    }
