"""Take in pictures of entries that did not come over the network."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.handed_picture import is_signed, read_picture
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import AttemptFacts, attempt_secret, locked_attempt
from kapuas_quiz.delivery.handed_refusals import EarlierPartMissing, NotOurs
from kapuas_quiz.delivery.journal import Acknowledgement, Batch, take_in
from kapuas_quiz.delivery.ledger import stored_journal
from kapuas_quiz.delivery.messages import entries_from
from kapuas_quiz.delivery.refusals import AttemptSealed, NoSuchAttempt, NumberGap
from kapuas_quiz.delivery.sheet import sheet_of
from kapuas_quiz.trainings.service import EnrolmentView, enrolment_view


@dataclass(frozen=True)
class Taken:
    """What became of a code or a picture.

    by: 'kode' or 'qr'.  n_answered: answers of this person that count now.  n_new: entries that a picture
    brought.  cannot: running numbers, as the person sees them, of questions that no code carries.
    again: it was here already, and counted once.  late: the room was closed before.
    """

    by: str
    attempt_id: uuid.UUID
    person: EnrolmentView
    n_answered: int
    n_items: int
    cannot: tuple[int, ...] = ()
    n_new: int = 0
    number: int = 1
    parts: int = 1
    handed_in: bool = True
    again: bool = False
    late: bool = False


def take_picture(
    session: Session, *, text: str, key: bytes, receipt_key: bytes, actor: Actor, now: datetime
) -> Taken:
    """Take in the entries of a scanned picture by the rules of the journal; commit.

    Raises NotOurs, EarlierPartMissing or another Refusal; then nothing was stored.
    """
    picture = read_picture(text)
    if picture is None or not is_signed(text, attempt_secret(key, picture.attempt_id)):
        raise NotOurs
    facts = unsealed(session, picture.attempt_id)
    person, sheet = enrolment_view(session, facts.enrolment_id), sheet_of(session, facts.form_id)
    stored = len(stored_journal(session, facts).of(picture.device))
    entries = entries_from(picture.entries)
    n_new = max(0, picture.first + len(entries) - 1 - stored)
    batch = Batch(
        facts.id, picture.device, entries, receipt_key, now, left=max(0, facts.unsent - n_new), via="qr"
    )
    try:
        outcome = take_in(session.connection(), batch)
    except NumberGap as gap:
        raise EarlierPartMissing(picture.number, gap.ack + 1) from gap
    if n_new and isinstance(outcome.said, Acknowledgement):
        detail = {"bagian": f"{picture.number}/{picture.parts}", "baru": n_new, "hp": picture.device}
        record(
            session, at=now, actor=actor, action="serah.qr", subject=str(facts.enrolment_id), detail=detail
        )
    session.commit()
    done = outcome.told()
    return Taken(
        by="qr",
        attempt_id=facts.id,
        person=person,
        n_answered=done.n_answered,
        n_items=sheet.n_items,
        n_new=n_new,
        number=picture.number,
        parts=picture.parts,
        handed_in=done.ending is not None,
        again=not n_new,
        late=done.late,
    )


def unsealed(session: Session, attempt_id: uuid.UUID) -> AttemptFacts:
    """Return an attempt that may still change, locked.

    Raises NoSuchAttempt, AttemptSealed.
    """
    facts = locked_attempt(session, attempt_id)
    if facts is None:
        raise NoSuchAttempt
    if facts.sealed_at is not None:
        raise AttemptSealed
    return facts
