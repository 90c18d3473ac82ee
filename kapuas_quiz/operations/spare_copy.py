"""A copy that somebody wants to take over from: the newest whole one, looked through."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kapuas_quiz.operations.schema import known_shapes
from kapuas_quiz.operations.spare_files import SECRET
from kapuas_quiz.operations.spare_folder import CopyFolder, Seal
from kapuas_quiz.operations.spare_image import top_entry
from kapuas_quiz.operations.tenure import read_only
from kapuas_quiz.settings import ROOT


class CopyError(Exception):
    """There is nothing to take over from; `code` says why: 'kosong', 'rusak', 'rahasia', 'versi'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class FoundCopy:
    """A whole copy.

    promoted: the tenure to which somebody took over from it already, 0 if nobody did.
    seen: when it was last known to hold everything, by the clock of the laptop that wrote it.
    """

    folder: CopyFolder
    slot: int
    seal: Seal
    promoted: int
    seen: datetime

    @property
    def database(self) -> Path:
        return self.folder.database(self.slot)


def find_copy(folder: CopyFolder) -> FoundCopy:
    """Return the newest whole copy in a folder; raise CopyError when there is none."""
    newest_first = folder.newest_first()
    if not newest_first:
        raise CopyError("kosong")
    for slot, seal in newest_first:
        if folder.is_whole(slot, seal) and reads_well(folder.database(slot), seal):
            if SECRET in folder.lacks(seal) or SECRET not in seal.files:
                raise CopyError("rahasia")
            if made_by_newer(folder.database(slot)):
                raise CopyError("versi")
            made = datetime.fromisoformat(seal.at)
            beaten = folder.beaten() if slot == newest_first[0][0] else None
            return FoundCopy(folder, slot, seal, folder.promoted(), max(made, beaten or made))
    raise CopyError("rusak")


def made_by_newer(database: Path) -> bool:
    """Tell whether the version of kapuas_quiz here is too old for a copy."""
    try:
        with closing(read_only(database, immutable=True)) as found:
            shapes = [row[0] for row in found.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.Error:
        return False
    return not known_shapes(ROOT / "kapuas_quiz" / "migrations").issuperset(shapes)


def reads_well(database: Path, seal: Seal) -> bool:
    """Let SQLite look through the file, without writing anything beside it."""
    try:
        with closing(read_only(database, immutable=True)) as found:
            sound = found.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return sound and top_entry(found) == seal.mark
    except sqlite3.Error:
        return False
