"""What the training changed: people who took both tests, compared with themselves."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.core.gain import Change, Gain, group_gain, person_change
from kapuas_quiz.core.intervals import Estimate
from kapuas_quiz.core.scoring import TOTAL, Points
from kapuas_quiz.reporting.service import Progress, Snapshot, snapshot
from kapuas_quiz.trainings.service import EnrolmentView, TrainingView


@dataclass(frozen=True)
class GroupGain:
    """The gain of one group or of one competency."""

    name: str
    gain: Gain


@dataclass(frozen=True)
class PersonGain:
    """One person who took both tests; `change` is in proportions."""

    person: EnrolmentView
    before: Points
    after: Points
    change: Estimate | None
    status: Change


@dataclass(frozen=True)
class GainReport:
    """Gains of one training; `missing` took the pre-test and not the post-test."""

    training: TrainingView
    before: Progress
    after: Progress
    verified: bool
    overall: Gain
    competencies: tuple[GroupGain, ...]
    kecamatan: tuple[GroupGain, ...]
    bodies: tuple[GroupGain, ...]
    people: tuple[PersonGain, ...]
    missing: tuple[EnrolmentView, ...]


def gain_report(session: Session, *, training_id: uuid.UUID, now: datetime) -> GainReport:
    """Compare the post-test with the pre-test.

    Raises UnknownTrainingError, NothingPlannedError.
    """
    return gains_of(snapshot(session, training_id, now=now))


def gains_of(seen: Snapshot) -> GainReport:
    """Compute every gain from one snapshot."""
    pre, post = seen.results["pre"], seen.results["post"]
    both = [person for person in seen.people if person.id in pre and person.id in post]
    return GainReport(
        training=seen.training,
        before=seen.progress["pre"],
        after=seen.progress["post"],
        verified=seen.verified,
        overall=_gain(seen, seen.people, TOTAL),
        competencies=tuple(
            GroupGain(one.title, _gain(seen, seen.people, one.key)) for one in seen.competencies
        ),
        kecamatan=_by(seen, "kecamatan_name"),
        bodies=_by(seen, "body"),
        people=tuple(_person(seen, person) for person in both),
        missing=tuple(person for person in seen.people if person.id in pre and person.id not in post),
    )


def _by(seen: Snapshot, attribute: str) -> tuple[GroupGain, ...]:
    groups: dict[str, list[EnrolmentView]] = {}
    for person in seen.people:
        groups.setdefault(getattr(person, attribute), []).append(person)
    gains = [GroupGain(name, _gain(seen, people, TOTAL)) for name, people in sorted(groups.items())]
    return tuple(one for one in gains if one.gain.n or one.gain.missing.n)


def _gain(seen: Snapshot, people: Iterable[EnrolmentView], competency: str) -> Gain:
    ids = [person.id for person in people]
    return group_gain(_proportions(seen, ids, "pre", competency), _proportions(seen, ids, "post", competency))


def _proportions(seen: Snapshot, ids: list[uuid.UUID], kind: str, competency: str) -> dict[uuid.UUID, float]:
    results = seen.results[kind]
    points = {i: results[i][competency] for i in ids if competency in results.get(i, {})}
    return {i: one.proportion for i, one in points.items() if one.proportion is not None}


def _person(seen: Snapshot, person: EnrolmentView) -> PersonGain:
    before, after = (seen.results[kind][person.id][TOTAL] for kind in ("pre", "post"))
    change, status = person_change((before.points, before.n_items), (after.points, after.n_items))
    return PersonGain(person, before, after, change, status)
