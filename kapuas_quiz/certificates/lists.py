"""Read decision lists: where they stand, their lines, and whether they are what was locked."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff
from kapuas_quiz.certificates.candidates import roster_order
from kapuas_quiz.certificates.lines import Counts, LineView, count, line_view
from kapuas_quiz.certificates.models import Decision, DecisionList
from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.standard import PassRule


class UnknownListError(Exception):
    """There is no decision list, or no line in it, with this id."""


@dataclass(frozen=True)
class ListView:
    """One decision list; `state` is rancangan, dikunci, ditetapkan or diumumkan."""

    id: uuid.UUID
    training_id: uuid.UUID
    number: int
    state: str
    rule: PassRule
    facts: Mapping[str, Any]
    fingerprint: str
    intact: bool
    superseded_by: int | None
    minutes_number: str
    created_at: datetime
    locked_at: datetime | None
    locked_by: str
    locked_by_name: str
    approved_at: datetime | None
    approved_by_name: str
    published_at: datetime | None
    lines: tuple[LineView, ...]
    counts: Counts

    def line(self, decision_id: uuid.UUID) -> LineView:
        """Return one line; raises UnknownListError if the list has no such line."""
        for line in self.lines:
            if line.id == decision_id:
                return line
        raise UnknownListError(decision_id)


def lists_of(session: Session, training_id: uuid.UUID) -> tuple[ListView, ...]:
    """Return the lists of a training, the latest first."""
    rows = session.scalars(select(DecisionList).where(DecisionList.training_id == training_id)).all()
    return tuple(_view(session, row, rows) for row in sorted(rows, key=lambda row: -row.number))


def list_view(session: Session, list_id: uuid.UUID) -> ListView:
    """Return one list with its lines in the order of the roster.

    Raises UnknownListError.
    """
    row = session.get(DecisionList, list_id)
    if row is None:
        raise UnknownListError(list_id)
    return _view(session, row, siblings(session, row))


def siblings(session: Session, row: DecisionList) -> Sequence[DecisionList]:
    """Return every list of the same training."""
    return session.scalars(select(DecisionList).where(DecisionList.training_id == row.training_id)).all()


def superseded_by(row: DecisionList, rows: Collection[DecisionList]) -> int | None:
    """Return the number of the list that took this one's place, None while it stands.

    An approved list stands until a later one is published; before approval any later list replaces it.
    """
    later = [r.number for r in rows if r.number > row.number and (r.published_at or not row.approved_at)]
    return max(later, default=None)


def state_of(row: DecisionList) -> str:
    """Return where a list stands on its way from draft to publication."""
    if row.published_at:
        return "diumumkan"
    if row.approved_at:
        return "ditetapkan"
    return "dikunci" if row.locked_at else "rancangan"


def content_fingerprint(row: DecisionList, decisions: Collection[Decision]) -> str:
    """Digest everything that a list says, so that a change after locking shows."""
    lines = [
        {
            "enrolment": str(decision.enrolment_id),
            "facts": decision.facts,
            "proposal": decision.proposal,
            "proposal_reason": decision.proposal_reason,
            "outcome": decision.outcome,
            "reason": decision.reason,
        }
        for decision in sorted(decisions, key=lambda decision: str(decision.enrolment_id))
    ]
    head = {"training": str(row.training_id), "number": row.number, "rule": row.rule, "facts": row.facts}
    return fingerprint({**head, "lines": lines})


def decisions_of(session: Session, list_id: uuid.UUID) -> Sequence[Decision]:
    """Return the rows of a list's lines, in no order."""
    return session.scalars(select(Decision).where(Decision.list_id == list_id)).all()


def staff_names(session: Session, ids: Collection[str]) -> dict[str, str]:
    """Return the names of staff by the ids under which they acted."""
    known = [uuid.UUID(one) for one in ids if len(one) == 36]
    rows = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(known)))
    return {str(staff_id): name for staff_id, name in rows}


def _view(session: Session, row: DecisionList, rows: Collection[DecisionList]) -> ListView:
    decisions = decisions_of(session, row.id)
    ordered = sorted(decisions, key=lambda decision: roster_order(decision.facts))
    lines = tuple(line_view(decision, place) for place, decision in enumerate(ordered, start=1))
    names = staff_names(session, [who for who in (row.locked_by, row.approved_by) if who])
    return ListView(
        id=row.id,
        training_id=row.training_id,
        number=row.number,
        state=state_of(row),
        rule=PassRule.model_validate(row.rule),
        facts=row.facts,
        fingerprint=row.fingerprint,
        intact=not row.locked_at or content_fingerprint(row, decisions) == row.fingerprint,
        superseded_by=superseded_by(row, rows),
        minutes_number=row.minutes_number,
        created_at=row.created_at,
        locked_at=row.locked_at,
        locked_by=row.locked_by or "",
        locked_by_name=names.get(row.locked_by or "", row.locked_by or ""),
        approved_at=row.approved_at,
        approved_by_name=names.get(row.approved_by or "", row.approved_by or ""),
        published_at=row.published_at,
        lines=lines,
        counts=count(lines),
    )
