"""Keep the read table of a roster between its upload and its confirmation; private columns never get here."""

from __future__ import annotations

import json
import re
import secrets
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kapuas_quiz.core.tables import Row, Table

FOLDER = "unggahan"
AT_MOST = 20
FOR_HOURS = 24
KEY = re.compile(r"\d{10,12}-[0-9a-f]{32}")


class UploadGoneError(Exception):
    """The upload was imported already, is older than a day, or never was."""


@dataclass(frozen=True)
class Upload:
    """A table that waits for confirmation."""

    key: str
    filename: str
    table: Table


def keep_upload(data: Path, *, training_id: uuid.UUID, filename: str, table: Table, now: datetime) -> str:
    """Store a table under a new random key and return the key; old ones are cleaned away."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    key = f"{int(now.timestamp())}-{secrets.token_hex(16)}"
    content = {"training": str(training_id), "filename": filename[:120], "table": asdict(table)}
    (folder / f"{key}.json").write_text(json.dumps(content), encoding="utf-8")
    _clean(folder, now)
    return key


def load_upload(data: Path, *, training_id: uuid.UUID, key: str, now: datetime) -> Upload:
    """Return what was kept under a key for this training.

    Raises UploadGoneError.
    """
    path = data / FOLDER / f"{key}.json"
    if not KEY.fullmatch(key) or _is_old(key, now) or not path.exists():
        raise UploadGoneError(key)
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["training"] != str(training_id):
        raise UploadGoneError(key)
    table = content["table"]
    rows = tuple(Row(**row) for row in table["rows"])
    return Upload(key, content["filename"], Table(rows, tuple(table["ignored"]), tuple(table["private"])))


def discard_upload(data: Path, key: str) -> None:
    """Forget an upload."""
    if KEY.fullmatch(key):
        (data / FOLDER / f"{key}.json").unlink(missing_ok=True)


def _is_old(key: str, now: datetime) -> bool:
    return now.timestamp() - int(key.partition("-")[0]) > timedelta(hours=FOR_HOURS).total_seconds()


def _clean(folder: Path, now: datetime) -> None:
    kept = sorted((path for path in folder.glob("*.json") if KEY.fullmatch(path.stem)), reverse=True)
    for number, path in enumerate(kept):
        if number >= AT_MOST or _is_old(path.stem, now):
            path.unlink(missing_ok=True)
