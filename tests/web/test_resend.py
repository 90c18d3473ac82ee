"""A session that ended while a form was being filled in loses nothing."""

from __future__ import annotations

import io

import pytest
from flask import Flask, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff, StaffRole
from kapuas_quiz.accounts.service import HASHER
from kapuas_quiz.core.roles import Role
from kapuas_quiz.web.access import allow, public
from kapuas_quiz.web.resend import LARGEST, is_secret
from tests.pages import PageClient

ONE_DATABASE = True
"""Pages alone: what they store is tested on both kinds of database elsewhere."""

PASSWORD = "perahu senja teduh"
OURS = {"Origin": "http://localhost"}
GUEST = {"name": 'Intan <b> "Larasita"', "email": "intan@contoh.id"}


@pytest.fixture
def operator(client: PageClient, session: Session, clock) -> PageClient:
    """A browser in which an operator signed in with a password."""
    staff = Staff(name="Gita Permata", email="gita@contoh.id", created_at=clock())
    staff.password_hash = HASHER.hash(PASSWORD)
    staff.roles = [StaffRole(role=Role.OPERATOR.value)]
    session.add(staff)
    session.commit()
    enter(client, client.get("/masuk?berikut=/akun"))
    return client


def enter(browser: PageClient, page, status: int = 200):
    return browser.submit(
        page, "main form[action^='/masuk']", status, email="gita@contoh.id", password=PASSWORD
    )


def post(browser: PageClient, page, status: int, **options):
    """Send the invitation form as a browser does, with the fields of an earlier page."""
    token = page.select_one("#undang [name=csrf_token]")["value"]
    data = {**GUEST, "roles": ["penelaah", "pengamat"], "csrf_token": token}
    headers = {"headers": OURS, **options}
    return browser._page(browser.open("/petugas/baru", method="POST", data=data, **headers), status)


@pytest.mark.parametrize("cookie", ["kept by the browser", "gone"])
def test_signing_in_beside_the_form_and_sending_again_succeeds(
    operator, session: Session, clock, cookie: str
) -> None:
    form = operator.get("/petugas/baru")
    clock.forward(hours=15)
    if cookie == "gone":
        operator.http.delete_cookie("kapuas")
    page = post(operator, form, 401)
    assert page.select_one("h1").text == "Waktu masuk sudah habis"
    assert page.select_one("main p").text == "Isian Anda masih ada di halaman ini, belum disimpan."
    early = post(operator, form, 401)
    assert [field["value"] for field in early.select("#kirim-ulang [name=roles]")] == ["penelaah", "pengamat"]

    link = page.select_one("main ol a")
    assert link["target"] == "_blank"
    other_tab = enter(operator, operator.get(link["href"]))
    assert other_tab.select_one("h1").text == "Anda sudah masuk"

    data: dict[str, list[str]] = {}
    for field in page.select("#kirim-ulang [type=hidden]"):
        data.setdefault(field["name"], []).append(field["value"])
    action = page.select_one("#kirim-ulang")["action"]
    sent = operator._page(operator.open(action, method="POST", data=data), 200)
    assert sent.select_one("h1").text == f"Tautan untuk {GUEST['name']}"
    guest = session.scalars(select(Staff).where(Staff.email == "intan@contoh.id")).one()
    assert {entry.role for entry in guest.roles} == {"penelaah", "pengamat"}


def test_a_page_from_before_the_sign_in_can_be_sent_again(operator) -> None:
    form = operator.get("/petugas/baru")
    operator.http.delete_cookie("kapuas")
    enter(operator, operator.get("/masuk?berikut=/akun"))
    page = post(operator, form, 400)
    assert page.select_one("h1").text == "Halaman ini terlalu lama terbuka"
    assert page.select("main ol") == []
    assert "Tautan untuk" in operator.submit(page, "#kirim-ulang").select_one("h1").text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://contoh.org"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9"},
        {"Origin": "https://localhost"},
        {"Origin": "https://contoh.org", "Referer": "http://localhost/petugas/baru"},
        {"Referer": "http://contoh.org/?http://localhost/"},
        {"Referer": "http://localhost@contoh.org/"},
        {"Origin": "http://[localhost"},
        {},
    ],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_strangers_page_never_gets_a_form_that_works(operator, headers, signed_in) -> None:
    form = operator.get("/petugas/baru")
    operator.http.delete_cookie("kapuas")
    if signed_in:
        enter(operator, operator.get("/masuk?berikut=/akun"))
    page = post(operator, form, 400 if signed_in else 401, headers=headers)
    assert page.select("#kirim-ulang") == [] and page.select("main [type=hidden]") == []


def test_the_referer_counts_where_a_browser_sends_no_origin(operator) -> None:
    form = operator.get("/petugas/baru")
    operator.http.delete_cookie("kapuas")
    assert post(operator, form, 401, headers={"Referer": "http://localhost/petugas/baru"}).select(
        "#kirim-ulang"
    )


def test_passwords_are_never_written_into_the_page(operator, clock) -> None:
    operator.get("/akun")
    clock.forward(hours=15)
    secret = {
        "old": PASSWORD,
        "password": "rakit bambu hanyut",
        "again": "rakit bambu hanyut",
        "note": "biasa",
    }
    answer = operator.open("/akun", method="POST", data=secret, headers=OURS)
    page = operator._page(answer, 401)
    assert {field["name"] for field in page.select("#kirim-ulang input")} == {"note", "csrf_token"}
    assert PASSWORD not in answer.text and "rakit" not in answer.text
    assert "Kata sandi dan PIN tidak disimpan" in page.text


@pytest.mark.parametrize(
    "name", ["password", "kata_sandi", "new-Password2", "old", "again", "pin", "row-0-pin", "PIN", "sandi"]
)
def test_a_secret_is_known_by_the_name_of_its_field(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["name", "folder", "pinggir", "threshold", "against", "roles"])
def test_other_fields_are_kept(name: str) -> None:
    assert not is_secret(name)


def echo(app: Flask) -> None:
    def take() -> str:
        return "|".join(f"{name}={value}" for name, value in request.form.items(multi=True))

    app.add_url_rule("/terima", "terima", allow(Role.OPERATOR)(take), methods=["POST"])


def test_files_cannot_be_kept_and_the_page_says_so(app: Flask, client) -> None:
    echo(app)
    data = {"wave": "III", "roster": (io.BytesIO(b"x" * 200_000), "peserta.xlsx")}
    page = client._page(client.open("/terima?a=1", method="POST", data=data, headers=OURS), 401)
    form = page.select_one("#kirim-ulang")
    assert form["action"] == "/terima?a=1"
    assert {field["name"]: field["value"] for field in form.select("input")}["wave"] == "III"
    assert "Berkas tidak dapat disimpan" in page.text


def test_an_empty_file_field_is_not_a_lost_file(app: Flask, client) -> None:
    echo(app)
    data = {"wave": "III", "roster": (io.BytesIO(b""), "")}
    page = client._page(client.open("/terima", method="POST", data=data, headers=OURS), 401)
    assert page.select("#kirim-ulang") and "Berkas" not in page.text


@pytest.mark.parametrize(("length", "kept"), [(LARGEST - 4, 1), (LARGEST - 3, 0), (600_000, 0)])
def test_what_is_kept_is_bounded(app: Flask, client, length: int, kept: int) -> None:
    echo(app)
    answer = client.open("/terima", method="POST", data={"note": "x" * length}, headers=OURS)
    page = client._page(answer, 401)
    assert len(page.select("#kirim-ulang")) == kept
    if not kept:
        assert "belum disimpan" in page.text and page.select("a[href='/masuk']")


def test_json_is_not_a_form(app: Flask, client) -> None:
    echo(app)
    answer = client.open("/terima", method="POST", json={"a": 1}, headers=OURS)
    assert answer.status_code == 401 and "kirim-ulang" not in answer.text


def test_a_public_form_with_a_stale_token_can_be_sent_again(app: Flask, client) -> None:
    app.add_url_rule("/buka", "buka", public("test")(lambda: request.form["kode"]), methods=["POST"])
    page = client._page(client.open("/buka", method="POST", data={"kode": "K7Q2"}, headers=OURS), 400)
    form = page.select_one("#kirim-ulang")
    data = {field["name"]: field["value"] for field in form.select("input")}
    assert client.open("/buka", method="POST", data=data).text == "K7Q2"
