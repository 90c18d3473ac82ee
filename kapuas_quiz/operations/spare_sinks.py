"""Where a copy goes: what every place for it does alike, and the folder on a memory stick."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol

from kapuas_quiz.operations.spare_files import Beside, content_digest
from kapuas_quiz.operations.spare_folder import CopyFolder, GoneError, Seal
from kapuas_quiz.operations.spare_image import Image, changed_pages

BEAT_EVERY = 3.0
REREAD_EVERY = 60.0


class SinkError(Exception):
    """The spare does not have the newest copy; `code` says why: 'hilang', 'penuh', 'tulis', 'digantikan',
    'lebih-baru', 'sambungan'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sink(Protocol):
    """A place for copies."""

    sent: int

    def put(self, image: Image, beside: Beside, seal: Seal) -> None:
        """Bring a whole copy there and return when it is on that disk; raise SinkError otherwise."""

    def beat(self) -> None:
        """Make sure that the place is still there; raise SinkError otherwise."""


class Turns:
    """Which of the two database files is next, and what is known to be in each."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.next = 0
        self.known: dict[int, tuple[bytes, ...]] = {}

    def pages(self, image: Image) -> list[int]:
        """Number the pages that the next file lacks; until `done` nothing is known of that file."""
        return changed_pages(self.known.pop(self.next, None), image.digests)

    def done(self, image: Image) -> None:
        """Remember what was written, and turn to the other file."""
        self.known[self.next] = image.digests
        self.next = 1 - self.next


def changed_files(wanted: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """Name the files that the place does not have as they are now."""
    return [name for name, digest in wanted.items() if known.get(name) != digest]


class FolderSink:
    """A folder of this laptop, at best on a memory stick."""

    def __init__(self, folder: CopyFolder, identity: str, *, epoch: int) -> None:
        """Copy into the folder of this identity, as the laptop of this tenure."""
        self.folder, self.identity, self.epoch = folder, identity, epoch
        self.turns, self.files = Turns(), dict[str, str]()
        self.sent, self.last_beat, self.last_read = 0, 0.0, monotonic()

    def put(self, image: Image, beside: Beside, seal: Seal) -> None:
        try:
            self._check()
            slot = self._begin(image)
            self._put_files(beside, seal)
            self._put_database(slot, image, seal)
        except GoneError as error:
            raise SinkError("hilang") from error
        except OSError as error:
            raise SinkError(self._reason(error)) from error

    def _put_files(self, beside: Beside, seal: Seal) -> None:
        for name in changed_files(seal.files, self.files):
            content = beside.content(name)
            self.folder.write_file(name, content)
            self.files[name] = content_digest(content)

    def _put_database(self, slot: int, image: Image, seal: Seal) -> None:
        pages = self.turns.pages(image)
        self.folder.write_pages(slot, seal.size, ((n, image.page(n)) for n in pages))
        self.folder.seal(slot, seal)
        if monotonic() - self.last_read > REREAD_EVERY:
            self.last_read = monotonic()
            if not self.folder.is_whole(slot, seal):
                raise SinkError("tulis")
        self.turns.done(image)
        self.sent = sum(len(image.page(n)) for n in pages)
        self.last_beat = monotonic()

    def _begin(self, image: Image) -> int:
        """Choose the older file; a copy that holds more than this database is not written over."""
        if not self.turns.known:
            newest = self.folder.newest_whole()
            if newest and newest[1].mark > image.mark:
                raise SinkError("lebih-baru")
            self.turns.next = 1 - newest[0] if newest else 0
        return self.turns.next

    def beat(self) -> None:
        try:
            self._check()
            if monotonic() - self.last_beat > BEAT_EVERY:
                self.folder.beat(datetime.now(UTC))
                self.last_beat = monotonic()
        except GoneError as error:
            raise SinkError("hilang") from error
        except OSError as error:
            raise SinkError(self._reason(error)) from error

    def _check(self) -> None:
        self.folder.require(self.identity)
        if self.folder.promoted() > self.epoch:
            raise SinkError("digantikan")

    def _reason(self, error: OSError) -> str:
        if self.folder.identity() != self.identity:
            return "hilang"
        return "penuh" if is_full(error) else "tulis"


def is_full(error: OSError) -> bool:
    """Tell whether a write failed for want of room."""
    return error.errno in (28, 122) or getattr(error, "winerror", None) in (39, 112)
