"""Store what stands on an answer sheet: entries of the same journal, as the attempt's newest device."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.attempt import milliseconds
from kapuas_quiz.core.items.base import Answer
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.attempts import AttemptFacts
from kapuas_quiz.delivery.devices import admit_device
from kapuas_quiz.delivery.journal import Acknowledgement, Entry, record_entries
from kapuas_quiz.delivery.paper_assignment import accept_other_form, due_label, note_other_form
from kapuas_quiz.delivery.paper_attempts import (
    PREFIX,
    PaperSheet,
    Times,
    attempt_on,
    begin_on_paper,
    locked_sitting,
    take_over_phone,
)
from kapuas_quiz.delivery.paper_forms import booklet_of
from kapuas_quiz.delivery.paper_refusals import AlreadyTyped, BadTimes
from kapuas_quiz.trainings.service import enrolment_view


@dataclass(frozen=True)
class Stored:
    """What became of a sheet.

    from_phone: a phone had begun, and hears of it.
    late: the room was closed already.  over: it was written past the deadline, so its time is unsure.
    other_form: it was not the form that the person should have had.
    """

    attempt_id: uuid.UUID
    sitting_id: uuid.UUID
    from_phone: bool
    late: bool
    over: bool
    other_form: bool


def store_sheet(
    session: Session,
    *,
    sitting_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    sheet: PaperSheet,
    go_on: bool,
    receipt_key: bytes,
    actor: Actor,
    now: datetime,
) -> Stored:
    """Store a sheet and hand it in, in one transaction.

    go_on: what a phone began is to be continued.
    Raises a PaperRefusal, a Refusal, NoSuchBooklet, NoSuchSitting, UnknownEnrolmentError.
    """
    sitting, test = locked_sitting(session, sitting_id)
    person = enrolment_view(session, enrolment_id, training_id=test.training_id)
    printed = booklet_of(session, training_id=test.training_id, name=sheet.booklet)
    times = sheet.times
    if not times.began < times.ended <= now:
        raise BadTimes
    facts = attempt_on(session, person.id, test.id)
    due = due_label(session, test, person.id, now)
    if facts is None or facts.started_at is None:
        facts, from_phone = (
            begin_on_paper(session, sitting, test, person.id, printed, times, now, facts),
            False,
        )
    elif facts.medium == "kertas":
        raise AlreadyTyped
    else:
        facts, from_phone = take_over_phone(session, facts, printed, sheet.given, go_on=go_on), True
    used = printed.form.label
    if used != due:
        accept_other_form(session, test, person.id, used, now)
        note_other_form(session, facts.sitting_id, facts.id, used, due, actor, now)
    ended_ms, over = _end(facts, times)
    detail = {
        "ruang": sitting.room,
        "tes": test.kind,
        "buku": sheet.booklet,
        "paket_ditetapkan": due,
        "jawaban": len(sheet.given),
        "mulai": times.began.isoformat(),
        "selesai": times.ended.isoformat(),
        "lewat_waktu": over,
        "melanjutkan_hp": from_phone,
    }
    record(session, at=now, actor=actor, action="kertas.simpan", subject=str(person.id), detail=detail)
    done = write_entries(
        session,
        facts,
        [(n, sheet.answers[n]) for n in sheet.given],
        ended_ms,
        int(over),
        receipt_key=receipt_key,
        now=now,
    )
    return Stored(facts.id, facts.sitting_id, from_phone, done.late, over, used != due)


def _end(facts: AttemptFacts, times: Times) -> tuple[int, bool]:
    """Return when the sheet ended, in milliseconds since the start, cut off at the deadline, and if so."""
    written = max(0, milliseconds(times.ended - (facts.started_at or times.began)))
    limit = facts.course.limit_ms
    over = limit is not None and written > limit
    return (limit if limit is not None and over else written), over


def write_entries(
    session: Session,
    facts: AttemptFacts,
    answers: Sequence[tuple[int, Answer]],
    at_ms: int,
    unsure: int,
    *,
    receipt_key: bytes,
    now: datetime,
) -> Acknowledgement:
    """Let a sheet take the attempt over, write its answers and hand in; commits.

    Raises a Refusal.
    """
    device = PREFIX + secrets.token_urlsafe(9)
    admit_device(session, facts.id, device, True, now)
    entries = [
        Entry(seq, "jawab", position, answer, at_ms, unsure)
        for seq, (position, answer) in enumerate(answers, 1)
    ]
    entries.append(Entry(len(entries) + 1, "selesai", None, None, at_ms, unsure))
    return record_entries(
        session,
        attempt_id=facts.id,
        device=device,
        entries=entries,
        receipt_key=receipt_key,
        now=now,
        left=facts.unsent,
        via="kertas",
    )
