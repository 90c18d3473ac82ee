"""The trail grows only, and a hand in the database shows."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import first_broken_event, last_of_chain, record
from kapuas_quiz.core.audit_chain import GENESIS, digest_detail, first_break
from kapuas_quiz.core.canonical import canonical
from kapuas_quiz.core.roles import SYSTEM, Actor
from kapuas_quiz.extensions import db

ACTOR = Actor("7", "Puspa Nirmala")
AT = datetime(2024, 11, 4, 1, 0, 0, 123456, tzinfo=UTC)


def fill(session: Session, length: int = 5) -> None:
    for number in range(1, length + 1):
        record(session, at=AT, actor=ACTOR, action="peserta.ubah", subject=f"{number}", detail={"n": number})
    session.commit()


def test_an_empty_trail_holds(session: Session) -> None:
    assert first_broken_event(session) is None
    assert last_of_chain(session) == (0, GENESIS)


def test_events_are_numbered_without_gaps_and_the_chain_holds(session: Session) -> None:
    fill(session)
    assert session.scalars(select(AuditEvent.number).order_by(AuditEvent.number)).all() == [1, 2, 3, 4, 5]
    assert first_broken_event(session) is None
    assert last_of_chain(session)[0] == 5


def test_the_name_and_the_reason_stand_in_the_part_that_can_be_erased(session: Session) -> None:
    event = record(session, at=AT, actor=ACTOR, action="kartu.ganti", subject="3", reason="hilang")
    assert event.detail == {"nama": "Puspa Nirmala", "alasan": "hilang"}
    assert event.actor == "7"


def test_a_rolled_back_act_leaves_nothing(session: Session) -> None:
    fill(session, 1)
    record(session, at=AT, actor=ACTOR, action="x.y", subject="")
    session.rollback()
    fill(session, 1)
    assert last_of_chain(session)[0] == 2
    assert first_broken_event(session) is None


@pytest.mark.parametrize(
    "detail",
    [
        {"b": {2: "dua", 10: "sepuluh"}, "a": (1, 2)},
        {"teks": "Rāmā \u2028 'kutip' \"ganda\" 日本", "angka": 0.1 + 0.2, "besar": 10**15, "kosong": None},
        {"bersarang": {"z": [1, {"y": True}], "a": []}},
    ],
)
def test_every_value_reads_back_as_it_was_sealed(session: Session, detail) -> None:
    record(session, at=AT, actor=SYSTEM, action="x.y", subject="ā", detail=detail)
    session.commit()
    session.expire_all()
    assert first_broken_event(session) is None


def test_the_moment_is_sealed_in_utc_whatever_zone_it_came_in(session: Session) -> None:
    wib = timezone(timedelta(hours=7))
    record(session, at=AT.astimezone(wib), actor=SYSTEM, action="x.y", subject="")
    session.commit()
    session.expire_all()
    assert first_broken_event(session) is None


def test_what_json_does_not_know_is_refused_at_once(session: Session) -> None:
    with pytest.raises(TypeError):
        record(session, at=AT, actor=SYSTEM, action="x.y", subject="", detail={"id": uuid.uuid4()})


CHANGES: dict[str, tuple[Callable[[], object], int]] = {
    "another subject": (lambda: update(AuditEvent).where(AuditEvent.number == 3).values(subject="9"), 3),
    "another actor": (lambda: update(AuditEvent).where(AuditEvent.number == 3).values(actor="8"), 3),
    "another act": (lambda: update(AuditEvent).where(AuditEvent.number == 3).values(action="x"), 3),
    "another time": (
        lambda: update(AuditEvent).where(AuditEvent.number == 3).values(at=AT + timedelta(microseconds=1)),
        3,
    ),
    "another detail": (lambda: update(AuditEvent).where(AuditEvent.number == 3).values(detail={"n": 4}), 3),
    "another salt": (lambda: update(AuditEvent).where(AuditEvent.number == 3).values(salt="0" * 32), 3),
    "another hash": (lambda: update(AuditEvent).where(AuditEvent.number == 3).values(hash="0" * 64), 3),
    "one in the middle removed": (lambda: delete(AuditEvent).where(AuditEvent.number == 3), 3),
    "the first removed": (lambda: delete(AuditEvent).where(AuditEvent.number == 1), 1),
    "another number": (lambda: update(AuditEvent).where(AuditEvent.number == 5).values(number=6), 5),
}


@pytest.fixture
def unguarded(session: Session) -> Session:
    """A hand that first takes away whatever guards the table."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET session_replication_role = replica"))
    else:
        names = session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
        ).all()
        for name in names:
            session.execute(text(f'DROP TRIGGER "{name}"'))
    return session


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_by_hand_is_found_where_it_was_made(unguarded: Session, change: str) -> None:
    fill(unguarded)
    statement, number = CHANGES[change]
    unguarded.execute(statement())  # type: ignore[call-overload]
    assert first_broken_event(unguarded) == number


def test_a_change_with_a_new_hash_breaks_the_next_event(unguarded: Session) -> None:
    from kapuas_quiz.core.audit_chain import chain_hash

    fill(unguarded)
    event = unguarded.get_one(AuditEvent, 3)
    forged = chain_hash(
        number=3,
        at="2024-11-04T01:00:00.123456Z",
        actor="7",
        action="peserta.ubah",
        subject="9",
        digest=event.digest,
        previous=event.previous,
    )
    change = update(AuditEvent).where(AuditEvent.number == 3).values(subject="9", hash=forged)
    unguarded.execute(change)
    assert first_broken_event(unguarded) == 4


def test_an_erased_detail_keeps_the_chain(unguarded: Session) -> None:
    fill(unguarded)
    unguarded.execute(text("UPDATE audit_event SET detail = NULL WHERE number = 3"))
    assert first_broken_event(unguarded) is None


def test_the_same_words_give_another_digest_each_time(session: Session) -> None:
    first = record(session, at=AT, actor=ACTOR, action="x.y", subject="")
    second = record(session, at=AT, actor=ACTOR, action="x.y", subject="")
    assert first.digest != second.digest
    assert first.digest == digest_detail(first.salt, first.detail)


def test_people_who_act_at_the_same_moment_queue_up(app: Flask, session: Session) -> None:
    def act(start: threading.Barrier) -> None:
        start.wait()
        with app.app_context():
            for _ in range(5):
                record(db.session(), at=AT, actor=SYSTEM, action="x.y", subject="")
                db.session.commit()
            db.session.remove()

    barrier = threading.Barrier(4)
    threads = [threading.Thread(target=act, args=(barrier,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert last_of_chain(session)[0] == 20
    assert first_broken_event(session) is None


def test_equal_values_give_equal_text() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'


def test_no_links_have_no_break() -> None:
    assert first_break([]) is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_event WHERE number = 1",
        "UPDATE audit_event SET subject = 'lain' WHERE number = 1",
        "UPDATE audit_event SET hash = 'lain' WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_trail(session: Session, statement: str) -> None:
    fill(session, 1)
    with pytest.raises(DBAPIError):
        session.execute(text(statement))
    session.rollback()
    assert session.get_one(AuditEvent, 1).subject == "1"


def test_the_database_lets_personal_details_be_erased(session: Session) -> None:
    fill(session, 2)
    session.execute(text("UPDATE audit_event SET detail = NULL WHERE number = 1"))
    session.commit()
    assert first_broken_event(session) is None
