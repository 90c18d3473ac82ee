"""From draft to publication: one certifier locks, another person approves, then it is announced."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.certificates.candidates import RefusedError, lines_of, list_facts, refuse_unfinished
from kapuas_quiz.certificates.changes import refuse_outdated
from kapuas_quiz.certificates.decisions import open_list
from kapuas_quiz.certificates.lists import (
    UnknownListError,
    content_fingerprint,
    decisions_of,
    siblings,
    superseded_by,
)
from kapuas_quiz.certificates.models import DecisionList
from kapuas_quiz.certificates.revocation import withdraw_outdated
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.core.standard import PassRule


class StaleDraftError(RefusedError):
    """Results or personal details changed since the list was drafted; draft it anew."""


class WrongStateError(RefusedError):
    """The list is not at the step from which this act leads on."""


class SamePersonError(RefusedError):
    """Whoever locked a list cannot also approve it."""


class SupersededError(RefusedError):
    """A later list has taken the place of this one."""


class AlteredError(RefusedError):
    """The list is no longer what was locked: its fingerprint does not match."""


def lock(session: Session, *, list_id: uuid.UUID, notes: str, actor: Actor, now: datetime) -> str:
    """Freeze a draft and return its fingerprint; from then on nothing in it changes.

    notes: what the minutes say about the days, kept in the list.
    Raises UnknownListError, ListLockedError, NotReadyError, StaleDraftError.
    """
    row = open_list(session, list_id)
    refuse_unfinished(session, row.training_id, now)
    decisions = decisions_of(session, row.id)
    current = lines_of(session, row.training_id, PassRule.model_validate(row.rule), now)
    if {line.enrolment_id: line.facts for line in current} != {d.enrolment_id: d.facts for d in decisions}:
        raise StaleDraftError
    row.facts = list_facts(session, row.training_id, notes.strip())
    row.locked_at, row.locked_by = now, actor.id
    row.fingerprint = content_fingerprint(row, decisions)
    detail = {"nomor": row.number, "sidik": row.fingerprint, "baris": len(decisions)}
    record(session, at=now, actor=actor, action="penetapan.kunci", subject=str(row.id), detail=detail)
    session.commit()
    return row.fingerprint


def approve(session: Session, *, list_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Approve a locked list as the second person.

    Raises UnknownListError, WrongStateError, SamePersonError, SupersededError, AlteredError, NotReadyError,
    OutdatedError.
    """
    row = standing_list(session, list_id)
    if row.approved_at:
        raise WrongStateError("ditetapkan")
    if row.locked_by == actor.id:
        raise SamePersonError
    refuse_outdated(session, row, decisions_of(session, row.id), now)
    row.approved_at, row.approved_by = now, actor.id
    detail = {"nomor": row.number, "sidik": row.fingerprint}
    record(session, at=now, actor=actor, action="penetapan.setujui", subject=str(row.id), detail=detail)
    session.commit()


def publish(session: Session, *, list_id: uuid.UUID, minutes_number: str, actor: Actor, now: datetime) -> int:
    """Announce an approved list; certificates that an earlier list led to and this one denies are revoked.

    minutes_number: the agenda number of the signed minutes, may be empty.
    Returns how many certificates were revoked.
    Raises UnknownListError, WrongStateError, SupersededError, AlteredError, NotReadyError, OutdatedError.
    """
    row = standing_list(session, list_id)
    if not row.approved_at or row.published_at:
        raise WrongStateError("diumumkan" if row.published_at else "dikunci")
    refuse_outdated(session, row, decisions_of(session, row.id), now)
    row.published_at, row.minutes_number = now, minutes_number.strip()
    detail = {"nomor": row.number, "nomor_berita_acara": row.minutes_number}
    record(session, at=now, actor=actor, action="penetapan.umumkan", subject=str(row.id), detail=detail)
    revoked = withdraw_outdated(session, row, actor=actor, now=now)
    session.commit()
    return revoked


def standing_list(session: Session, list_id: uuid.UUID) -> DecisionList:
    """Return a locked list that still stands and is what was locked, held against changes by others.

    Raises UnknownListError, WrongStateError, SupersededError, AlteredError.
    """
    row = session.get(DecisionList, list_id, with_for_update=True)
    if row is None:
        raise UnknownListError(list_id)
    if not row.locked_at:
        raise WrongStateError("rancangan")
    if superseded_by(row, siblings(session, row)):
        raise SupersededError(row.number)
    if content_fingerprint(row, decisions_of(session, row.id)) != row.fingerprint:
        raise AlteredError(row.number)
    return row
