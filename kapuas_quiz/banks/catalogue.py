"""What the pages of the banks show; a wording in use is opened by an act that is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.models import BankFile, Item, ItemRevision
from kapuas_quiz.core import items
from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.items import Explanation
from kapuas_quiz.core.roles import Actor


class BankNotFound(Exception):
    """No bank file covers this area."""


class ItemNotFound(Exception):
    """No item has this id."""


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


@dataclass(frozen=True)
class RevisionLine:
    """One wording in an item's history."""

    number: int
    created_at: datetime
    used_at: datetime | None
    current: bool


@dataclass(frozen=True)
class Opened:
    """The wording of an item with key, reasons and the facts it rests on."""

    shown: Mapping[str, object]
    explained: Explanation
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ItemPage:
    """An item; `opened` is None while its wording is in use and nobody asked to see it."""

    id: str
    area: str
    area_title: str
    level: str
    review: str
    review_note: str
    removed_at: datetime | None
    revisions: tuple[RevisionLine, ...]
    opened: Opened | None


def overview(session: Session) -> tuple[BankSummary, ...]:
    """Return all bank files by name."""
    counts = session.execute(
        select(Item.bank, Item.level, Item.review, func.count())
        .where(Item.removed_at.is_(None))
        .group_by(Item.bank, Item.level, Item.review)
    ).all()
    files = session.scalars(select(BankFile).order_by(BankFile.name))
    return tuple(_summary(file, [row[1:] for row in counts if row[0] == file.name]) for file in files)


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
    used = set(session.scalars(_ever_used()))
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


def item_page(session: Session, item_id: str) -> ItemPage:
    """Return an item; its wording only if no form holds it, in this revision or an earlier one.

    Raises ItemNotFound.
    """
    item, revision = _item(session, item_id)
    return _page(session, item, revision, show=not session.scalar(_ever_used().where(Item.id == item_id)))


def open_item(session: Session, *, item_id: str, actor: Actor, now: datetime) -> ItemPage:
    """Return an item with its wording and key, and write down who looked.

    Raises ItemNotFound.
    """
    item, revision = _item(session, item_id)
    detail = {"revisi": revision.number}
    record(session, at=now, actor=actor, action="soal.buka", subject=item_id, detail=detail)
    page = _page(session, item, revision, show=True)
    session.commit()
    return page


def _ever_used() -> Select[tuple[str]]:
    return (
        select(Item.id)
        .join(ItemRevision, ItemRevision.item_id == Item.id)
        .where(ItemRevision.used_at.is_not(None))
        .distinct()
    )


def _item(session: Session, item_id: str) -> tuple[Item, ItemRevision]:
    row = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.id == item_id)
    ).one_or_none()
    if row is None:
        raise ItemNotFound(item_id)
    return row[0], row[1]


def _page(session: Session, item: Item, revision: ItemRevision, *, show: bool) -> ItemPage:
    history = session.scalars(
        select(ItemRevision).where(ItemRevision.item_id == item.id).order_by(ItemRevision.number.desc())
    )
    return ItemPage(
        id=item.id,
        area=item.competency,
        area_title=session.get_one(BankFile, item.bank).title,
        level=item.level,
        review=item.review,
        review_note=item.review_note,
        removed_at=item.removed_at,
        revisions=tuple(
            RevisionLine(row.number, row.created_at, row.used_at, row.id == revision.id) for row in history
        ),
        opened=_open(revision) if show else None,
    )


def _open(revision: ItemRevision) -> Opened:
    register = load_facts()
    facts = tuple(register[name] for name in revision.content["facts"] if name in register)
    return Opened(items.present(revision.content), items.explain(revision.content), facts)
