"""A spare goes on with a copy that is a second old: who came in within that second loses nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Table, delete, insert, select, text
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.database import Base, new_id
from kapuas_quiz.delivery import service
from kapuas_quiz.delivery.attempts import attempt_secret
from kapuas_quiz.delivery.entrance import ATTEMPT_IDS, Origin
from kapuas_quiz.delivery.models import Attempt, AttemptDevice, Response, Sitting
from kapuas_quiz.forms.models import FormAssignment
from kapuas_quiz.forms.service import forms_of
from kapuas_quiz.settings import Secrets
from kapuas_quiz.trainings.models import Enrolment
from tests.conftest import Clock
from tests.delivery.handset import Hall, Handset, look, open_hall, open_room, sat_down
from tests.scoring.classroom import token

NILA, BAYU = "Nila Pertiwi", "Bayu Wirata"
COPIED = (
    "sitting",
    "form_assignment",
    "attempt",
    "attempt_device",
    "response_event",
    "response",
)


def empty(session: Session, names: list[str]) -> None:
    """Empty tables, those too from which nothing can be deleted."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text(f"TRUNCATE {', '.join(names)} CASCADE"))
        return
    kept = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'response_event'"
    triggers = session.execute(text(kept)).all()
    for name, _sql in triggers:
        session.execute(text(f"DROP TRIGGER {name}"))
    for name in names:
        session.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - names of our own tables
    for _name, sql in triggers:
        session.execute(text(sql))


def copy_of(session: Session) -> Callable[[], None]:
    """Remember what the tables of a test's day hold now; calling the copy lets a spare go on from there."""
    session.rollback()
    tables: list[Table] = [table for table in Base.metadata.sorted_tables if table.name in COPIED]
    kept = {table: [dict(row) for row in session.execute(select(table)).mappings()] for table in tables}
    session.rollback()

    def go_on() -> None:
        session.expunge_all()
        empty(session, [table.name for table in reversed(tables)])
        for table, rows in kept.items():
            if rows:
                session.execute(insert(table), rows)
        session.commit()

    return go_on


def undecided(session: Session, now: datetime, *people: str, clock: str = "sendiri") -> Hall:
    """Open a room for people to whom no form is assigned yet."""
    hall = open_hall(session, now, *people, clock=clock)
    session.execute(delete(FormAssignment))
    session.commit()
    return hall


def back(phone: Handset, status: int = 200, **said: object) -> dict[str, object]:
    """Come in again by what the phone has: badge, attempt and secret, no PIN."""
    own = {"token": token(phone.name), "attempt": phone.attempt, "secret": phone.secret}
    return phone.said("/t/gabung", status, **{**own, "device": phone.device, **said})


def given(session: Session) -> dict[int, object]:
    return {row.position: row.answer for row in look(session, select(Response))}


@pytest.mark.parametrize("n_before", [0, 1])
def test_who_joined_after_the_last_copy_goes_on_with_the_same_form_order_and_answers(
    app: Flask, session: Session, clock: Clock, n_before: int
) -> None:
    hall = undecided(session, clock(), NILA, BAYU, "Gita Permata")
    spare = copy_of(session)
    for name in ("Gita Permata",)[:n_before]:
        Handset(app, name, "hp-lain-0009").join(hall.pin)
    phone = sat_down(app, hall)
    seen, [before] = phone.items, look(session, select(Attempt).where(Attempt.started_at.is_not(None)))
    clock.forward(seconds=40)
    first, second = phone.entry("jawab", 1, "a", 20_000), phone.entry("jawab", 2, "b", 39_000)
    assert phone.send(first, second)["ack"] == 2

    spare()
    Handset(app, BAYU, "hp-bayu-0002").join(hall.pin)
    clock.forward(seconds=60)
    assert phone.send(first, second, status=403)["galat"] == "rahasia"
    back(phone, elapsed=100_000)
    assert phone.send()["ack"] == 0
    third = phone.entry("jawab", 3, "c", 70_000)
    reply = phone.send(first, second, third)
    assert (reply["ack"], reply["elapsed_ms"], reply["remaining_ms"]) == (3, 100_000, 1_100_000)
    phone.start()
    assert phone.items == seen
    assert given(session) == {1: "a", 2: "b", 3: "c"}
    query = select(Attempt).where(Attempt.id == uuid.UUID(phone.attempt))
    [after] = look(session, query)
    assert (after.form_id, after.presentation) == (before.form_id, before.presentation)
    assert (after.started_at, after.deadline_at) == (before.started_at, before.deadline_at)


def test_the_post_test_is_the_other_form(app: Flask, session: Session, clock: Clock) -> None:
    hall = undecided(session, clock(), NILA)
    spare = copy_of(session)
    phone = sat_down(app, hall)
    spare()
    back(phone, elapsed=0)
    phone.hand_in(0)
    hall.close(clock.forward(minutes=5))
    post = open_room(session, hall.classroom, clock(), kind="post")
    [pin] = look(session, select(Sitting.pin).where(Sitting.id == post))
    Handset(app, NILA, "hp-nila-0002").join(pin)
    assert len({row.form_id for row in look(session, select(Attempt))}) == 2
    assert len(look(session, select(FormAssignment))) == 1


def test_a_start_that_the_copy_lacks_costs_no_time_and_voids_nothing(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = undecided(session, clock(), NILA)
    phone = Handset(app, NILA)
    phone.join(hall.pin)
    spare = copy_of(session)
    began = clock()
    phone.start()
    clock.forward(minutes=21)
    spare()
    entries = phone.entry("jawab", 1, "a", 30_000), phone.entry("jawab", 2, "b", 1_199_000)
    assert phone.send(*entries, status=409)["galat"] == "belum-mulai"
    back(phone, elapsed=21 * 60_000)
    assert phone.send(*entries)["end_reason"] == "waktu-habis"
    assert given(session) == {1: "a", 2: "b"}
    [attempt] = look(session, select(Attempt))
    assert (attempt.started_at, attempt.deadline_at) == (began, began + timedelta(minutes=20))


def test_nobody_begins_before_the_common_start_by_claiming_to_have_been_at_work(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = undecided(session, clock(), NILA, clock="serentak")
    phone = Handset(app, NILA)
    phone.join(hall.pin)
    clock.forward(minutes=2)
    back(phone, elapsed=60_000)
    assert phone.start(409)["galat"] == "belum-mulai"
    service.start_sitting(session, sitting_id=hall.sitting_id, actor=SYSTEM, now=clock())
    clock.forward(seconds=5)
    back(phone, elapsed=65_000)
    assert phone.choose(1, "a", 30_000)["elapsed_ms"] == 5_000
    assert given(session) == {1: "a"}


def test_a_phone_that_took_over_in_the_lost_second_goes_on(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = undecided(session, clock(), NILA)
    first = sat_down(app, hall)
    first.choose(1, "a")
    spare = copy_of(session)
    clock.forward(seconds=10)
    second = Handset(app, NILA, "hp-baru-0002")
    second.join(hall.pin, takeover=True)
    second.start()
    spare()
    entry = second.entry("jawab", 2, "b", 10_000)
    assert second.send(entry, status=409)["galat"] == "perangkat-lain"
    back(second, elapsed=10_000)
    assert second.send(entry)["ack"] == 1
    assert first.send()["superseded"] is True
    assert given(session) == {1: "a", 2: "b"}
    assert len(look(session, select(AttemptDevice))) == 2


def test_answers_of_a_room_closed_meanwhile_still_count_and_a_sealed_one_says_so(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = undecided(session, clock(), NILA, BAYU)
    spare = copy_of(session)
    phone, late = sat_down(app, hall), sat_down(app, hall, BAYU, device="hp-bayu-0002")
    entry = phone.entry("jawab", 1, "a", 30_000)
    clock.forward(minutes=1)
    spare()
    hall.close(clock())
    clock.forward(minutes=1)
    back(phone, elapsed=120_000)
    assert phone.send(entry)["end_reason"] == "ditutup"
    assert given(session) == {1: "a"}
    hall.seal(clock())
    assert back(late, 410, elapsed=120_000)["galat"] == "disegel"


def made_elsewhere(session: Session, hall: Hall, key: bytes) -> list[str]:
    """Return what somebody without this installation's key makes of all that is known."""
    person = look(session, select(Enrolment.id).order_by(Enrolment.enrolled_at))[0]
    [room] = look(session, select(Sitting))
    forms = forms_of(session, hall.classroom.training_id).values()
    session.rollback()
    return [str(Origin(room.assessment_id, person, form, room.id).id(key)) for form in forms]


def test_nobody_chooses_a_form_by_inventing_an_id(app: Flask, session: Session, clock: Clock) -> None:
    hall = undecided(session, clock(), NILA)
    key: bytes = app.config["SETTINGS"].secrets.attempt
    invented = [str(new_id()), *made_elsewhere(session, hall, Secrets(b"x" * 32).derive(ATTEMPT_IDS))]
    for attempt in invented:
        phone = Handset(app, NILA, attempt=attempt, secret="A" * 24)
        assert back(phone, 403)["galat"] == "rahasia"
        phone.secret = attempt_secret(key, uuid.UUID(attempt))
        assert back(phone, 403)["galat"] == "rahasia"
    assert look(session, select(Attempt)) == look(session, select(FormAssignment)) == []


def test_another_persons_attempt_is_refused_whether_it_is_known_or_not(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = undecided(session, clock(), NILA, BAYU)
    spare = copy_of(session)
    nila = sat_down(app, hall)
    thief = Handset(app, BAYU, "hp-bayu-0002", nila.attempt, nila.secret)
    assert back(thief, 403)["galat"] == "rahasia"
    spare()
    assert back(thief, 403)["galat"] == "rahasia"
    Handset(app, BAYU, "hp-bayu-0002").join(hall.pin)


def test_who_has_an_attempt_cannot_make_a_second_one_on_the_other_form(
    app: Flask, session: Session, clock: Clock
) -> None:
    hall = undecided(session, clock(), NILA)
    Handset(app, NILA).join(hall.pin)
    secrets = app.config["SETTINGS"].secrets
    [known] = look(session, select(Attempt.id))
    both = made_elsewhere(session, hall, secrets.derive(ATTEMPT_IDS))
    assert str(known) in both
    [other] = set(both) - {str(known)}
    phone = Handset(app, NILA, attempt=other, secret=attempt_secret(secrets.attempt, uuid.UUID(other)))
    assert back(phone, 403)["galat"] == "rahasia"
