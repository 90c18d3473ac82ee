"""Why the server would not start, in words; the data are left as they were."""

import json
import threading

import pytest
from sqlalchemy.exc import OperationalError

from kapuas_quiz.factory import create_app
from kapuas_quiz.operations import serve
from kapuas_quiz.operations.backup import BackupError
from kapuas_quiz.operations.schema import NewerDatabaseError


@pytest.fixture(autouse=True)
def installation(tmp_path, monkeypatch):
    monkeypatch.setenv("KAPUAS_DATA", str(tmp_path))
    monkeypatch.setenv("KAPUAS_PORT", "0")
    monkeypatch.setenv("KAPUAS_HOST", "127.0.0.1")


def said(capsys, create_app=None, *, demo=False) -> str:
    assert serve.main(["--no-browser"], demo=demo, create_app=create_app) == 1
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (NewerDatabaseError("9999"), "versi kapuas_quiz yang lebih baru"),
        (BackupError("ruang"), "cadangannya gagal dibuat"),
        (OperationalError("", {}, Exception("database is locked")), "database is locked"),
    ],
)
def test_a_known_failure_is_named_with_what_to_do(capsys, problem, words):
    def create_app(settings):
        raise problem

    assert words in said(capsys, create_app)


@pytest.mark.parametrize(
    ("demo", "remedy"), [(False, "Pulihkan cadangan terbaru"), (True, "hanya data contoh")]
)
def test_a_damaged_database_is_told_from_an_unknown_failure(capsys, tmp_path, demo, remedy):
    data = tmp_path / "demo" if demo else tmp_path
    data.mkdir(exist_ok=True)
    (data / "rahasia.json").write_text(json.dumps({"master": "ab" * 32}))
    (data / "kapuas.sqlite3").write_bytes(b"rusak" * 20_000)
    words = said(capsys, create_app, demo=demo)
    assert "Basis data rusak" in words
    assert remedy in words
    assert (data / "kapuas.sqlite3").read_bytes() == b"rusak" * 20_000


def test_an_unknown_failure_shows_no_trace_but_keeps_one_for_the_developer(capsys, tmp_path):
    def create_app(settings):
        raise ZeroDivisionError("rumus")

    words = said(capsys, create_app)
    assert "Traceback" not in words
    assert "Data tetap ada" in words
    assert "rumus" in (tmp_path / "galat.txt").read_text()


def test_every_wrong_setting_is_named_at_once(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("KAPUAS_PORT", "delapan")
    monkeypatch.setenv("KAPUAS_BANKS", str(tmp_path / "tidak-ada"))
    words = said(capsys)
    assert "KAPUAS_PORT" in words
    assert "KAPUAS_BANKS" in words


def test_a_data_folder_that_cannot_be_made_is_named(capsys, monkeypatch, tmp_path):
    (tmp_path / "berkas").touch()
    monkeypatch.setenv("KAPUAS_DATA", str(tmp_path / "berkas" / "data"))
    assert "Folder data" in said(capsys)


@pytest.mark.parametrize("host", ["192.0.2.1", "bukan alamat"])
def test_an_address_of_another_machine_is_not_called_a_taken_port(capsys, monkeypatch, host):
    monkeypatch.setenv("KAPUAS_HOST", host)
    words = said(capsys)
    assert f"tidak memiliki alamat {host}" in words
    assert "Port" not in words


def test_a_start_that_takes_long_says_that_it_waits(capsys, monkeypatch):
    monkeypatch.setattr(serve, "QUIET", 0)

    def create_app(settings):
        for timer in threading.enumerate():
            if isinstance(timer, threading.Timer):
                timer.join()
        raise OperationalError("", {}, Exception("database is locked"))

    assert serve.main(["--no-browser"], demo=False, create_app=create_app) == 1
    assert "Bila program lain sedang memakainya, ditunggu" in capsys.readouterr().out


def test_without_port_80_the_day_goes_on_and_the_reason_is_said(capsys, monkeypatch):
    def taken(place, data):
        raise PermissionError(13, "Permission denied")

    def create_app(settings):
        raise ZeroDivisionError("sampai di sini")

    monkeypatch.setenv("KAPUAS_PROBES", "1")
    monkeypatch.setattr(serve.probes, "Listener", taken)
    words = said(capsys, create_app)
    assert "Port 80 tidak dapat dipakai (Permission denied)" in words
    assert "ZeroDivisionError" in words


def test_a_port_that_the_system_keeps_to_itself_is_not_called_taken(capsys, monkeypatch):
    def refuse(host, port):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(serve, "port_is_free", refuse)
    words = said(capsys)
    assert "memerlukan izin" in words and "sedang dipakai" not in words
