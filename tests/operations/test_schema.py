"""Bringing a database up to date never happens without a copy of it."""

import shutil
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from kapuas_quiz.operations.backup import list_backups
from kapuas_quiz.operations.schema import NewerDatabaseError, is_current
from kapuas_quiz.settings import ROOT

MIGRATIONS = ROOT / "kapuas_quiz" / "migrations"


@pytest.fixture
def engine(tmp_path: Path):
    made = create_engine(f"sqlite:///{tmp_path / 'kapuas.sqlite3'}")
    yield made
    made.dispose()


def stamp(engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})


def latest() -> str:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_a_new_database_is_not_current_and_needs_no_copy(engine, tmp_path, clock):
    assert is_current(engine, migrations=MIGRATIONS, data=tmp_path, now=clock()) is False
    assert list_backups(tmp_path) == []


def test_an_older_database_is_copied_before_it_is_changed(engine, tmp_path, clock):
    scripts = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, scripts)
    later = f'revision = "9999"\ndown_revision = "{latest()}"\n\n\ndef upgrade() -> None: ...\n'
    (scripts / "versions" / "9999_later.py").write_text(later)
    stamp(engine, latest())
    assert is_current(engine, migrations=scripts, data=tmp_path, now=clock()) is False
    assert len(list_backups(tmp_path)) == 1


def test_a_current_database_is_left_alone(engine, tmp_path, clock):
    stamp(engine, latest())
    assert is_current(engine, migrations=MIGRATIONS, data=tmp_path, now=clock()) is True
    assert list_backups(tmp_path) == []


def test_a_database_of_a_newer_version_is_refused(engine, tmp_path, clock):
    stamp(engine, "dari-masa-depan")
    with pytest.raises(NewerDatabaseError):
        is_current(engine, migrations=MIGRATIONS, data=tmp_path, now=clock())
