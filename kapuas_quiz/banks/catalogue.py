"""What the pages of the banks show: files with their counts and faults, items of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import BankFile, Item, ItemRevision


class BankNotFound(Exception):
    """No bank file covers this area."""


@dataclass(frozen=True)
class BankSummary:
    """One bank file: counts by level and by review state, and what refused its last reading."""

    name: str
    area: str
    title: str
    n_items: int
    levels: Mapping[str, int]
    reviews: Mapping[str, int]
    loaded_at: datetime
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ItemLine:
    """An item in a list; `stem` is empty while its wording is in use."""

    id: str
    level: str
    review: str
    number: int
    in_use: bool
    stem: str


@dataclass(frozen=True)
class BankPage:
    """A bank with its items by id."""

    bank: BankSummary
    items: tuple[ItemLine, ...]


def overview(session: Session) -> tuple[BankSummary, ...]:
    """Return the bank files by name; one that is gone has neither items nor faults and is left out."""
    counts = session.execute(
        select(Item.bank, Item.level, Item.review, func.count())
        .where(Item.removed_at.is_(None))
        .group_by(Item.bank, Item.level, Item.review)
    ).all()
    files = session.scalars(select(BankFile).order_by(BankFile.name))
    banks = (_summary(file, [row[1:] for row in counts if row[0] == file.name]) for file in files)
    return tuple(bank for bank in banks if bank.n_items or bank.faults)


def _summary(file: BankFile, counts: list[tuple[str, str, int]]) -> BankSummary:
    levels, reviews = Counter[str](), Counter[str]()
    for level, review, count in counts:
        levels[level] += count
        reviews[review] += count
    faults = [line.partition(": ") for line in (file.faults or "").splitlines()]
    return BankSummary(
        name=file.name,
        area=file.competency,
        title=file.title,
        n_items=levels.total(),
        levels=levels,
        reviews=reviews,
        loaded_at=file.loaded_at,
        faults=tuple((line, message) for line, _, message in faults),
    )


def bank_page(session: Session, area: str) -> BankPage:
    """Return one bank with its items.

    Raises BankNotFound.
    """
    found = [bank for bank in overview(session) if bank.area == area]
    if not found:
        raise BankNotFound(area)
    rows = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.bank == found[0].name, Item.removed_at.is_(None))
        .order_by(Item.id)
    )
    used = set(session.scalars(items_ever_used()))
    lines = (
        ItemLine(
            id=item.id,
            level=item.level,
            review=item.review,
            number=revision.number,
            in_use=item.id in used,
            stem="" if item.id in used else revision.content["stem"],
        )
        for item, revision in rows
    )
    return BankPage(found[0], tuple(lines))


def was_ever_used(session: Session, item_id: str) -> bool:
    """Tell whether some wording of an item is, or was, in a form."""
    return session.scalar(items_ever_used().where(Item.id == item_id)) is not None


def items_ever_used() -> Select[str]:
    """Select the ids of items of which some wording is, or was, in a form."""
    return (
        select(Item.id)
        .join(ItemRevision, ItemRevision.item_id == Item.id)
        .where(ItemRevision.used_at.is_not(None))
        .distinct()
    )
