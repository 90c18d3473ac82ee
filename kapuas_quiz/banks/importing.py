"""Import questions from a spreadsheet in two steps: read and keep, then append what was agreed to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.authoring import area_of
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.question_rows import Refused, field_of, find_rows, has_header, item_of, plain
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
    """A row and what became of it: an item, remarks to look at, or refusals; both with their cells."""

    row: Row
    item: dict[str, Any] | None
    remarks: tuple[tuple[str, str], ...] = ()
    refusals: tuple[tuple[str, str], ...] = ()


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
    known = {_likeness(stem): name for name, stem in _stems(session)}
    lines = []
    for row in (Row(**row) for row in kept["rows"]):
        line = _line(area, row, known)
        if line.item:
            known.setdefault(_likeness(line.item["stem"]), f"baris {row.id}")
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


def _line(area: str, row: Row, known: dict[str, str]) -> Line:
    made = item_of(row)
    if isinstance(made, Refused):
        return Line(row, None, refusals=((row.address(made.field), made.message),))
    raw = {"id": f"{area[3:]}-999", **made}
    _, faults = parse_bank({"competency": area, "title": area, "items": [raw]}, load_registers())
    if faults:
        told = tuple((row.address(field_of(fault.path[2:], made)), fault.message) for fault in faults)
        return Line(row, None, refusals=told)
    return Line(row, made, remarks=tuple(_remarks(row, made, known)))


def _remarks(row: Row, item: dict[str, Any], known: dict[str, str]) -> Sequence[tuple[str, str]]:
    remarks = []
    twin = known.get(_likeness(item["stem"]))
    if twin:
        remarks.append((row.address("stem"), f"pokok soal ini sama dengan {twin}."))
    if not row.text("level").strip():
        remarks.append((row.address("level"), "jenjang kosong; dianggap paham."))
    if not item["citation"]["instrument"]:
        remarks.append((row.address("instrument"), "tanpa rujukan peraturan."))
    return remarks


def _stems(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Item.id, ItemRevision.content)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.removed_at.is_(None))
    )
    return [(name, content["stem"]) for name, content in rows]


def _likeness(stem: str) -> str:
    return plain(stem)
