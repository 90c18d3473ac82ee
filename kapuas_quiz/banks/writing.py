"""Change a bank file from the pages: the same checks as for a file written by hand, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks import blocks
from kapuas_quiz.banks.acceptance import refuse_faults
from kapuas_quiz.banks.authorship import WRITTEN, marks_of
from kapuas_quiz.banks.blocks import Block, NotByLinesError
from kapuas_quiz.banks.models import BankFile, Item
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.banks.storing import BankText, bank_text, beside, put_in_place
from kapuas_quiz.core.roles import Actor

Data = Mapping[str, Any]
LAST_NUMBER = 999


class ItemNotInFile(Exception):
    """The file of the area has no such item."""


class AreaFullError(Exception):
    """All numbers up to 999 are given away."""


class LastItemError(Exception):
    """A bank file holds at least one item."""


class ItemChangedMeanwhileError(Exception):
    """Somebody changed the item in its file since it was opened; `current` is how it stands there."""

    def __init__(self, current: Written) -> None:
        super().__init__(current.id)
        self.current = current


@dataclass(frozen=True)
class Written:
    """An item as its file has it; `digest` tells whether it still stands so, `text` is its lines."""

    id: str
    area: str
    data: dict[str, Any]
    digest: str
    text: str


@dataclass(frozen=True)
class Place:
    """Where banks are written and on whose behalf."""

    folder: Path
    actor: Actor
    now: datetime


def written_item(folder: Path, area: str, item_id: str) -> Written:
    """Return an item as it stands in the file of its area.

    Raises BankFileNotFound, ItemNotInFile, NotByLinesError.
    """
    block = _block(bank_text(folder, area).text, item_id)
    return Written(item_id, area, block.data, block.digest, block.text)


def change_item(session: Session, place: Place, *, area: str, data: Data, digest: str) -> Written:
    """Write an item that is in its file, as opened with this digest, and load it. Commits.

    Raises BankFileNotFound, ItemNotInFile, NotByLinesError, ItemChangedMeanwhileError,
    NotAcceptedError, BankNotWritableError, FileChangedMeanwhileError.
    """
    bank = _locked(session, place, area)
    block = _unchanged(bank, area, str(data["id"]), digest)
    if block.data != data:
        _write(session, place, bank, blocks.changed(bank.text, block, data), [data["id"]], "ubah")
    return written_item(place.folder, area, data["id"])


def add_items(session: Session, place: Place, *, area: str, items: Sequence[Data]) -> tuple[str, ...]:
    """Append items, numbered on from the last one of the area, load them, and return their ids. Commits.

    Raises BankFileNotFound, NotByLinesError, NotAcceptedError, BankNotWritableError,
    FileChangedMeanwhileError, AreaFullError.
    """
    bank = _locked(session, place, area)
    ids = _next_ids(session, bank, area, len(items))
    numbered = [{"id": name, **_without_id(item)} for name, item in zip(ids, items, strict=True)]
    _write(session, place, bank, blocks.added(bank.text, numbered), ids, "tambah")
    return tuple(ids)


def take_out_item(session: Session, place: Place, *, area: str, item_id: str, digest: str) -> None:
    """Take an item out of its file; forms that hold it keep it. Commits.

    Raises what change_item does, and LastItemError.
    """
    bank = _locked(session, place, area)
    block = _unchanged(bank, area, item_id, digest)
    if len(blocks.blocks_of(bank.text)) == 1:
        raise LastItemError(area)
    _write(session, place, bank, blocks.taken_out(bank.text, block), [item_id], "keluarkan")


def _locked(session: Session, place: Place, area: str) -> BankText:
    """Read a file while no other process changes it: writers queue at its row (on SQLite, at the file)."""
    session.execute(select(BankFile.name).where(BankFile.competency == area).with_for_update())
    return bank_text(place.folder, area)


def _block(text: str, item_id: str) -> Block:
    block = _named(blocks.blocks_of(text), item_id)
    if block is None:
        raise ItemNotInFile(item_id)
    return block


def _unchanged(bank: BankText, area: str, item_id: str, digest: str) -> Block:
    block = _block(bank.text, item_id)
    if block.digest != digest:
        raise ItemChangedMeanwhileError(Written(item_id, area, block.data, block.digest, block.text))
    return block


def _next_ids(session: Session, bank: BankText, area: str, count: int) -> list[str]:
    slug = area[3:]
    known = [*_ids(bank.text), *session.scalars(select(Item.id).where(Item.id.startswith(f"{slug}-")))]
    numbers = [int(found[1]) for name in known if (found := re.fullmatch(rf"{slug}-(\d{{3}})", name))]
    first = max(numbers, default=0) + 1
    if first + count - 1 > LAST_NUMBER:
        raise AreaFullError(area)
    return [f"{slug}-{number:03}" for number in range(first, first + count)]


def _ids(text: str) -> Iterable[str]:
    return [str(block.data.get("id")) for block in blocks.blocks_of(text)]


def _without_id(item: Data) -> Data:
    return {name: value for name, value in item.items() if name != "id"}


def _write(session: Session, place: Place, bank: BankText, text: str, ids: Sequence[str], act: str) -> None:
    before, after = blocks.blocks_of(bank.text), blocks.blocks_of(text)
    _refuse_side_effects(before, after, ids)
    with beside(bank, text) as draft:
        refuse_faults(bank, draft, text, ids)
        for name in ids:
            marks = marks_of(place.folder, _named(before, name), _named(after, name))
            detail = {"berkas": bank.path.name, "cara": act, **marks}
            record(session, at=place.now, actor=place.actor, action=WRITTEN, subject=name, detail=detail)
        put_in_place(bank, draft, lambda: _load(session, place))


def _load(session: Session, place: Place) -> None:
    load_banks(session, folder=place.folder, actor=place.actor, now=place.now)


def _refuse_side_effects(before: Iterable[Block], after: Iterable[Block], ids: Sequence[str]) -> None:
    """Whatever the lines did, every other item has to say what it said."""
    old, new = ([one.data for one in side if one.data.get("id") not in ids] for side in (before, after))
    if old != new:
        raise NotByLinesError


def _named(found: Iterable[Block], item_id: str) -> Block | None:
    return next((block for block in found if block.data.get("id") == item_id), None)
