"""Which items cite which instrument of the register."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.instruments import load_instruments
from kapuas_quiz.banks.models import Item, ItemRevision
from kapuas_quiz.core.instruments import ELECTION_DAY, Instrument, named


@dataclass(frozen=True)
class InstrumentLine:
    """An instrument with the ids of the items that cite it now; `name` has its amendments."""

    instrument: Instrument
    name: str
    in_force: bool
    item_ids: tuple[str, ...]


def register_lines(session: Session) -> tuple[InstrumentLine, ...]:
    """Return the register in its own order."""
    register, citing = load_instruments(), items_by_instrument(session)
    return tuple(
        InstrumentLine(
            instrument=entry,
            name=named(entry.id, register),
            in_force=entry.in_force(ELECTION_DAY),
            item_ids=tuple(citing.get(entry.id, ())),
        )
        for entry in register.values()
    )


def items_by_instrument(session: Session) -> dict[str, list[str]]:
    """Return the ids of the items in use by the instrument that their current wording cites."""
    cited = ItemRevision.content["citation"]["instrument"].as_string()
    rows = session.execute(
        select(cited, Item.id)
        .join(Item, Item.current_revision_id == ItemRevision.id)
        .where(Item.removed_at.is_(None), cited != "")
        .order_by(Item.id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for instrument, item_id in rows:
        found[instrument].append(item_id)
    return dict(found)
