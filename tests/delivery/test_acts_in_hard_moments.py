"""Acts of the committee at moments when clocks stand still, or a phone comes back that was given up."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery import acts, grants, service
from kapuas_quiz.delivery.grants import TooLate
from kapuas_quiz.delivery.models import Response, Sitting
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall, sat_down

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"
MINUTE = 60_000


def on_one(hall: Hall, phone: Handset, act: Any, clock: Clock, **values: Any) -> None:
    hall.session.rollback()
    act(
        hall.session,
        sitting_id=hall.sitting_id,
        attempt_id=uuid.UUID(phone.attempt),
        reason="uji",
        actor=SYSTEM,
        now=clock(),
        **values,
    )


def on_room(hall: Hall, act: Any, clock: Clock, **values: Any) -> None:
    hall.session.rollback()
    act(hall.session, sitting_id=hall.sitting_id, actor=SYSTEM, now=clock(), **values)


def answers(session: Session) -> dict[int, Any]:
    return {row.position: row.answer for row in look(session, select(Response))}


def test_what_a_phone_sent_after_it_was_given_up_counts_when_it_comes_back(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=1)
    on_one(hall, phone, acts.free_phone, clock)
    clock.forward(minutes=1)
    phone.choose(1, "a", t=2 * MINUTE)
    phone.join(hall.pin)
    phone.choose(2, "b", t=3 * MINUTE)
    assert answers(session) == {1: "a", 2: "b"}


def test_a_hand_in_sent_after_the_phone_was_given_up_counts_when_it_comes_back(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=1)
    on_one(hall, phone, acts.free_phone, clock)
    clock.forward(minutes=1)
    phone.choose(1, "a", t=2 * MINUTE)
    phone.hand_in(t=2 * MINUTE)
    phone.join(hall.pin)
    assert phone.send()["status"] == "selesai"
    assert answers(session) == {1: "a"}


def test_the_common_time_does_not_run_out_in_a_pause(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA, BAYU, clock="serentak")
    on_room(hall, service.start_sitting, clock)
    sat_down(app, hall)
    clock.forward(minutes=5)
    on_room(hall, acts.pause_room, clock, reason="listrik")
    clock.forward(minutes=30)
    late = Handset(app, BAYU, device="hp-bayu-0001")
    late.join(hall.pin)
    on_room(hall, acts.resume_room, clock)
    assert late.start()["remaining_ms"] == 15 * MINUTE


def test_the_window_to_begin_does_not_run_out_in_a_pause(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA, BAYU)
    session.execute(update(Sitting).values(begin_until=clock() + timedelta(minutes=30)))
    session.commit()
    on_room(hall, acts.pause_room, clock, reason="listrik")
    clock.forward(minutes=31)
    late = Handset(app, BAYU, device="hp-bayu-0001")
    late.join(hall.pin)
    assert late.standing()["status"] == "ruang-tunggu"


def test_reopening_in_a_pause_gives_the_minutes_from_its_end(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=18)
    phone.hand_in(t=18 * MINUTE)
    on_room(hall, acts.pause_room, clock, reason="listrik")
    clock.forward(minutes=60)
    on_one(hall, phone, acts.reopen, clock, minutes=5)
    assert phone.send()["remaining_ms"] == 5 * MINUTE
    on_room(hall, acts.resume_room, clock)
    assert phone.send()["remaining_ms"] == 5 * MINUTE


def test_who_ran_out_of_time_before_a_pause_needs_no_more_for_its_length(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=22)
    on_room(hall, acts.pause_room, clock, reason="listrik")
    clock.forward(minutes=30)
    with pytest.raises(TooLate) as refused:
        on_one(hall, phone, grants.give_time_to_one, clock, minutes=1)
    assert refused.value.minutes == 3
    on_one(hall, phone, grants.give_time_to_one, clock, minutes=3)
    on_room(hall, acts.resume_room, clock)
    assert phone.send()["remaining_ms"] == 1 * MINUTE
