"""The law changed: which items rest on the place, and that they leave the draw until reviewed."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.decisions import decided_about, take
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.instruments import load_instruments
from kapuas_quiz.banks.models import Amendment, Item, ItemReview, ItemRevision
from kapuas_quiz.core.norms import Norm, Touch, norms, touch
from kapuas_quiz.core.review import READY, Decision, is_held
from kapuas_quiz.core.roles import Actor


class UnknownInstrumentError(Exception):
    """The register has no such instrument."""


class UnknownAmendmentError(Exception):
    """Nobody wrote down an amendment with this id."""


@dataclass(frozen=True)
class AmendmentView:
    """What somebody wrote down; an empty article means the whole instrument. change: diubah or dicabut."""

    id: uuid.UUID
    instrument: str
    article: str
    change: str
    note: str
    by_name: str
    at: datetime

    @property
    def place(self) -> str:
        """Name the place in the law that changed."""
        return " ".join(part for part in (self.article, self.instrument) if part)


@dataclass(frozen=True)
class HitItem:
    """An item whose present wording rests on a place; `places` are those in that instrument."""

    id: str
    area: str
    level: str
    review: str
    touch: Touch
    places: tuple[str, ...]


def amendments(session: Session) -> tuple[AmendmentView, ...]:
    """Return what was written down, the latest first."""
    rows = session.scalars(select(Amendment).order_by(Amendment.at.desc(), Amendment.id))
    return tuple(_view(row) for row in rows)


def amendment(session: Session, amendment_id: uuid.UUID) -> AmendmentView:
    """Return one amendment.

    Raises UnknownAmendmentError.
    """
    row = session.get(Amendment, amendment_id)
    if row is None:
        raise UnknownAmendmentError(amendment_id)
    return _view(row)


def items_hit(
    session: Session, instrument: str, article: str, *, removed_too: bool = False
) -> tuple[HitItem, ...]:
    """Return the items that rest on a place, those that surely do first.

    removed_too: also items that no file has at present; they may come back.
    """
    rows = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(true() if removed_too else Item.removed_at.is_(None))
        .order_by(Item.id)
    )
    found = [
        HitItem(item.id, item.competency, item.level, item.review, touched, places_in(places, instrument))
        for item, revision in rows
        if (touched := touch(places := norms(revision.content, load_facts()), instrument, article))
    ]
    return tuple(sorted(found, key=lambda hit: hit.touch))


def revisions_hit(session: Session, instrument: str, article: str) -> frozenset[uuid.UUID]:
    """Return the wordings that were ever put into a form and surely rest on a place."""
    used = select(ItemRevision.id, ItemRevision.content).where(ItemRevision.used_at.is_not(None))
    return frozenset(
        revision_id
        for revision_id, content in session.execute(used)
        if touch(norms(content, load_facts()), instrument, article) == "kena"
    )


def mark_amended(
    session: Session,
    *,
    instrument: str,
    article: str,
    change: str,
    note: str,
    unsure_too: bool,
    actor: Actor,
    now: datetime,
) -> uuid.UUID:
    """Write down that the law changed; items that rest on the place are drafts until approved again.

    unsure_too: also items of which only the instrument is known.
    Raises UnknownInstrumentError.
    """
    if instrument not in load_instruments():
        raise UnknownInstrumentError(instrument)
    row = Amendment(
        instrument=instrument,
        article=article,
        change=change,
        note=note,
        by_id=actor.id,
        by_name=actor.name,
        at=now,
    )
    session.add(row)
    session.flush()
    found = items_hit(session, instrument, article, removed_too=True)
    hits = [hit.id for hit in found if unsure_too or hit.touch == "kena"]
    _hold_back(session, hits, f"{_view(row).place} {change}. {note}", actor, now)
    detail = {"peraturan": instrument, "pasal": article, "perubahan": change, "soal": hits}
    record(session, at=now, actor=actor, action="hukum.ubah", subject=str(row.id), detail=detail, reason=note)
    made = row.id
    session.commit()
    return made


def held_back(session: Session) -> frozenset[str]:
    """Return the items that nobody approved since the law under them changed."""
    changed = (
        select(ItemReview.item_id)
        .join(Item, Item.id == ItemReview.item_id)
        .where(ItemReview.decision == Decision.AMEND.value, Item.removed_at.is_(None))
        .where(Item.written == READY)
    )
    decided = decided_about(session, set(session.scalars(changed)))
    return frozenset(item_id for item_id, about in decided.items() if is_held(about))


def _hold_back(
    session: Session, item_ids: Collection[str], comment: str, actor: Actor, now: datetime
) -> None:
    rows = session.execute(
        select(Item, ItemRevision)
        .join(ItemRevision, ItemRevision.id == Item.current_revision_id)
        .where(Item.id.in_(item_ids))
        .order_by(Item.id)
        .with_for_update(of=ItemRevision)
    )
    for item, revision in rows.all():
        take(session, item, revision, Decision.AMEND, comment=comment, actor=actor, now=now)


def places_in(places: Collection[Norm], instrument: str) -> tuple[str, ...]:
    """Return the articles among some places that stand in an instrument."""
    inside = (norm.article for norm in places if f"{norm.instrument} ".startswith(f"{instrument} "))
    return tuple(sorted(filter(None, inside)))


def _view(row: Amendment) -> AmendmentView:
    return AmendmentView(row.id, row.instrument, row.article, row.change, row.note, row.by_name, row.at)
