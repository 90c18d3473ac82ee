"""The trainer's side: rooms are opened, watched, closed, sealed; three counts agree before anyone leaves."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery.models import Sitting
from kapuas_quiz.delivery.signals import attempt_changed, sitting_closed
from kapuas_quiz.trainings.models import Enrolment
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall, sat_down
from tests.pages import PageClient
from tests.scoring.classroom import make_classroom

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"


def counts(page: BeautifulSoup) -> list[int]:
    """Return started, finished, confirmed."""
    return [int(number.text) for number in page.select(".counts dd")]


def board(browser: PageClient, hall: Hall) -> BeautifulSoup:
    return browser.get(f"/sesi/{hall.sitting_id}/papan")


def test_a_room_is_opened_from_the_page_of_the_training(session: Session, clock: Clock, sign_in) -> None:
    training_id = make_classroom(session, clock()).training_id
    trainer = sign_in(Role.TRAINER)
    page = trainer.get(f"/kegiatan/{training_id}/tes")
    opened = trainer.submit(page, "form[action$=tes]", room="Aula", assessment="pre", clock="serentak")
    assert "Tes awal (pre-test), Aula" in opened.h1.text
    sitting = look(session, select(Sitting))[0]
    assert sitting.pin in opened.text
    assert "Aula" in trainer.get(f"/kegiatan/{training_id}/tes").text


def chosen_test(page: BeautifulSoup) -> str:
    """Return which test the form to open a room has chosen already."""
    return page.select_one("input[name=assessment][checked]")["value"]


def test_a_second_room_is_offered_the_same_test_until_the_first_is_closed(
    session: Session, clock: Clock, sign_in
) -> None:
    hall = open_hall(session, clock(), NILA)
    trainer = sign_in(Role.TRAINER)
    url = f"/kegiatan/{look(session, select(Enrolment.training_id))[0]}/tes"
    assert chosen_test(trainer.get(url)) == "pre"
    hall.close(clock())
    assert chosen_test(trainer.get(url)) == "post"


def test_a_room_without_a_name_is_asked_for_again(session: Session, clock: Clock, sign_in) -> None:
    training_id = make_classroom(session, clock()).training_id
    trainer = sign_in(Role.TRAINER)
    page = trainer.get(f"/kegiatan/{training_id}/tes")
    again = trainer.submit(page, "form[action$=tes]", status=422, room="")
    assert "Tulis nama ruang" in again.text


def test_the_three_counts_agree_once_everything_is_on_disk(
    app: Flask, session: Session, clock: Clock, sign_in
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    trainer = sign_in(Role.TRAINER)
    assert "Belum ada yang mulai. 0 sudah masuk, 2 belum" in board(trainer, hall).text
    phone = sat_down(app, hall)
    phone.choose(1, "a")
    page = board(trainer, hall)
    assert counts(page) == [1, 0, 0]
    assert "1/25" in page.text
    assert "Belum masuk: 1" in page.text
    clock.forward(minutes=2)
    phone.hand_in()
    page = board(trainer, hall)
    assert counts(page) == [1, 1, 1]
    assert "Ketiga angka sama" in page.text


def test_an_expired_attempt_is_finished_but_not_confirmed(
    app: Flask, session: Session, clock: Clock, sign_in
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    trainer = sign_in(Role.TRAINER)
    clock.forward(minutes=21)
    page = board(trainer, hall)
    assert counts(page) == [1, 1, 0]
    assert f"Mohon tunggu: {NILA}" in page.text
    phone.send(phone.entry("selesai", t=21 * 60_000))
    assert counts(board(trainer, hall)) == [1, 1, 1]


def test_a_phone_that_falls_silent_is_said_so(app: Flask, session: Session, clock: Clock, sign_in) -> None:
    hall = open_hall(session, clock(), NILA)
    sat_down(app, hall)
    clock.forward(minutes=3)
    assert "belum ada kabar" in board(sign_in(Role.TRAINER), hall).text


def test_a_common_start_lets_everybody_begin(app: Flask, session: Session, clock: Clock, sign_in) -> None:
    hall = open_hall(session, clock(), NILA, clock="serentak")
    phone = Handset(app, NILA)
    waiting = phone.join(hall.pin)
    assert (waiting["status"], waiting["can_start"]) == ("ruang-tunggu", False)
    assert phone.start(status=409)["galat"] == "belum-mulai"
    trainer = sign_in(Role.TRAINER)
    page = trainer.submit(board(trainer, hall), "form[action$=mulai]")
    assert "Waktu ruang ini berakhir 08.20 WIB" in page.text
    assert phone.standing()["can_start"] is True
    clock.forward(minutes=5)
    assert phone.start()["remaining_ms"] == 15 * 60_000


def test_closing_names_who_is_at_work_and_tells_later_rooms(
    app: Flask, session: Session, clock: Clock, sign_in
) -> None:
    hall = open_hall(session, clock(), NILA)
    sat_down(app, hall)
    heard: list[object] = []
    trainer = sign_in(Role.TRAINER)
    page = trainer.get(f"/sesi/{hall.sitting_id}/tutup")
    assert f"1 orang masih mengerjakan dan akan diakhiri sekarang: {NILA}" in page.text

    def hear(_sender: object, sitting_id: object) -> None:
        heard.append(sitting_id)

    with sitting_closed.connected_to(hear):
        closed = trainer.submit(page, "form[action$=tutup]")
        again = trainer.submit(page, "form[action$=tutup]")
    assert "1 pengerjaan diakhiri" in closed.text
    assert "Keadaan sesi sudah berubah" in again.text
    assert heard == [hall.sitting_id]


def test_answers_after_closing_tell_later_rooms(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=1)
    hall.close(clock.forward(minutes=1))
    heard: list[str] = []

    def hear(_sender: object, attempt_id: object) -> None:
        heard.append(str(attempt_id))

    with attempt_changed.connected_to(hear):
        phone.choose(1, "a", t=30_000)
        phone.send()
    assert heard == [phone.attempt]


def test_sealing_waits_for_closing_and_names_whose_answers_are_missing(
    app: Flask, session: Session, clock: Clock, sign_in
) -> None:
    hall = open_hall(session, clock(), NILA)
    sat_down(app, hall)
    trainer = sign_in(Role.TRAINER)
    page = trainer.get(f"/sesi/{hall.sitting_id}/segel")
    assert (
        f"1 orang belum dikonfirmasi. Jawaban yang masih di HP mereka tidak akan dihitung: {NILA}"
        in page.text
    )
    assert "Keadaan sesi sudah berubah" in trainer.submit(page, "form[action$=segel]").text
    hall.close(clock())
    sealed = trainer.submit(page, "form[action$=segel]")
    assert "Sesi disegel" in sealed.text
    assert f"tidak ada lagi yang ditunggu. Belum dikonfirmasi: {NILA}" in sealed.text
    assert "Mohon tunggu" not in sealed.text
    actions = look(session, select(AuditEvent.action).order_by(AuditEvent.number))
    assert actions[-3:] == ["sesi.buka", "sesi.tutup", "sesi.segel"]


def test_the_board_is_sent_again_only_when_it_changed(
    app: Flask, session: Session, clock: Clock, sign_in
) -> None:
    hall = open_hall(session, clock(), NILA)
    trainer = sign_in(Role.TRAINER)
    url = f"/sesi/{hall.sitting_id}/papan/isi"
    tag = trainer.open(url).headers["ETag"]
    assert trainer.open(url, headers={"If-None-Match": tag}).status_code == 304
    sat_down(app, hall)
    assert trainer.open(url, headers={"If-None-Match": tag}).status_code == 200


def test_the_projector_shows_address_and_pin(session: Session, clock: Clock, sign_in) -> None:
    hall = open_hall(session, clock(), NILA)
    page = sign_in(Role.TRAINER).get(f"/sesi/{hall.sitting_id}/layar")
    assert page.select_one(".digits").text == hall.pin
    assert "192.168.1.10:8000/k" in page.text
    assert page.select_one("svg.qr")
    assert page.h1.text == "Tes awal (pre-test), Aula"


def test_the_projector_promises_nothing_after_the_seal(session: Session, clock: Clock, sign_in) -> None:
    hall = open_hall(session, clock(), NILA)
    trainer = sign_in(Role.TRAINER)
    hall.close(clock())
    assert "masih diterima" in trainer.get(f"/sesi/{hall.sitting_id}/layar").text
    hall.seal(clock())
    sealed = trainer.get(f"/sesi/{hall.sitting_id}/layar")
    assert "Tes sudah ditutup" in sealed.text
    assert "masih diterima" not in sealed.text
    assert "Pindai QR di kartu Anda." not in sealed.text


def test_a_phone_is_paired_once_and_sees_the_board_alone(
    app: Flask, session: Session, clock: Clock, sign_in, phone: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    trainer = sign_in(Role.TRAINER)
    offered = trainer.submit(board(trainer, hall), "form[action$=pasangkan]")
    link = offered.select_one("p.url").text.removeprefix("http://192.168.1.10:8000")
    page = phone.get(link)
    assert "Belum ada yang mulai" in phone.submit(page, "form").text
    assert phone.open("/papan/isi").status_code == 200
    assert phone.open(f"/sesi/{hall.sitting_id}/papan").status_code == 403
    second = PageClient(app, address="192.168.1.78")
    assert "sudah dipakai" in second.submit(page, "form", status=410).text
    assert "sudah dipakai" in second.get("/papan", status=410).text
    trainer.submit(board(trainer, hall), "form[action$=cabut]")
    phone.get("/papan", status=410)
    assert phone.open("/papan/isi").status_code == 410


def test_a_paired_phone_sees_the_board_until_the_seal(
    session: Session, clock: Clock, sign_in, phone: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    trainer = sign_in(Role.TRAINER)
    offered = trainer.submit(board(trainer, hall), "form[action$=pasangkan]")
    link = offered.select_one("p.url").text.removeprefix("http://192.168.1.10:8000")
    phone.submit(phone.get(link), "form")
    hall.close(clock())
    phone.get("/papan")
    hall.seal(clock())
    phone.get("/papan", status=410)


def test_a_pairing_link_grows_old(session: Session, clock: Clock, sign_in, phone: PageClient) -> None:
    hall = open_hall(session, clock(), NILA)
    trainer = sign_in(Role.TRAINER)
    offered = trainer.submit(board(trainer, hall), "form[action$=pasangkan]")
    clock.forward(minutes=11)
    phone.get(offered.select_one("p.url").text.removeprefix("http://192.168.1.10:8000"), status=410)


def test_an_unknown_sitting_is_not_found(sign_in) -> None:
    sign_in(Role.TRAINER).get("/sesi/00000000-0000-7000-8000-000000000000/papan", status=404)


def test_a_board_says_that_items_are_unverified_before_anybody_is_in(
    session: Session, clock: Clock, sign_in
) -> None:
    hall = open_hall(session, clock(), NILA)
    assert "Soal belum diverifikasi" in board(sign_in(Role.TRAINER), hall).text
