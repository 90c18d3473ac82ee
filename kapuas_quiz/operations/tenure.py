"""Which laptop is the live one: each take-over begins a new tenure, and an older laptop gives way."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets as randomness
import sqlite3
import urllib.request
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.operations.models import Note
from kapuas_quiz.operations.spare_files import read_json, write_json
from kapuas_quiz.settings import Secrets

NOTE = "masa"
REPLACED = "digantikan.json"
QUESTION = "/cadangan/masa"
TIMEOUT = 2.0
straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks the other laptop itself; the proxy that an office's laptop is set to does not know the hall."""


def database_file(database_url: str) -> Path | None:
    """Return the SQLite file; None for another kind of database."""
    url = make_url(database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def read_only(database: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Open a database without changing it; immutable: nobody writes it, and nothing is put beside it."""
    address = f"{database.absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"
    return sqlite3.connect(address, uri=True, timeout=10)


def stored_epoch(database: Path | None) -> int:
    """Return the tenure of an installation, 1 where nobody took over yet; nothing is created."""
    if database is None or not database.is_file():
        return 1
    try:
        with closing(read_only(database)) as found:
            row = found.execute("SELECT value FROM installation_note WHERE name = ?", (NOTE,)).fetchone()
    except sqlite3.Error:
        return 1
    return int(row[0]) if row else 1


def begin_tenure(session: Session, *, epoch: int, detail: dict[str, str | int], now: datetime) -> None:
    """Make this the live laptop from now on."""
    session.merge(Note(name=NOTE, value=str(epoch), at=now))
    record(
        session,
        at=now,
        actor=SYSTEM,
        action="cadangan.ambil-alih",
        subject="instalasi",
        detail={"masa": epoch, **detail},
    )
    session.commit()


def proof(secrets: Secrets, question: str, epoch: int) -> str:
    """Sign a tenure, so that nobody else in the hall can send a laptop into retirement."""
    text = f"{question}|{epoch}".encode()
    return hmac.new(secrets.derive("masa-tugas"), text, hashlib.sha256).hexdigest()


def ask_epoch(secrets: Secrets, address: str) -> int | None:
    """Ask the laptop at an address for its tenure; None when none of this installation answers."""
    question = randomness.token_hex(16)
    try:
        with straight.open(f"{address}{QUESTION}?tanya={question}", timeout=TIMEOUT) as answer:
            content = json.loads(answer.read(1000))
            epoch, signature = int(content["masa"]), str(content["tanda"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return epoch if hmac.compare_digest(signature, proof(secrets, question, epoch)) else None


def newest_tenure(secrets: Secrets, addresses: Iterable[str]) -> int:
    """Return the highest tenure that answers at these addresses, 0 when none does."""
    return max((ask_epoch(secrets, address) or 0 for address in addresses), default=0)


def note_replaced(data: Path, epoch: int) -> None:
    """Remember that a laptop of a later tenure is live."""
    if replaced_by(data) < epoch:
        write_json(data / REPLACED, {"masa": epoch})


def replaced_by(data: Path) -> int:
    """Return the tenure of the laptop that replaced this one as far as is known, 0 if none."""
    content = read_json(data / REPLACED)
    epoch = content.get("masa") if content else None
    return epoch if isinstance(epoch, int) else 0
