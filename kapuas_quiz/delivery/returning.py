"""How a phone comes back that an earlier laptop let in, to a laptop that goes on with an older copy."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.attempt import MILLISECOND
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.attempts import AttemptFacts, locked_attempt
from kapuas_quiz.delivery.devices import admit_device
from kapuas_quiz.delivery.entrance import Origin, add_attempt, begin, is_over, lock_person
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.refusals import AttemptSealed, NoSuchAttempt, RoomOver, UnknownBadge
from kapuas_quiz.delivery.standing import Standing, attempts_of, standing_of
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import forms_of, keep_form
from kapuas_quiz.trainings.service import EnrolmentView, enrolment_by_token


@dataclass(frozen=True)
class Claim:
    """What a phone has that showed the attempt's secret.

    elapsed_ms: for how long it has been at work, None before the start.
    """

    token: str
    attempt_id: uuid.UUID
    device: str
    elapsed_ms: int | None


def let_back(session: Session, claim: Claim, *, id_key: bytes, now: datetime) -> tuple[Standing, uuid.UUID]:
    """Make good what the copy lacks: the attempt, its start, its phone; what is there already stays.

    Returns where the person stands, and the attempt's id. Raises a Refusal.
    """
    person = enrolment_by_token(session, claim.token)
    if person is None:
        raise UnknownBadge
    lock_person(session, person.id)
    facts = _facts(session, person, claim, id_key, now)
    if facts.sealed_at is not None:
        raise AttemptSealed
    if facts.started_at is None and claim.elapsed_ms is not None:
        _begin_as_before(session, facts, claim.elapsed_ms, now)
    admit_device(session, facts.id, claim.device, takeover=True, now=now)
    standing = standing_of(session, person, now=now)
    session.commit()
    return standing, facts.id


def _facts(
    session: Session, person: EnrolmentView, claim: Claim, id_key: bytes, now: datetime
) -> AttemptFacts:
    attempts = attempts_of(session, person.id)
    if all(known.id != claim.attempt_id for known in attempts):
        origin = _origin(session, person, claim.attempt_id, id_key)
        if origin is None or any(known.assessment_id == origin.assessment_id for known in attempts):
            raise NoSuchAttempt
        _make_again(session, origin, claim, id_key, now)
    facts = locked_attempt(session, claim.attempt_id)
    if facts is None:
        raise NoSuchAttempt
    return facts


def _origin(session: Session, person: EnrolmentView, attempt_id: uuid.UUID, id_key: bytes) -> Origin | None:
    """Return from what the id of this person's attempt was made, None where it was not made here."""
    forms = forms_of(session, person.training_id).values()
    rooms = session.execute(
        select(Sitting.assessment_id, Sitting.id)
        .join(Assessment, Assessment.id == Sitting.assessment_id)
        .where(Assessment.training_id == person.training_id)
    ).all()
    made = (Origin(test, person.id, form, room) for test, room in rooms for form in forms)
    return next((origin for origin in made if origin.id(id_key) == attempt_id), None)


def _make_again(session: Session, origin: Origin, claim: Claim, id_key: bytes, now: datetime) -> None:
    sitting = session.get_one(Sitting, origin.sitting_id)
    if sitting.sealed_at is not None:
        raise AttemptSealed
    if claim.elapsed_ms is None and (sitting.closed_at is not None or is_over(session, sitting, now)):
        raise RoomOver
    test, person, form = origin.assessment_id, origin.enrolment_id, origin.form_id
    if not keep_form(session, assessment_id=test, enrolment_id=person, form_id=form, now=now):
        raise NoSuchAttempt
    add_attempt(session, origin, id_key, now)
    detail = {"ruang": sitting.room, "pengerjaan": str(claim.attempt_id), "berjalan_ms": claim.elapsed_ms}
    subject = str(sitting.id)
    record(session, at=now, actor=SYSTEM, action="pengerjaan.pulih", subject=subject, detail=detail)


def _begin_as_before(session: Session, facts: AttemptFacts, elapsed_ms: int, now: datetime) -> None:
    """Let the clock run since the phone began, but not before its room did.

    Where the room does not run here (yet), or was over then, nothing is begun and the phone asks again.
    """
    sitting = session.get_one(Sitting, facts.sitting_id)
    at = max(now - elapsed_ms * MILLISECOND, facts.room_started_at or sitting.opened_at)
    runs = facts.clock == "sendiri" or facts.room_started_at is not None
    stood = facts.paused_at is not None and at >= facts.paused_at
    shut = facts.closed_at is not None and at >= facts.closed_at
    if runs and not stood and not shut and not is_over(session, sitting, at):
        begin(session.connection(), facts, at)
