"""Draft decision lists: what the rule proposes for everybody, and what the certifier decides instead."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.certificates.candidates import Line, RefusedError, lines_of, list_facts, refuse_unfinished
from kapuas_quiz.certificates.lines import default_outcome, reasons_text
from kapuas_quiz.certificates.lists import UnknownListError, decisions_of
from kapuas_quiz.certificates.models import Decision, DecisionList
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.core.standard import CERTIFIABLE_KINDS, PassRule
from kapuas_quiz.trainings.models import Training


class ListLockedError(RefusedError):
    """The list is locked; a correction needs a list of a new number."""


class ReasonMissingError(Exception):
    """A decision against the rule needs a written reason."""


class UncertifiableError(Exception):
    """Who stands in for somebody or serves in the secretariat cannot be given a certificate."""


@dataclass(frozen=True)
class Draft:
    """A list as just drafted; `dropped` counts decisions against the rule whose proposal has changed."""

    list_id: uuid.UUID
    number: int
    dropped: int


def draft(session: Session, *, training_id: uuid.UUID, rule: PassRule, actor: Actor, now: datetime) -> Draft:
    """Draft a training's list by a rule: renew the open draft, else begin a list with the next number.

    What was decided against the rule is carried over where the proposal for that person is still the same.
    Raises NotReadyError.
    """
    session.scalar(select(Training.id).where(Training.id == training_id).with_for_update())
    refuse_unfinished(session, training_id, now)
    row = _latest(session, training_id)
    known = decisions_of(session, row.id) if row else ()
    kept = {line.enrolment_id: (line.proposal, line.outcome, line.reason) for line in known if line.reason}
    lines = lines_of(session, training_id, rule, now)
    facts = list_facts(session, training_id, notes=row.facts["notes"] if row else "")
    if row is None or row.locked_at:
        number = row.number + 1 if row else 1
        row = DecisionList(training_id=training_id, number=number, rule={}, facts={}, created_at=now)
        session.add(row)
    row.rule, row.facts = rule.model_dump(), facts
    _store(session, row, lines, kept)
    carried = sum(_still_holds(line, kept) for line in lines)
    detail = {
        "kegiatan": str(training_id),
        "nomor": row.number,
        "aturan": rule.model_dump(),
        "baris": len(lines),
    }
    record(session, at=now, actor=actor, action="penetapan.rancang", subject=str(row.id), detail=detail)
    session.commit()
    return Draft(row.id, row.number, dropped=len(kept) - carried)


def decide(
    session: Session,
    *,
    list_id: uuid.UUID,
    decision_id: uuid.UUID,
    outcome: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Decide one line of a draft; a reason is kept only where it departs from the rule.

    outcome: lulus or belum.
    Raises UnknownListError, ListLockedError, UncertifiableError, ReasonMissingError.
    """
    row = open_list(session, list_id)
    decision = session.get(Decision, decision_id)
    if decision is None or decision.list_id != row.id:
        raise UnknownListError(decision_id)
    if outcome == "lulus" and decision.facts["kind"] not in CERTIFIABLE_KINDS:
        raise UncertifiableError(decision.facts["kind"])
    departs = outcome != default_outcome(decision.proposal)
    if departs and not reason.strip():
        raise ReasonMissingError
    decision.outcome = outcome
    decision.reason = reason.strip() if departs else ""
    record(
        session,
        at=now,
        actor=actor,
        action="penetapan.putuskan",
        subject=str(decision.id),
        detail={"daftar": str(list_id), "usul": decision.proposal, "putusan": outcome},
        reason=decision.reason or None,
    )
    session.commit()


def open_list(session: Session, list_id: uuid.UUID) -> DecisionList:
    """Return a draft, held against changes by others until this transaction ends.

    Raises UnknownListError, ListLockedError.
    """
    row = session.get(DecisionList, list_id, with_for_update=True)
    if row is None:
        raise UnknownListError(list_id)
    if row.locked_at:
        raise ListLockedError(row.number)
    return row


def _latest(session: Session, training_id: uuid.UUID) -> DecisionList | None:
    return session.scalar(
        select(DecisionList)
        .where(DecisionList.training_id == training_id)
        .order_by(DecisionList.number.desc())
        .limit(1)
        .with_for_update()
    )


Kept = Mapping[uuid.UUID, tuple[str, str, str]]


def _still_holds(line: Line, kept: Kept) -> bool:
    possible = line.facts["kind"] in CERTIFIABLE_KINDS
    return possible and kept.get(line.enrolment_id, ("",))[0] == line.proposal.outcome


def _store(session: Session, row: DecisionList, lines: Collection[Line], kept: Kept) -> None:
    session.flush()
    present = {decision.enrolment_id: decision for decision in decisions_of(session, row.id)}
    for line in lines:
        decision = present.pop(line.enrolment_id, None)
        if decision is None:
            decision = Decision(list_id=row.id, enrolment_id=line.enrolment_id)
            session.add(decision)
        decision.facts = line.facts
        decision.proposal = line.proposal.outcome
        decision.proposal_reason = reasons_text(line.proposal.reasons)
        decision.outcome, decision.reason = default_outcome(line.proposal.outcome), ""
        if _still_holds(line, kept):
            decision.outcome, decision.reason = kept[line.enrolment_id][1:]
    for gone in present.values():
        session.delete(gone)
