"""One whole copy of the running SQLite database in memory, and which of its pages changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PAGE = 4096
DIGEST = 16


class UnsoundError(Exception):
    """The database that was copied does not read as a whole one."""


@dataclass(frozen=True)
class Image:
    """The bytes of a database file at one moment.

    digests: one per page of 4,096 bytes.  mark: the highest row number of `response_event` in it.
    """

    content: bytes
    digests: tuple[bytes, ...]
    mark: int

    @property
    def digest(self) -> str:
        return whole_digest(self.digests)

    def page(self, number: int) -> bytes:
        """Return page `number`, counted from 0."""
        return self.content[number * PAGE : (number + 1) * PAGE]


def take_image(source: sqlite3.Connection) -> Image:
    """Copy the database in one step and look through the copy.

    In one step, because a backup in several starts anew whenever somebody writes in between. `serialize`
    of the source itself would be quicker, but fills a page that it cannot read with zeros.
    Raises UnsoundError, sqlite3.Error.
    """
    with closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy, pages=-1)
        if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise UnsoundError
        mark = top_entry(copy)
        content = copy.serialize()
    return Image(content, page_digests(content), mark)


def top_entry(connection: sqlite3.Connection) -> int:
    """Return the highest row number of the journal; rows are never deleted, so it only grows."""
    return int(connection.execute("SELECT coalesce(max(rowid), 0) FROM response_event").fetchone()[0])


def page_digests(content: bytes) -> tuple[bytes, ...]:
    """Digest each page."""
    view = memoryview(content)
    return tuple(
        hashlib.blake2b(view[at : at + PAGE], digest_size=DIGEST).digest()
        for at in range(0, len(content), PAGE)
    )


def file_digest(path: Path) -> str:
    """Digest a database file page by page."""
    digests = []
    with path.open("rb") as file:
        while page := file.read(PAGE):
            digests.append(hashlib.blake2b(page, digest_size=DIGEST).digest())
    return whole_digest(digests)


def whole_digest(digests: Sequence[bytes]) -> str:
    """Digest a file by the digests of its pages."""
    return hashlib.sha256(b"".join(digests)).hexdigest()


def changed_pages(known: Sequence[bytes] | None, digests: Sequence[bytes]) -> list[int]:
    """Number the pages that differ from a file whose digests are known; None: all of them."""
    if known is None:
        return list(range(len(digests)))
    return [n for n, digest in enumerate(digests) if n >= len(known) or known[n] != digest]
