"""Import questions from a spreadsheet in two steps: read and keep, then append what was agreed to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.authoring import area_of
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.question_rows import (
    KeyPath,
    Refused,
    find_rows,
    has_header,
    item_of,
    keys_without_option,
    plain,
)
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.writing import Place, add_items
from kapuas_quiz.core.bank import parse_bank
from kapuas_quiz.core.items.base import LONGEST_TEXT
from kapuas_quiz.core.tables import Row
from kapuas_quiz.spreadsheets import waiting
from kapuas_quiz.spreadsheets.reading import UnreadableFileError, Wanted, read_sheets

LONGEST = LONGEST_TEXT + 1
"""Of a cell; what is longer is refused as too long instead of being cut."""
MOST = 300


@dataclass(frozen=True)
class Line:
    """A row and what became of it: an item, or why there is none, with paths in what the row says.

    remarks: (column, code) to look at; code "sama" and "mirip" go with the item or row of `twin`.
    """

    row: Row
    item: dict[str, Any] | None
    remarks: tuple[tuple[str, str], ...] = ()
    refusals: tuple[tuple[KeyPath, str], ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    twin: Twin | None = None


@dataclass(frozen=True)
class Twin:
    """A question that is there already: an item's id, or a row of the same file."""

    name: str
    stem: str
    is_row: bool


@dataclass(frozen=True)
class Preview:
    """What importing would add."""

    filename: str
    lines: tuple[Line, ...]

    @property
    def ready(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.item and not line.remarks)

    @property
    def to_look_at(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.item and line.remarks)

    @property
    def refused(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.refusals)

    @property
    def n_uncited(self) -> int:
        return sum(1 for line in self.lines if line.item and not line.item["citation"]["instrument"])


def start(session: Session, *, data: Path, area: str, filename: str, content: bytes, now: datetime) -> str:
    """Read a file, keep its rows, and return the key of the upload; no bank is changed.

    Raises UnknownAreaError, UnreadableFileError, NoHeaderError.
    """
    area_of(session, area)
    rows = find_rows(read_sheets(content, Wanted(has_header, LONGEST)))
    if not rows:
        raise UnreadableFileError("kosong")
    if len(rows) > MOST:
        raise UnreadableFileError("terlalu-banyak-baris")
    kept = {"filename": filename[:120], "rows": [asdict(row) for row in rows]}
    return waiting.keep(data, owner=f"bank:{area}", content=kept, now=now)


def look(session: Session, *, data: Path, area: str, key: str, now: datetime) -> Preview:
    """Say what importing a kept upload would add.

    Raises UnknownAreaError, UploadGoneError.
    """
    area_of(session, area)
    kept = waiting.recall(data, owner=f"bank:{area}", key=key, now=now)
    known = {plain(stem): Twin(name, stem, is_row=False) for name, stem in _stems(session)}
    lines = []
    for row in (Row(**row) for row in kept["rows"]):
        line = _line(area, row, known)
        if line.item:
            stem = line.item["stem"]
            known.setdefault(plain(stem), Twin(row.id, stem, is_row=True))
        lines.append(line)
    return Preview(kept["filename"], tuple(lines))


def save(
    session: Session, place: Place, *, data: Path, area: str, key: str, left_out: Collection[str]
) -> tuple[str, ...]:
    """Append what is ready, and what was looked at and not left out, as drafts; return the new ids. Commits.

    left_out: ids of rows. Raises what look and writing.add_items raise.
    """
    seen = look(session, data=data, area=area, key=key, now=place.now)
    items = [line.item for line in seen.lines if line.item and line.row.id not in left_out]
    if not items:
        return ()
    ids = add_items(session, place, area=area, items=items)
    waiting.discard(data, key)
    return ids


def _line(area: str, row: Row, known: Mapping[str, Twin]) -> Line:
    made = item_of(row)
    if isinstance(made, Refused):
        return Line(row, None, refusals=(((made.field,), made.message),))
    raw = {"id": f"{area[3:]}-999", **made}
    _, faults = parse_bank({"competency": area, "title": area, "items": [raw]}, load_registers())
    told = dict.fromkeys([*((fault.path[2:], fault.message) for fault in faults), *keys_without_option(made)])
    if told:
        return Line(row, None, refusals=tuple(told), said=made)
    twin = known.get(plain(made["stem"]))
    return Line(row, made, remarks=tuple(_remarks(row, made, twin)), twin=twin)


def _remarks(row: Row, item: Mapping[str, Any], twin: Twin | None) -> Iterator[tuple[str, str]]:
    if twin:
        yield "stem", "sama" if twin.stem.split() == item["stem"].split() else "mirip"
    if not row.text("level").strip():
        yield "level", "tanpa-jenjang"


def _stems(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Item.id, ItemRevision.content)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.removed_at.is_(None))
    )
    return [(name, content["stem"]) for name, content in rows]
