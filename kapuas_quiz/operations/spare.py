"""What staff do about the spare: choose a folder, let a laptop pair, release it."""

from __future__ import annotations

import os
import string
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.operations.backup import engine_of
from kapuas_quiz.operations.spare_files import SECRET, read_json
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_pairing import OFFER, Offer, make_offer
from kapuas_quiz.operations.spare_state import Attached, Kind, attach, read_attached, release
from kapuas_quiz.operations.tenure import stored_epoch


class UnusableFolderError(Exception):
    """No copy can be kept in that folder."""


class OccupiedFolderError(UnusableFolderError):
    """The folder holds a copy of other data, or one from which another laptop took over."""


def choose_folder(session: Session, *, data: Path, folder: str, actor: Actor, now: datetime) -> None:
    """Copy into this folder from now on; raise UnusableFolderError when that cannot be."""
    database = Path(engine_of(session).url.database or "")
    attached = attach_folder(data, Path(folder).expanduser(), database=database)
    _record(session, actor, now, "cadangan.pasang", tempat=attached.where)


def attach_folder(data: Path, folder: Path, *, database: Path) -> Attached:
    """Attach a folder, unless it is attached already.

    Raises UnusableFolderError: not there, not writable, or where the database itself lives;
    OccupiedFolderError: it holds what must not be written over, or would retire this laptop.
    """
    if not folder.is_absolute() or not folder.is_dir() or database.parent.resolve() == folder.resolve():
        raise UnusableFolderError(str(folder))
    place, present = CopyFolder(folder), read_attached(data)
    if (present is None or present.identity != place.identity()) and _is_anothers(place, data, database):
        raise OccupiedFolderError(str(place.place))
    try:
        identity = place.claim()
    except OSError as error:
        raise UnusableFolderError(str(folder)) from error
    since = datetime.now(UTC).isoformat(timespec="seconds")
    attached = Attached(Kind.FOLDER, str(place.place), identity, since)
    if present is None or replace(present, since=since) != attached:
        attach(data, attached)
    return attached


def _is_anothers(place: CopyFolder, data: Path, database: Path) -> bool:
    """Tell whether a folder holds a copy of another installation, or of a later tenure of this one."""
    secrets = [read_json(folder / SECRET) for folder in (place.place, data)]
    epochs = [place.promoted(), *(seal.epoch for seal in place.seals().values())]
    return (None not in secrets and secrets[0] != secrets[1]) or max(epochs) > stored_epoch(database)


def offer_pairing(session: Session, *, data: Path, actor: Actor, now: datetime) -> Offer:
    """Show a code with which one laptop may become the spare."""
    offer = make_offer(data, now=now)
    _record(session, actor, now, "cadangan.sandi")
    return offer


def release_spare(session: Session, *, data: Path, actor: Actor, now: datetime) -> None:
    """Go on without a spare: phones hear 'received' again as soon as this laptop has an answer."""
    attached = read_attached(data)
    release(data)
    (data / OFFER).unlink(missing_ok=True)
    if attached is not None:
        _record(session, actor, now, "cadangan.lepas", tempat=attached.where)


def removable_places() -> list[str]:
    """List folders that look like memory sticks."""
    if sys.platform == "win32":
        return [f"{letter}:\\" for letter in string.ascii_uppercase[3:] if Path(f"{letter}:\\").is_dir()]
    roots = [Path("/Volumes")] if sys.platform == "darwin" else [Path("/run/media"), Path("/media")]
    found = [path for root in roots if root.is_dir() for path in (*root.glob("*"), *root.glob("*/*"))]
    return sorted(str(path) for path in found if path.is_dir() and os.path.ismount(path))


def _record(session: Session, actor: Actor, now: datetime, action: str, **detail: str) -> None:
    record(session, at=now, actor=actor, action=action, subject="instalasi", detail=detail)
    session.commit()
