"""Keep what was read from a file between its upload and its confirmation: few, a day long, by random keys."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = "unggahan"
AT_MOST = 20
FOR_HOURS = 24
KEY = re.compile(r"\d{10,12}-[0-9a-f]{32}")


class UploadGoneError(Exception):
    """The upload was imported already, is older than a day, or never was."""


def keep(data: Path, *, owner: str, content: Mapping[str, Any], now: datetime) -> str:
    """Store JSON values under a new random key and return the key; old ones are cleaned away."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    key = f"{int(now.timestamp())}-{secrets.token_hex(16)}"
    text = json.dumps({"owner": owner, **content})
    (folder / f"{key}.json").write_text(text, encoding="utf-8")
    _clean(folder, now)
    return key


def recall(data: Path, *, owner: str, key: str, now: datetime) -> dict[str, Any]:
    """Return what was kept under a key for this owner.

    Raises UploadGoneError.
    """
    path = data / FOLDER / f"{key}.json"
    if not KEY.fullmatch(key) or _is_old(key, now) or not path.exists():
        raise UploadGoneError(key)
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if content.get("owner") != owner:
        raise UploadGoneError(key)
    return content


def discard(data: Path, key: str) -> None:
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
