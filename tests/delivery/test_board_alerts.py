"""What the board tells the committee: outages, codes to read out, cases, notes, PIN, hours of prayer."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.time_code import take
from kapuas_quiz.delivery.models import Incident, Sitting, TimeGrant
from kapuas_quiz.delivery.power import Battery, battery
from kapuas_quiz.extensions import db
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall, sat_down
from tests.delivery.test_acts import act_on, act_on_room, answers
from tests.pages import PageClient
from tests.scoring.classroom import make_classroom, token

ONE_DATABASE = True
NILA, BAYU, GITA = "Nila Pertiwi", "Bayu Wirata", "Gita Permata"
MINUTE = 60_000


@pytest.fixture
def trainer(sign_in) -> PageClient:
    return sign_in(Role.TRAINER)


def board(browser: PageClient, hall: Hall) -> BeautifulSoup:
    return browser.get(f"/sesi/{hall.sitting_id}/papan")


def cut_off(app: Flask, hall: Hall, clock: Clock) -> tuple[Handset, Handset]:
    """Let two phones answer, lose the network at minute two, and come back at minute fourteen."""
    phones = sat_down(app, hall), sat_down(app, hall, BAYU, device="hp-bayu-0001")
    clock.forward(minutes=2)
    for phone in phones:
        phone.choose(1, "a", t=2 * MINUTE)
    clock.forward(minutes=12)
    for phone in phones:
        phone.choose(2, "b", t=5 * MINUTE)
    clock.forward(minutes=1)
    return phones


def test_after_an_outage_one_tap_gives_everybody_the_lost_time_and_only_once(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    nila, bayu = cut_off(app, hall, clock)
    page = board(trainer, hall)
    assert "12 menit terputus (08.02 WIB–08.14 WIB). Tambah waktu untuk semua?" in page.text
    given = trainer.submit(page, "form[action$='/waktu']")
    assert "Waktu ditambah 12 menit untuk 2 orang" in given.text
    assert "terputus (" not in given.text
    assert nila.send()["remaining_ms"] == bayu.send()["remaining_ms"] == 17 * MINUTE
    assert {one.reason for one in look(session, select(TimeGrant))} == {
        "Jaringan terputus. 08.02 WIB–08.14 WIB"
    }


def test_an_outage_may_be_left_as_it_is(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    cut_off(app, hall, clock)
    page = trainer.submit(board(trainer, hall), "form[action$='/tanpa-tambahan']")
    assert "Dicatat: waktu tidak ditambah" in page.text
    assert "terputus (" not in page.text
    assert look(session, select(TimeGrant)) == []


def test_a_paired_phone_sees_the_outage_and_decides_nothing(
    app: Flask, session: Session, clock: Clock, trainer: PageClient, phone: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    cut_off(app, hall, clock)
    offered = trainer.submit(board(trainer, hall), "form[action$=pasangkan]")
    link = offered.select_one("p.url").text.removeprefix("http://192.168.1.10:8000")
    page = phone.submit(phone.get(link), "form")
    assert "12 menit terputus" in page.text
    assert page.select("form, a[href*=orang]") == []


def test_a_phone_that_has_not_heard_of_its_time_is_read_a_code_that_it_takes(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=10)
    act_on(trainer, hall, phone, "waktu", minutes=15)
    page = board(trainer, hall)
    code = page.select_one(".notice li strong").text
    assert take(phone.secret, code, 0) == (1, 15)
    assert "Bacakan kode waktu" in page.text
    clock.forward(minutes=1)
    phone.send()
    assert "Bacakan kode waktu" not in board(trainer, hall).text


def test_a_code_that_was_taken_needs_no_reading_and_raises_no_case(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=19)
    act_on(trainer, hall, phone, "waktu", minutes=5)
    code = board(trainer, hall).select_one(".notice li strong").text
    clock.forward(minutes=30)
    phone.send(
        phone.entry("tambah", a="".join(code.split()), t=19 * MINUTE),
        phone.entry("jawab", 1, "a", t=23 * MINUTE),
        phone.entry("selesai", t=24 * MINUTE),
    )
    page = board(trainer, hall)
    assert "Perlu dilihat panitia" not in page.text
    assert "Ketiga angka sama" in page.text
    assert answers(session) == {1: "a"}


def test_a_code_without_a_gift_and_answers_after_the_limit_are_cases_until_somebody_acts(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=24)
    phone.send(phone.entry("tambah", a="159999", t=19 * MINUTE), phone.entry("jawab", 1, "a", t=23 * MINUTE))
    page = board(trainer, hall)
    assert "Kode waktu yang diketik di HP tidak ada" in page.text
    assert "dipilih setelah waktunya habis" in page.text
    clock.forward(minutes=1)
    act_on(trainer, hall, phone, "waktu", minutes=15)
    assert answers(session) == {1: "a"}
    assert "dipilih setelah waktunya habis" not in board(trainer, hall).text
    person = trainer.get(f"/sesi/{hall.sitting_id}/orang/{phone.attempt}")
    trainer.submit(
        person,
        "form[action$='/catatan']",
        **{"catatan-text": "Kode terbaca dari kertas lain, waktu diberikan."},
    )
    noted = board(trainer, hall)
    assert "sudah dicatat" in noted.text
    assert f"Catatan: {NILA}. Kode terbaca dari kertas lain" in " ".join(noted.text.split())


def test_a_doubtful_clock_is_a_case(app: Flask, session: Session, clock: Clock, trainer: PageClient) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=5)
    phone.send({**phone.entry("jawab", 1, "a", t=3 * MINUTE), "u": 1})
    assert "Jam HP tidak dapat dipastikan" in board(trainer, hall).text
    assert answers(session) == {1: "a"}


def test_the_board_names_unsent_answers_late_comers_and_receipts(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU, clock="serentak")
    trainer.submit(board(trainer, hall), "form[action$=mulai]")
    clock.forward(minutes=7)
    phone = sat_down(app, hall)
    reply = phone.said(
        "/t/jurnal",
        attempt=phone.attempt,
        secret=phone.secret,
        device=phone.device,
        events=[phone.entry("jawab", 1, "a")],
        left=3,
    )
    cells = {
        cell.get("data-label", "Nama"): cell.text
        for cell in board(trainer, hall).select("tbody tr")[0].select("td")
    }
    assert "datang 08.07 WIB" in cells["Nama"]
    assert cells["Terjawab"] == "1/25, 3 belum terkirim"
    person = trainer.get(f"/sesi/{hall.sitting_id}/orang/{phone.attempt}")
    assert f"Kode bukti: {reply['bukti']}" in person.text
    assert "Belum masuk: 1" in board(trainer, hall).text


def test_a_note_on_the_room_stands_among_its_acts(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    clock.forward(minutes=2)
    page = act_on_room(trainer, hall, "catatan", text="Listrik padam sebentar.")
    story = [" ".join(line.text.split()) for line in page.select("ol.plain li")]
    assert story == [
        "08.00 WIB Tes dibuka Sistem",
        "08.02 WIB Catatan. Listrik padam sebentar. Tirta Andara",
    ]
    assert "Tulis apa yang terjadi" in act_on_room(trainer, hall, "catatan", 422, text="").text
    assert len(look(session, select(Incident))) == 1


def test_an_unchanged_board_costs_its_stamp(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    sat_down(app, hall)
    url = f"/sesi/{hall.sitting_id}/papan/isi"
    tag = trainer.open(url).headers["ETag"]
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "sitting" in statement or "attempt" in statement:
            asked.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", hear)
    assert trainer.open(url, headers={"If-None-Match": tag}).status_code == 304
    assert len(asked) == 1
    clock.forward(seconds=10)
    assert trainer.open(url, headers={"If-None-Match": tag}).status_code == 200


def test_a_frozen_pin_stays_and_so_does_the_one_before_it(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    first = hall.pin
    act_on_room(trainer, hall, "pin")
    second = hall.pin
    clock.forward(minutes=4)
    page = trainer.get(f"/sesi/{hall.sitting_id}/tindakan")
    act_on_room(trainer, hall, "beku")
    assert "PIN sedang dibekukan" in trainer.submit(page, "form[action$='/pin']").text
    clock.forward(minutes=60)
    assert hall.pin == second
    assert Handset(app, NILA).join(first)["status"] == "ruang-tunggu"
    act_on_room(trainer, hall, "lepas")
    assert Handset(app, BAYU).join(first, status=422)["galat"] == "pin"
    act_on_room(trainer, hall, "pin")
    assert hall.pin != second
    acts = look(session, select(AuditEvent.action).order_by(AuditEvent.number))
    assert acts[-4:] == ["sesi.pin", "sesi.pin-beku", "sesi.pin-lepas", "sesi.pin"]


def test_a_pin_that_was_too_old_is_not_woken_by_freezing(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    first = hall.pin
    act_on_room(trainer, hall, "pin")
    clock.forward(minutes=6)
    act_on_room(trainer, hall, "beku")
    assert Handset(app, NILA).join(first, status=422)["galat"] == "pin"


def test_the_pin_is_printed_with_address_and_qr(session: Session, clock: Clock, trainer: PageClient) -> None:
    hall = open_hall(session, clock(), NILA)
    page = trainer.get(f"/sesi/{hall.sitting_id}/pin/lembar")
    assert page.select_one(".digits").text == hall.pin
    assert page.select_one("svg.qr") and "192.168.1.10:8000/k" in page.text


def test_ten_phones_of_one_address_get_in_while_one_guesses(
    app: Flask, session: Session, clock: Clock
) -> None:
    people = [f"Peserta {number}" for number in range(10)]
    hall = open_hall(session, clock(), *people, NILA)
    pin = hall.pin
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    guesser = Handset(app, NILA)
    refused = []
    for number, name in enumerate(people):
        guess = {"token": token(NILA), "pin": wrong, "device": guesser.device, "takeover": False}
        refused.append(guesser.ask("/t/gabung", **guess).status_code)
        assert Handset(app, name, device=f"hp-sama-{number:04d}").join(pin)["status"] == "ruang-tunggu"
    assert refused == [422] * 5 + [429] * 5
    clock.forward(minutes=1)
    assert guesser.join(pin)["status"] == "ruang-tunggu"


def test_a_window_closes_for_who_has_not_begun(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    classroom = make_classroom(session, clock())
    classroom.enrol(NILA)
    classroom.enrol(BAYU)
    session.rollback()
    page = trainer.get(f"/kegiatan/{classroom.training_id}/tes")
    values = {"room": "Aula", "clock": "sendiri"}
    assert "sudah lewat" in trainer.submit(page, "form[action$=tes]", 422, **values, begin_until="07:59").text
    opened = trainer.submit(page, "form[action$=tes]", **values, begin_until="08:30")
    assert "Boleh mulai sampai 08.30 WIB" in opened.text
    hall = Hall(session, classroom, look(session, select(Sitting.id))[0])
    clock.forward(minutes=29)
    early = sat_down(app, hall)
    clock.forward(minutes=1)
    assert Handset(app, BAYU, device="hp-bayu-0001").join(hall.pin, status=409)["galat"] == "ruang-selesai"
    assert early.send()["remaining_ms"] == 19 * MINUTE


def test_a_common_start_knows_no_window(session: Session, clock: Clock, trainer: PageClient) -> None:
    training_id = make_classroom(session, clock()).training_id
    page = trainer.get(f"/kegiatan/{training_id}/tes")
    trainer.submit(page, "form[action$=tes]", room="Aula", clock="serentak", begin_until="07:00")
    assert look(session, select(Sitting.begin_until)) == [None]


def test_the_planner_says_what_a_test_would_run_into(
    session: Session, clock: Clock, trainer: PageClient
) -> None:
    training_id = make_classroom(session, clock()).training_id
    page = trainer.get(f"/kegiatan/{training_id}/tes")
    assert "bertemu" not in page.text
    friday = trainer.submit(page, "form[action$='#rencana']", tanggal="2024-11-08", jam="11:20")
    assert friday.text.count("bertemu salat Jumat, 11.30 WIB sampai 13.00 WIB") == 1
    monday = trainer.submit(page, "form[action$='#rencana']", tanggal="2024-11-04", jam="09:00")
    assert "tidak bertemu salat, ibadah, atau ishoma" in monday.text


def test_a_battery_is_read_where_the_system_has_one(tmp_path) -> None:
    assert battery(tmp_path) is None
    folder = tmp_path / "BAT0"
    folder.mkdir()
    (folder / "capacity").write_text("41\n")
    assert battery(tmp_path) is None
    (folder / "status").write_text("Discharging\n")
    assert battery(tmp_path) == Battery(41, charging=False)
    (folder / "status").write_text("Full\n")
    assert battery(tmp_path) == Battery(41, charging=True)
