"""Trainings, people and filled banks for tests of forms."""

from __future__ import annotations

import atexit
import itertools
import shutil
import tempfile
import uuid
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy.orm import Session

from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.content_spec import LEVELS
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.settings import ROOT
from kapuas_quiz.trainings.models import Election, Enrolment, Person, Training
from tests.conftest import MORNING

_number = itertools.count(1)
EACH = 4


def training(session: Session, *, wave: str = "III") -> uuid.UUID:
    """A training without specification; returns its id."""
    election = Election(name=f"Pemilihan {next(_number)}", voting_day=date(2024, 11, 27))
    session.add(election)
    session.flush()
    row = Training(
        election_id=election.id,
        name="Bimbingan teknis",
        wave=wave,
        place="Aula",
        starts_on=date(2024, 11, 4),
        ends_on=date(2024, 11, 5),
        address="http://192.168.1.10:8000",
        created_at=MORNING,
    )
    session.add(row)
    session.flush()
    made = row.id
    session.commit()
    return made


def enrolled(
    session: Session, training_id: uuid.UUID, *, desa: str = "", kecamatan: str = "62.03.01"
) -> uuid.UUID:
    """A member of PPS in a desa, or of PPK when there is none; returns the enrolment's id."""
    person = Person(name="Puspa Nirmala", created_at=MORNING)
    session.add(person)
    session.flush()
    number = next(_number)
    row = Enrolment(
        training_id=training_id,
        person_id=person.id,
        body="PPS" if desa else "PPK",
        position="Anggota",
        kecamatan=kecamatan,
        desa=desa,
        badge_digest=f"{number:064}",
        code_digest=f"{number:064}",
        enrolled_at=MORNING,
    )
    session.add(row)
    session.flush()
    made = row.id
    session.commit()
    return made


def filled_banks(session: Session) -> None:
    """The project's own banks, loaded."""
    load_banks(session, folder=ROOT / "question_banks", actor=SYSTEM, now=MORNING)


def few_banks(session: Session) -> None:
    """A few items of each area and level out of the project's banks, loaded: quicker than all of them."""
    load_banks(session, folder=_few(), actor=SYSTEM, now=MORNING)


@cache
def _few() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for path in sorted((ROOT / "question_banks").glob("*.yaml")):
        bank = yaml.safe_load(path.read_text("utf-8"))
        plain = [item for item in bank["items"] if "picture" not in item]
        chosen = [item for level in LEVELS for item in [i for i in plain if i["level"] == level][:EACH]]
        (folder / path.name).write_text(
            yaml.safe_dump({**bank, "items": chosen}, allow_unicode=True, sort_keys=False), "utf-8"
        )
    return folder
