"""One item: shut while any of its wordings is in use, and opened by an act that is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.catalogue import was_ever_used
from kapuas_quiz.banks.decisions import DecisionLine, decided_about, decision_lines, reviewed, wording_mark
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.instruments import explain
from kapuas_quiz.banks.models import BankFile, Item, ItemRevision
from kapuas_quiz.banks.reports import Report, reports_about
from kapuas_quiz.core import items
from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.items import Explanation
from kapuas_quiz.core.review import READY, Decision, is_held, open_decisions
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.core.wording_diff import Change, wording_changes


class ItemNotFound(Exception):
    """No item has this id."""


@dataclass(frozen=True)
class RevisionLine:
    """One wording in an item's history; `changes` from the one before it, empty while the item is shut."""

    number: int
    created_at: datetime
    used_at: datetime | None
    current: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Opened:
    """The wording of an item with key, reasons and the facts it rests on.

    `varies`: what is shown is an example, each trainee gets another.  `mark` names wording and level to a
    decision about them; `may` is what can be decided now.
    """

    shown: Mapping[str, object]
    varies: bool
    explained: Explanation
    facts: tuple[Fact, ...]
    mark: str
    may: tuple[Decision, ...]


@dataclass(frozen=True)
class ItemPage:
    """An item; `opened` is None while its wording is in use and nobody asked to see it.

    held: the law under it changed and nobody has approved it since.
    """

    id: str
    area: str
    area_title: str
    level: str
    review: str
    held: bool
    review_note: str
    removed_at: datetime | None
    revisions: tuple[RevisionLine, ...]
    decisions: tuple[DecisionLine, ...]
    reports: tuple[Report, ...]
    opened: Opened | None

    @property
    def sent_back(self) -> DecisionLine | None:
        """Return the decision that sent today's wording back to its author, None if none did."""
        last = next((line for line in self.decisions if line.current), None)
        return last if last and self.review == "draf" and last.decision is Decision.SEND_BACK else None


def item_page(session: Session, item_id: str) -> ItemPage:
    """Return an item; its wording only if no form holds it, in this revision or an earlier one.

    Raises ItemNotFound.
    """
    item, revision = _item(session, item_id)
    return _page(session, item, revision, show=not was_ever_used(session, item_id))


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


def open_still(session: Session, *, item_id: str, actor: Actor, now: datetime) -> ItemPage:
    """Return an item to somebody who is at work on its opened page; one in use is again written down.

    Raises ItemNotFound.
    """
    page = item_page(session, item_id)
    return page if page.opened else open_item(session, item_id=item_id, actor=actor, now=now)


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
        select(ItemRevision).where(ItemRevision.item_id == item.id).order_by(ItemRevision.number)
    ).all()
    return ItemPage(
        id=item.id,
        area=item.competency,
        area_title=session.get_one(BankFile, item.bank).title,
        level=item.level,
        review=item.review,
        held=item.written == READY and is_held(decided_about(session, [item.id])[item.id]),
        review_note=item.review_note,
        removed_at=item.removed_at,
        revisions=_history(history, revision, show=show),
        decisions=decision_lines(session, item, revision),
        reports=reports_about(session, item.id),
        opened=_open(item, revision) if show else None,
    )


def _history(rows: Sequence[ItemRevision], current: ItemRevision, *, show: bool) -> tuple[RevisionLine, ...]:
    """Return the wordings of an item, newest first.

    rows: oldest first.
    """
    before = [None, *rows]
    lines = [
        RevisionLine(
            number=row.number,
            created_at=row.created_at,
            used_at=row.used_at,
            current=row.id == current.id,
            changes=wording_changes(old.content, row.content) if show and old else (),
        )
        for old, row in zip(before, rows, strict=False)
    ]
    return tuple(reversed(lines))


def _open(item: Item, revision: ItemRevision) -> Opened:
    register = load_facts()
    return Opened(
        shown=items.present(revision.content),
        varies=items.is_drawn(revision.content),
        explained=explain(revision.content),
        facts=tuple(register[name] for name in revision.content["facts"] if name in register),
        mark=wording_mark(reviewed(revision), item.level),
        may=() if item.removed_at else open_decisions(item.written, item.review),
    )
