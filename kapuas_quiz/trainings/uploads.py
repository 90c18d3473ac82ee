"""A roster's table waits for confirmation; private columns never get here."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from kapuas_quiz.core.tables import Row, Table
from kapuas_quiz.spreadsheets import waiting


@dataclass(frozen=True)
class Upload:
    """A table that waits for confirmation."""

    key: str
    filename: str
    table: Table


def keep_upload(data: Path, *, training_id: uuid.UUID, filename: str, table: Table, now: datetime) -> str:
    """Store a table under a new random key and return the key."""
    content = {"filename": filename[:120], "table": asdict(table)}
    return waiting.keep(data, owner=str(training_id), content=content, now=now)


def load_upload(data: Path, *, training_id: uuid.UUID, key: str, now: datetime) -> Upload:
    """Return what was kept under a key for this training.

    Raises UploadGoneError.
    """
    content = waiting.recall(data, owner=str(training_id), key=key, now=now)
    table = content["table"]
    rows = tuple(Row(**row) for row in table["rows"])
    return Upload(key, content["filename"], Table(rows, tuple(table["ignored"]), tuple(table["private"])))
