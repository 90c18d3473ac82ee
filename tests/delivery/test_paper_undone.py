"""A sheet that was typed for the wrong person is taken back, and that person stands as before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.delivery.models import Attempt, Response, ResponseEvent
from kapuas_quiz.delivery.paper_undoing import take_back_sheet
from kapuas_quiz.delivery.receipts import broken_chains
from kapuas_quiz.delivery.refusals import AttemptSealed
from kapuas_quiz.forms.models import FormAssignment
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall
from tests.delivery.test_paper import KEY, NILA, current, phone_at_work, points, store
from tests.pages import PageClient

BAYU = "Bayu Wirata"
MANY = {n: "a" for n in range(1, 26)}


@pytest.fixture
def hall(session: Session, clock: Clock) -> Hall:
    hall = open_hall(session, clock(), NILA, BAYU)
    clock.forward(minutes=40)
    return hall


def take_back(session: Session, hall: Hall, clock: Clock) -> None:
    session.rollback()
    take_back_sheet(
        session,
        sitting_id=hall.sitting_id,
        enrolment_id=hall.classroom.people[NILA],
        reason="Lembar milik Bayu Wirata.",
        actor=SYSTEM,
        now=clock(),
    )


@pytest.mark.parametrize("booklet", ["A1", "B1"])
def test_who_had_not_begun_begins_on_a_phone_with_the_form_that_was_due_and_nothing_answered(
    app: Flask, session: Session, hall: Hall, clock: Clock, booklet: str
) -> None:
    store(session, hall, clock, MANY, name=booklet)
    clock.forward(minutes=1)
    take_back(session, hall, clock)
    assert current(session) == {}
    assert look(session, select(FormAssignment.pre_label)) == ["A", "A"]
    phone = Handset(app, NILA)
    assert phone.join(hall.pin)["status"] == "ruang-tunggu"
    clock.forward(minutes=1)
    begun = phone.start()
    assert (begun["answers"], begun["ack"], begun["remaining_ms"]) == ({}, 0, 20 * 60_000)
    clock.forward(minutes=2)
    phone.choose(1, "c", t=60_000)
    phone.hand_in(t=70_000)
    assert current(session) == {1: "c"}
    attempt = look(session, select(Attempt))[0]
    assert (attempt.form_id, attempt.medium) == (hall.classroom.forms["A"], "hp")
    assert len(look(session, select(ResponseEvent))) == 28


def test_who_had_begun_on_a_phone_goes_on_there_with_its_own_answers(
    app: Flask, session: Session, hall: Hall, clock: Clock
) -> None:
    phone = phone_at_work(app, hall, clock, answers=3)
    before = look(session, select(Attempt))[0].presentation
    own = current(session)
    store(session, hall, clock, MANY, go_on=True)
    clock.forward(minutes=1)
    take_back(session, hall, clock)
    assert current(session) == own
    assert look(session, select(Attempt))[0].presentation == before
    reply = phone.send(phone.entry("jawab", 1, "b", t=5 * 60_000), phone.entry("selesai", t=6 * 60_000))
    assert (reply["superseded"], reply["end_reason"]) == (False, "diserahkan")
    assert current(session) == {**own, 1: "b"}


def test_the_persons_own_sheet_may_be_typed_after_it(session: Session, hall: Hall, clock: Clock) -> None:
    store(session, hall, clock, MANY, name="B1")
    clock.forward(minutes=1)
    take_back(session, hall, clock)
    store(session, hall, clock, {2: "b"}, name="A1")
    assert current(session) == {2: "b"}
    assert points(session, hall, clock) <= 1
    assert list(broken_chains(session, KEY)) == []


def test_after_sealing_no_sheet_is_taken_back(session: Session, hall: Hall, clock: Clock) -> None:
    store(session, hall, clock, MANY)
    hall.close(clock())
    hall.seal(clock())
    with pytest.raises(AttemptSealed):
        take_back(session, hall, clock)
    session.rollback()
    assert len(look(session, select(Response))) == 25


def test_a_trainer_takes_a_sheet_back_with_a_reason_and_the_slip_says_so(
    session: Session, hall: Hall, clock: Clock, sign_in: Callable[..., PageClient]
) -> None:
    staff = sign_in(Role.TRAINER)
    page = staff.get(f"/sesi/{hall.sitting_id}/kertas?cari=nila&buku=A1")
    answered = {field["name"]: "a" for field in page.select("[data-places] input")}
    receipt = staff.submit(page, "form[data-sheet]", cek="A1", **answered)
    code = receipt.select_one("dd.big").text
    asked = staff.get(receipt.select_one("a[href*='/batal']")["href"])
    assert "25 dari 25 soal dijawab" in asked.text
    assert "Tulis alasannya" in staff.submit(asked, "main form", 422).text
    desk = staff.submit(asked, "main form", alasan="Milik Bayu Wirata")
    assert f"Lembar dibatalkan untuk {NILA}" in desk.text
    trail = look(session, select(AuditEvent).where(AuditEvent.action == "kertas.batal"))[0]
    assert (trail.detail["bukti"], trail.detail["alasan"]) == (code, "Milik Bayu Wirata")
    board = staff.get(f"/sesi/{hall.sitting_id}/papan")
    assert [int(number.text) for number in board.select(".counts dd")] == [0, 0, 0]
    proof = staff.get(f"/kode-bukti?kode={code}")
    assert "Penyerahan dengan 25 jawaban" in proof.text
    assert "kemudian dibatalkan" in proof.text
