"""Try a bank as a trainee would: answers are not kept, who saw keys that tests may ask for is on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.authoring import area_of
from kapuas_quiz.banks.catalogue import items_ever_used
from kapuas_quiz.banks.instruments import explain
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.previewing import as_seen
from kapuas_quiz.core import items
from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.items import Answer, Explanation
from kapuas_quiz.core.items.answers import answer_from
from kapuas_quiz.core.items.case import Case, ToldPart
from kapuas_quiz.core.roles import Actor, Role

MOST = 20


@dataclass(frozen=True)
class Wanted:
    """Which items to try: how many, drawn by a seed; `only` is one item practised without end."""

    area: str
    count: int
    seed: int
    only: str = ""


@dataclass(frozen=True)
class Tried:
    """One item as seen; `content` has the key and must not reach a page before the answer does.

    drawable: tests may ask for it.
    """

    n: int
    id: str
    review: str
    varies: bool
    drawable: bool
    shown: Mapping[str, Any]
    content: items.Content


@dataclass(frozen=True)
class Marked:
    """One item with what was answered, how much of it is right (0..1, None unanswered), and why.

    parts: the questions of a case.
    """

    item: Tried
    chosen: Answer
    said: str
    right: float | None
    explained: Explanation
    parts: tuple[ToldPart, ...] = ()


@dataclass(frozen=True)
class Trial:
    """The items to try, out of how many that may be tried."""

    area: str
    title: str
    items: tuple[Tried, ...]
    available: int

    @property
    def on_record(self) -> bool:
        """Tell whether seeing the keys is an act on record."""
        return any(item.drawable for item in self.items)


def trial(session: Session, wanted: Wanted, actor: Actor) -> Trial:
    """Draw items that no form ever held; of these, trainers try what no test may ask for.

    Raises UnknownAreaError.
    """
    title = area_of(session, wanted.area).title
    rows = _open_items(session, wanted.area, actor)
    drawn = sorted(rows, key=lambda row: lot(wanted.seed, row[0].id))
    chosen = [row for row in drawn if not wanted.only or row[0].id == wanted.only][: wanted.count]
    tried = tuple(_tried(n, item, revision, wanted.seed) for n, (item, revision) in enumerate(chosen, 1))
    return Trial(wanted.area, title, tried, len(rows))


def _open_items(session: Session, area: str, actor: Actor) -> list[tuple[Item, ItemRevision]]:
    rows = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(
            Item.competency == area,
            Item.removed_at.is_(None),
            Item.review != "ditarik",
            Item.id.not_in(items_ever_used()),
        )
    )
    all_of_them = actor.holds(Role.OPERATOR, Role.REVIEWER)
    return [(item, revision) for item, revision in rows if all_of_them or not _drawable(item, revision)]


def _drawable(item: Item, revision: ItemRevision) -> bool:
    return item.review != "draf" and not revision.content.get("practice_only", False)


def _tried(n: int, item: Item, revision: ItemRevision, seed: int) -> Tried:
    seen, shown = as_seen(revision.content, lot(seed, item.id))
    drawable = _drawable(item, revision)
    return Tried(n, item.id, item.review, items.is_drawn(revision.content), drawable, shown, seen)


def mark(
    session: Session, trial: Trial, fields: Mapping[str, str], *, actor: Actor, now: datetime
) -> tuple[Marked, ...]:
    """Mark what stands in the fields of a page, and write down who saw keys of tests to come. Commits."""
    if trial.on_record:
        detail = {"soal": [item.id for item in trial.items if item.drawable]}
        record(session, at=now, actor=actor, action="soal.coba", subject=trial.area, detail=detail)
        session.commit()
    return tuple(_marked(item, answer_from(fields, f"q-{item.n}")) for item in trial.items)


def _marked(item: Tried, answer: Answer) -> Marked:
    accepted = answer if items.accepts(item.content, answer) else None
    return Marked(
        item=item,
        chosen=accepted,
        said=items.say(item.content, accepted),
        right=items.grade(item.content, accepted),
        explained=explain(item.content),
        parts=_parts(item.content, accepted),
    )


def _parts(content: items.Content, answer: Answer) -> tuple[ToldPart, ...]:
    return tuple(Case().told_parts(content, answer)) if content["type"] == "case" else ()
