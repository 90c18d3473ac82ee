"""Getting in: badge, PIN, one phone at a time; what each stage tells the phone."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery import service
from kapuas_quiz.delivery.models import Attempt, Sitting
from kapuas_quiz.delivery.pins import change_pin
from tests.conftest import Clock
from tests.delivery.handset import Handset, look, open_hall, open_room, sat_down
from tests.scoring.classroom import make_classroom, token

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"


def test_before_opening_the_badge_is_known_and_the_test_is_not_open(
    app: Flask, session: Session, clock: Clock
) -> None:
    make_classroom(session, clock()).enrol(NILA)
    answer = Handset(app, NILA).standing()
    assert (answer["status"], answer["name"], answer["position"], answer["body"]) == (
        "belum-dibuka",
        NILA,
        "Ketua",
        "PPS",
    )
    assert "attempt" not in answer


def test_an_unknown_badge_is_told_so(app: Flask, session: Session, clock: Clock) -> None:
    open_hall(session, clock(), NILA)
    stranger = Handset(app, "Orang Lain")
    assert stranger.standing() == {"status": "tidak-dikenal"}
    assert stranger.join("0000", status=404)["galat"] == "tidak-dikenal"


def test_the_stages_of_a_day(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = Handset(app, NILA)
    assert phone.standing()["status"] == "siap"
    joined = phone.join(hall.pin)
    assert (joined["status"], joined["n_items"]) == ("ruang-tunggu", 25)
    phone.start()
    assert phone.standing()["status"] == "mengerjakan"
    clock.forward(minutes=2)
    phone.hand_in()
    done = phone.standing()
    assert (done["status"], done["end_reason"], "closed" in done) == ("selesai", "diserahkan", False)
    hall.close(clock.forward(minutes=10))
    assert phone.standing()["closed"] is True
    open_room(session, hall.classroom, clock(), kind="post")
    after = phone.standing()
    assert (after["status"], after["assessment"], after["minutes"]) == ("siap", "post", 25)


def test_who_never_came_in_is_told_that_the_test_is_closed(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    Handset(app, BAYU).join(hall.pin)
    hall.close(clock())
    assert Handset(app, NILA).standing()["status"] == "ditutup"
    assert Handset(app, BAYU).standing()["status"] == "ditutup"


def test_who_was_at_work_is_told_that_the_committee_closed(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    hall.close(clock.forward(minutes=3))
    answer = phone.standing()
    assert (answer["status"], answer["end_reason"], answer["ended"]) == ("ditutup", "ditutup", "08.03 WIB")


def test_a_wrong_pin_is_explained_and_then_slowed_down_for_that_badge_alone(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    wrong = "1111" if hall.pin != "1111" else "2222"
    phone = Handset(app, NILA)
    for _ in range(5):
        answer = phone.join(wrong, status=422)
        assert answer["galat"] == "pin"
    waiting = phone.join(hall.pin, status=429)
    assert (waiting["galat"], waiting["wait_s"]) == ("pelan", 60)
    assert "60 detik" in waiting["saran"]
    assert Handset(app, BAYU).join(hall.pin)["status"] == "ruang-tunggu"
    clock.forward(minutes=1)
    assert phone.join(hall.pin)["status"] == "ruang-tunggu"


def test_the_pin_before_stays_good_for_five_minutes(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    old = hall.pin
    change_pin(session, sitting_id=hall.sitting_id, actor=SYSTEM, now=clock())
    assert hall.pin != old
    clock.forward(minutes=5)
    assert Handset(app, NILA).join(old)["status"] == "ruang-tunggu"
    clock.forward(seconds=1)
    assert Handset(app, BAYU).join(old, status=422)["galat"] == "pin"


def test_two_open_rooms_never_share_a_pin(
    session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = open_hall(session, clock(), NILA)
    drawn = itertools.chain([int(hall.pin), int(hall.pin)], itertools.count(4711))
    monkeypatch.setattr("kapuas_quiz.delivery.service.secrets.randbelow", lambda _limit: next(drawn))
    open_room(session, hall.classroom, clock())
    pins = look(session, select(Sitting.pin))
    assert hall.pin in pins
    assert len(set(pins)) == len(pins) == 2
    assert next(drawn) > 4711


def test_joining_twice_is_joining_once(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = Handset(app, NILA)
    assert phone.join(hall.pin) == phone.join(hall.pin)
    assert len(look(session, select(Attempt))) == 1


def test_a_second_phone_takes_over_only_after_a_confirmation(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    first = sat_down(app, hall)
    clock.forward(minutes=1)
    first.choose(1, "a", t=30_000)
    unsent = first.entry("jawab", 2, "a", t=50_000)
    second = Handset(app, NILA, "hp-baru-0002")
    assert second.join(hall.pin, status=409)["galat"] == "perangkat-lain"
    second.join(hall.pin, takeover=True)
    begun = second.start()
    assert begun["answers"] == {"1": {"a": "a", "r": False}}
    assert begun["ack"] == 0
    clock.forward(minutes=1)
    late = first.entry("jawab", 3, "a", t=90_000)
    answer = first.send(unsent, late)
    assert (answer["superseded"], answer["ack"], answer["n_answered"]) == (True, 3, 2)
    assert first.start(status=409)["galat"] == "perangkat-lama"
    assert first.join(hall.pin, status=409, takeover=True)["galat"] == "perangkat-lama"
    assert second.start()["answers"].keys() == {"1", "2"}


def test_starting_again_gives_the_same_questions_and_the_time_that_is_left(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    items = phone.items
    clock.forward(minutes=3)
    again = phone.start()
    assert again["form"]["items"] == items
    assert (again["elapsed_ms"], again["remaining_ms"]) == (180_000, 17 * 60_000)
    assert len(items) == 25


def test_two_people_see_different_orders(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    orders = [
        [item["n"] for item in sat_down(app, hall, name, device=f"hp-{name[:4]}-01").items]
        for name in (NILA, BAYU)
    ]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(1, 26))


def test_an_ended_attempt_lets_nobody_in_again(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=2)
    phone.hand_in()
    assert phone.start(status=409)["galat"] == "sudah-selesai"
    assert Handset(app, NILA, "hp-baru-0002").join(hall.pin, 409, takeover=True)["galat"] == "sudah-selesai"


def test_who_waited_in_a_closed_room_may_begin_in_the_next(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = Handset(app, NILA)
    first = phone.join(hall.pin)["attempt"]
    hall.close(clock())
    assert phone.start(status=409)["galat"] == "sudah-selesai"
    hall.sitting_id = open_room(session, hall.classroom, clock.forward(hours=1))
    assert phone.join(hall.pin)["attempt"] == first
    assert phone.start()["remaining_ms"] == 20 * 60_000


def test_nobody_begins_after_the_time_of_the_room(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA, BAYU, clock="serentak")
    waiting = Handset(app, BAYU)
    waiting.join(hall.pin)
    service.start_sitting(session, sitting_id=hall.sitting_id, actor=SYSTEM, now=clock())
    clock.forward(minutes=20)
    late = Handset(app, NILA)
    assert late.join(hall.pin, status=409)["galat"] == "ruang-selesai"
    assert waiting.start(status=409)["galat"] == "ruang-selesai"
    assert late.standing()["status"] == waiting.standing()["status"] == "ditutup"


def test_a_body_that_is_not_ours_is_refused(app: Flask, session: Session, clock: Clock) -> None:
    browser = app.test_client()
    assert browser.post("/t/keadaan", data={"token": "x"}).status_code == 415
    assert browser.post("/t/keadaan", data="{", content_type="application/json").status_code == 400
    assert browser.post("/t/jurnal", json={"attempt": "x", "secret": "y"}).status_code == 400
    huge = browser.post("/t/keadaan", json={"token": "x" * 70_000})
    assert huge.status_code == 413
    assert "Jawaban di HP tetap tersimpan" in huge.get_json()["saran"]


def test_no_phone_request_sets_a_cookie(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    for path, body in (
        ("/t/keadaan", {"token": token(NILA)}),
        ("/t/gabung", {"token": token(NILA), "pin": hall.pin, "device": "hp-nila-0001"}),
    ):
        response = Handset(app, NILA).ask(path, **body)
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
