"""Which material needs strengthening, in the room, per kecamatan and per body."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.core.content_spec import Competency
from kapuas_quiz.core.gaps import Gap, group_gap
from kapuas_quiz.reporting.service import Progress, Result, Snapshot, snapshot
from kapuas_quiz.trainings.service import EnrolmentView, TrainingView


@dataclass(frozen=True)
class CompetencyGap:
    """One group in one reporting competency."""

    competency: Competency
    gap: Gap


@dataclass(frozen=True)
class GroupRow:
    """One kecamatan or body; `cells` in the order of the content specification."""

    key: str
    name: str
    n_persons: int
    cells: tuple[CompetencyGap, ...]


@dataclass(frozen=True)
class GapReport:
    """One assessment of one training; `room` has the surest gap first."""

    training: TrainingView
    kind: str
    progress: Progress
    verified: bool
    competencies: tuple[Competency, ...]
    room: tuple[CompetencyGap, ...]
    kecamatan: tuple[GroupRow, ...]
    bodies: tuple[GroupRow, ...]

    @property
    def room_chart(self) -> list[tuple[str, Gap]]:
        """Return the rows of the room's picture."""
        return [(cell.competency.title, cell.gap) for cell in self.room]

    @property
    def kecamatan_charts(self) -> list[tuple[str, list[tuple[str, Gap]]]]:
        """Return one picture per competency, its kecamatan sorted like the room's competencies."""
        charts = []
        for place, competency in enumerate(self.competencies):
            rows = [(row.name, row.cells[place].gap) for row in self.kecamatan]
            charts.append((competency.title, sorted(rows, key=lambda row: -row[1].urgency)))
        return charts


def gap_report(session: Session, *, training_id: uuid.UUID, kind: str, now: datetime) -> GapReport:
    """Return the gaps of everybody who finished the pre-test or the post-test.

    Raises UnknownTrainingError, NothingPlannedError.
    """
    return gaps_of(snapshot(session, training_id, now=now, kinds=(kind,)), kind)


def gaps_of(seen: Snapshot, kind: str) -> GapReport:
    """Compute the gaps of one assessment."""
    sat = [person for person in seen.people if person.id in seen.results[kind]]
    room = _cells(seen, kind, sat)
    return GapReport(
        training=seen.training,
        kind=kind,
        progress=seen.progress[kind],
        verified=seen.verified,
        competencies=seen.competencies,
        room=tuple(sorted(room, key=lambda cell: -cell.gap.urgency)),
        kecamatan=_rows(seen, kind, sat, lambda person: (person.kecamatan, person.kecamatan_name)),
        bodies=_rows(seen, kind, sat, lambda person: (person.body, person.body)),
    )


def _rows(
    seen: Snapshot, kind: str, sat: Iterable[EnrolmentView], group: Callable[[EnrolmentView], tuple[str, str]]
) -> tuple[GroupRow, ...]:
    members: dict[tuple[str, str], list[EnrolmentView]] = {}
    for person in sat:
        members.setdefault(group(person), []).append(person)
    rows = [
        GroupRow(key, name, len(people), _cells(seen, kind, people))
        for (key, name), people in members.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.name))


def _cells(seen: Snapshot, kind: str, people: list[EnrolmentView]) -> tuple[CompetencyGap, ...]:
    results = [seen.results[kind][person.id] for person in people]
    return tuple(
        CompetencyGap(one, group_gap(_pairs(results, one), one.standard)) for one in seen.competencies
    )


def _pairs(results: Iterable[Result], competency: Competency) -> list[tuple[float, float]]:
    taken = (result[competency.key] for result in results if competency.key in result)
    return [(points.points, points.max_points) for points in taken]
