"""A stored sheet: what was typed, corrected with a reason, compared with a second typing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import record
from kapuas_quiz.core.items.base import Answer
from kapuas_quiz.core.paper import Slot, Tally, tally, written
from kapuas_quiz.core.receipts import receipt
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import ATTEMPT, AttemptFacts
from kapuas_quiz.delivery.ledger import Journal, fold_of, stored_journal
from kapuas_quiz.delivery.paper_attempts import PREFIX, attempt_on, draw_from_booklet, locked_sitting
from kapuas_quiz.delivery.paper_entry import write_entries
from kapuas_quiz.delivery.paper_forms import Booklet, booklet_of
from kapuas_quiz.delivery.paper_refusals import NotTyped
from kapuas_quiz.delivery.room import sitting_view
from kapuas_quiz.delivery.standing import attempts_of
from kapuas_quiz.trainings.service import EnrolmentView, enrolment_view

CHECKED, CORRECTED, STORED = "kertas.cocok", "kertas.perbaiki", "kertas.simpan"


@dataclass(frozen=True)
class TypedSheet:
    """A sheet as it is stored, with its receipt; `typed` by the labels of its places.

    checked: who typed it a second time with the same result, '' for nobody since the last correction.
    n_phone: answers that came from a phone and stand where the sheet is blank.
    """

    person: EnrolmentView
    facts: AttemptFacts
    booklet: Booklet
    answers: Mapping[int, Answer]
    typed: Mapping[str, str]
    receipt: str
    checked: str
    n_phone: int

    @property
    def tally(self) -> Tally:
        """Return what is read back."""
        return tally(self.booklet.slots, self.typed)

    @property
    def n_answered(self) -> int:
        """Return how many items the sheet answers."""
        return sum(answer is not None for answer in self.answers.values())


def typed_sheet(session: Session, *, sitting_id: uuid.UUID, enrolment_id: uuid.UUID) -> TypedSheet:
    """Return the stored sheet of somebody.

    Raises NotTyped, NoSuchSitting, UnknownEnrolmentError.
    """
    sitting = sitting_view(session, sitting_id)
    person = enrolment_view(session, enrolment_id, training_id=sitting.training_id)
    mine = (a for a in attempts_of(session, person.id) if a.assessment == sitting.assessment)
    return _sheet(session, person, next(mine, None))[0]


def locked_sheet(
    session: Session, sitting_id: uuid.UUID, enrolment_id: uuid.UUID
) -> tuple[TypedSheet, Journal]:
    """Return the stored sheet of somebody and the journal it stands in, which nobody else changes now.

    Raises NotTyped, AttemptSealed, NoSuchSitting, UnknownEnrolmentError.
    """
    _sitting, test = locked_sitting(session, sitting_id)
    person = enrolment_view(session, enrolment_id, training_id=test.training_id)
    return _sheet(session, person, attempt_on(session, person.id, test.id))


def _sheet(session: Session, person: EnrolmentView, facts: AttemptFacts | None) -> tuple[TypedSheet, Journal]:
    if facts is None or facts.medium != "kertas":
        raise NotTyped
    stored = session.connection().scalar(select(ATTEMPT.c.presentation).where(ATTEMPT.c.id == facts.id)) or {}
    booklet = booklet_of(session, training_id=person.training_id, name=stored["kertas"]["buku"])
    journal = stored_journal(session, facts)
    answers = on_paper(journal)
    counted = fold_of(facts, journal).answers
    sheet = TypedSheet(
        person=person,
        facts=facts,
        booklet=booklet,
        answers=answers,
        typed=typed_texts(booklet.slots, answers),
        receipt=receipt(journal.stored[-1].link),
        checked=_checked_by(session, person.id, facts),
        n_phone=sum(a.answer is not None and answers.get(n) is None for n, a in counted.items()),
    )
    return sheet, journal


def on_paper(journal: Journal) -> dict[int, Answer]:
    """Return what the sheet says by position, as last typed."""
    entries = [event for event in journal.events if event.device.startswith(PREFIX)]
    return {e.position: e.answer for e in entries if e.kind == "jawab" and e.position is not None}


def typed_texts(slots: tuple[Slot, ...], answers: Mapping[int, Answer]) -> dict[str, str]:
    """Return what stands in each place for answers by position."""
    return {slot.label: written(slot, answers.get(slot.position)) for slot in slots}


def _checked_by(session: Session, enrolment_id: uuid.UUID, facts: AttemptFacts) -> str:
    """Return who typed the sheet a second time, if that is the last thing that was done to it."""
    acts = (CHECKED, CORRECTED, STORED)
    last = session.scalar(
        select(AuditEvent)
        .where(AuditEvent.subject == str(enrolment_id), AuditEvent.action.in_(acts))
        .order_by(AuditEvent.number.desc())
        .limit(1)
    )
    if last is None or last.action != CHECKED:
        return ""
    told = last.detail or {}
    return str(told.get("nama", "")) if told.get("tes") == facts.assessment else ""


def correct_sheet(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    answers: Mapping[int, Answer],
    reason: str,
    receipt_key: bytes,
    actor: Actor,
    now: datetime,
) -> bool:
    """Store what was typed wrongly anew; return whether the room was closed already.

    Where the sheet is blank after all, what the phone said counts again.
    Raises NotTyped, AttemptSealed.
    """
    sheet, journal = locked_sheet(session, sitting_id, enrolment_id)
    facts = sheet.facts
    changed = {n: a for n, a in answers.items() if sheet.answers.get(n) != a}
    if not changed:
        session.rollback()
        return False
    blank = [n for n, answer in changed.items() if answer is None]
    phone = fold_of(facts, _without_paper(journal)).answers
    given_back = {n: phone[n].answer for n in blank if n in phone}
    draw_from_booklet(session, facts.id, sheet.booklet, changed.keys() - set(blank), given_back)
    record(
        session,
        at=now,
        actor=actor,
        action=CORRECTED,
        subject=str(enrolment_id),
        detail={"tes": facts.assessment, "ubahan": _changes(sheet, changed)},
        reason=reason,
    )
    at_ms, unsure = _hand_in(journal)
    entries = sorted({**changed, **given_back}.items())
    return write_entries(session, facts, entries, at_ms, unsure, receipt_key=receipt_key, now=now).late


def _without_paper(journal: Journal) -> Journal:
    return replace(
        journal,
        devices=tuple(device for device in journal.devices if not device.name.startswith(PREFIX)),
        stored=tuple(one for one in journal.stored if not one.event.device.startswith(PREFIX)),
    )


def _hand_in(journal: Journal) -> tuple[int, int]:
    """Return the time of the sheet's hand-in and whether it is unsure."""
    last = next(e for e in reversed(journal.events) if e.kind == "selesai" and e.device.startswith(PREFIX))
    return last.at_ms, last.unsure


def _changes(sheet: TypedSheet, changed: Mapping[int, Answer]) -> dict[str, list[str]]:
    slots = [slot for slot in sheet.booklet.slots if slot.position in changed]
    texts = {slot.label: [sheet.typed[slot.label], written(slot, changed[slot.position])] for slot in slots}
    return {label: said for label, said in texts.items() if said[0] != said[1]}


def compare_typing(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    answers: Mapping[int, Answer],
    actor: Actor,
    now: datetime,
) -> tuple[tuple[str, str, str], ...]:
    """Compare a second typing with the stored one: (place, first, second) wherever they differ.

    Without a difference the trail says who agreed.
    Raises NotTyped, AttemptSealed.
    """
    sheet, _journal = locked_sheet(session, sitting_id, enrolment_id)
    again = typed_texts(sheet.booklet.slots, answers)
    differing = tuple(
        (k, text, again[k]) for k, text in sheet.typed.items() if text.casefold() != again[k].casefold()
    )
    if differing:
        session.rollback()
        return differing
    detail: dict[str, Any] = {"tes": sheet.facts.assessment, "jawaban": sheet.n_answered}
    record(session, at=now, actor=actor, action=CHECKED, subject=str(enrolment_id), detail=detail)
    session.commit()
    return ()
