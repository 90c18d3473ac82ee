"""Which machine counts as the laptop, and where a page may send its reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from kapuas_quiz.core.roles import Role
from kapuas_quiz.factory import create_app
from kapuas_quiz.web.access import laptop_only, private_channel, public
from tests.conftest import settings_for
from tests.pages import PageClient

ONE_DATABASE = True
"""Pages alone: what they store is tested on both kinds of database elsewhere."""


@pytest.mark.parametrize(
    ("address", "host", "code"),
    [
        ("127.0.0.1", "localhost", 200),
        ("127.0.0.1", "localhost:8000", 200),
        ("127.0.0.1", "127.0.0.1:8000", 200),
        ("::1", "[::1]:8000", 200),
        ("::ffff:127.0.0.1", "localhost", 200),
        ("127.0.0.1", "jebakan.contoh.org", 403),
        ("127.0.0.1", "192.168.1.10", 403),
        ("192.168.1.77", "localhost", 403),
        ("::ffff:192.168.1.77", "localhost", 403),
        ("", "localhost", 403),
        ("unix", "localhost", 403),
    ],
)
def test_only_the_machine_itself_by_its_own_name_is_the_laptop(app: Flask, address, host, code) -> None:
    app.add_url_rule("/dekat", "dekat", laptop_only(public("test")(lambda: "ya")))
    app.add_url_rule("/sandi", "sandi", private_channel(public("test")(lambda: "ya")))
    browser = PageClient(app, address=address)
    for path in ("/dekat", "/sandi"):
        assert browser.open(path, base_url=f"http://{host}").status_code == code, path


def test_https_opens_what_needs_a_private_channel_and_not_what_needs_the_laptop(app: Flask, phone) -> None:
    app.add_url_rule("/dekat", "dekat", laptop_only(public("test")(lambda: "ya")))
    app.add_url_rule("/sandi", "sandi", private_channel(public("test")(lambda: "ya")))
    assert phone.open("/sandi", base_url="https://kuis.contoh.id").status_code == 200
    assert phone.open("/dekat", base_url="https://kuis.contoh.id").status_code == 403


def test_over_https_staff_work_from_anywhere(sign_in) -> None:
    browser = sign_in(Role.OPERATOR, address="192.168.1.77")
    cookie = browser.http.get_cookie("kapuas")
    browser.http.set_cookie("kapuas", cookie.value, domain="kuis.contoh.id")
    assert browser.open("/petugas", base_url="https://kuis.contoh.id").status_code == 200


def test_without_a_session_a_page_leads_to_the_sign_in_and_back(client) -> None:
    assert client.open("/petugas/baru?a=1").location == "/masuk?berikut=/petugas/baru?a%3D1"


@pytest.mark.parametrize("code", ["en", "id"])
def test_the_language_is_remembered_and_the_reader_stays(phone, code: str) -> None:
    answer = phone.open(f"/bahasa/{code}?kembali=/tidak-ada?a%3D1")
    assert answer.location == "/tidak-ada?a=1"
    assert phone.get("/tidak-ada", status=404).html["lang"] == code


def test_a_page_in_another_language_can_be_asked_for_once(phone) -> None:
    assert phone.get("/tidak-ada?bahasa=en", status=404).html["lang"] == "en"
    assert phone.get("/tidak-ada", status=404).html["lang"] == "id"
    assert phone.get("/tidak-ada?bahasa=fr", status=404).html["lang"] == "id"


def test_an_unknown_language_changes_nothing(phone) -> None:
    answer = phone.open("/bahasa/fr")
    assert answer.location == "/" and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "elsewhere", ["https://contoh.org/", "//contoh.org", "/\\contoh.org", "javascript:x"]
)
def test_the_language_switch_never_leads_outside(phone, elsewhere: str) -> None:
    assert phone.open("/bahasa/en", query_string={"kembali": elsewhere}).location == "/"


FORGED = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}


@pytest.mark.parametrize("proxies", [0, 1])
def test_what_was_forwarded_is_not_the_laptop_whatever_it_claims(
    database_url: str, tmp_path: Path, proxies: int
) -> None:
    settings = replace(settings_for(database_url, tmp_path), proxies=proxies)
    app = create_app(settings, testing=True)
    app.add_url_rule("/dekat", "dekat", laptop_only(public("test")(lambda: "ya")))
    itself, phone = PageClient(app), PageClient(app, address="192.168.1.77")
    assert itself.open("/dekat").status_code == 200
    for browser in (itself, phone):
        assert browser.open("/dekat", headers=FORGED).status_code == 403
    assert phone.open("/dekat", headers={"X-Forwarded-Host": "localhost"}).status_code == 403
