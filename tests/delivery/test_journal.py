"""What a phone chose arrives once, durably, and counts when it was chosen in time."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from kapuas_quiz.delivery import service
from kapuas_quiz.delivery.models import Attempt, Response, ResponseEvent
from tests.conftest import Clock
from tests.delivery.handset import Handset, look, open_hall, sat_down

NILA = "Nila Pertiwi"


def counted(session: Session) -> dict[int, object]:
    """Return the answers that count, by position."""
    return {row.position: row.answer for row in look(session, select(Response)) if row.answer}


def stored(session: Session) -> int:
    return look(session, select(func.count()).select_from(ResponseEvent))[0]


def attempt(session: Session) -> Attempt:
    return look(session, select(Attempt))[0]


def test_an_answer_is_acknowledged_by_its_number(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    clock.forward(seconds=5)
    answer = phone.choose(3, "a")
    assert (answer["ack"], answer["n_answered"], answer["status"]) == (1, 1, "mengerjakan")
    assert (answer["elapsed_ms"], answer["remaining_ms"]) == (5000, 20 * 60_000 - 5000)
    assert counted(session) == {3: "a"}


def test_the_same_batch_twice_is_once(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    batch = [phone.entry("jawab", 1, "a"), phone.entry("jawab", 1, "b"), phone.entry("ragu", 1, True)]
    clock.forward(seconds=5)
    first = phone.send(*batch)
    clock.forward(seconds=60)
    again = phone.send(*batch)
    assert first["ack"] == again["ack"] == 3
    assert (stored(session), counted(session)) == (3, {1: "b"})


def test_a_batch_out_of_order_is_put_in_order(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    first, second = phone.entry("jawab", 1, "a"), phone.entry("jawab", 1, "c")
    assert phone.send(second, first)["ack"] == 2
    assert counted(session) == {1: "c"}


def test_a_missing_number_is_asked_for(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.choose(1, "a")
    lost, late = phone.entry("jawab", 2, "a"), phone.entry("jawab", 3, "a")
    answer = phone.send(late, status=409)
    assert (answer["galat"], answer["ack"]) == ("lompat", 1)
    assert phone.send(lost, late)["ack"] == 3


def test_the_same_number_with_other_content_is_refused_loudly(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.choose(1, "a")
    phone.seq = 0
    answer = phone.send(phone.entry("jawab", 1, "b"), status=409)
    assert (answer["galat"], answer["ack"]) == ("bentrok", 1)
    assert counted(session) == {1: "a"}


def test_an_answer_the_form_does_not_have_stores_nothing(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    good = phone.entry("jawab", 1, "a")
    for bad in (
        {"s": 2, "k": "jawab", "n": 99, "a": "a", "t": 1},
        {"s": 2, "k": "jawab", "n": 1, "a": "z", "t": 1},
        {"s": 2, "k": "jawab", "n": 1, "a": True, "t": 1},
        {"s": 2, "k": "ragu", "n": 1, "a": "a", "t": 1},
        {"s": 2, "k": "selesai", "n": 1, "t": 1},
    ):
        assert phone.send(good, bad, status=422)["galat"] == "jawaban"
    assert stored(session) == 0


def test_a_cleared_answer_counts_as_none(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.choose(1, "a")
    assert phone.choose(1, None)["n_answered"] == 0
    assert counted(session) == {}


def test_a_sign_of_life_tells_the_time_and_the_ack(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.choose(1, "a")
    clock.forward(minutes=4)
    answer = phone.send()
    assert (answer["ack"], answer["remaining_ms"]) == (1, 16 * 60_000)
    assert attempt(session).last_contact_at == clock()


def test_what_was_chosen_in_time_counts_though_it_arrives_after(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    clock.forward(minutes=45)
    answer = phone.send(
        phone.entry("jawab", 1, "a", t=19 * 60_000), phone.entry("jawab", 1, "b", t=20 * 60_000 + 1)
    )
    assert (answer["ack"], answer["status"], answer["end_reason"]) == (2, "selesai", "waktu-habis")
    assert counted(session) == {1: "a"}
    assert attempt(session).ended_at == attempt(session).deadline_at


def test_handing_in_ends_the_attempt(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    clock.forward(minutes=2)
    answer = phone.hand_in(t=60_000)
    assert (answer["status"], answer["end_reason"], answer["ended"]) == ("selesai", "diserahkan", "08.01 WIB")
    after = phone.choose(1, "a", t=90_000)
    assert (after["ack"], after["n_answered"]) == (2, 0)


def test_a_hand_in_after_the_deadline_does_not_count(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    clock.forward(minutes=30)
    assert phone.hand_in(t=29 * 60_000)["end_reason"] == "waktu-habis"


def test_an_offline_hand_in_counts_when_it_arrives_after_the_deadline(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    clock.forward(minutes=30)
    phone.send()
    assert attempt(session).end_reason == "waktu-habis"
    assert phone.hand_in(t=15 * 60_000)["end_reason"] == "diserahkan"
    assert attempt(session).end_reason == "diserahkan"


def test_after_closing_late_answers_count_until_the_seal(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    hall.close(clock.forward(minutes=10))
    assert attempt(session).end_reason == "ditutup"
    clock.forward(minutes=5)
    assert phone.choose(1, "a", t=9 * 60_000)["status"] == "ditutup"
    assert phone.choose(1, "b", t=11 * 60_000)["closed"] is True
    assert counted(session) == {1: "a"}
    hall.seal(clock())
    answer = phone.send(phone.entry("jawab", 1, "c"), status=410)
    assert (answer["galat"], answer["ack"]) == ("disegel", 2)
    assert stored(session) == 2


def waits_for_a_lock(engine: Engine) -> bool:
    """Tell whether a transaction on this database waits for another; on SQLite the next one always does."""
    if engine.dialect.name == "sqlite":
        return True
    with engine.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def test_a_phone_that_waited_for_the_closing_hears_of_it(
    app: Flask, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=1)
    engine = session.get_bind().engine
    answers: list[dict[str, Any]] = []
    writer = Thread(target=lambda: answers.append(phone.choose(1, "a")))

    def until_the_phone_waits(end_attempts: Callable[..., int]) -> Callable[..., int]:
        def end(*values: Any) -> int:
            n_ended = end_attempts(*values)
            writer.start()
            while writer.is_alive() and not waits_for_a_lock(engine):
                time.sleep(0.01)
            return n_ended

        return end

    monkeypatch.setattr(service, "_end_attempts", until_the_phone_waits(service._end_attempts))
    hall.close(clock())
    writer.join()
    assert [(answer["status"], answer["closed"]) for answer in answers] == [("ditutup", True)]
    assert counted(session) == {1: "a"}


def test_a_phone_never_acts_later_than_it_was_heard(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    clock.forward(minutes=1)
    phone.choose(1, "a", t=50 * 60_000)
    assert counted(session) == {1: "a"}
    assert look(session, select(Response))[0].at_ms == 60_000


def test_the_secret_of_one_attempt_opens_no_other(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA, "Bayu Wirata")
    nila = sat_down(app, hall)
    bayu = sat_down(app, hall, "Bayu Wirata", device="hp-bayu-0001")
    thief = Handset(app, NILA, bayu.device, nila.attempt, bayu.secret)
    assert thief.send(thief.entry("jawab", 1, "a"), status=403)["galat"] == "rahasia"
    assert thief.start(status=403)["galat"] == "rahasia"
    assert stored(session) == 0


def test_a_device_that_never_joined_cannot_write(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.device = "hp-lain-0001"
    assert phone.send(phone.entry("jawab", 1, "a"), status=409)["galat"] == "perangkat-lain"
