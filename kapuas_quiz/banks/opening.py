"""One item: shut while any of its wordings is in use, and opened by an act that is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.catalogue import items_ever_used
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.models import BankFile, Item, ItemRevision
from kapuas_quiz.core import items
from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.items import Explanation
from kapuas_quiz.core.roles import Actor


class ItemNotFound(Exception):
    """No item has this id."""


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


def item_page(session: Session, item_id: str) -> ItemPage:
    """Return an item; its wording only if no form holds it, in this revision or an earlier one.

    Raises ItemNotFound.
    """
    item, revision = _item(session, item_id)
    return _page(
        session, item, revision, show=not session.scalar(items_ever_used().where(Item.id == item_id))
    )


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
