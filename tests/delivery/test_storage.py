"""A database that can only be read, or is full: phones hear so, and nothing acknowledged is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.models import ResponseEvent
from kapuas_quiz.extensions import db
from tests.conftest import Clock
from tests.delivery.handset import Handset, look, open_hall, sat_down

NILA = "Nila Pertiwi"
TROUBLES = {
    "sqlite": ["PRAGMA query_only=ON", "PRAGMA max_page_count=1"],
    "postgresql": ["SET TRANSACTION READ ONLY"],
}


@contextmanager
def trouble(engine: Engine, statement: str) -> Iterator[None]:
    """Let every transaction begin with a statement that keeps it from storing."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)
    yield
    event.remove(engine, "begin", begin)
    engine.dispose()


@pytest.fixture
def engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


@pytest.fixture
def phone(app: Flask, session: Session, clock: Clock) -> Handset:
    return sat_down(app, open_hall(session, clock(), NILA))


def test_a_database_that_only_reads_or_may_not_grow_is_told(
    phone: Handset, session: Session, engine: Engine
) -> None:
    assert phone.choose(1, "a")["ack"] == 1
    batch = [phone.entry("jawab", n % 25 + 1, "b") for n in range(90)]
    for statement in TROUBLES[engine.dialect.name]:
        with trouble(engine, statement):
            said = phone.send(*batch, status=503)
        assert said["saran"].startswith("Yang sudah diterima tetap aman.") and "ack" not in said
        assert [row.seq for row in look(session, select(ResponseEvent))] == [1]
    assert phone.send(*batch)["ack"] == 91
