"""What a phone's request costs in statements, and what its answer says about rooms, laptops and receipts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.receipts import first_fault
from kapuas_quiz.delivery.attempts import facts_from, facts_query
from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.ledger import stored_journal
from kapuas_quiz.delivery.models import Attempt, ResponseEvent, Sitting
from kapuas_quiz.delivery.signals import room_changed
from kapuas_quiz.extensions import db
from tests.conftest import Clock
from tests.delivery.handset import Handset, look, open_hall, sat_down

NILA = "Nila Pertiwi"


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


@contextmanager
def watched(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements and commits of an engine."""
    seen: list[str] = []

    def statement(_c: Connection, _cursor: object, words: str, *_rest: object) -> None:
        if not words.startswith("BEGIN"):
            seen.append(words.split()[0])

    def commit(_connection: Connection) -> None:
        seen.append("COMMIT")

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", commit)


def by_kind(app: Flask, sqlite: list[str], postgresql: list[str]) -> list[str]:
    return sqlite if engine_of(app).dialect.name == "sqlite" else postgresql


def attempt_of(session: Session) -> Attempt:
    return look(session, select(Attempt))[0]


def test_an_answer_is_one_look_and_what_is_written_at_once(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.choose(1, "a")
    with watched(engine_of(app)) as seen:
        phone.choose(2, "a")
    assert seen == by_kind(app, ["SELECT", "INSERT", "INSERT", "COMMIT"], ["SELECT", "WITH"])


def test_an_answer_long_after_the_last_one_also_notes_the_contact(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.choose(1, "a")
    clock.forward(minutes=1)
    with watched(engine_of(app)) as seen:
        phone.choose(2, "a")
    assert seen == by_kind(app, ["SELECT", "INSERT", "INSERT", "UPDATE", "COMMIT"], ["SELECT", "WITH"])


def test_a_sign_of_life_is_one_look(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    phone.choose(1, "a")
    with watched(engine_of(app)) as seen:
        phone.send()
    assert seen == by_kind(app, ["SELECT", "COMMIT"], ["SELECT"])


def test_starting_is_two_looks_and_one_write(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA, "Bayu Wirata")
    sat_down(app, hall, "Bayu Wirata", device="hp-bayu-0001")
    sat_down(app, hall)
    late = Handset(app, NILA)
    late.join(hall.pin)
    with watched(engine_of(app)) as seen:
        late.start()
    assert seen.count("COMMIT") == 1
    assert len(seen) <= 4


def test_what_was_written_behind_the_servers_back_is_not_overlooked(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    phone = sat_down(app, hall)
    phone.choose(1, "a")
    row = look(session, select(ResponseEvent))[0]
    values = {column.name: getattr(row, column.name) for column in ResponseEvent.__table__.columns}
    session.execute(ResponseEvent.__table__.insert(), {**values, "seq": 2, "number": 2, "position": 2})
    session.commit()
    phone.seq = 2
    assert phone.choose(3, "b")["n_answered"] == 3


def test_the_reply_follows_the_commit(
    app: Flask, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    order: list[str] = []

    def written(connection: Connection, _cursor: object, words: str, *_rest: object) -> None:
        if words.startswith("WITH held") and connection.connection.dbapi_connection.autocommit:  # type: ignore[union-attr]
            order.append("commit")

    event.listen(engine_of(app), "commit", lambda _connection: order.append("commit"))
    event.listen(engine_of(app), "after_cursor_execute", written)
    inner = app.wsgi_app

    def spy(environ: Any, start_response: Any) -> Any:
        answer = inner(environ, start_response)
        order.append("reply")
        return answer

    monkeypatch.setattr(app, "wsgi_app", spy)
    phone.choose(1, "a")
    assert order == ["commit", "reply"]


def test_a_laptop_that_was_replaced_stores_nothing(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    keys = {"attempt": phone.attempt, "secret": phone.secret, "device": phone.device}
    entry = phone.entry("jawab", 1, "a")
    refused = phone.said("/t/jurnal", 409, **keys, events=[entry], epoch=2)
    assert refused["galat"] == "laptop-lama"
    assert look(session, select(ResponseEvent)) == []
    app.config["EPOCH"] = 2
    assert phone.said("/t/jurnal", **keys, events=[entry], epoch=2)["epoch"] == 2


def test_what_the_spare_holds_is_told_apart_from_what_was_received(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    assert "safe" not in phone.choose(1, "a")
    data: Path = app.config["SETTINGS"].data
    (data / "salinan.json").write_text('{"mark": 1, "at": "2024-11-04T01:00:00Z", "where": "x"}')
    told = phone.choose(2, "a")
    if engine_of(app).dialect.name == "sqlite":
        assert (told["ack"], told["safe"]) == (2, 1)
    else:
        assert "safe" not in told


def test_what_a_phone_still_holds_is_remembered(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    keys = {"attempt": phone.attempt, "secret": phone.secret, "device": phone.device}
    phone.said("/t/jurnal", **keys, events=[phone.entry("jawab", 1, "a")], left=7)
    assert attempt_of(session).unsent == 7
    phone.send(phone.entry("jawab", 99, "a"), phone.entry("jawab", 2, "a"), status=422)
    assert attempt_of(session).unsent == 2
    phone.seq = 1
    phone.choose(2, "a")
    assert attempt_of(session).unsent == 0


def test_a_spoken_time_code_is_taken_in_and_changes_no_answer(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    assert phone.send(phone.entry("tambah", None, "120042"))["ack"] == 1
    assert phone.send(phone.entry("tambah", None, "12004"), status=422)["galat"] == "jawaban"


def test_a_room_that_stands_still_says_so_and_takes_answers(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    clock.forward(minutes=5)
    sitting = session.scalars(select(Sitting)).one()
    sitting.paused_at = clock()
    session.commit()
    clock.forward(minutes=30)
    told = phone.choose(1, "a", t=10 * 60_000)
    assert (told["paused"], told["remaining_ms"], told["n_answered"]) == (True, 15 * 60_000, 1)
    assert phone.standing()["paused"] is True


def test_receipts_chain_in_the_order_of_arrival(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    first = phone.choose(1, "a")
    clock.forward(seconds=20)
    batch = [phone.entry("jawab", 2, "b"), phone.entry("ragu", 2, True), phone.entry("selesai", t=15_000)]
    last = phone.send(*batch)
    assert last["bukti"] != first["bukti"]
    assert phone.send(*batch)["bukti"] == last["bukti"]
    row = session.connection().execute(facts_query()).mappings().one()
    facts = facts_from(row)
    stored = stored_journal(session, facts).stored
    key = app.config["SETTINGS"].secrets.derive(RECEIPTS)
    assert first_fault(key, facts.id, stored) is None
    numbers = look(session, select(ResponseEvent.number).order_by(ResponseEvent.number))
    assert numbers == [1, 2, 3, 4]
    changed = stored[1]._replace(event=stored[1].event._replace(answer="c"))
    assert first_fault(key, facts.id, [stored[0], changed, *stored[2:]]) == 2


def test_the_rooms_news_changes_when_something_is_done_to_the_room(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    address = sat_down(app, hall).send()["news"]
    ask = app.test_client().get
    before = ask(address)
    assert (before.status_code, before.headers["Cache-Control"]) == (200, "no-store")
    assert ask(address).data == before.data
    room_changed.send(app, sitting_id=hall.sitting_id)
    assert ask(address).data != before.data
    assert ask(f"/t/kabar/{'0' * 32}.txt").status_code == 404


def test_what_is_unusual_goes_the_long_way_and_is_told_the_same(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    body = {"attempt": phone.attempt, "secret": phone.secret, "device": phone.device, "events": []}
    client = app.test_client()
    short = client.post("/t/jurnal", json=body)
    long = client.post("/t/jurnal?x=1", json=body)
    assert short.json == long.json
    assert dict(short.headers) == dict(long.headers)
    assert client.post("/t/jurnal", data="{}").json["galat"] == "bukan-json"
    assert client.get("/t/jurnal").status_code == 405
