"""A laptop whose database is copied, without a server: a journal that grows, and the copying process."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from kapuas_quiz.delivery.copies import copied_up_to
from kapuas_quiz.operations.spare import attach_folder
from kapuas_quiz.operations.spare_copier import Copier
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_state import read_progress
from kapuas_quiz.settings import Settings, load_settings

TABLES = """
PRAGMA journal_mode=WAL;
CREATE TABLE response_event (attempt_id BLOB, device TEXT, seq INTEGER, answer TEXT,
    PRIMARY KEY (attempt_id, device, seq));
CREATE TABLE installation_note (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE training (address TEXT, ends_on TEXT);
CREATE TABLE staff (id TEXT);
CREATE TABLE enrolment (id TEXT);
CREATE TABLE audit_event (number INTEGER);
"""


class SmallLaptop:
    """One installation in a folder, with a bank of one file."""

    def __init__(self, place: Path, port: int = 8250) -> None:
        self.data, self.banks = place / "data", place / "bank"
        (self.banks / "gambar").mkdir(parents=True)
        (self.banks / "01.yaml").write_text("soal: satu\n", encoding="utf-8")
        (self.banks / "gambar" / "surat.png").write_bytes(b"\x89PNG")
        self.settings: Settings = load_settings(
            {"KAPUAS_DATA": str(self.data), "KAPUAS_BANKS": str(self.banks), "KAPUAS_PORT": str(port)}
        )
        self.database = self.data / "kapuas.sqlite3"
        self.connection = sqlite3.connect(self.database)
        self.connection.executescript(TABLES)
        self.seq = 0

    def answer(self, times: int = 1) -> None:
        """Store answers, each in a transaction of its own."""
        for _ in range(times):
            self.seq += 1
            row = (b"a" * 16, "hp-nila-0001", self.seq, '"b"')
            self.connection.execute("INSERT INTO response_event VALUES (?, ?, ?, ?)", row)
            self.connection.commit()

    def attach(self, folder: Path) -> CopyFolder:
        """Choose a folder for the copy, as an operator does."""
        folder.mkdir(exist_ok=True)
        return CopyFolder(Path(attach_folder(self.data, folder, database=self.database).where))

    def copier(self) -> Copier:
        return Copier(self.settings, self.database)

    @property
    def mark(self) -> int | None:
        return copied_up_to(self.data)

    @property
    def fault(self) -> str | None:
        """What the copying process last said; None before its first word, which follows its first mark."""
        progress = read_progress(self.data)
        return progress and progress.fault


def answers_in(database: Path) -> int:
    """Count the answers in a copy without touching it."""
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return int(connection.execute("SELECT count(*) FROM response_event").fetchone()[0])
    finally:
        connection.close()


def spoil(path: Path, at: int) -> None:
    """Change one byte of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 0xFF]))
        os.fsync(file.fileno())
