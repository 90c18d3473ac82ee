"""Migrations make exactly the tables of the models, can be undone, and protect the evidence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.database import Base
from kapuas_quiz.extensions import db
from tests.conftest import Clock
from tests.delivery.handset import open_hall, sat_down

EVIDENCE = {"audit_event", "response_event", "score", "certificate", "item_review"}


def triggers(app: Flask) -> set[str]:
    """Return the names of the triggers in the database."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with db.engine.connect() as connection:
        return set(connection.scalars(text(query[connection.dialect.name])))


def test_migrated_tables_are_those_of_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_evidence_table_has_both_its_triggers(app: Flask) -> None:
    wanted = {f"{table}_no_{act}" for table in EVIDENCE for act in ("delete", "update")}
    with app.app_context():
        assert triggers(app) == wanted


def test_migrations_can_be_undone_and_made_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        db.engine.dispose()
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        assert triggers(app) == set()
        upgrade()
        db.engine.dispose()
        assert set(inspect(db.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
        assert len(triggers(app)) == 2 * len(EVIDENCE)


def test_a_filled_database_keeps_its_journals_through_a_migration(
    app: Flask, session: Session, clock: Clock
) -> None:
    phone = sat_down(app, open_hall(session, clock(), "Nila Pertiwi"))
    for number in (1, 2, 3):
        phone.choose(number, "a")
    session.close()
    with app.app_context():
        downgrade(revision="0003")
        upgrade()
        db.engine.dispose()
    rows = session.execute(text("SELECT seq, number FROM response_event ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize("tampering", ["DELETE FROM audit_event", "UPDATE audit_event SET action = 'lain'"])
def test_the_audit_trail_can_only_grow(session: Session, tampering: str) -> None:
    record(session, at=datetime(2024, 11, 4, tzinfo=UTC), actor=SYSTEM, action="uji", subject="x")
    session.commit()
    with pytest.raises(DBAPIError, match="hanya dapat ditambah"):
        session.execute(text(tampering))
    session.rollback()


def test_the_personal_detail_of_an_audit_event_can_be_erased(session: Session) -> None:
    record(session, at=datetime(2024, 11, 4, tzinfo=UTC), actor=SYSTEM, action="uji", subject="x")
    session.execute(text("UPDATE audit_event SET detail = NULL"))
    session.commit()
    assert session.scalar(text("SELECT count(*) FROM audit_event WHERE detail IS NULL")) == 1
