"""What speaks against taking over from a copy."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from kapuas_quiz.operations.backup import ZONE
from kapuas_quiz.operations.spare_copy import FoundCopy
from kapuas_quiz.operations.spare_files import SECRET, read_json
from kapuas_quiz.operations.spare_guard import elsewhere, printed_addresses
from kapuas_quiz.operations.spare_guest import KEPT
from kapuas_quiz.operations.tenure import ask_epoch, read_only
from kapuas_quiz.settings import Secrets, Settings

OLD = timedelta(minutes=10)
AHEAD = timedelta(minutes=2)


def doubts(settings: Settings, database: Path, copy: FoundCopy, *, now: datetime) -> list[tuple[str, str]]:
    """Name what speaks against taking over, each with a place: nobody does so without being asked."""
    found = [("hidup", where) for where in _alive(copy)]
    if now - copy.seen > OLD:
        found.append(("lama", _written(copy.seen)))
    if copy.seen - now > AHEAD:
        found.append(("jam", _written(copy.seen)))
    if copy.promoted > copy.seal.epoch:
        found.append(("diambil", _taken_at(copy)))
    if database.is_file() and _holds_people(database):
        if not _same_secret(settings, copy):
            found.append(("lain", str(database)))
        elif _is_newer(_acts(database), _acts(copy.database, immutable=True)):
            found.append(("lebih-baru", str(database)))
    return found


def _alive(copy: FoundCopy) -> list[str]:
    content = json.loads((copy.folder.place / SECRET).read_text(encoding="utf-8"))
    secrets = Secrets(bytes.fromhex(content["master"]))
    printed = printed_addresses(copy.database, day=copy.seen.date(), immutable=True)
    paired = read_json(copy.folder.place / KEPT) or {}
    addresses = elsewhere({*printed, str(paired.get("address", ""))} - {""})
    return [one for one in addresses if ask_epoch(secrets, one) is not None]


def _taken_at(copy: FoundCopy) -> str:
    content = read_json(copy.folder.place / "masa.json") or {}
    with suppress(ValueError, KeyError):
        return _written(datetime.fromisoformat(content["at"]))
    return "-"


def _written(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%d-%m-%Y %H.%M} WIB"


def _same_secret(settings: Settings, copy: FoundCopy) -> bool:
    try:
        return (settings.data / SECRET).read_bytes() == (copy.folder.place / SECRET).read_bytes()
    except OSError:
        return False


def _holds_people(database: Path) -> bool:
    question = "SELECT EXISTS (SELECT 1 FROM staff) OR EXISTS (SELECT 1 FROM enrolment)"
    try:
        with closing(read_only(database)) as found:
            return bool(found.execute(question).fetchone()[0])
    except sqlite3.OperationalError:
        return False
    except sqlite3.Error:
        return True


def _acts(database: Path, *, immutable: bool = False) -> tuple[int, int]:
    """Count answers and acts, which only grow."""
    question = (
        "SELECT (SELECT coalesce(max(rowid), 0) FROM response_event), "
        "(SELECT coalesce(max(number), 0) FROM audit_event)"
    )
    with closing(read_only(database, immutable=immutable)) as found:
        answers, acts = found.execute(question).fetchone()
    return answers, acts


def _is_newer(here: tuple[int, int], there: tuple[int, int]) -> bool:
    return any(own > other for own, other in zip(here, there, strict=True))
