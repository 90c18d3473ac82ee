"""Backups are complete, verified, few, and never half there."""

import os
import shutil
import sqlite3
from collections import namedtuple
from datetime import timedelta

import pytest
from sqlalchemy import select

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.operations import backup
from kapuas_quiz.operations.backup import KEPT, BackupError, list_backups, make_backup

FAKE_PG_DUMP = """#!/bin/sh
for part in "$@"; do case $part in --file=*) echo "isi $PGPASSWORD" > "${part#--file=}";; esac; done
echo "$@" > "$(dirname "$0")/arguments"
"""


@pytest.fixture
def dump_program(app, tmp_path, monkeypatch):
    """Put a stand-in for pg_dump on PATH, which records how it was called."""
    folder = tmp_path / "program"
    folder.mkdir()
    program = folder / "pg_dump"
    program.write_text(FAKE_PG_DUMP)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def back_up(session, tmp_path, now):
    return make_backup(session, data=tmp_path, actor=SYSTEM, now=now)


def test_a_backup_is_listed_with_its_moment_and_size(session, tmp_path, clock, dump_program):
    made = back_up(session, tmp_path, clock())
    assert list_backups(tmp_path) == [made]
    assert made.at == clock()
    assert made.size > 0
    assert [path.suffix for path in (tmp_path / "cadangan").glob("kapuas-*")] in ([".sqlite3"], [".dump"])


def test_a_backup_is_written_in_the_trail(session, tmp_path, clock, dump_program):
    made = back_up(session, tmp_path, clock())
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.subject) == ("cadangan.buat", made.name)


def test_two_taps_in_one_second_make_one_backup(session, tmp_path, clock, dump_program):
    back_up(session, tmp_path, clock())
    back_up(session, tmp_path, clock())
    assert len(list_backups(tmp_path)) == 1


def test_only_the_newest_twenty_are_kept(session, tmp_path, clock, dump_program):
    for _ in range(KEPT + 2):
        newest = back_up(session, tmp_path, clock.forward(seconds=1))
    kept = list_backups(tmp_path)
    assert len(kept) == KEPT
    assert kept[0] == newest
    assert kept[0].at - kept[-1].at == timedelta(seconds=KEPT - 1)


def test_the_secret_goes_with_the_backup_and_stays_private(session, tmp_path, clock, dump_program):
    (tmp_path / "rahasia.json").write_text("{}")
    back_up(session, tmp_path, clock())
    assert (tmp_path / "cadangan" / "rahasia.json").stat().st_mode & 0o777 == 0o600


def test_a_kept_secret_that_differs_is_never_overwritten(session, tmp_path, clock, dump_program):
    secret, folder = tmp_path / "rahasia.json", tmp_path / "cadangan"
    for content in ("lama", "baru", "baru"):
        secret.write_text(content)
        back_up(session, tmp_path, clock.forward(seconds=1))
    assert (folder / "rahasia.json").read_text() == "baru"
    assert [path.read_text() for path in folder.glob("rahasia-*.json")] == ["lama"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestSqlite:
    def test_the_copy_holds_what_was_committed(self, session, tmp_path, clock):
        record(session, at=clock(), actor=SYSTEM, action="uji", subject="satu")
        session.commit()
        made = back_up(session, tmp_path, clock())
        copy = sqlite3.connect(tmp_path / "cadangan" / made.name)
        assert copy.execute("SELECT action, subject FROM audit_event").fetchall() == [("uji", "satu")]
        copy.close()

    def test_a_full_disk_is_refused_and_leaves_no_fragment(self, session, tmp_path, clock, monkeypatch):
        usage = namedtuple("usage", "total used free")
        monkeypatch.setattr(backup.shutil, "disk_usage", lambda path: usage(1, 1, 0))
        with pytest.raises(BackupError, match="ruang"):
            back_up(session, tmp_path, clock())
        assert list((tmp_path / "cadangan").iterdir()) == []

    def test_a_copy_that_cannot_be_read_back_is_thrown_away(self, session, tmp_path, clock, monkeypatch):
        real = sqlite3.connect

        def connect(path, **options):
            if str(path).endswith(".sebagian"):
                path.write_bytes(path.read_bytes()[:8192] + b"\0" * 8192)
            return real(path, **options)

        monkeypatch.setattr(backup.sqlite3, "connect", connect)
        with pytest.raises(BackupError):
            back_up(session, tmp_path, clock())
        assert list_backups(tmp_path) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
class TestPostgresql:
    def test_pg_dump_writes_the_copy_and_never_sees_the_password_in_its_arguments(
        self, session, tmp_path, clock, dump_program
    ):
        made = back_up(session, tmp_path, clock())
        assert made.name.endswith(".dump")
        assert "--format=custom" in (dump_program / "arguments").read_text()

    def test_without_pg_dump_nothing_is_promised(self, session, tmp_path, clock, monkeypatch):
        monkeypatch.setattr(shutil, "which", lambda name: None)
        with pytest.raises(BackupError, match="pg_dump"):
            back_up(session, tmp_path, clock())

    def test_a_failing_pg_dump_leaves_no_fragment(self, session, tmp_path, clock, dump_program):
        (dump_program / "pg_dump").write_text("#!/bin/sh\nexit 3\n")
        with pytest.raises(BackupError, match="gagal"):
            back_up(session, tmp_path, clock())
        assert list((tmp_path / "cadangan").iterdir()) == []

    def test_a_pg_dump_older_than_the_server_is_told_from_a_failure(
        self, session, tmp_path, clock, dump_program
    ):
        words = "pg_dump: error: aborting because of server version mismatch"
        (dump_program / "pg_dump").write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
        with pytest.raises(BackupError, match="pg_dump"):
            back_up(session, tmp_path, clock())
