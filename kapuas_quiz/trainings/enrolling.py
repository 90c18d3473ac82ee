"""Let somebody into a training, change what is known of them, withdraw them, renew their badge."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.comparison import changes_between, twins_of
from kapuas_quiz.core.participants import PAW, Participant
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.trainings.models import Person
from kapuas_quiz.trainings.registrar import (
    Registrar,
    enrolment_row,
    known_of,
    lock_training,
    participant_of,
    put,
)


class TwinError(Exception):
    """Somebody of (nearly) this name is enrolled in this place already; `twins` are their enrolment ids."""

    def __init__(self, twins: tuple[uuid.UUID, ...]) -> None:
        super().__init__(len(twins))
        self.twins = twins


class AlreadySoError(Exception):
    """Somebody is withdrawn, or taking part, already."""


class DecreeMissingError(Exception):
    """A replacement (PAW) needs the number of a decree."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody at the door; `other_person` says that a namesake in this place is somebody else."""

    participant: Participant
    replaces_id: uuid.UUID | None = None
    other_person: bool = False


def add_newcomer(
    session: Session,
    *,
    training_id: uuid.UUID,
    newcomer: Newcomer,
    secret: bytes,
    actor: Actor,
    now: datetime,
) -> uuid.UUID:
    """Enrol somebody at the door and withdraw whom they replace; return the enrolment's id.

    Raises UnknownTrainingError, DecreeMissingError, UnknownEnrolmentError, TwinError.
    """
    lock_training(session, training_id)
    participant = newcomer.participant
    if participant.kind == PAW and not participant.decree:
        raise DecreeMissingError
    twins = twins_of(participant, known_of(session, training_id))
    if twins and not newcomer.other_person:
        raise TwinError(tuple(uuid.UUID(one.id) for one in twins))
    if newcomer.replaces_id:
        replaced = enrolment_row(session, training_id, newcomer.replaces_id)
        replaced.withdrawn_at = replaced.withdrawn_at or now
    registrar = Registrar(session, training_id=training_id, secret=secret, now=now)
    enrolment_id = registrar.enrol(participant, newcomer.replaces_id).id
    detail = {"jenis": participant.kind, "badan": participant.body, "kegiatan": str(training_id)}
    if newcomer.replaces_id:
        detail["menggantikan"] = str(newcomer.replaces_id)
    registrar.write()
    record(session, at=now, actor=actor, action="peserta.tambah", subject=str(enrolment_id), detail=detail)
    session.commit()
    return enrolment_id


def change_participant(
    session: Session,
    *,
    training_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    participant: Participant,
    actor: Actor,
    now: datetime,
) -> None:
    """Change what is known of somebody; nothing is written when nothing differs.

    Raises UnknownEnrolmentError, DecreeMissingError.
    """
    enrolment = enrolment_row(session, training_id, enrolment_id)
    person = session.get_one(Person, enrolment.person_id)
    if participant.kind == PAW and not participant.decree:
        raise DecreeMissingError
    before = participant_of(enrolment, person.name)
    if before != participant:
        put(enrolment, person, participant)
        changed = sorted(changes_between(before, participant))
        detail = {"bagian": changed, "kegiatan": str(training_id)}
        record(session, at=now, actor=actor, action="peserta.ubah", subject=str(enrolment_id), detail=detail)
    session.commit()


def withdraw(
    session: Session,
    *,
    training_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take somebody out of a training; the badge dies, everything done so far stays.

    Raises UnknownEnrolmentError, AlreadySoError.
    """
    enrolment = enrolment_row(session, training_id, enrolment_id)
    if enrolment.withdrawn_at:
        raise AlreadySoError
    enrolment.withdrawn_at = now
    record(session, at=now, actor=actor, action="peserta.keluarkan", subject=str(enrolment_id), reason=reason)
    session.commit()


def restore(
    session: Session, *, training_id: uuid.UUID, enrolment_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    """Let a withdrawn person take part again, with the same badge.

    Raises UnknownEnrolmentError, AlreadySoError.
    """
    enrolment = enrolment_row(session, training_id, enrolment_id)
    if not enrolment.withdrawn_at:
        raise AlreadySoError
    enrolment.withdrawn_at = None
    record(session, at=now, actor=actor, action="peserta.aktifkan", subject=str(enrolment_id))
    session.commit()


def renew_badge(
    session: Session,
    *,
    training_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    reason: str,
    secret: bytes,
    actor: Actor,
    now: datetime,
) -> int:
    """Replace a badge by the next version, which kills the old one; return the version.

    Raises UnknownEnrolmentError.
    """
    enrolment = enrolment_row(session, training_id, enrolment_id)
    registrar = Registrar(session, training_id=training_id, secret=secret, now=now)
    registrar.issue(enrolment, enrolment.badge_version + 1)
    version = enrolment.badge_version
    record(
        session,
        at=now,
        actor=actor,
        action="kartu.ganti",
        subject=str(enrolment_id),
        detail={"versi": version},
        reason=reason,
    )
    session.commit()
    return version
