"""The queue of items that wait for a reviewer: reported ones first, then those that no decision holds for."""

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
    """An item in the queue; `stem` is empty while a wording of it is in use."""

    id: str
    area: str
    level: str
    review: str
    n_reports: int
    in_use: bool
    stem: str


@dataclass(frozen=True)
class QueuePage:
    """The queue of one area, or of all; `counts` by area are of the whole queue."""

    area: str
    areas: Mapping[str, str]
    counts: Mapping[str, int]
    waiting: tuple[Waiting, ...]
    n_reported: int


def queue_page(session: Session, area: str = "") -> QueuePage:
    """Return what waits in an area, '' for all; an unknown area has nothing waiting."""
    everything = _waiting(session)
    here = tuple(one for one in everything if area in ("", one.area))
    return QueuePage(
        area=area,
        areas=area_titles(session),
        counts=Counter(one.area for one in everything),
        waiting=here,
        n_reported=sum(1 for one in here if one.n_reports),
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
    used = set(session.scalars(items_ever_used()))
    rows = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.removed_at.is_(None))
        .where(or_(Item.review == READY, Item.id.in_(reports), Item.id.in_(held_back(session))))
        .order_by(Item.competency, Item.id)
    )
    waiting = [
        Waiting(
            id=item.id,
            area=item.competency,
            level=item.level,
            review=item.review,
            n_reports=reports.get(item.id, 0),
            in_use=item.id in used,
            stem="" if item.id in used else revision.content["stem"],
        )
        for item, revision in rows
    ]
    return sorted(waiting, key=lambda one: -one.n_reports)
