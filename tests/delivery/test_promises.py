"""Received means durable, nothing secret travels, threads do not lose each other's answers."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.delivery import sheet
from kapuas_quiz.delivery.models import Response, ResponseEvent
from kapuas_quiz.extensions import db
from kapuas_quiz.forms import service as forms
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall, sat_down
from tests.scoring.classroom import token

NILA = "Nila Pertiwi"


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make calls in threads that start together; return their answers."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_the_connection_that_stores_answers_syncs_before_it_answers(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    seen: list[object] = []
    with app.app_context():
        engine = db.engine
    is_sqlite = engine.dialect.name == "sqlite"

    def inspect(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if "INSERT INTO response_event" in statement:
            asking = connection.connection.cursor()
            asking.execute("PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit")
            seen.append(asking.fetchone()[0])
            asking.close()

    event.listen(engine, "before_cursor_execute", inspect)
    phone.choose(1, "a")
    assert seen == [2 if is_sqlite else "on"]


def delivered(app: Flask, hall: Hall) -> list[bytes]:
    """Return every byte that a trainee's phone is sent, from the badge to the hand-in."""
    phone = Handset(app, NILA)
    answers = [app.test_client().get(f"/k/{token(NILA)}").data]
    answers.append(phone.ask("/t/keadaan", token=token(NILA)).data)
    answers.append(
        phone.ask("/t/gabung", token=token(NILA), pin=hall.pin, device=phone.device, takeover=True).data
    )
    keys = {"attempt": phone.join(hall.pin)["attempt"], "secret": phone.secret, "device": phone.device}
    answers.append(phone.ask("/t/mulai", **keys).data)
    answers.append(phone.ask("/t/jurnal", **keys, events=[phone.entry("jawab", 1, "a")]).data)
    answers.append(app.test_client().get(f"/polos/{phone.attempt}/{phone.secret}").data)
    return answers


def test_what_is_delivered_does_not_depend_on_keys_rationales_or_citations(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = open_hall(session, clock(), NILA)
    delivered(app, hall)
    before = delivered(app, hall)
    for revision in session.scalars(select(ItemRevision)):
        content = copy.deepcopy(revision.content)
        content |= {"key": "b", "rationale": "lain", "rationale_html": "<p>lain</p>", "facts": ["F099"]}
        content |= {"points": 7, "citation": {**content["citation"], "article": "Pasal 99"}}
        for option in content["options"]:
            option["rationale"] = "lain"
        revision.content = content
    session.commit()
    forms._forms.clear()
    sheet._sheets.clear()
    assert delivered(app, hall) == before


def test_the_same_batch_from_two_threads_is_stored_once(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    batch = [phone.entry("jawab", n, "a") for n in range(1, 11)]
    answers = at_once(lambda: phone.send(*batch), lambda: phone.send(*batch))
    assert [answer["ack"] for answer in answers] == [10, 10]
    assert len(look(session, select(ResponseEvent))) == 10


def test_overlapping_batches_from_two_tabs_lose_nothing(app: Flask, session: Session, clock: Clock) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    journal = [phone.entry("jawab", n, "b") for n in range(1, 13)]
    at_once(lambda: phone.send(*journal[:8]), lambda: phone.send(*journal[:5]))
    phone.send(*journal[3:])
    assert {row.position: row.answer for row in look(session, select(Response))} == dict.fromkeys(
        range(1, 13), "b"
    )


def test_different_content_from_two_threads_is_stored_once_and_refused_once(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), NILA))
    keys = {"attempt": phone.attempt, "secret": phone.secret, "device": phone.device}
    one, other = ({"s": 1, "k": "jawab", "n": 1, "a": answer, "t": 5} for answer in "ab")
    answers = at_once(
        lambda: phone.ask("/t/jurnal", **keys, events=[one]),
        lambda: phone.ask("/t/jurnal", **keys, events=[other]),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(look(session, select(ResponseEvent))) == 1


def test_two_taps_at_once_make_one_attempt(app: Flask, session: Session, clock: Clock) -> None:
    hall = open_hall(session, clock(), NILA)
    pin = hall.pin
    phones = [Handset(app, NILA), Handset(app, NILA)]
    joined = at_once(*(lambda phone=phone: phone.join(pin) for phone in phones))
    assert joined[0]["attempt"] == joined[1]["attempt"]
