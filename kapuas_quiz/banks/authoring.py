"""What an author may open and change, and what the editor's page needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.catalogue import was_ever_used
from kapuas_quiz.banks.models import BankFile, Item
from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.banks.writing import Written, written_item
from kapuas_quiz.core.ballots.rules import RuleCell
from kapuas_quiz.core.facts import NOT_YET, Fact
from kapuas_quiz.core.roles import Actor, Role

OPENED = "soal.buka"
"""The act in the audit trail by which somebody opened an item that a form holds."""

STAYS_OPEN = timedelta(hours=12)
"""For who opened it: long enough to write, short enough for the next day to be on record again."""


class UnknownAreaError(Exception):
    """No bank file that is loaded covers this area."""


class UnknownItemError(Exception):
    """No item has this id, or it left its file."""


class NotYoursError(Exception):
    """The item is no draft any more, or was in a form, so only operators and reviewers may change it."""


class ShutError(Exception):
    """A form holds the item; it opens by an act on record."""


@dataclass(frozen=True)
class Area:
    """An area with its title and the facts that items of it may rest on."""

    name: str
    title: str
    facts: tuple[Fact, ...]


def area_of(session: Session, name: str) -> Area:
    """Return an area.

    Raises UnknownAreaError.
    """
    title = session.scalar(select(BankFile.title).where(BankFile.competency == name))
    if title is None:
        raise UnknownAreaError(name)
    known = load_registers().facts.values()
    return Area(name, title, tuple(fact for fact in known if fact.area == name and fact.use != NOT_YET))


def facts_named(names: Iterable[str]) -> tuple[Fact, ...]:
    """Return the facts that exist among the names."""
    known = load_registers().facts
    return tuple(known[name] for name in names if name in known)


def facts_of_others(area: str, names: Iterable[str]) -> list[str]:
    """Return the names that are no facts of the area."""
    known = load_registers().facts
    return [name for name in names if name not in known or known[name].area != area]


def instruments() -> list[tuple[str, str]]:
    """Return id and label of each instrument that can be cited."""
    return [(one.id, f"{one.id}: {one.title}") for one in load_registers().instruments.values()]


def ballot_cells() -> tuple[RuleCell, ...]:
    """Return the rules that ballots can be drawn by."""
    return tuple(cell for cell in load_registers().ballot_rules.cells if cell.verdict != "belum-diputuskan")


def layouts() -> tuple[str, ...]:
    """Return the names of the result forms."""
    return tuple(load_registers().layouts)


def may_change(actor: Actor, review: str) -> bool:
    """Tell whether somebody may change an item in this state: a draft is every author's."""
    return review == "draf" or actor.holds(Role.OPERATOR, Role.REVIEWER)


def opened_item(session: Session, folder: Path, item_id: str, actor: Actor, now: datetime) -> Written:
    """Return an item as its file has it; one that a form holds, only if this person opened it on record.

    Raises UnknownItemError, NotYoursError, ShutError, and what written_item raises.
    """
    item = _own_item(session, item_id, actor)
    if was_ever_used(session, item_id) and not _opened_by(session, item_id, actor, now - STAYS_OPEN):
        raise ShutError(item_id)
    return written_item(folder, item.competency, item_id)


def open_for_change(session: Session, *, folder: Path, item_id: str, actor: Actor, now: datetime) -> Written:
    """Return an item although a form holds it, and write down who opened it. Commits.

    Raises UnknownItemError, NotYoursError, and what written_item raises.
    """
    found = written_item(folder, _own_item(session, item_id, actor).competency, item_id)
    record(session, at=now, actor=actor, action=OPENED, subject=item_id, detail={"untuk": "ubah"})
    session.commit()
    return found


def _own_item(session: Session, item_id: str, actor: Actor) -> Item:
    item = session.get(Item, item_id)
    if item is None or item.removed_at:
        raise UnknownItemError(item_id)
    if not may_change(actor, "" if was_ever_used(session, item_id) else item.review):
        raise NotYoursError(item_id)
    return item


def _opened_by(session: Session, item_id: str, actor: Actor, since: datetime) -> bool:
    event = select(AuditEvent.number).where(
        AuditEvent.action == OPENED,
        AuditEvent.subject == item_id,
        AuditEvent.actor == actor.id,
        AuditEvent.at >= since,
    )
    return session.scalar(event.limit(1)) is not None


def area_of_item(session: Session, item_id: str) -> str:
    """Return the area of an item.

    Raises UnknownItemError.
    """
    area = session.scalar(select(Item.competency).where(Item.id == item_id))
    if area is None:
        raise UnknownItemError(item_id)
    return area


def blank(area: str) -> Mapping[str, Any]:
    """Return what a new item starts with."""
    return {"level": "paham", "review": "draf", "facts": [], "area": area}
