"""A small file per room that changes when something is done to the room; phones ask for it often.

The web server hands it out by itself where it can, so that asking costs no Python.
"""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path

FOLDER = "kabar"
ADDRESS = "/t/kabar"

_present: set[Path] = set()


def news_address(sitting_id: uuid.UUID) -> str:
    """Return where phones ask for news of a room."""
    return f"{ADDRESS}/{sitting_id.hex}.txt"


def news_folder(data: Path) -> Path:
    """Return the folder of the files, made when it is missing."""
    folder = data / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def news_file(data: Path, sitting_id: uuid.UUID) -> Path:
    """Return the file of a room, written when it is missing."""
    path = data / FOLDER / f"{sitting_id.hex}.txt"
    if path not in _present:
        news_folder(data)
        if not path.exists():
            _write(path)
        _present.add(path)
    return path


def tell(data: Path, sitting_id: uuid.UUID) -> None:
    """Let the phones of a room know that something was done to it."""
    news_folder(data)
    _write(data / FOLDER / f"{sitting_id.hex}.txt")


def _write(path: Path) -> None:
    part = path.with_name(f"{path.stem}.{secrets.token_hex(4)}")
    part.write_text(secrets.token_hex(4), encoding="ascii")
    part.replace(path)
