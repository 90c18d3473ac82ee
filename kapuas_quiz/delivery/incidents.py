"""What happened in a room, as the minutes will tell it: the committee's notes and its acts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import ATTEMPT
from kapuas_quiz.delivery.models import Incident
from kapuas_quiz.delivery.service import WrongState, locked_sitting, record_act
from kapuas_quiz.trainings.models import Enrolment, Person

NOTE = "kejadian.catat"
NO_TIME = "sesi.tanpa-tambahan"
ACTS = (
    "sesi.buka",
    "sesi.mulai",
    "sesi.jeda",
    "sesi.lanjut",
    "sesi.pin",
    "sesi.pin-beku",
    "sesi.pin-lepas",
    "sesi.tutup",
    "sesi.segel",
    "waktu.tambah",
    "waktu.semua",
    NO_TIME,
    "pengerjaan.tutup",
    "pengerjaan.buka",
    "pengerjaan.pindah",
)
ANSWERS_TO_OUTAGES = ("waktu.semua", NO_TIME)


class GivenMeanwhile(Exception):
    """Somebody decided about this time since the page was drawn that asks for it; nothing was done."""


@dataclass(frozen=True)
class Happening:
    """One line of a room's story: `action` as in the audit trail, `text` a note or the act's reason.

    person: whom it concerns, '' for the room.  minutes: that were given, None where it was no matter of time.
    """

    at: datetime
    action: str
    person: str
    minutes: int | None
    text: str
    by_name: str


def note_incident(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    text: str,
    actor: Actor,
    now: datetime,
    attempt_id: uuid.UUID | None = None,
) -> None:
    """Write down what happened in a room, or to one person there.

    Raises NoSuchSitting, WrongState when the room is sealed or the attempt is another room's.
    """
    sitting = locked_sitting(session, sitting_id)
    room = select(ATTEMPT.c.sitting_id).where(ATTEMPT.c.id == attempt_id)
    if sitting.sealed_at is not None or (attempt_id and session.connection().scalar(room) != sitting_id):
        raise WrongState
    session.add(
        Incident(
            sitting_id=sitting_id,
            attempt_id=attempt_id,
            text=text,
            by_id=actor.id,
            by_name=actor.name,
            at=now,
        )
    )
    record_act(session, sitting, action="kejadian.catat", actor=actor, now=now, reason=text)
    session.commit()


def leave_outage(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    reason: str,
    actor: Actor,
    now: datetime,
    known: int | None = None,
) -> None:
    """Decide that nobody gets time for the outages so far.

    known: how many decisions about the whole room's time the page showed that asks.
    Raises NoSuchSitting, WrongState when the room is closed, GivenMeanwhile.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None:
        raise WrongState
    if known not in (None, n_decisions(session, sitting_id)):
        raise GivenMeanwhile
    record_act(session, sitting, action="sesi.tanpa-tambahan", actor=actor, now=now, reason=reason)
    session.commit()


def story_of(session: Session, sitting_id: uuid.UUID) -> list[Happening]:
    """Return what happened in a room, the first first."""
    names = _names(session, sitting_id)
    lines = [_act(event, names) for event in _acts(session, sitting_id)]
    notes = session.scalars(select(Incident).where(Incident.sitting_id == sitting_id)).all()
    attempts = _people(session, sitting_id)
    for note in notes:
        person = names.get(str(attempts.get(note.attempt_id, "")), "") if note.attempt_id else ""
        lines.append(Happening(note.at, NOTE, person, None, note.text, note.by_name))
    return sorted(lines, key=lambda line: line.at)


def outages_answered_at(session: Session, sitting_id: uuid.UUID) -> datetime | None:
    """Return when the committee last decided about time for the whole room."""
    return session.scalar(
        select(AuditEvent.at)
        .where(AuditEvent.action.in_(ANSWERS_TO_OUTAGES), AuditEvent.subject == str(sitting_id))
        .order_by(AuditEvent.number.desc())
        .limit(1)
    )


def n_decisions(session: Session, sitting_id: uuid.UUID) -> int:
    """Return how often the committee decided about time for the whole room."""
    told = select(func.count()).where(
        AuditEvent.action.in_(ANSWERS_TO_OUTAGES), AuditEvent.subject == str(sitting_id)
    )
    return session.scalar(told) or 0


def noted_at(session: Session, sitting_id: uuid.UUID) -> dict[uuid.UUID, datetime]:
    """Return for each attempt with a note when the last one was written."""
    rows = session.execute(
        select(Incident.attempt_id, Incident.at)
        .where(Incident.sitting_id == sitting_id, Incident.attempt_id.is_not(None))
        .order_by(Incident.at)
    )
    return {attempt_id: at for attempt_id, at in rows if attempt_id}


def _acts(session: Session, sitting_id: uuid.UUID) -> list[AuditEvent]:
    about = select(AuditEvent).where(AuditEvent.action.in_(ACTS), AuditEvent.subject == str(sitting_id))
    return list(session.scalars(about.order_by(AuditEvent.number)))


def _act(event: AuditEvent, names: dict[str, str]) -> Happening:
    detail = event.detail or {}
    return Happening(
        at=event.at,
        action=event.action,
        person=names.get(str(detail.get("peserta", "")), ""),
        minutes=detail.get("menit"),
        text=detail.get("alasan") or "",
        by_name=detail.get("nama") or "",
    )


def _people(session: Session, sitting_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    rows = session.connection().execute(
        select(ATTEMPT.c.id, ATTEMPT.c.enrolment_id).where(ATTEMPT.c.sitting_id == sitting_id)
    )
    return {attempt_id: enrolment_id for attempt_id, enrolment_id in rows}


def _names(session: Session, sitting_id: uuid.UUID) -> dict[str, str]:
    rows = session.execute(
        select(Enrolment.id, Person.name)
        .join(Person, Person.id == Enrolment.person_id)
        .join(ATTEMPT, ATTEMPT.c.enrolment_id == Enrolment.id)
        .where(ATTEMPT.c.sitting_id == sitting_id)
    )
    return {str(enrolment_id): name for enrolment_id, name in rows}
