"""How a trainee gets in: by badge and PIN, on one phone at a time, and starts the clock."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import deadline, elapsed_ms, remaining_ms, room_is_over
from kapuas_quiz.core.brake import Brake
from kapuas_quiz.core.journal import Answer
from kapuas_quiz.core.presentation import present
from kapuas_quiz.delivery.attempts import (
    ATTEMPT,
    AttemptFacts,
    derived_id,
)
from kapuas_quiz.delivery.devices import admit_device, check_device
from kapuas_quiz.delivery.ledger import locked_ledger
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.refusals import (
    AlreadyEnded,
    NoForms,
    NoSuchAttempt,
    NotStarted,
    RoomOver,
    TooManyTries,
    UnknownBadge,
    WrongPin,
)
from kapuas_quiz.delivery.sheet import Sheet, sheet_of
from kapuas_quiz.delivery.standing import Standing, attempts_of, standing_of, stored_ending
from kapuas_quiz.forms.models import Assessment
from kapuas_quiz.forms.service import FormsNotAssembled, form_for, form_of
from kapuas_quiz.trainings.models import Enrolment
from kapuas_quiz.trainings.service import EnrolmentView, enrolment_by_token

ATTEMPT_IDS = "pengerjaan"
"""The purpose for which the key of attempts' ids is derived."""
OLD_PIN_GOOD_FOR = timedelta(minutes=5)


# Statements of the way in are built once: building one costs as much as running it.
_LOCK_PERSON = select(Enrolment.id).where(Enrolment.id == bindparam("person")).with_for_update()
_OPEN_SITTINGS = (
    select(Sitting, Assessment)
    .join(Assessment, Assessment.id == Sitting.assessment_id)
    .where(Assessment.training_id == bindparam("training"), Sitting.closed_at.is_(None))
)
_PRESENTATION = select(ATTEMPT.c.presentation).where(ATTEMPT.c.id == bindparam("attempt"))
_BEGIN = update(ATTEMPT).where(ATTEMPT.c.id == bindparam("attempt"))
_NEW = insert(ATTEMPT)


@dataclass(frozen=True)
class Begun:
    """The questions, how this person sees them, and what already counts."""

    sheet: Sheet
    presentation: Mapping[str, Any]
    assessment: str
    answers: Mapping[int, Answer]
    ack: int
    elapsed_ms: int
    remaining_ms: int
    sitting_id: uuid.UUID
    paused: bool
    grants: int


def join(
    session: Session,
    *,
    token: str,
    pin: str,
    device: str,
    takeover: bool,
    brake: Brake,
    id_key: bytes,
    now: datetime,
) -> tuple[EnrolmentView, uuid.UUID]:
    """Let the bearer of a badge into the sitting with this PIN; the same call again changes nothing.

    id_key: from which ids of attempts are made.
    Returns the person and the attempt's id. Raises a Refusal.
    """
    person = enrolment_by_token(session, token)
    if person is None:
        raise UnknownBadge
    wait = brake.wait_seconds(person.id, now)
    if wait:
        raise TooManyTries(wait_s=wait)
    lock_person(session, person.id)
    # The rows stay in the session for as long as somebody has them: nobody below asks for them again.
    rooms = session.execute(_OPEN_SITTINGS, {"training": person.training_id}).all()
    sitting = next((sitting for sitting, _assessment in rooms if _opens(sitting, pin, now)), None)
    if sitting is None:
        brake.fail(person.id, now)
        raise WrongPin
    attempt_id = _attempt_in(session, person, sitting, id_key, now)
    admit_device(session, attempt_id, device, takeover, now)
    session.commit()
    return person, attempt_id


def enter(session: Session, *, now: datetime, **said: Any) -> tuple[Standing, uuid.UUID]:
    """Join, and return where the person stands then, in the same transaction."""
    person, attempt_id = join(session, now=now, **said)
    return standing_of(session, person, now=now), attempt_id


def lock_person(session: Session, enrolment_id: uuid.UUID) -> None:
    """Keep two requests of one person from making two attempts."""
    if session.get_bind().dialect.name != "sqlite":  # there a writing transaction holds the only lock
        session.connection().execute(_LOCK_PERSON, {"person": enrolment_id})


def start(session: Session, *, attempt_id: uuid.UUID, device: str, now: datetime) -> Begun:
    """Start the clock at the first call; hand out the questions and what already counts at each.

    Raises a Refusal.
    """
    connection = session.connection()
    ledger = locked_ledger(connection, attempt_id, wait=False)
    if ledger is None:
        raise NoSuchAttempt
    facts, journal = ledger.facts, ledger.journal
    if stored_ending(facts, now) or facts.closed_at is not None:
        raise AlreadyEnded
    check_device(journal, device)
    if facts.started_at is None:
        facts = _start_clock(connection, facts, now)
    begun = Begun(
        sheet=sheet_of(session, facts.form_id),
        presentation=connection.scalar(_PRESENTATION, {"attempt": attempt_id}) or {},
        assessment=facts.assessment,
        answers=ledger.fold.answers,
        ack=len(journal.of(device)),
        elapsed_ms=elapsed_ms(facts.course, now),
        remaining_ms=remaining_ms(facts.course, now) or 0,
        sitting_id=facts.sitting_id,
        paused=facts.is_paused,
        grants=facts.n_grants,
    )
    session.commit()
    return begun


def _opens(sitting: Sitting, pin: str, now: datetime) -> bool:
    if secrets.compare_digest(pin.encode(), sitting.pin.encode()):
        return True
    seen_at = sitting.pin_frozen_at or now
    fresh = sitting.previous_pin and seen_at - sitting.pin_changed_at <= OLD_PIN_GOOD_FOR
    return bool(fresh) and secrets.compare_digest(pin.encode(), sitting.previous_pin.encode())


def _attempt_in(
    session: Session, person: EnrolmentView, sitting: Sitting, id_key: bytes, now: datetime
) -> uuid.UUID:
    attempts = attempts_of(session, person.id)
    known = next((a for a in attempts if a.assessment_id == sitting.assessment_id), None)
    if (known is None or known.started_at is None) and is_over(session, sitting, now):
        raise RoomOver
    if known is None:
        return _new_attempt(session, person, sitting, id_key, now)
    if known.started_at is not None:
        if stored_ending(known, now):
            raise AlreadyEnded
    elif known.sitting_id != sitting.id:
        session.execute(update(ATTEMPT).where(ATTEMPT.c.id == known.id).values(sitting_id=sitting.id))
    return known.id


def is_over(session: Session, sitting: Sitting, now: datetime) -> bool:
    """Tell whether nobody can begin in a room at this moment."""
    return room_is_over(
        "serentak" if sitting.clock == "serentak" else "sendiri",
        session.get_one(Assessment, sitting.assessment_id).minutes,
        room_started_at=sitting.started_at,
        now=now,
        granted_ms=sitting.granted_ms,
        begin_until=sitting.begin_until,
        paused_at=sitting.paused_at,
    )


def _new_attempt(
    session: Session, person: EnrolmentView, sitting: Sitting, id_key: bytes, now: datetime
) -> uuid.UUID:
    try:
        form_id = form_for(session, assessment_id=sitting.assessment_id, enrolment_id=person.id, now=now)
    except FormsNotAssembled as error:
        raise NoForms from error
    own = Origin(sitting.assessment_id, person.id, form_id, sitting.id)
    return add_attempt(session, own, id_key, now)


@dataclass(frozen=True)
class Origin:
    """Whose attempt it is, at which test, on which form, begun in which room: what its id is made from."""

    assessment_id: uuid.UUID
    enrolment_id: uuid.UUID
    form_id: uuid.UUID
    sitting_id: uuid.UUID

    def id(self, key: bytes) -> uuid.UUID:
        """Return the attempt's id."""
        return derived_id(key, **vars(self))


def add_attempt(session: Session, origin: Origin, id_key: bytes, now: datetime) -> uuid.UUID:
    """Store an attempt that waits for its start; return its id, no commit."""
    attempt_id = origin.id(id_key)
    values = {
        "id": attempt_id,
        **vars(origin),
        "presentation": present(form_of(session, origin.form_id).items, attempt_id.int),
        "joined_at": now,
        "last_contact_at": now,
    }
    session.connection().execute(_NEW, values)
    return attempt_id


def _start_clock(connection: Connection, facts: AttemptFacts, now: datetime) -> AttemptFacts:
    if not facts.can_start:
        raise NotStarted
    if not facts.waits(now):
        raise RoomOver
    return begin(connection, facts, now)


def begin(connection: Connection, facts: AttemptFacts, at: datetime) -> AttemptFacts:
    """Store that the clock of an attempt runs since a moment; no commit."""
    until = deadline(
        facts.clock,
        facts.minutes,
        room_started_at=facts.room_started_at,
        started_at=at,
        granted_ms=facts.granted_ms,
    )
    values = {"started_at": at, "deadline_at": until, "last_contact_at": at}
    connection.execute(_BEGIN, {"attempt": facts.id, **values})
    return replace(facts, **values)  # type: ignore[arg-type]
