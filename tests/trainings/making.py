"""Elections, trainings and people for tests."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from sqlalchemy.orm import Session

from kapuas_quiz.core.participants import Participant
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.trainings.enrolling import Newcomer, add_newcomer
from kapuas_quiz.trainings.planning import TrainingValues, add_training
from tests.conftest import MORNING

SECRET = b"rahasia kartu untuk pengujian 32"
HEAD = ["Nama", "Jabatan", "Badan", "Kecamatan", "Desa", "Nomor SK", "Keterangan"]
NILA = Participant("Nila Pertiwi", "PPS", "Ketua", "62.03.10", "62.03.10.2002")


def values(**changes: object) -> TrainingValues:
    """What staff fill in for a training of the third wave."""
    usual: dict[str, object] = {
        "election_id": None,
        "election_name": "Pemilihan 2024",
        "voting_day": date(2024, 11, 27),
        "name": "TOT PPK dan PPS",
        "wave": "Gelombang III",
        "place": "Aula KPU",
        "starts_on": date(2024, 11, 4),
        "ends_on": date(2024, 11, 6),
        "address": "http://192.168.1.10:8000",
    }
    return TrainingValues(**{**usual, **changes})  # type: ignore[arg-type]


def make_training(session: Session, **changes: object) -> uuid.UUID:
    """Make a training and return its id."""
    return add_training(session, values=values(**changes), actor=SYSTEM, now=MORNING)


def enrol(
    session: Session, training_id: uuid.UUID, participant: Participant = NILA, *, other_person: bool = False
) -> uuid.UUID:
    """Enrol somebody and return the enrolment's id."""
    return add_newcomer(
        session,
        training_id=training_id,
        newcomer=Newcomer(participant, other_person=other_person),
        secret=SECRET,
        actor=SYSTEM,
        now=MORNING,
    )


def xlsx(*sheets: Sequence[Sequence[object]]) -> bytes:
    """Write sheets of rows as an XLSX file."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()
