"""A training with an open pre-test, made through the services, in a folder of its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.badge import badge_code, badge_token, code_digest
from kapuas_quiz.core.content_spec import DEFAULT, Competency, ContentSpecification
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.database import new_id
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.service import open_sitting
from kapuas_quiz.extensions import db
from kapuas_quiz.factory import create_app
from kapuas_quiz.forms.assembling import assemble_forms, save_specification
from kapuas_quiz.settings import Settings, load_settings
from kapuas_quiz.trainings.models import Enrolment, Person
from kapuas_quiz.trainings.planning import TrainingValues, add_training

KECAMATAN = "62.03.01"
DESA = [f"62.03.01.{number}" for number in range(2001, 2021)]


@dataclass(frozen=True)
class World:
    """What a phone needs to take part: the room's PIN and everybody's badge token."""

    pin: str
    tokens: tuple[str, ...]


def build(data: Path, persons: int, environment: dict[str, str]) -> World:
    """Migrate an empty database, load the banks, and open a pre-test for so many persons."""
    settings = load_settings({**environment, "KAPUAS_DATA": str(data)})
    app = create_app(settings)
    with app.app_context():
        upgrade()
        session = db.session()
        world = _fill(session, settings, persons)
        db.session.remove()
        db.engine.dispose()
    return world


def twenty_items() -> ContentSpecification:
    """Return the default specification with four items a competency and more where five are needed."""
    counts = {"ingat": 1, "paham": 2, "terapkan": 2}
    four = [Competency(**{**row.model_dump(), "counts": counts}) for row in DEFAULT.competencies[:4]]
    spare = DEFAULT.competencies[4].areas
    first = four[0].model_copy(update={"areas": (*four[0].areas, *spare)})
    return ContentSpecification(competencies=(first, *four[1:]))


def _fill(session: Session, settings: Settings, persons: int) -> World:
    now = datetime.now(UTC)
    load_banks(session, folder=settings.banks, actor=SYSTEM, now=now)
    _keep_single_choice(session, now)
    values = TrainingValues(
        election_id=None,
        election_name="Pemilihan",
        voting_day=date(2024, 11, 27),
        name="TOT",
        wave="III",
        place="Aula",
        starts_on=date(2024, 11, 4),
        ends_on=date(2024, 11, 5),
        address="http://127.0.0.1",
    )
    training_id = add_training(session, values=values, actor=SYSTEM, now=now)
    save_specification(session, training_id=training_id, spec=twenty_items(), actor=SYSTEM, now=now)
    assemble_forms(session, training_id=training_id, seed=1, allowance="Uji coba", actor=SYSTEM, now=now)
    secret = settings.secrets.badge
    tokens = tuple(_enrol(session, training_id, number, secret, now) for number in range(persons))
    session.commit()
    sitting_id = open_sitting(
        session,
        training_id=training_id,
        assessment="pre",
        room="Aula",
        clock="sendiri",
        actor=SYSTEM,
        now=now,
    )
    pin = session.scalars(select(Sitting.pin).where(Sitting.id == sitting_id)).one()
    return World(pin, tokens)


def _keep_single_choice(session: Session, now: datetime) -> None:
    """Take out the items that the peers' quiz does not have."""
    for item in session.scalars(select(Item)):
        revision = session.get(ItemRevision, item.current_revision_id)
        if revision is None or revision.content.get("type", "single_choice") != "single_choice":
            item.removed_at = now
    session.commit()


def _enrol(session: Session, training_id: uuid.UUID, number: int, secret: bytes, now: datetime) -> str:
    person = Person(id=new_id(), name=f"Peserta {number}", created_at=now)
    session.add(person)
    enrolment_id = new_id()
    token = badge_token(secret, enrolment_id, 1)
    session.flush()
    session.add(
        Enrolment(
            id=enrolment_id,
            training_id=training_id,
            person_id=person.id,
            body="PPS",
            position="Anggota",
            kecamatan=KECAMATAN,
            desa=DESA[number % len(DESA)],
            badge_digest=digest(token),
            code_digest=code_digest(secret, badge_code(secret, enrolment_id, 1)),
            enrolled_at=now,
        )
    )
    return token
