"""Import a roster in two steps: read and keep it, then apply all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.comparison import ADD, UPDATE, Line
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.core.roster import Preview, preview
from kapuas_quiz.core.tables import fill_down, find_table, has_gaps
from kapuas_quiz.spreadsheets.reading import MAX_ROWS, UnreadableFileError
from kapuas_quiz.spreadsheets.waiting import discard
from kapuas_quiz.trainings.models import Person
from kapuas_quiz.trainings.places import gazetteer
from kapuas_quiz.trainings.registrar import Registrar, enrolment_row, known_of, lock_training, put
from kapuas_quiz.trainings.service import training_view
from kapuas_quiz.trainings.sheets import read_sheets
from kapuas_quiz.trainings.uploads import Upload, keep_upload, load_upload

MOST_QUESTIONS = 200


class RosterChangedError(Exception):
    """Somebody changed the roster after the preview was shown."""


class UndecidedError(Exception):
    """Rows still have to be decided, or refused ones have not been accepted as left out."""


@dataclass(frozen=True)
class Waiting:
    """Where a kept upload is; `filled`: empty cells are taken from above; `demo`: places are invented."""

    data: Path
    training_id: uuid.UUID
    key: str
    filled: bool
    demo: bool


@dataclass(frozen=True)
class ImportPage:
    """What the preview page shows; `has_gaps`: empty cells could be filled from the row above."""

    upload: Upload
    preview: Preview
    has_gaps: bool
    filled: bool

    @property
    def too_many_questions(self) -> bool:
        return len(self.preview.to_check) > MOST_QUESTIONS


@dataclass(frozen=True)
class Outcome:
    """How many people were added, updated, found unchanged; how many rows were left out."""

    added: int
    updated: int
    kept: int
    left_out: int


def start_import(
    session: Session, *, data: Path, training_id: uuid.UUID, filename: str, content: bytes, now: datetime
) -> str:
    """Read a file, keep its people, and return the key of the upload; the database is not changed.

    Raises UnknownTrainingError, UnreadableFileError, NoHeaderError.
    """
    training_view(session, training_id)
    table = find_table(read_sheets(content))
    if len(table.rows) > MAX_ROWS:
        raise UnreadableFileError("terlalu-banyak-baris")
    if not table.rows:
        raise UnreadableFileError("tanpa-peserta")
    return keep_upload(data, training_id=training_id, filename=filename, table=table, now=now)


def preview_import(
    session: Session, *, waiting: Waiting, answers: Mapping[str, str], now: datetime
) -> ImportPage:
    """Say what importing a kept upload would do.

    answers: see core.roster.preview.
    Raises UploadGoneError.
    """
    upload = load_upload(waiting.data, training_id=waiting.training_id, key=waiting.key, now=now)
    table = fill_down(upload.table) if waiting.filled else upload.table
    places = gazetteer(demo=waiting.demo)
    known = known_of(session, waiting.training_id)
    seen = preview(table, places=places, known=known, answers=answers)
    return ImportPage(upload, seen, has_gaps(upload.table), waiting.filled)


def apply_import(
    session: Session,
    *,
    waiting: Waiting,
    answers: Mapping[str, str],
    compared_with: str,
    accept_refused: bool,
    secret: bytes,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Write every ready row, or nothing, and forget the upload.

    compared_with: the state of the roster that the preview was made against.
    Raises UnknownTrainingError, UploadGoneError, RosterChangedError, UndecidedError.
    """
    lock_training(session, waiting.training_id)
    page = preview_import(session, waiting=waiting, answers=answers, now=now)
    seen = page.preview
    if seen.compared_with != compared_with:
        raise RosterChangedError
    if seen.to_check or (seen.refused and not accept_refused):
        raise UndecidedError
    _write(session, waiting.training_id, seen, secret, now)
    outcome = _outcome(seen)
    detail = {
        "berkas": page.upload.filename,
        "ditambah": outcome.added,
        "diperbarui": outcome.updated,
        "tetap": outcome.kept,
        "dilewati": outcome.left_out,
    }
    subject = str(waiting.training_id)
    record(session, at=now, actor=actor, action="peserta.impor", subject=subject, detail=detail)
    session.commit()
    discard(waiting.data, waiting.key)
    return outcome


def _outcome(seen: Preview) -> Outcome:
    added, updated = seen.count(ADD), seen.count(UPDATE)
    return Outcome(added, updated, len(seen.ready) - added - updated, len(seen.refused) + len(seen.left_out))


def _write(session: Session, training_id: uuid.UUID, seen: Preview, secret: bytes, now: datetime) -> None:
    registrar = Registrar(session, training_id=training_id, secret=secret, now=now)
    for line in seen.ready:
        if line.action == ADD and line.participant:
            registrar.enrol(line.participant)
        elif line.action == UPDATE:
            _update(session, training_id, line)
    registrar.write()


def _update(session: Session, training_id: uuid.UUID, line: Line) -> None:
    """Write what the file says about somebody; an empty decree or note leaves what is known."""
    if line.known is None:
        return
    enrolment = enrolment_row(session, training_id, uuid.UUID(line.known.id))
    enrolment.withdrawn_at = None
    put(enrolment, session.get_one(Person, enrolment.person_id), line.merged())
