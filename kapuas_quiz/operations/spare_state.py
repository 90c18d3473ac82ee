"""What the data folder remembers about the spare: which one, how far the copy is, how it stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from kapuas_quiz.delivery.copies import FILE as MARK_FILE
from kapuas_quiz.delivery.copies import copied_up_to
from kapuas_quiz.operations.spare_files import read_json, write_json

ATTACHED = "laptop-cadangan.json"
PROGRESS = "laptop-cadangan-keadaan.json"
STALE = timedelta(seconds=10)


class Kind(StrEnum):
    """Where the copy goes."""

    FOLDER = "folder"
    LAPTOP = "laptop"


@dataclass(frozen=True)
class Attached:
    """The one spare of this laptop.

    identity: of the copy's folder, so that an empty folder of the same name is not taken for it.
    key: hexadecimal, shared with a spare laptop alone.  host: where that laptop was last seen.
    """

    kind: Kind
    where: str
    identity: str
    since: str
    key: str = ""
    host: str = ""


@dataclass(frozen=True)
class Progress:
    """What the copying process last said; moments are seconds since 1970.

    confirmed: when the spare last proved to hold everything.  fault: why not since then, '' if nothing is
    wrong.  seconds, sent: what the last copy took, and how many bytes of it went to the spare.
    """

    beat: float
    confirmed: float | None = None
    fault: str = ""
    mark: int = 0
    size: int = 0
    seconds: float = 0.0
    sent: int = 0
    same_disk: bool = False


class Standing(StrEnum):
    """How the spare stands, for a person."""

    NONE = "tidak-ada"
    FIRST = "pertama"
    READY = "siap"
    STOPPED = "terhenti"


@dataclass(frozen=True)
class SpareState:
    """How the spare stands; since: when it was last known to hold everything, None if never."""

    standing: Standing
    attached: Attached | None = None
    since: datetime | None = None
    fault: str = ""
    progress: Progress | None = None


def read_attached(data: Path) -> Attached | None:
    """Return the spare that somebody chose; None if there is none."""
    content = read_json(data / ATTACHED)
    try:
        return Attached(**{**content, "kind": Kind(content["kind"])}) if content else None
    except (TypeError, KeyError, ValueError):
        return None


def attach(data: Path, attached: Attached) -> None:
    """Choose the spare; from now on nothing counts as safe until it is on it."""
    write_json(data / ATTACHED, asdict(attached))
    write_mark(data, 0, where=attached.where, now=datetime.now(UTC), synced=True)


def replace_attached(data: Path, attached: Attached) -> None:
    """Remember something new about the spare that is attached already."""
    write_json(data / ATTACHED, asdict(attached))


def release(data: Path) -> None:
    """Forget the spare: from now on an answer is received when this laptop has it."""
    for name in (ATTACHED, MARK_FILE, PROGRESS):
        (data / name).unlink(missing_ok=True)


def write_mark(data: Path, mark: int, *, where: str, now: datetime, synced: bool = False) -> None:
    """Tell delivery how far the confirmed copy reaches.

    synced: only for the first one; a power cut that brings back an older mark promises less, not more.
    """
    content = {"mark": mark, "at": now.isoformat(timespec="seconds"), "where": where}
    write_json(data / MARK_FILE, content, synced=synced)


def bound_mark(data: Path, top: int) -> None:
    """Lower the mark to the newest entry that this database has: it may be an older one, put back."""
    mark = copied_up_to(data)
    attached = read_attached(data)
    if attached is None:
        (data / MARK_FILE).unlink(missing_ok=True)
    elif mark is None or mark > top:
        write_mark(data, min(mark or 0, top), where=attached.where, now=datetime.now(UTC), synced=True)


def read_progress(data: Path) -> Progress | None:
    """Return what the copying process last said; None if it never did."""
    content = read_json(data / PROGRESS)
    try:
        return Progress(**content) if content else None
    except TypeError:
        return None


def write_progress(data: Path, progress: Progress) -> None:
    """Say how the copying goes."""
    write_json(data / PROGRESS, asdict(progress), synced=False)


def spare_state(data: Path, *, now: datetime) -> SpareState:
    """Judge how the spare stands; a copying process that says nothing has stopped."""
    attached = read_attached(data)
    if attached is None:
        return SpareState(Standing.NONE)
    progress = read_progress(data)
    if progress is None:
        return SpareState(Standing.FIRST, attached)
    confirmed = progress.confirmed
    since = datetime.fromtimestamp(confirmed, UTC) if confirmed else None
    patience = max(STALE, timedelta(seconds=3 * progress.seconds))
    if now - datetime.fromtimestamp(progress.beat, UTC) > patience:
        return SpareState(Standing.STOPPED, attached, since, progress.fault or "penyalin", progress)
    if since is None:
        return SpareState(
            Standing.STOPPED if progress.fault else Standing.FIRST, attached, None, progress.fault, progress
        )
    stopped = now - since > patience
    return SpareState(
        Standing.STOPPED if stopped else Standing.READY, attached, since, progress.fault, progress
    )
