"""The copy on a spare: two database files that take turns, each with a seal, and what belongs to them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kapuas_quiz.operations.spare_files import SECRET, content_digest, read_json, write_json, write_synced
from kapuas_quiz.operations.spare_image import PAGE, file_digest

PLACE = "kapuas-cadangan"
SLOTS = (0, 1)


class GoneError(Exception):
    """The folder is not there any more, or is another one than before."""


@dataclass(frozen=True)
class Seal:
    """What a database file of the copy must be to count: written after it, and only then.

    number: 1, 2, 3 ... over both files.  mark: highest row number of the journal.  at: ISO 8601, UTC.
    epoch: the tenure of the laptop that wrote it.  port: the one on which it served.
    files: digest of each file beside the database.
    """

    number: int
    mark: int
    at: str
    size: int
    digest: str
    epoch: int
    port: int
    files: dict[str, str]


class CopyFolder:
    """One folder `kapuas-cadangan` on a memory stick or on the spare laptop."""

    def __init__(self, place: Path) -> None:
        """Stand for the folder `place`, or for the one of the usual name inside it."""
        self.place = place if place.name == PLACE else place / PLACE

    def claim(self) -> str:
        """Make the folder if need be and return its identity, which no other folder has."""
        known = self.identity()
        if known is None:
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            known = secrets.token_hex(8)
            write_json(self.place / "pasangan.json", {"id": known})
        return known

    def identity(self) -> str | None:
        """Return the identity; None where there is no copy's folder."""
        content = read_json(self.place / "pasangan.json")
        return str(content["id"]) if content and "id" in content else None

    def require(self, identity: str) -> None:
        """Raise GoneError unless this is the folder that was claimed: an empty mount point is not."""
        if self.identity() != identity:
            raise GoneError

    def database(self, slot: int) -> Path:
        return self.place / f"salinan-{slot + 1}.sqlite3"

    def write_pages(self, slot: int, size: int, pages: Iterable[tuple[int, bytes]]) -> None:
        """Change pages of a database file and bring it to the disk; its seal does not fit until the next."""
        path = self.database(slot)
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            for number, page in pages:
                file.seek(number * PAGE)
                file.write(page)
            file.truncate(size)
            file.flush()
            os.fsync(file.fileno())

    def seal(self, slot: int, seal: Seal) -> None:
        """Declare a database file whole."""
        write_json(self._seal(slot), asdict(seal))

    def seals(self) -> dict[int, Seal]:
        """Return the seals that can be read, of whole files or not."""
        found = {slot: read_seal(read_json(self._seal(slot))) for slot in SLOTS}
        return {slot: seal for slot, seal in found.items() if seal is not None}

    def is_whole(self, slot: int, seal: Seal) -> bool:
        """Tell whether a database file is what its seal says, byte by byte."""
        path = self.database(slot)
        try:
            return path.stat().st_size == seal.size and file_digest(path) == seal.digest
        except OSError:
            return False

    def newest_whole(self) -> tuple[int, Seal] | None:
        """Return the newest database file that is whole, with its seal; None when neither is."""
        return next((one for one in self.newest_first() if self.is_whole(*one)), None)

    def newest_first(self) -> list[tuple[int, Seal]]:
        """Return the seals with their files, whole or not; a clock that was put back makes nothing older."""
        return sorted(
            self.seals().items(), key=lambda one: (one[1].epoch, one[1].mark, one[1].number), reverse=True
        )

    def write_file(self, name: str, content: bytes) -> None:
        """Keep a file that belongs to the copy."""
        write_synced(self.place / name, content)

    def lacks(self, seal: Seal) -> list[str]:
        """Name the files beside the database that are missing or differ from the seal, the secret first."""
        differing = [name for name, digest in seal.files.items() if self._digest(name) != digest]
        return sorted(differing, key=lambda name: (name != SECRET, name))

    def beat(self, at: datetime) -> None:
        """Write that the copy still holds everything, so that a stick that was pulled out is noticed, too."""
        write_json(self.place / "denyut", {"at": at.isoformat(timespec="seconds")})

    def beaten(self) -> datetime | None:
        """Return when the copy was last known to hold everything, by the clock of who wrote it."""
        return read_moment(read_json(self.place / "denyut"))

    def promoted(self) -> int:
        """Return the tenure to which this copy was promoted, 0 if it never was."""
        content = read_json(self.place / "masa.json")
        epoch = content.get("epoch") if content else None
        return epoch if isinstance(epoch, int) else 0

    def note_promotion(self, content: Mapping[str, Any]) -> None:
        """Leave the mark by which the laptop before knows that it has been replaced."""
        write_json(self.place / "masa.json", content)

    def _seal(self, slot: int) -> Path:
        return self.place / f"salinan-{slot + 1}.json"

    def _digest(self, name: str) -> str | None:
        try:
            return content_digest((self.place / name).read_bytes())
        except OSError:
            return None


def read_moment(content: Mapping[str, Any] | None) -> datetime | None:
    """Read the moment of a message or file; None where there is none."""
    try:
        found = datetime.fromisoformat(content["at"]) if content else None
    except (KeyError, TypeError, ValueError):
        return None
    return found if found and found.tzinfo else None


def read_seal(content: Mapping[str, Any] | None) -> Seal | None:
    """Read a seal; None for anything else."""
    try:
        return Seal(**content) if content else None
    except TypeError:
        return None
