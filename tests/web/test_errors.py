"""Each failure is answered in words, as a page or as JSON, and the log keeps secrets to itself."""

from __future__ import annotations

import errno
import json
import sqlite3

import pytest
from flask import Flask, abort
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, TimeoutError

from kapuas_quiz.core.roles import Role
from kapuas_quiz.extensions import db, limiter
from kapuas_quiz.web.access import public
from kapuas_quiz.web.errors import describe

ONE_DATABASE = True
"""Pages alone: what they store is tested on both kinds of database elsewhere."""

TOKEN = "k3pV9sQx_7LmZ2bN8cRt4WyU1aEoHd6f"


def failing(app: Flask, error: Exception) -> None:
    """Add a page, and the same for a phone's script, that fails in this way."""

    @public("test")
    def fail() -> str:
        raise error

    app.add_url_rule("/gagal", "gagal", fail, methods=["GET", "POST"])
    app.add_url_rule("/t/gagal", "t_gagal", fail)


FAILURES = [
    (
        OperationalError("UPDATE x", {"token": TOKEN}, sqlite3.OperationalError("database is locked")),
        503,
        "sibuk",
    ),
    (OperationalError("UPDATE x", {}, sqlite3.OperationalError("database or disk is full")), 503, "penuh"),
    (TimeoutError("QueuePool limit"), 503, "sibuk"),
    (OSError(errno.ENOSPC, "No space left on device"), 503, "penuh"),
    (DataError("INSERT", {"token": TOKEN}, ValueError("NUL")), 400, "tidak dapat dibaca"),
    (
        IntegrityError("INSERT", {"token": TOKEN}, ValueError(f"Key ({TOKEN}) exists")),
        500,
        "kesalahan di sistem",
    ),
    (RuntimeError(f"nothing for {TOKEN}"), 500, "kesalahan di sistem"),
    (OSError(errno.EACCES, "Permission denied"), 500, "kesalahan di sistem"),
]


@pytest.mark.parametrize(("error", "code", "words"), FAILURES)
def test_a_failure_is_a_page_in_words_and_json_for_a_script(app, phone, caplog, error, code, words) -> None:
    failing(app, error)
    page = phone.get("/gagal", status=code)
    assert words in page.select_one("h1").text
    assert str(code) in page.select_one(".hint").text
    answer = phone.open("/t/gagal")
    assert answer.status_code == code
    assert words in answer.json["galat"] and answer.json["saran"]
    assert caplog.records and TOKEN not in caplog.text
    for response in (answer, phone.open("/gagal")):
        assert "Traceback" not in response.text and type(error).__name__ not in response.text
        assert response.headers.get("Retry-After") == ("5" if code == 503 else None)


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 501, 503])
def test_every_status_has_words(app: Flask, phone, code: int) -> None:
    @public("test")
    def fail() -> None:
        abort(code)

    app.add_url_rule("/gagal", "gagal", fail)
    page = phone.get("/gagal", status=code)
    assert len(page.select_one("main p").text) > 30


def test_an_unknown_address(phone) -> None:
    assert "tidak ditemukan" in phone.get("/tidak-ada", status=404).select_one("h1").text
    assert phone.open("/t/tidak-ada").json["galat"] == "Halaman tidak ditemukan"


def test_a_wrong_method_names_the_right_ones(app: Flask, phone) -> None:
    failing(app, RuntimeError("never"))
    answer = phone.open("/gagal", method="PUT")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_roster_that_is_too_large_is_refused_in_words(app: Flask, sign_in) -> None:
    browser = sign_in(Role.OPERATOR)
    answer = browser.open("/petugas/baru", method="POST", data={"name": b"x" * 5_300_000})
    assert answer.status_code == 413
    assert "Berkas paling besar 5 MB" in answer.text


def test_too_many_tries_are_told_how_long_to_wait(app: Flask, phone) -> None:
    app.add_url_rule("/sering", "sering", public("test")(limiter.limit("1 per minute")(lambda: "ya")))
    assert phone.open("/sering").status_code == 200
    answer = phone.open("/sering")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert "Tunggu satu menit" in answer.text


def test_the_page_comes_even_when_nobody_can_be_looked_up(app: Flask, sign_in, monkeypatch, caplog) -> None:
    browser = sign_in(Role.OPERATOR)

    def locked(*_: object) -> None:
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr("kapuas_quiz.accounts.sessions.load", locked)
    page = browser.get("/akun", status=503)
    assert "sibuk" in page.select_one("h1").text
    assert page.select("nav") == []
    assert "database is locked" in caplog.text


def test_a_broken_statement_names_no_values_in_the_log(app: Flask, phone, caplog) -> None:
    @public("test")
    def fail() -> str:
        db.session.execute(text("SELECT * FROM nowhere WHERE token = :token"), {"token": TOKEN})
        return ""

    app.add_url_rule("/gagal", "gagal", fail)
    assert phone.open("/gagal").status_code in (500, 503)
    assert "nowhere" not in phone.open("/gagal").text
    assert TOKEN not in caplog.text


def test_a_failed_request_leaves_no_transaction_behind(app: Flask, phone, session) -> None:
    @public("test")
    def fail() -> str:
        db.session.execute(text("DELETE FROM election"))
        raise RuntimeError("in the middle")

    app.add_url_rule("/gagal", "gagal", fail)
    assert phone.open("/gagal").status_code == 500
    session.execute(text("DELETE FROM election"))
    session.commit()


def test_the_log_says_what_failed_and_where(app: Flask, phone, caplog) -> None:
    failing(app, KeyError("kecamatan"))
    phone.open("/gagal")
    assert "unexpected failure at gagal" in caplog.text
    assert "KeyError: 'kecamatan'" in caplog.text
    assert "test_errors.py" in caplog.text


def test_what_looks_like_a_token_is_left_out_of_the_log() -> None:
    assert describe(ValueError(f"bad {TOKEN} here\nDETAIL: Key (email)=(a@b.id)")) == "ValueError: bad … here"


def test_staff_keep_their_menu_on_an_error_page(sign_in) -> None:
    page = sign_in(Role.TRAINER).get("/petugas", status=403)
    assert "bukan untuk peran Anda" in page.select_one("h1").text
    assert page.select_one("nav a[href='/akun']")


def test_the_page_for_a_phone_speaks_of_the_laptop(phone) -> None:
    page = phone.get("/petugas", status=403)
    assert "laptop penyelenggara" in page.select_one("h1").text


def test_json_is_the_phones_language_too(phone) -> None:
    answer = phone.open("/t/tidak-ada", query_string={"bahasa": "en"})
    assert set(json.loads(answer.text)) == {"galat", "saran"}
