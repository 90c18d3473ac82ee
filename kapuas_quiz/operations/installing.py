"""Putting a copy in the place of this laptop's data; what was there moves aside, nothing is deleted."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from kapuas_quiz.delivery.copies import FILE as MARK_FILE
from kapuas_quiz.operations.backup import ZONE
from kapuas_quiz.operations.spare_copy import CopyError, FoundCopy
from kapuas_quiz.operations.spare_files import BANKS, SECRET, sync_folder, write_synced
from kapuas_quiz.operations.spare_image import file_digest
from kapuas_quiz.operations.spare_pairing import DOOR, OFFER
from kapuas_quiz.operations.spare_state import ATTACHED, PROGRESS
from kapuas_quiz.operations.tenure import REPLACED
from kapuas_quiz.settings import Settings

BEFORE = "sebelum-ambil-alih-%Y%m%d-%H%M%S"
LEFT_BEHIND = (SECRET, MARK_FILE, ATTACHED, PROGRESS, OFFER, DOOR, REPLACED, "penyiapan")


def install_copy(settings: Settings, database: Path, copy: FoundCopy, *, now: datetime) -> Path | None:
    """Put the copy in place and return the folder with what was there before, None if there was nothing.

    Raises CopyError when what arrived on this disk is not what the copy holds; nothing was changed then.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    arrived = database.with_suffix(".sebagian")
    shutil.copyfile(copy.database, arrived)
    with arrived.open("rb+") as file:
        os.fsync(file.fileno())
    if file_digest(arrived) != copy.seal.digest:
        arrived.unlink()
        raise CopyError("rusak")
    arrived.chmod(0o600)
    aside = settings.data / now.astimezone(ZONE).strftime(BEFORE)
    for path in _in_the_way(settings.data, database):
        _move_aside(path, aside)
    write_synced(settings.data / SECRET, (copy.folder.place / SECRET).read_bytes())
    arrived.replace(database)
    _install_banks(settings.banks, copy, aside / BANKS)
    sync_folder(settings.data)
    return aside if aside.exists() else None


def _in_the_way(data: Path, database: Path) -> list[Path]:
    beside = [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm")]
    return [path for path in (*beside, *(data / name for name in LEFT_BEHIND)) if path.exists()]


def _move_aside(path: Path, aside: Path) -> None:
    aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.replace(aside / path.name)


def _install_banks(banks: Path, copy: FoundCopy, aside: Path) -> None:
    """Make the folder of banks what it was there; an older file here would change the questions."""
    names = {name.partition("/")[2] for name in copy.seal.files if name.startswith(f"{BANKS}/")}
    for path in [path for path in banks.rglob("*.yaml") if path.relative_to(banks).as_posix() not in names]:
        _move_aside(path, (aside / path.relative_to(banks)).parent)
    for name in sorted(names):
        source, target = copy.folder.place / BANKS / name, banks / name
        if not source.exists() or (target.exists() and target.read_bytes() == source.read_bytes()):
            continue
        if target.exists():
            _move_aside(target, (aside / name).parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
