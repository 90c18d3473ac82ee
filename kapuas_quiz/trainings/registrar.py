"""The rows behind a roster: who is known, who is added, which badge they get."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.badge import badge_code, badge_token, code_digest
from kapuas_quiz.core.comparison import Known, seat_of
from kapuas_quiz.core.names import name_key
from kapuas_quiz.core.participants import Participant
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.database import new_id
from kapuas_quiz.trainings.models import Enrolment, Person, Training
from kapuas_quiz.trainings.service import UnknownEnrolmentError, UnknownTrainingError


def lock_training(session: Session, training_id: uuid.UUID) -> Training:
    """Keep other writers of this training's roster out until the end of the transaction.

    Raises UnknownTrainingError.
    """
    training = session.scalar(select(Training).where(Training.id == training_id).with_for_update())
    if training is None:
        raise UnknownTrainingError(training_id)
    return training


def known_of(session: Session, training_id: uuid.UUID) -> list[Known]:
    """Return everybody of a training, the withdrawn too, as a roster is compared with them."""
    query = select(Enrolment, Person.name).join(Person, Enrolment.person_id == Person.id)
    rows = session.execute(query.where(Enrolment.training_id == training_id).order_by(Enrolment.id))
    return [Known(str(row.id), participant_of(row, name), row.withdrawn_at is not None) for row, name in rows]


def participant_of(row: Enrolment, name: str) -> Participant:
    """Return what is known of somebody as a roster would say it."""
    return Participant(name, row.body, row.position, row.kecamatan, row.desa, row.kind, row.decree, row.note)


class Registrar:
    """Enrol people in one training: persons of earlier trainings are used again, badges issued."""

    def __init__(self, session: Session, *, training_id: uuid.UUID, secret: bytes, now: datetime) -> None:
        self.session, self.training_id, self.secret, self.now = session, training_id, secret, now
        self.codes = set(session.scalars(select(Enrolment.code_digest)))
        self.persons: dict[tuple[str, ...], set[uuid.UUID]] = defaultdict(set)
        query = select(Enrolment, Person.name).join(Person, Enrolment.person_id == Person.id)
        self.here: set[uuid.UUID] = set()
        self.pending: list[Enrolment] = []
        for row, name in session.execute(query):
            if row.training_id == training_id:
                self.here.add(row.person_id)
            self.persons[self._identity(participant_of(row, name))].add(row.person_id)

    def _identity(self, participant: Participant) -> tuple[str, ...]:
        return (name_key(participant.name), *seat_of(participant))

    def enrol(self, participant: Participant, replaces_id: uuid.UUID | None = None) -> Enrolment:
        """Prepare an enrolment with its first badge; `write` stores it."""
        person = self._person(participant)
        enrolment = Enrolment(
            id=new_id(),
            training_id=self.training_id,
            person_id=person.id,
            replaces_id=replaces_id,
            enrolled_at=self.now,
        )
        put(enrolment, person, participant)
        self.issue(enrolment, 1)
        self.pending.append(enrolment)
        return enrolment

    def write(self) -> None:
        """Write persons, then their enrolments, which refer to them."""
        self.session.flush()
        self.session.add_all(self.pending)
        self.session.flush()
        self.pending.clear()

    def _person(self, participant: Participant) -> Person:
        before = self.persons[self._identity(participant)] - self.here
        if len(before) == 1:
            known = self.session.get_one(Person, before.pop())
            self.here.add(known.id)
            return known
        person = Person(id=new_id(), name=participant.name, created_at=self.now)
        self.session.add(person)
        self.here.add(person.id)
        return person

    def issue(self, enrolment: Enrolment, version: int) -> None:
        """Give a badge of this version, or of the next one whose typed code nobody else has."""
        while (
            code := code_digest(self.secret, badge_code(self.secret, enrolment.id, version))
        ) in self.codes:
            version += 1
        self.codes.add(code)
        enrolment.badge_version = version
        enrolment.badge_digest = digest(badge_token(self.secret, enrolment.id, version))
        enrolment.code_digest = code


def put(enrolment: Enrolment, person: Person, participant: Participant) -> None:
    """Write what is known of a participant into the rows."""
    person.name = participant.name
    enrolment.body, enrolment.position = participant.body, participant.position
    enrolment.kecamatan, enrolment.desa = participant.kecamatan, participant.desa
    enrolment.kind, enrolment.decree, enrolment.note = participant.kind, participant.decree, participant.note


def enrolment_row(session: Session, training_id: uuid.UUID, enrolment_id: uuid.UUID) -> Enrolment:
    """Return the row of one person of this training, locked for writing.

    Raises UnknownEnrolmentError.
    """
    enrolment = session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id).with_for_update())
    if enrolment is None or enrolment.training_id != training_id:
        raise UnknownEnrolmentError(enrolment_id)
    return enrolment
