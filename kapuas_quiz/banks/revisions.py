"""Store the items of a bank: a wording is edited in place until a form froze it, then gets a new number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.decisions import decided_about, reviewed
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.rendering import rendered
from kapuas_quiz.core.bank import Bank, content_digest, revision_content
from kapuas_quiz.core.items.base import ItemSource
from kapuas_quiz.core.review import READY, effective_state


@dataclass(frozen=True)
class Changes:
    """Ids of items that loading added, changed, or took out of use; false when there are none."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def as_detail(self) -> dict[str, list[str]]:
        """Return the ids as the audit trail keeps them."""
        return {"baru": list(self.added), "berubah": list(self.changed), "ditarik": list(self.removed)}


def store_items(session: Session, file_name: str, bank: Bank, now: datetime) -> Changes:
    """Bring stored items in line with a good bank file. No commit."""
    ids = [item.id for item in bank.items]
    known = {row.id: row for row in session.scalars(select(Item).where(Item.id.in_(ids)))}
    current = _current_revisions(session, ids)
    rows = {item.id: known.get(item.id) or Item(id=item.id, review=READY) for item in bank.items}
    changed = [
        item.id for item in bank.items if _store_labels(rows[item.id], item, file_name, bank.competency)
    ]
    session.add_all(rows.values())
    session.flush()
    reworded = {
        item.id: revision
        for item in bank.items
        if (revision := _wording_to_point_at(session, current.get(item.id), item, bank, now))
    }
    session.flush()
    for name, revision in reworded.items():
        rows[name].current_revision_id = revision.id
    _settle_states(session, rows, {**current, **reworded})
    return Changes(
        added=tuple(name for name in ids if name not in known),
        changed=tuple(name for name in ids if name in known and (name in changed or name in reworded)),
        removed=withdraw_items(session, file_name, keep=ids, now=now),
    )


def settle_kept_items(session: Session, file_name: str) -> None:
    """Settle the review states of items that stay as they are because their file is refused. No commit."""
    kept = session.scalars(select(Item).where(Item.bank == file_name, Item.removed_at.is_(None)))
    rows = {row.id: row for row in kept}
    _settle_states(session, rows, _current_revisions(session, list(rows)))


def _settle_states(session: Session, rows: dict[str, Item], wordings: dict[str, ItemRevision]) -> None:
    """Let each item's review state follow from its file and the decisions about its wording."""
    decided = decided_about(session, rows)
    for name, row in rows.items():
        row.review = effective_state(row.written, reviewed(wordings[name]), row.level, decided[name])


def _current_revisions(session: Session, ids: list[str]) -> dict[str, ItemRevision]:
    rows = session.scalars(
        select(ItemRevision)
        .join(Item, Item.current_revision_id == ItemRevision.id)
        .where(Item.id.in_(ids))
        .with_for_update(of=ItemRevision)
    )
    return {row.item_id: row for row in rows}


def _store_labels(row: Item, source: ItemSource, file_name: str, competency: str) -> bool:
    """Set what belongs to the item and not to a wording; tell whether something changed."""
    values: dict[str, Any] = {
        "bank": file_name,
        "competency": competency,
        "level": source.level,
        "written": source.review,
        "review_note": source.review_note,
        "removed_at": None,
    }
    changed = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return changed


def _wording_to_point_at(
    session: Session, current: ItemRevision | None, source: ItemSource, bank: Bank, now: datetime
) -> ItemRevision | None:
    """Return the revision that now holds an item's wording, None if that has not changed."""
    content = revision_content(source, load_registers(), bank.pictures.get(source.id))
    digest = content_digest(content)
    if current is None:
        return _add_revision(session, source.id, 1, content, digest, now)
    if current.digest == digest:
        return None
    if current.used_at is None:
        current.content, current.digest, current.created_at = rendered(content), digest, now
        return current
    earlier = session.scalars(select(ItemRevision).where(ItemRevision.item_id == source.id)).all()
    same = [revision for revision in earlier if revision.digest == digest]
    number = max(revision.number for revision in earlier) + 1
    return same[0] if same else _add_revision(session, source.id, number, content, digest, now)


def _add_revision(
    session: Session, item_id: str, number: int, content: dict[str, Any], digest: str, now: datetime
) -> ItemRevision:
    revision = ItemRevision(
        item_id=item_id, number=number, content=rendered(content), digest=digest, created_at=now
    )
    session.add(revision)
    return revision


def withdraw_items(
    session: Session, file_name: str, *, keep: Collection[str], now: datetime
) -> tuple[str, ...]:
    """Take the other items of a file out of use; wordings already given to somebody stay."""
    rows = session.scalars(
        select(Item)
        .where(Item.bank == file_name, Item.removed_at.is_(None), Item.id.not_in(keep))
        .order_by(Item.id)
    ).all()
    for row in rows:
        row.removed_at = now
    return tuple(row.id for row in rows)
