"""Try a bank as a trainee would, without leaving a trace: nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.catalogue import items_ever_used
from kapuas_quiz.banks.instruments import explain
from kapuas_quiz.banks.models import BankFile, Item, ItemRevision
from kapuas_quiz.banks.previewing import as_seen
from kapuas_quiz.core import items
from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.items import Answer, Explanation
from kapuas_quiz.core.items.answers import answer_from
from kapuas_quiz.core.roles import Actor, Role

MOST = 20


class UnknownAreaError(Exception):
    """No bank file that is loaded covers this area."""


@dataclass(frozen=True)
class Wanted:
    """Which items to try: how many, drawn by a seed; `only` is one item practised without end."""

    area: str
    count: int
    seed: int
    only: str = ""


@dataclass(frozen=True)
class Tried:
    """One item as seen; `content` has the key and must not reach a page before the answer does."""

    n: int
    id: str
    review: str
    varies: bool
    shown: Mapping[str, Any]
    content: items.Content


@dataclass(frozen=True)
class Marked:
    """One item with what was answered, how much of it is right (0..1, None unanswered), and why."""

    item: Tried
    chosen: Answer
    said: str
    right: float | None
    explained: Explanation


@dataclass(frozen=True)
class Trial:
    """The items to try, out of how many that may be tried."""

    title: str
    items: tuple[Tried, ...]
    available: int


def trial(session: Session, wanted: Wanted, actor: Actor) -> Trial:
    """Draw items that no form ever held; trainers do not see what is approved for certifying tests.

    Raises UnknownAreaError.
    """
    title = session.scalar(select(BankFile.title).where(BankFile.competency == wanted.area))
    if title is None:
        raise UnknownAreaError(wanted.area)
    rows = _open_items(session, wanted.area, actor)
    drawn = sorted(rows, key=lambda row: lot(wanted.seed, row[0].id))
    chosen = [row for row in drawn if not wanted.only or row[0].id == wanted.only][: wanted.count]
    tried = tuple(
        _tried(n, item, revision.content, wanted.seed) for n, (item, revision) in enumerate(chosen, 1)
    )
    return Trial(title, tried, len(rows))


def _open_items(session: Session, area: str, actor: Actor) -> list[tuple[Item, ItemRevision]]:
    hidden = ["ditarik"] if actor.holds(Role.OPERATOR, Role.REVIEWER) else ["ditarik", "disetujui"]
    rows = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(
            Item.competency == area,
            Item.removed_at.is_(None),
            Item.review.not_in(hidden),
            Item.id.not_in(items_ever_used()),
        )
    )
    return [(item, revision) for item, revision in rows]


def _tried(n: int, item: Item, content: items.Content, seed: int) -> Tried:
    seen, shown = as_seen(content, lot(seed, item.id))
    return Tried(n, item.id, item.review, items.is_drawn(content), shown, seen)


def marked(trial: Trial, fields: Mapping[str, str]) -> tuple[Marked, ...]:
    """Mark what stands in the fields of a page; nothing is kept."""
    return tuple(_marked(item, answer_from(fields, f"q-{item.n}")) for item in trial.items)


def _marked(item: Tried, answer: Answer) -> Marked:
    accepted = answer if items.accepts(item.content, answer) else None
    return Marked(
        item=item,
        chosen=accepted,
        said=items.say(item.content, accepted),
        right=items.grade(item.content, accepted),
        explained=explain(item.content),
    )
