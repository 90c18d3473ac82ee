"""What other rooms ask: which training, who is behind a badge, who takes part."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.badge import code_digest, read_code
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.trainings.models import Election, Enrolment, Person, Training
from kapuas_quiz.trainings.places import place_name, place_words

RANKS = ("ketua", "anggota", "sekretaris", "staf")


class UnknownTrainingError(Exception):
    """There is no training with this id."""


class UnknownEnrolmentError(Exception):
    """Nobody with this id takes part in this training."""


@dataclass(frozen=True)
class ElectionView:
    """One election that trainings prepare for."""

    id: uuid.UUID
    name: str
    voting_day: date


@dataclass(frozen=True)
class TrainingView:
    """One training; `enrolled` counts who takes part (withdrawn people are not counted)."""

    id: uuid.UUID
    election: ElectionView
    name: str
    wave: str
    place: str
    starts_on: date
    ends_on: date
    address: str
    enrolled: int

    @property
    def title(self) -> str:
        """The name with the wave, as printed on badges."""
        return full_name(self.name, self.wave)


def full_name(name: str, wave: str) -> str:
    """Write a training's name with its wave, the same everywhere."""
    return f"{name}, {wave}" if wave else name


@dataclass(frozen=True)
class EnrolmentView:
    """One person in one training, with the names of places beside their codes."""

    id: uuid.UUID
    training_id: uuid.UUID
    name: str
    position: str
    body: str
    kecamatan: str
    kecamatan_name: str
    desa: str
    desa_name: str
    kind: str
    decree: str
    note: str
    badge_version: int
    enrolled_at: datetime
    withdrawn_at: datetime | None
    replaces_id: uuid.UUID | None

    @property
    def office(self) -> str:
        """Position and body: Ketua PPS."""
        return f"{self.position} {self.body}"

    @property
    def place(self) -> str:
        """Where the person serves, in words."""
        return place_words(self.kecamatan, self.desa)


def training_view(session: Session, training_id: uuid.UUID) -> TrainingView:
    """Return one training.

    Raises UnknownTrainingError.
    """
    found = trainings_list(session, only=training_id)
    if not found:
        raise UnknownTrainingError(training_id)
    return found[0]


def trainings_list(session: Session, *, only: uuid.UUID | None = None) -> tuple[TrainingView, ...]:
    """List all trainings, the latest first, or the one asked for."""
    enrolled = (
        select(func.count())
        .where(Enrolment.training_id == Training.id, Enrolment.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    query = select(Training, Election, enrolled).join(Election, Training.election_id == Election.id)
    if only:
        query = query.where(Training.id == only)
    rows = session.execute(query.order_by(Training.starts_on.desc(), Training.wave, Training.name))
    return tuple(_training(row, election, count) for row, election, count in rows)


def _training(row: Training, election: Election, count: int) -> TrainingView:
    return TrainingView(
        id=row.id,
        election=ElectionView(election.id, election.name, election.voting_day),
        name=row.name,
        wave=row.wave,
        place=row.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        address=row.address,
        enrolled=count,
    )


def enrolment_by_token(session: Session, token: str) -> EnrolmentView | None:
    """Return who carries the badge with this token; None when it is unknown, replaced or withdrawn."""
    return _live(session, Enrolment.badge_digest == digest(token))


def enrolment_by_code(session: Session, code: str, *, secret: bytes) -> EnrolmentView | None:
    """Return who carries the badge with this typed code; None when it is unknown, replaced or withdrawn.

    code: as typed, see core.badge.read_code.  secret: the badge secret, 32 bytes.
    """
    read = read_code(code)
    return _live(session, Enrolment.code_digest == code_digest(secret, read)) if read else None


def _live(session: Session, condition: ColumnElement[bool]) -> EnrolmentView | None:
    found = _enrolments(session, condition, Enrolment.withdrawn_at.is_(None))
    return found[0] if found else None


def enrolment_view(
    session: Session, enrolment_id: uuid.UUID, *, training_id: uuid.UUID | None = None
) -> EnrolmentView:
    """Return one person of a training, withdrawn or not.

    Raises UnknownEnrolmentError, also when the person belongs to another training than the one given.
    """
    found = _enrolments(session, Enrolment.id == enrolment_id)
    if not found or training_id not in (None, found[0].training_id):
        raise UnknownEnrolmentError(enrolment_id)
    return found[0]


def enrolments_of(
    session: Session, training_id: uuid.UUID, *, withdrawn: bool = False
) -> tuple[EnrolmentView, ...]:
    """List who takes part: by kecamatan, PPK before PPS, by desa, rank and name.

    withdrawn: list those who were withdrawn instead.
    """
    gone = Enrolment.withdrawn_at.is_not(None) if withdrawn else Enrolment.withdrawn_at.is_(None)
    return tuple(sorted(_enrolments(session, Enrolment.training_id == training_id, gone), key=_order))


def _order(one: EnrolmentView) -> tuple[str, str, str, int, str]:
    rank = one.position.lower().split(" ")[0]
    return (
        one.kecamatan_name,
        one.body,
        one.desa_name,
        RANKS.index(rank) if rank in RANKS else len(RANKS),
        one.name.lower(),
    )


def _enrolments(session: Session, *conditions: ColumnElement[bool]) -> Sequence[EnrolmentView]:
    query = select(Enrolment, Person.name).join(Person, Enrolment.person_id == Person.id).where(*conditions)
    return [_enrolment(row, name) for row, name in session.execute(query)]


def _enrolment(row: Enrolment, name: str) -> EnrolmentView:
    return EnrolmentView(
        id=row.id,
        training_id=row.training_id,
        name=name,
        position=row.position,
        body=row.body,
        kecamatan=row.kecamatan,
        kecamatan_name=place_name(row.kecamatan),
        desa=row.desa,
        desa_name=place_name(row.desa),
        kind=row.kind,
        decree=row.decree,
        note=row.note,
        badge_version=row.badge_version,
        enrolled_at=row.enrolled_at,
        withdrawn_at=row.withdrawn_at,
        replaces_id=row.replaces_id,
    )
