"""On PostgreSQL an answer is one look and one statement; whoever comes in between is not overlooked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.grants import give_time_to_one
from kapuas_quiz.delivery.models import Attempt, Response, ResponseEvent
from kapuas_quiz.extensions import db
from tests.conftest import Clock
from tests.delivery.handset import Handset, look, open_hall, sat_down

NILA = "Nila Pertiwi"
pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@contextmanager
def before_the_write(app: Flask, act: Callable[[], Any]) -> Iterator[list[Any]]:
    """Let something happen once between an answer's look and its write; collect what came of it."""
    came: list[Any] = []
    with app.app_context():
        engine = db.engine

    def intervene(_connection: Any, _cursor: Any, words: str, *_rest: Any) -> None:
        if words.startswith("WITH held") and not came:
            came.append(None)
            came.append(act())

    event.listen(engine, "before_cursor_execute", intervene)
    yield came
    event.remove(engine, "before_cursor_execute", intervene)
    assert came, "nothing was written by one statement"


def stored(session: Session) -> list[tuple[int, Any]]:
    return [(row.seq, row.answer) for row in look(session, select(ResponseEvent).order_by(ResponseEvent.seq))]


def test_a_closing_in_between_ends_the_attempt_and_the_answer_counts(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    clock.forward(minutes=2)
    with before_the_write(app, lambda: hall.close(clock())):
        told = phone.choose(1, "a", t=60_000)
    assert (told["ack"], told["status"], told["n_answered"]) == (1, "ditutup", 1)
    assert [one.answer for one in look(session, select(Response))] == ["a"]
    assert look(session, select(Attempt))[0].end_reason == "ditutup"


def test_a_sealing_in_between_lets_nothing_in(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)

    def seal() -> None:
        hall.close(clock())
        hall.seal(clock())

    with before_the_write(app, seal):
        entry = phone.entry("jawab", 1, "a")
        assert phone.send(entry, status=410)["galat"] == "disegel"
    assert stored(session) == []


def test_the_same_answer_sent_twice_at_once_is_stored_once(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    entry = phone.entry("jawab", 1, "a")
    with before_the_write(app, lambda: phone.send(entry)) as came:
        told = phone.send(entry)
    assert (told["ack"], came[1]["ack"], told["bukti"]) == (1, 1, came[1]["bukti"])
    assert stored(session) == [(1, "a")]


def test_another_content_under_the_same_number_at_once_is_refused_loudly(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    entry = phone.entry("jawab", 1, "a")
    with before_the_write(app, lambda: phone.send({**entry, "a": "b"})):
        assert phone.send(entry, status=409)["galat"] == "bentrok"
    assert stored(session) == [(1, "b")]
    assert [one.answer for one in look(session, select(Response))] == ["b"]


def test_another_phone_that_takes_over_in_between_leaves_both_answers(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    other = Handset(app, NILA, device="hp-nila-0002")

    def take_over() -> None:
        clock.forward(seconds=5)
        other.join(hall.pin, takeover=True)
        other.start()
        other.choose(2, "b", t=6000)

    with before_the_write(app, take_over):
        assert phone.choose(1, "a")["ack"] == 1
    assert sorted((one.position, one.answer) for one in look(session, select(Response))) == [
        (1, "a"),
        (2, "b"),
    ]


def test_time_given_in_between_is_told(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    attempt_id = look(session, select(Attempt))[0].id
    before = phone.send()["remaining_ms"]
    more: dict[str, Any] = {"minutes": 7, "reason": "Listrik padam", "actor": SYSTEM, "now": clock()}

    def give() -> None:
        give_time_to_one(session, sitting_id=hall.sitting_id, attempt_id=attempt_id, **more)

    with before_the_write(app, give):
        told = phone.choose(1, "a")
    assert told["remaining_ms"] - before == timedelta(minutes=7).total_seconds() * 1000
    assert told["grants"] == 1
