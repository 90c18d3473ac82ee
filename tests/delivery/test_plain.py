"""The test without scripts: get in, save as often as one likes, hand in."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.acts import pause_room
from kapuas_quiz.delivery.models import Attempt, Response, ResponseEvent
from tests.conftest import Clock
from tests.delivery.handset import Hall, look, open_hall, sat_down
from tests.pages import PageClient, filled_in
from tests.scoring.classroom import token

NILA = "Nila Pertiwi"


def enter(phone: PageClient, hall: Hall) -> BeautifulSoup:
    """Get in and start; return the page with the questions."""
    door = phone.get(f"/k/{token(NILA)}?polos=1")
    waiting = phone.submit(door, "form", pin=hall.pin)
    return phone.submit(waiting, "form[action$=mulai]")


def test_the_whole_way_without_scripts(app: Flask, session: Session, clock: Clock, phone: PageClient) -> None:
    hall = open_hall(session, clock(), NILA)
    door = phone.get(f"/k/{token(NILA)}?polos=1")
    assert f"Anda {NILA}?" in door.text
    questions = enter(phone, hall)
    assert len(questions.select("fieldset.item")) == 25
    clock.forward(minutes=1)
    saved = phone.submit(questions, "form[action$=simpan]", **{"q-1": "a", "q-2": "b"})
    assert "2 jawaban sudah diterima" in saved.text
    assert len(saved.select("input[checked]")) == 2
    clock.forward(minutes=1)
    asked = phone.submit(saved, "form[action$=simpan]", **{"q-3": "c", "serah": "1"})
    assert "Belum dijawab: nomor" in asked.text
    clock.forward(minutes=1)
    done = phone.submit(asked, "form[action$=serah]")
    assert "Selesai. 3 jawaban sudah diterima." in done.text
    answers = {row.position: row.answer for row in look(session, select(Response))}
    assert answers == {1: "a", 2: "b", 3: "c"}
    assert look(session, select(Attempt))[0].end_reason == "diserahkan"


def test_in_a_pause_the_page_says_so_and_names_no_end(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    saved = phone.submit(enter(phone, hall), "form[action$=simpan]", **{"q-1": "a"})
    assert "dijeda" not in saved.text
    pause_room(session, sitting_id=hall.sitting_id, actor=SYSTEM, reason="Listrik padam", now=clock())
    paused = phone.submit(saved, "form[action$=simpan]", **{"q-2": "b"})
    assert "Tes dijeda panitia, waktu berhenti. Sisa waktu 20 menit." in paused.text
    assert "sampai pukul" not in paused.text


def test_sending_the_same_page_twice_stores_nothing_twice(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    questions = enter(phone, open_hall(session, clock(), NILA))
    for _ in range(2):
        phone.submit(questions, "form[action$=simpan]", **{"q-1": "a"})
    assert len(look(session, select(ResponseEvent))) == 1


def test_an_older_page_that_arrives_late_does_not_replace_newer_answers(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    questions = enter(phone, open_hall(session, clock(), NILA))
    saved = phone.submit(questions, "form[action$=simpan]", **{"q-1": "a"})
    phone.submit(saved, "form[action$=simpan]", **{"q-1": "b"})
    again = phone.submit(questions, "form[action$=simpan]", status=409, **{"q-1": "a", "q-2": "c"})
    assert "tidak diganti" in again.text
    assert {row.position: row.answer for row in look(session, select(Response))} == {1: "b", 2: "c"}
    changed = phone.submit(again, "form[action$=simpan]", **{"q-1": "a"})
    assert "2 jawaban sudah diterima" in changed.text
    assert {row.position: row.answer for row in look(session, select(Response))} == {1: "a", 2: "c"}


def test_an_older_page_does_not_lead_to_the_hand_in(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    questions = enter(phone, open_hall(session, clock(), NILA))
    phone.submit(questions, "form[action$=simpan]", **{"q-1": "a"})
    again = phone.submit(questions, "form[action$=simpan]", status=409, **{"q-1": "b", "serah": "1"})
    number = again.select_one("input[name='q-1']").find_parent("fieldset").strong.text.rstrip(".")
    assert f"Jawaban nomor {number} tidak diganti" in again.text


def test_saving_comes_back_to_the_button_that_was_pressed(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    form = enter(phone, open_hall(session, clock(), NILA)).select_one("form[action$=simpan]")
    values = {**filled_in(form), "q-1": "a", "di": "10"}
    sent = phone.open("/polos/simpan", method="POST", data=values)
    assert sent.location.endswith("#setelah-10")
    saved = phone.get(sent.location.partition("#")[0])
    place = saved.select_one("#setelah-10")
    assert place.select_one("[role=status]").text == "1 jawaban sudah diterima. Silakan lanjutkan."
    assert place.select_one("button")["value"] == "10"
    assert not saved.select_one("#setelah-15 .notice")


def test_a_wrong_pin_is_asked_for_again(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    open_hall(session, clock(), NILA)
    again = phone.submit(phone.get(f"/k/{token(NILA)}?polos=1"), "form", status=422, pin="x")
    assert "PIN sudah berganti atau belum cocok" in again.text


def test_taking_over_from_another_phone_is_confirmed(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    other = sat_down(app, hall, NILA)
    other.choose(1, "a")
    held = {"attempt": other.attempt, "secret": other.secret, "device": other.device, "left": 2}
    other.said("/t/jurnal", events=[other.entry("jawab", 2, "b")], **held)
    door = phone.get(f"/k/{token(NILA)}?polos=1")
    asked = phone.submit(door, "form", status=409, pin=hall.pin)
    assert "2 jawaban ada di peramban lain." in asked.text
    assert "2 jawaban lagi di sana belum terkirim." in asked.text
    inside = phone.submit(asked, "form", pin=hall.pin, takeover="1")
    assert len(inside.select("input[checked]")) == 2


def test_scanning_again_comes_back_to_the_same_answers(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone.submit(enter(phone, hall), "form[action$=simpan]", **{"q-1": "a"})
    back = phone.submit(phone.get(f"/k/{token(NILA)}?polos=1"), "form", pin=hall.pin)
    assert len(back.select("input[checked]")) == 1


def test_what_is_sent_after_the_time_does_not_count(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    questions = enter(phone, open_hall(session, clock(), NILA))
    saved = phone.submit(questions, "form[action$=simpan]", **{"q-1": "a"})
    clock.forward(minutes=21)
    done = phone.submit(saved, "form[action$=simpan]", **{"q-1": "b", "q-2": "b"})
    assert "Waktu sudah habis. 1 jawaban sudah diterima." in done.text
    assert "2 jawaban dikirim setelah tes berakhir, jadi tidak dihitung." in done.text


def test_a_guessed_secret_opens_nothing(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    enter(phone, open_hall(session, clock(), NILA))
    attempt = look(session, select(Attempt))[0].id
    phone.get(f"/polos/{attempt}/{'x' * 24}", status=404)
    data = {"attempt": attempt, "secret": "x" * 24, "q-1": "a"}
    assert phone.open("/polos/simpan", method="POST", data=data).status_code == 404
    assert phone.open("/polos/simpan", method="POST", data={"attempt": "x"}).status_code == 404


def test_an_unknown_badge_and_a_test_that_is_not_open_are_explained(
    app: Flask, session: Session, clock: Clock, phone: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    assert "Kartu ini tidak berlaku" in phone.get("/k/tidak-ada?polos=1", status=404).text
    hall.close(clock())
    assert "Tes sudah ditutup panitia" in phone.get(f"/k/{token(NILA)}?polos=1").text
