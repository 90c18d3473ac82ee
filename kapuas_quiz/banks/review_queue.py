"""The queue of items that wait for a reviewer: held ones first, then reported ones, then the undecided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.amendments import held_back
from kapuas_quiz.banks.catalogue import items_ever_used
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.reports import open_report_counts
from kapuas_quiz.banks.service import area_titles
from kapuas_quiz.core.review import READY


@dataclass(frozen=True)
class Waiting:
    """An item in the queue; `stem` is empty while a wording of it is in use.

    held: the law under it changed and nobody has approved it since.
    """

    id: str
    area: str
    level: str
    review: str
    held: bool
    n_reports: int
    in_use: bool
    stem: str


@dataclass(frozen=True)
class QueuePage:
    """The queue of one area, or of all, or what is held of it; `counts` by area are of the whole queue.

    n_held: of the area, whether or not only these are shown.
    """

    area: str
    areas: Mapping[str, str]
    counts: Mapping[str, int]
    waiting: tuple[Waiting, ...]
    n_reported: int
    n_held: int
    held_only: bool


def queue_page(session: Session, area: str = "", *, held_only: bool = False) -> QueuePage:
    """Return what waits in an area, '' for all; an unknown area has nothing waiting."""
    everything = _waiting(session)
    here = tuple(one for one in everything if area in ("", one.area))
    shown = tuple(one for one in here if one.held or not held_only)
    return QueuePage(
        area=area,
        areas=area_titles(session),
        counts=Counter(one.area for one in everything),
        waiting=shown,
        n_reported=sum(1 for one in shown if one.n_reports),
        n_held=sum(1 for one in here if one.held),
        held_only=held_only,
    )


def beside(session: Session, item_id: str, area: str = "") -> tuple[str | None, str | None]:
    """Return the ids before and after an item in the queue; of one that left it, the first as the next."""
    return neighbours([one.id for one in _waiting(session) if area in ("", one.area)], item_id)


def neighbours(ids: Sequence[str], item_id: str) -> tuple[str | None, str | None]:
    """Return the ids before and after one; the first id as the next of an id that is not there."""
    if item_id not in ids:
        return None, ids[0] if ids else None
    place = ids.index(item_id)
    return ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None


def _waiting(session: Session) -> list[Waiting]:
    reports = open_report_counts(session)
    used, held = set(session.scalars(items_ever_used())), held_back(session)
    rows = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.removed_at.is_(None))
        .where(or_(Item.review == READY, Item.id.in_(reports), Item.id.in_(held)))
        .order_by(Item.competency, Item.id)
    )
    waiting = [
        Waiting(
            id=item.id,
            area=item.competency,
            level=item.level,
            review=item.review,
            held=item.id in held,
            n_reports=reports.get(item.id, 0),
            in_use=item.id in used,
            stem="" if item.id in used else revision.content["stem"],
        )
        for item, revision in rows
    ]
    return sorted(waiting, key=lambda one: (not one.held, -one.n_reports))
