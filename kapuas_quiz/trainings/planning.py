"""Elections and trainings: made and changed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.database import new_id
from kapuas_quiz.trainings.models import Election, Training
from kapuas_quiz.trainings.service import ElectionView, UnknownTrainingError


class UnknownElectionError(Exception):
    """The chosen election does not exist, or a new one lacks its name or voting day."""


class TrainingExistsError(Exception):
    """A training of this election already has this name and wave."""


@dataclass(frozen=True)
class TrainingValues:
    """What staff decide about a training; without `election_id`, name and day make a new election."""

    election_id: uuid.UUID | None
    election_name: str
    voting_day: date | None
    name: str
    wave: str
    place: str
    starts_on: date
    ends_on: date
    address: str


def elections(session: Session) -> tuple[ElectionView, ...]:
    """List the elections, the latest voting day first."""
    rows = session.scalars(select(Election).order_by(Election.voting_day.desc(), Election.name))
    return tuple(ElectionView(row.id, row.name, row.voting_day) for row in rows)


def add_training(session: Session, *, values: TrainingValues, actor: Actor, now: datetime) -> uuid.UUID:
    """Make a training, and its election when it is a new one; return the training's id.

    Raises UnknownElectionError, TrainingExistsError.
    """
    columns = _columns(session, values)
    _refuse_twin(session, columns, None)
    training_id = new_id()
    session.add(Training(id=training_id, created_at=now, **columns))
    record(
        session,
        at=now,
        actor=actor,
        action="kegiatan.tambah",
        subject=str(training_id),
        detail={"kegiatan": values.name, "gelombang": values.wave, "alamat": values.address},
    )
    session.commit()
    return training_id


def change_training(
    session: Session, *, training_id: uuid.UUID, values: TrainingValues, actor: Actor, now: datetime
) -> None:
    """Change what staff decide about a training; nothing is written when nothing differs.

    Raises UnknownTrainingError, UnknownElectionError, TrainingExistsError.
    """
    training = session.get(Training, training_id)
    if training is None:
        raise UnknownTrainingError(training_id)
    columns = _columns(session, values)
    _refuse_twin(session, columns, training_id)
    changed = {name: str(value) for name, value in columns.items() if getattr(training, name) != value}
    if changed:
        for name, value in columns.items():
            setattr(training, name, value)
        detail = {"perubahan": changed}
        record(session, at=now, actor=actor, action="kegiatan.ubah", subject=str(training_id), detail=detail)
    session.commit()


def _columns(session: Session, values: TrainingValues) -> dict[str, Any]:
    return {
        "election_id": _election(session, values),
        "name": values.name,
        "wave": values.wave,
        "place": values.place,
        "starts_on": values.starts_on,
        "ends_on": values.ends_on,
        "address": values.address,
    }


def _election(session: Session, values: TrainingValues) -> uuid.UUID:
    if values.election_id:
        known = session.get(Election, values.election_id)
    else:
        known = session.scalar(select(Election).where(Election.name == values.election_name))
    if known:
        return known.id
    if values.election_id or not values.election_name or not values.voting_day:
        raise UnknownElectionError
    election = Election(id=new_id(), name=values.election_name, voting_day=values.voting_day)
    session.add(election)
    session.flush()
    return election.id


def _refuse_twin(session: Session, columns: dict[str, Any], own_id: uuid.UUID | None) -> None:
    twin = session.scalar(
        select(Training.id).where(
            Training.election_id == columns["election_id"],
            Training.name == columns["name"],
            Training.wave == columns["wave"],
        )
    )
    if twin and twin != own_id:
        raise TrainingExistsError(twin)
