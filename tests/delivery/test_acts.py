"""What the committee does to a room and to one person there reaches the answers and the trail."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery.models import Attempt, Response, ResponseEvent, Sitting, TimeGrant
from kapuas_quiz.delivery.signals import room_changed
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall, sat_down
from tests.pages import PageClient

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"
MINUTE = 60_000


def act_on(
    trainer: PageClient, hall: Hall, phone: Handset, act: str, status: int = 200, **values: object
) -> BeautifulSoup:
    """Fill in one of the forms of a person's page."""
    page = trainer.get(f"/sesi/{hall.sitting_id}/orang/{phone.attempt}")
    filled = {f"{act}-{name}": value for name, value in values.items()}
    return trainer.submit(page, f"form[action$='/{act}']", status, **filled)


def act_on_room(
    trainer: PageClient, hall: Hall, act: str, status: int = 200, **values: object
) -> BeautifulSoup:
    """Fill in one of the forms of the room's page."""
    page = trainer.get(f"/sesi/{hall.sitting_id}/tindakan")
    filled = {f"{act}-{name}": value for name, value in values.items()}
    return trainer.submit(page, f"form[action$='/{act}']", status, **filled)


def answers(session: Session) -> dict[int, object]:
    return {row.position: row.answer for row in look(session, select(Response))}


def last_act(session: Session) -> tuple[str, str]:
    """Return the newest act of the trail and its reason."""
    event = look(session, select(AuditEvent).order_by(AuditEvent.number))[-1]
    return event.action, event.detail["alasan"]


@pytest.fixture
def trainer(sign_in) -> PageClient:
    return sign_in(Role.TRAINER)


def test_more_time_lifts_an_end_and_counts_what_was_chosen_in_it(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=22)
    assert phone.choose(1, "a", t=21 * MINUTE)["end_reason"] == "waktu-habis"
    assert answers(session) == {}
    act_on(trainer, hall, phone, "waktu", minutes=5, more="layar mati")
    reply = phone.send()
    assert (reply["status"], reply["remaining_ms"], reply["grants"]) == ("mengerjakan", 3 * MINUTE, 1)
    assert answers(session) == {1: "a"}
    assert last_act(session) == ("waktu.tambah", "HP bermasalah. layar mati")


def test_minutes_that_do_not_reach_now_are_not_given(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=27)
    page = act_on(trainer, hall, phone, "waktu", 422, minutes=5)
    assert "Beri paling sedikit 8 menit" in page.text
    assert look(session, select(TimeGrant)) == []
    act_on(trainer, hall, phone, "waktu", minutes=8)
    assert phone.send()["remaining_ms"] == MINUTE


def test_time_for_all_reaches_who_is_at_work_and_who_comes_late(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU, "Gita Permata", clock="serentak")
    trainer.submit(trainer.get(f"/sesi/{hall.sitting_id}/papan"), "form[action$=mulai]")
    nila, bayu = sat_down(app, hall), sat_down(app, hall, BAYU, device="hp-bayu-0001")
    clock.forward(minutes=5)
    bayu.hand_in()
    page = act_on_room(trainer, hall, "waktu", minutes=10)
    assert "Waktu ditambah 10 menit untuk 1 orang" in page.text
    assert "Waktu ruang ini berakhir 08.30 WIB" in page.text
    late = sat_down(app, hall, "Gita Permata", device="hp-gita-0001")
    assert nila.send()["remaining_ms"] == late.send()["remaining_ms"] == 25 * MINUTE
    assert bayu.send()["status"] == "selesai"
    assert [grant.whole_room for grant in look(session, select(TimeGrant))] == [1]


def test_in_a_pause_no_time_is_lost_and_answers_count(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    phone = sat_down(app, hall)
    clock.forward(minutes=12)
    act_on_room(trainer, hall, "jeda", reason="Waktu ibadah")
    assert last_act(session) == ("sesi.jeda", "Waktu ibadah")
    clock.forward(minutes=40)
    reply = phone.choose(1, "b", t=30 * MINUTE)
    assert (reply["paused"], reply["remaining_ms"], reply["status"]) == (True, 8 * MINUTE, "mengerjakan")
    waiting = Handset(app, BAYU, device="hp-bayu-0001")
    waiting.join(hall.pin)
    assert waiting.start(status=409)["galat"] == "belum-mulai"
    assert "Lama jeda ditambahkan" in act_on_room(trainer, hall, "lanjut").text
    assert "paused" not in phone.send()
    assert phone.send()["remaining_ms"] == 8 * MINUTE
    assert answers(session) == {1: "b"}
    waiting.start()


def test_a_pause_gives_nothing_to_whose_time_was_over(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA, clock="serentak")
    trainer.submit(trainer.get(f"/sesi/{hall.sitting_id}/papan"), "form[action$=mulai]")
    phone = sat_down(app, hall)
    clock.forward(minutes=21)
    act_on_room(trainer, hall, "jeda")
    clock.forward(minutes=5)
    act_on_room(trainer, hall, "lanjut")
    assert phone.send()["end_reason"] == "waktu-habis"


def test_who_is_closed_by_mistake_goes_on_with_the_time_that_was_left(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=10)
    act_on(trainer, hall, phone, "tutup", reason="Kartu tertukar")
    reply = phone.choose(1, "a", t=9 * MINUTE)
    assert (reply["status"], reply["remaining_ms"]) == ("ditutup", 0)
    phone.choose(2, "a", t=11 * MINUTE)
    clock.forward(minutes=15)
    assert answers(session) == {1: "a", 2: "a"}
    assert [one.end_reason for one in look(session, select(Attempt))] == ["ditutup"]
    act_on(trainer, hall, phone, "buka")
    reply = phone.send()
    assert (reply["status"], reply["remaining_ms"]) == ("mengerjakan", 10 * MINUTE)
    assert last_act(session) == ("pengerjaan.buka", "Menyerahkan tanpa sengaja")


def test_a_hand_in_by_mistake_is_taken_back_and_stays_in_the_journal(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    phone.choose(1, "a")
    clock.forward(minutes=4)
    phone.hand_in(t=4 * MINUTE)
    clock.forward(minutes=1)
    act_on(trainer, hall, phone, "buka", minutes=3)
    assert phone.standing()["status"] == "mengerjakan"
    assert phone.start()["ack"] == 2
    assert phone.choose(1, "b", t=6 * MINUTE)["remaining_ms"] == 15 * MINUTE
    clock.forward(minutes=2)
    phone.hand_in(t=7 * MINUTE)
    assert answers(session) == {1: "b"}
    kinds = look(session, select(ResponseEvent.kind).order_by(ResponseEvent.number))
    assert kinds == ["jawab", "selesai", "jawab", "selesai"]
    assert "Ketiga angka sama" in trainer.get(f"/sesi/{hall.sitting_id}/papan").text


def test_after_reopening_the_first_hand_in_confirms_nothing(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    phone.hand_in()
    clock.forward(minutes=1)
    act_on(trainer, hall, phone, "buka", minutes=3)
    clock.forward(minutes=30)
    page = trainer.get(f"/sesi/{hall.sitting_id}/papan")
    assert [int(number.text) for number in page.select(".counts dd")] == [1, 1, 0]


def test_a_freed_person_goes_on_with_the_next_phone_without_being_asked(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    old = sat_down(app, hall)
    old.choose(1, "a")
    new = Handset(app, NILA, device="hp-lain-0002")
    assert new.join(hall.pin, status=409)["galat"] == "perangkat-lain"
    clock.forward(minutes=1)
    act_on(trainer, hall, old, "pindah", reason="HP terkunci")
    new.join(hall.pin)
    assert new.start()["answers"] == {"1": {"a": "a", "r": False}}
    assert old.join(hall.pin, status=409)["galat"] == "perangkat-lama"


def test_the_same_phone_may_come_back_after_it_was_freed(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=1)
    act_on(trainer, hall, phone, "pindah")
    phone.join(hall.pin)
    assert phone.choose(1, "a", t=2 * MINUTE)["superseded"] is False
    assert answers(session) == {1: "a"}


def test_a_phone_that_was_freed_while_waiting_does_not_start(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = Handset(app, NILA)
    phone.join(hall.pin)
    act_on(trainer, hall, phone, "pindah")
    assert phone.start(status=409)["galat"] == "perangkat-lama"
    phone.join(hall.pin)
    phone.start()


def test_a_reason_of_ones_own_has_to_be_said(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    page = act_on(trainer, hall, phone, "waktu", 422, minutes=5, reason="Lainnya")
    assert "Tulis alasannya" in page.text
    act_on(trainer, hall, phone, "waktu", minutes=5, reason="Lainnya", more="Pingsan")
    assert last_act(session) == ("waktu.tambah", "Pingsan")


def test_a_closed_room_is_left_alone(app: Flask, session: Session, clock: Clock, trainer: PageClient) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    page = trainer.get(f"/sesi/{hall.sitting_id}/orang/{phone.attempt}")
    hall.close(clock.forward(minutes=1))
    late = trainer.submit(page, "form[action$='/waktu']", **{"waktu-minutes": 5})
    assert "Keadaan sesi sudah berubah" in late.text
    assert look(session, select(TimeGrant)) == []


def test_closing_a_paused_room_ends_the_pause(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    act_on_room(trainer, hall, "jeda")
    hall.close(clock.forward(minutes=1))
    assert look(session, select(Sitting.paused_at)) == [None]
    assert phone.send()["end_reason"] == "ditutup"


def test_nobody_of_another_room_is_reached(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    page = trainer.get(f"/sesi/{hall.sitting_id}/orang/{phone.attempt}")
    elsewhere = "00000000-0000-7000-8000-000000000000"
    trainer.get(f"/sesi/{hall.sitting_id}/orang/{elsewhere}", status=404)
    form = page.select_one("form[action$='/tutup']")
    form["action"] = f"/sesi/{hall.sitting_id}/orang/{elsewhere}/tutup"
    trainer.submit(page, "form[action$='/tutup']", 404)
    assert phone.send()["status"] == "mengerjakan"


def test_every_act_is_heard_by_the_room(
    app: Flask, session: Session, clock: Clock, trainer: PageClient
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    heard: list[object] = []

    def hear(_sender: object, sitting_id: object) -> None:
        heard.append(sitting_id)

    with room_changed.connected_to(hear):
        act_on(trainer, hall, phone, "waktu", minutes=1)
        act_on_room(trainer, hall, "waktu", minutes=1)
        act_on_room(trainer, hall, "jeda")
        act_on_room(trainer, hall, "lanjut")
        act_on(trainer, hall, phone, "tutup")
        act_on(trainer, hall, phone, "buka")
        act_on(trainer, hall, phone, "pindah")
        act_on_room(trainer, hall, "pin")
    assert heard == [hall.sitting_id] * 8
