"""A copy that somebody wants to take over from: the newest whole one, looked through."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kapuas_quiz.operations.spare_files import SECRET
from kapuas_quiz.operations.spare_folder import CopyFolder, Seal
from kapuas_quiz.operations.spare_image import top_entry
from kapuas_quiz.operations.tenure import read_only


class CopyError(Exception):
    """There is nothing to take over from; `code` says why: 'kosong', 'rusak', 'rahasia'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class FoundCopy:
    """A whole copy; promoted: the tenure to which somebody took over from it already, 0 if nobody did."""

    folder: CopyFolder
    slot: int
    seal: Seal
    promoted: int

    @property
    def database(self) -> Path:
        return self.folder.database(self.slot)


def find_copy(folder: CopyFolder) -> FoundCopy:
    """Return the newest whole copy in a folder; raise CopyError when there is none."""
    seals = folder.seals()
    if not seals:
        raise CopyError("kosong")
    newest_first = sorted(seals.items(), key=lambda one: one[1].number, reverse=True)
    for slot, seal in newest_first:
        if folder.is_whole(slot, seal) and reads_well(folder.database(slot), seal):
            if SECRET in folder.lacks(seal) or SECRET not in seal.files:
                raise CopyError("rahasia")
            return FoundCopy(folder, slot, seal, folder.promoted())
    raise CopyError("rusak")


def reads_well(database: Path, seal: Seal) -> bool:
    """Let SQLite look through the file, without writing anything beside it."""
    try:
        with closing(read_only(database, immutable=True)) as found:
            sound = found.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return sound and top_entry(found) == seal.mark
    except sqlite3.Error:
        return False
