"""What every answer carries, and what it must not."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kapuas_quiz.core.roles import Role
from kapuas_quiz.factory import create_app
from kapuas_quiz.web.access import public
from tests.conftest import settings_for
from tests.pages import PageClient

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/masuk", "/tidak-ada", "/t/tidak-ada", "/static/app.css", "/bahasa/en"])
def test_every_answer_is_closed_to_strangers(client, path: str) -> None:
    headers = client.open(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


PROXIED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Host": "kuis.contoh.id",
}
CERTIFICATE = (Path("sertifikat.pem"), Path("kunci.pem"))


def serving(database_url: str, data: Path, **settings: Any) -> PageClient:
    """A browser before an installation with these settings."""
    return PageClient(create_app(replace(settings_for(database_url, data), **settings), testing=True))


def test_over_https_it_stays_https(database_url: str, tmp_path: Path) -> None:
    behind_a_proxy = serving(database_url, tmp_path, proxies=1).open("/masuk", headers=PROXIED)
    by_itself = serving(database_url, tmp_path, https=CERTIFICATE).open("/masuk", base_url="https://k.contoh")
    for answer in (behind_a_proxy, by_itself):
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "; Secure;" in answer.headers["Set-Cookie"]


def test_nobody_is_bound_to_https_by_what_came_without_it(database_url: str, tmp_path: Path) -> None:
    claimed = serving(database_url, tmp_path).open("/masuk", headers=PROXIED)
    plain = serving(database_url, tmp_path, proxies=1).open("/masuk")
    foreign = serving(database_url, tmp_path).open("/masuk", base_url="https://k.contoh")
    for answer in (claimed, plain, foreign):
        assert "Strict-Transport-Security" not in answer.headers


def test_on_the_laptop_the_cookie_works_without_https(client) -> None:
    cookie = client.open("/masuk").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie


def test_pages_are_not_kept_by_the_browser(sign_in) -> None:
    assert sign_in(Role.OPERATOR).open("/petugas").headers["Cache-Control"] == "no-store"


def test_a_view_may_say_how_long_it_is_kept(app: Flask, phone) -> None:
    def view() -> tuple[str, dict[str, str]]:
        return "ya", {"Cache-Control": "private, max-age=86400"}

    app.add_url_rule("/lama", "lama", public("test")(view))
    assert phone.open("/lama").headers["Cache-Control"] == "private, max-age=86400"


def test_a_static_file_is_fetched_once(app: Flask, phone) -> None:
    link = phone.get("/tidak-ada", status=404).select_one("link[rel=stylesheet]")["href"]
    assert "?v=" in link
    assert phone.open(link).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert phone.open("/static/app.css").headers["Cache-Control"] != "public, max-age=31536000, immutable"
    missing = phone.open("/static/tidak-ada.css?v=1")
    assert missing.status_code == 404 and "immutable" not in missing.headers["Cache-Control"]


def test_text_is_compressed_for_who_can_read_it(phone) -> None:
    plain = phone.open("/static/app.css")
    small = phone.open("/static/app.css", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 2
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_short_answers_and_pictures_are_left_as_they_are(app: Flask, phone) -> None:
    app.add_url_rule("/pendek", "pendek", public("test")(lambda: "ya"))
    app.add_url_rule("/foto", "foto", public("test")(lambda: (bytes(5000), {"Content-Type": "image/png"})))
    for path in ("/pendek", "/foto"):
        assert "Content-Encoding" not in phone.open(path, headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize(
    ("path", "method"), [("/k/x", "GET"), ("/t/keadaan", "POST"), ("/static/app.css", "GET")]
)
def test_what_phones_fetch_does_not_depend_on_a_cookie(phone, path: str, method: str) -> None:
    response = phone.open(path, method=method, json={} if method == "POST" else None)
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Set-Cookie" not in response.headers


def test_the_stylesheet_weighs_at_most_four_kilobytes(phone) -> None:
    packed = phone.open("/static/app.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) <= 4096
