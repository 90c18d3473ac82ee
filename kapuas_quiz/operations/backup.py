"""Copies of the database that were read back before anybody relies on them."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor

KEPT = 20
ZONE = ZoneInfo("Asia/Pontianak")
STAMP = "kapuas-%Y%m%d-%H%M%S"
ENDINGS = (".sqlite3", ".dump")


class BackupError(Exception):
    """No backup was made; `code` says why: 'ruang', 'rusak', 'pg_dump', 'gagal'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Backup:
    """One verified copy; `size` in bytes."""

    name: str
    at: datetime
    size: int


def list_backups(data: Path) -> list[Backup]:
    """List the kept copies, newest first."""
    found = [path for path in _folder(data).glob("kapuas-*") if path.suffix in ENDINGS]
    return sorted((_describe(path) for path in found), key=lambda one: one.name, reverse=True)


def make_backup(session: Session, *, data: Path, actor: Actor, now: datetime) -> Backup:
    """Copy the whole database, verify the copy, and drop all but the newest twenty.

    Asked twice within one second it makes one copy.  Raises BackupError.
    """
    made = copy_database(engine_of(session), data=data, now=now)
    record(
        session, at=now, actor=actor, action="cadangan.buat", subject=made.name, detail={"byte": made.size}
    )
    session.commit()
    return made


def engine_of(session: Session) -> Engine:
    """Return the engine behind a session."""
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def copy_database(engine: Engine, *, data: Path, now: datetime) -> Backup:
    """Write a verified copy into the backup folder, beside it the installation's secret."""
    folder = _folder(data)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sqlite = engine.dialect.name == "sqlite"
    target = folder / (now.astimezone(ZONE).strftime(STAMP) + (".sqlite3" if sqlite else ".dump"))
    if not target.exists():
        part = target.with_suffix(".sebagian")
        part.unlink(missing_ok=True)
        try:
            _copy_sqlite(engine.url, part) if sqlite else _dump_postgresql(engine.url, part)
            _settle(part, target)
        finally:
            part.unlink(missing_ok=True)
    _keep_secret(data, folder)
    for old in list_backups(data)[KEPT:]:
        (folder / old.name).unlink()
    return _describe(target)


def _copy_sqlite(url: URL, part: Path) -> None:
    source = Path(url.database or "")
    if shutil.disk_usage(part.parent).free < 2 * source.stat().st_size:
        raise BackupError("ruang")
    try:
        with closing(sqlite3.connect(source, timeout=10)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as problem:
        raise BackupError("gagal") from problem
    if verdict != "ok":
        raise BackupError("rusak")


def _dump_postgresql(url: URL, part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupError("pg_dump")
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    done = subprocess.run(
        [program, "--format=custom", f"--file={part}", f"--dbname={address}"],
        env={**environment, "LC_ALL": "C"},
        capture_output=True,
    )
    if done.returncode:
        older = b"server version mismatch" in done.stderr
        raise BackupError("pg_dump" if older else "gagal")


def _settle(part: Path, target: Path) -> None:
    """Rename the finished copy only after it is on the disk."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.chmod(0o600)
    part.replace(target)
    if os.name != "nt":
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _keep_secret(data: Path, folder: Path) -> None:
    """Without its secret a restored database could not recognise the badges it printed.

    A differing secret kept earlier belongs to earlier copies; it moves to a name made from its content.
    """
    secret, kept = data / "rahasia.json", folder / "rahasia.json"
    if not secret.exists():
        return
    part = kept.with_suffix(".sebagian")
    shutil.copy(secret, part)
    if kept.exists() and kept.read_bytes() != part.read_bytes():
        name = hashlib.sha256(kept.read_bytes()).hexdigest()[:8]
        kept.replace(folder / f"rahasia-{name}.json")
    _settle(part, kept)


def _folder(data: Path) -> Path:
    return data / "cadangan"


def _describe(path: Path) -> Backup:
    at = datetime.strptime(path.stem, STAMP).replace(tzinfo=ZONE)
    return Backup(path.name, at, path.stat().st_size)
