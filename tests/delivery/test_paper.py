"""Answers on paper: one attempt a person, one journal, whatever a phone did before."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.certificates.candidates import lines_of, list_facts
from kapuas_quiz.core.items import key_answer
from kapuas_quiz.core.items.base import Answer
from kapuas_quiz.core.receipts import first_fault
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.core.standard import PassRule
from kapuas_quiz.delivery.attempts import facts_from, facts_query
from kapuas_quiz.delivery.ledger import stored_journal
from kapuas_quiz.delivery.models import Attempt, AttemptDevice, Incident, Response, ResponseEvent
from kapuas_quiz.delivery.paper_attempts import PaperSheet, Times
from kapuas_quiz.delivery.paper_entry import Stored, store_sheet
from kapuas_quiz.delivery.paper_forms import Booklet, booklet_of
from kapuas_quiz.delivery.paper_refusals import (
    AlreadyTyped,
    BadTimes,
    HandedInOnPhone,
    OtherForm,
    PaperSealed,
    PhoneHolds,
)
from kapuas_quiz.delivery.paper_typed import compare_typing, correct_sheet, typed_sheet
from kapuas_quiz.delivery.refusals import AttemptSealed
from kapuas_quiz.forms.models import FormAssignment, FormItem
from kapuas_quiz.oversight.summary import summarize
from kapuas_quiz.reporting.people import people_report
from kapuas_quiz.scoring.seen import seen_items
from kapuas_quiz.scoring.service import latest_scores
from tests.conftest import Clock
from tests.core.items.samples import DRAWN, KEYS, content
from tests.delivery.handset import Hall, Handset, look, open_hall, open_room

NILA = "Nila Pertiwi"
KEY = bytes(32)
TYPES = [*KEYS, *DRAWN]
BALLOT = TYPES.index("ballot") + 1


@pytest.fixture
def hall(session: Session, clock: Clock) -> Hall:
    """A hall whose first form begins with one item of every type."""
    hall = open_hall(session, clock(), NILA)
    places = select(FormItem).where(FormItem.form_id == hall.classroom.forms["A"])
    for place in session.scalars(places.order_by(FormItem.position)).all()[: len(TYPES)]:
        session.get_one(ItemRevision, place.revision_id).content = content(TYPES[place.position - 1])
    session.commit()
    clock.forward(minutes=40)
    return hall


def booklet(session: Session, hall: Hall, name: str = "A1") -> Booklet:
    found = booklet_of(session, training_id=hall.classroom.training_id, name=name)
    session.rollback()
    return found


def right_answers(session: Session, hall: Hall, name: str = "A1") -> dict[int, Answer]:
    """Return the right answers to what is printed in a booklet."""
    printed = booklet(session, hall, name)
    items = seen_items(printed.form, printed.presentation["drawn"])
    return {item.position: key_answer(item.content) for item in items}


def store(
    session: Session,
    hall: Hall,
    clock: Clock,
    answers: dict[int, Answer],
    *,
    name: str = "A1",
    went_on: int = 15,
    go_on: bool = False,
    sitting_id: uuid.UUID | None = None,
) -> Stored:
    """Type Nila's sheet, written from the opening of the room for so many minutes."""
    began = clock() - timedelta(minutes=40)
    return store_sheet(
        session,
        sitting_id=sitting_id or hall.sitting_id,
        enrolment_id=hall.classroom.people[NILA],
        sheet=PaperSheet(name, Times(began, began + timedelta(minutes=went_on)), answers),
        go_on=go_on,
        receipt_key=KEY,
        actor=SYSTEM,
        now=clock(),
    )


def correct(session: Session, hall: Hall, clock: Clock, answers: dict[int, Answer]) -> None:
    correct_sheet(
        session,
        sitting_id=hall.sitting_id,
        enrolment_id=hall.classroom.people[NILA],
        answers=answers,
        reason="Salah ketik.",
        receipt_key=KEY,
        actor=SYSTEM,
        now=clock(),
    )


def current(session: Session) -> dict[int, Any]:
    return {row.position: row.answer for row in look(session, select(Response)) if row.answer is not None}


def points(session: Session, hall: Hall, clock: Clock) -> float:
    scores = latest_scores(session, hall.classroom.training_id, now=clock())
    session.rollback()
    return next(score.points for score in scores if score.competency == "")


def phone_at_work(app: Flask, hall: Hall, clock: Clock, *, answers: int) -> Handset:
    """Let Nila begin on a phone when the room opened, and answer the first of the last questions."""
    clock.forward(minutes=-40)
    phone = Handset(app, NILA)
    phone.join(hall.pin)
    phone.start()
    clock.forward(minutes=5)
    last = sorted(item["n"] for item in phone.items)[-answers:] if answers else []
    choices = {item["n"]: item["options"][0]["id"] for item in phone.items if "options" in item}
    phone.send(*[phone.entry("jawab", n, choices[n], t=60_000) for n in last])
    clock.forward(minutes=35)
    return phone


def test_a_sheet_with_every_answer_right_earns_every_point(
    session: Session, hall: Hall, clock: Clock
) -> None:
    right = right_answers(session, hall)
    done = store(session, hall, clock, right)
    assert not (done.late or done.over or done.other_form)
    assert current(session) == right
    assert points(session, hall, clock) == len(right)
    attempt = look(session, select(Attempt))[0]
    assert (attempt.medium, attempt.end_reason) == ("kertas", "diserahkan")
    assert attempt.ended_at - attempt.started_at == timedelta(minutes=15)


def test_every_entry_from_paper_is_in_the_chain_of_receipts(
    session: Session, hall: Hall, clock: Clock
) -> None:
    store(session, hall, clock, right_answers(session, hall))
    entries = look(session, select(ResponseEvent))
    assert {entry.via for entry in entries} == {"kertas"}
    assert all(entry.device.startswith("kertas-") for entry in entries)
    facts = facts_from(session.connection().execute(facts_query()).mappings().one())
    assert first_fault(KEY, facts.id, stored_journal(session, facts).stored) is None


def test_a_sheet_typed_after_the_room_closed_counts_all_the_same(
    session: Session, hall: Hall, clock: Clock
) -> None:
    hall.close(clock())
    clock.forward(hours=3)
    clock_then = clock() - timedelta(hours=3)
    began = clock_then - timedelta(minutes=40)
    done = store_sheet(
        session,
        sitting_id=hall.sitting_id,
        enrolment_id=hall.classroom.people[NILA],
        sheet=PaperSheet("A1", Times(began, began + timedelta(minutes=18)), right_answers(session, hall)),
        go_on=False,
        receipt_key=KEY,
        actor=SYSTEM,
        now=clock(),
    )
    assert done.late
    assert points(session, hall, clock) == len(right_answers(session, hall))


def test_what_was_written_past_the_deadline_counts_and_is_marked_unsure(
    session: Session, hall: Hall, clock: Clock
) -> None:
    done = store(session, hall, clock, {1: "a"}, went_on=39)
    assert done.over
    row = look(session, select(Response))[0]
    assert (row.answer, row.unsure) == ("a", 1)


def test_times_that_cannot_be_are_refused(session: Session, hall: Hall, clock: Clock) -> None:
    for minutes in (0, 41):
        with pytest.raises(BadTimes):
            store(session, hall, clock, {1: "a"}, went_on=minutes)
        session.rollback()
    assert look(session, select(Attempt)) == []


def test_one_sheet_a_person_and_test(session: Session, hall: Hall, clock: Clock) -> None:
    store(session, hall, clock, {1: "a"})
    with pytest.raises(AlreadyTyped):
        store(session, hall, clock, {1: "b"})
    session.rollback()
    assert current(session) == {1: "a"}


def test_paper_goes_on_from_a_phone_only_after_a_confirmation(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone_at_work(app, hall, clock, answers=2)
    with pytest.raises(PhoneHolds) as refused:
        store(session, hall, clock, {1: "a"})
    assert refused.value.n == 2
    session.rollback()
    store(session, hall, clock, {1: "a"}, go_on=True)
    assert len(current(session)) == 3
    assert [device.generation for device in look(session, select(AttemptDevice))] == [1, 2]


def test_what_the_phone_still_held_joins_the_sheet_and_never_overrides_it(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone = phone_at_work(app, hall, clock, answers=0)
    last = max(item["n"] for item in phone.items)
    store(session, hall, clock, {1: "a"}, go_on=True)
    clock.forward(minutes=1)
    said = phone.send(phone.entry("jawab", 1, "b", t=90_000), phone.entry("jawab", last, "a", t=95_000))
    assert said["superseded"]
    assert current(session) == {1: "a", last: "a"}


def test_a_ballot_answered_on_paper_is_graded_as_it_was_printed(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone_at_work(app, hall, clock, answers=0)
    printed = booklet(session, hall).presentation["drawn"]
    before = look(session, select(Attempt))[0].presentation["drawn"]
    store(session, hall, clock, {BALLOT: printed[str(BALLOT)]["verdict"]}, go_on=True)
    attempt = look(session, select(Attempt))[0]
    assert attempt.presentation["drawn"][str(BALLOT)] == printed[str(BALLOT)]
    stack = str(TYPES.index("ballot_stack") + 1)
    assert attempt.presentation["drawn"][stack] == before[stack]
    assert attempt.presentation["drawn_hp"] == {str(BALLOT): before[str(BALLOT)]}
    clock.forward(hours=1)
    assert points(session, hall, clock) == 1


def test_a_test_handed_in_on_a_phone_is_not_overwritten(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone = phone_at_work(app, hall, clock, answers=1)
    phone.send(phone.entry("selesai", t=100_000))
    with pytest.raises(HandedInOnPhone):
        store(session, hall, clock, {1: "a"}, go_on=True)


def test_the_form_that_was_really_used_is_recorded_with_a_note_and_turns_the_post_test(
    session: Session, hall: Hall, clock: Clock
) -> None:
    right = right_answers(session, hall, "B1")
    assert store(session, hall, clock, right, name="B1").other_form
    assert look(session, select(Attempt))[0].form_id == hall.classroom.forms["B"]
    assert look(session, select(FormAssignment.pre_label)) == ["B"]
    note = look(session, select(Incident))[0]
    assert "paket B dipakai" in note.text
    trail = look(session, select(AuditEvent).where(AuditEvent.action == "kertas.simpan"))[0]
    assert (trail.detail["buku"], trail.detail["paket_ditetapkan"]) == ("B1", "A")
    assert points(session, hall, clock) == len(right)


def test_answers_to_two_forms_never_make_one_attempt(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone_at_work(app, hall, clock, answers=1)
    with pytest.raises(OtherForm):
        store(session, hall, clock, {1: "a"}, name="B1", go_on=True)


def test_a_phone_that_answered_nothing_yields_to_a_sheet_of_the_other_form(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone = phone_at_work(app, hall, clock, answers=0)
    right = right_answers(session, hall, "B1")
    store(session, hall, clock, right, name="B1", go_on=True)
    phone.send(phone.entry("jawab", 1, "b", t=90_000), status=200)
    assert current(session) == right


def test_a_correction_is_a_new_entry_with_its_reason_in_the_trail(
    session: Session, hall: Hall, clock: Clock
) -> None:
    right = right_answers(session, hall)
    wrong = "b" if right[1] == "a" else "a"
    store(session, hall, clock, {**right, 1: wrong})
    clock.forward(minutes=1)
    correct(session, hall, clock, right)
    assert current(session) == right
    attempt = look(session, select(Attempt))[0]
    assert attempt.end_reason == "diserahkan"
    assert attempt.ended_at - attempt.started_at == timedelta(minutes=15)
    trail = look(session, select(AuditEvent).where(AuditEvent.action == "kertas.perbaiki"))[0]
    assert trail.detail["alasan"] == "Salah ketik."
    assert list(trail.detail["ubahan"]) == ["1"]
    said = [entry.answer for entry in look(session, select(ResponseEvent)) if entry.position == 1]
    assert said == [wrong, right[1]]


def test_where_the_sheet_is_blank_after_all_the_phone_counts_again(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone_at_work(app, hall, clock, answers=1)
    from_phone = current(session)
    (last,) = from_phone
    other = "b" if from_phone[last] == "a" else "a"
    store(session, hall, clock, {1: "a", last: other}, go_on=True)
    assert current(session)[last] == other
    clock.forward(minutes=1)
    correct(session, hall, clock, {1: "a", last: None})
    assert current(session) == {1: "a", **from_phone}


def test_a_second_typing_names_the_places_that_differ(session: Session, hall: Hall, clock: Clock) -> None:
    right = right_answers(session, hall)
    store(session, hall, clock, right)

    def again(answers: dict[int, Answer]) -> list[str]:
        differing = compare_typing(
            session,
            sitting_id=hall.sitting_id,
            enrolment_id=hall.classroom.people[NILA],
            answers=answers,
            actor=SYSTEM,
            now=clock(),
        )
        return [label for label, _, _ in differing]

    checked = {"sitting_id": hall.sitting_id, "enrolment_id": hall.classroom.people[NILA]}
    assert again({**right, 1: None}) == ["1"]
    assert typed_sheet(session, **checked).checked == ""
    assert again(right) == []
    assert typed_sheet(session, **checked).checked == SYSTEM.name


def test_after_sealing_nothing_changes(session: Session, hall: Hall, clock: Clock) -> None:
    store(session, hall, clock, {1: "a"})
    hall.close(clock())
    hall.seal(clock())
    with pytest.raises(AttemptSealed):
        correct(session, hall, clock, {1: "b"})
    session.rollback()
    hall.classroom.enrol("Tirta Andara")
    hall.classroom.people[NILA] = hall.classroom.people["Tirta Andara"]
    with pytest.raises(PaperSealed):
        store(session, hall, clock, {1: "a"})


def test_lists_of_people_and_counts_of_rooms_say_who_wrote_on_paper(
    session: Session, hall: Hall, clock: Clock
) -> None:
    training_id = hall.classroom.training_id
    store(session, hall, clock, right_answers(session, hall))
    line = people_report(session, training_id=training_id, now=clock()).lines[0]
    assert line.before is not None
    assert line.paper == {"pre"}
    assert summarize(session, training_id=training_id, now=clock()).sittings[0].paper == 1
    assert list_facts(session, training_id, "")["sittings"][0]["paper"] == 1
    decided = lines_of(session, training_id, PassRule(cut=0.6), clock())[0]
    assert decided.facts["results"]["pre"]["medium"] == "kertas"


def test_a_person_who_waits_with_a_phone_in_another_room_is_taken_in_here(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    Handset(app, NILA).join(hall.pin)
    here = open_room(session, hall.classroom, clock() - timedelta(minutes=40))
    store(session, hall, clock, {1: "a"}, sitting_id=here)
    attempt = look(session, select(Attempt))[0]
    assert (attempt.sitting_id, attempt.medium) == (here, "kertas")
