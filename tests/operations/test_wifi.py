"""The room's Wi-Fi: written down once, joined by a QR, printed for tables and the wall."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.operations import views
from kapuas_quiz.operations.cards import table_cards_pdf, wall_sheet_pdf
from kapuas_quiz.operations.network import Address
from kapuas_quiz.operations.wifi import Wifi, keep_wifi, wifi_of

ONE_DATABASE = True
HALL = Wifi("Aula KPU", "sungai-2026")
ADDRESS = "http://192.168.100.110:8000"
WIDEST = Wifi("W" * 32, "M" * 63)


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return width and height of each page in whole points."""
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.fixture(autouse=True)
def network(monkeypatch):
    monkeypatch.setattr(views, "local_addresses", lambda host: [Address("192.168.1.10", "wlp3s0")])


@pytest.mark.parametrize(
    ("name", "password", "text"),
    [
        ("Aula KPU", "sungai-2026", "WIFI:T:WPA;S:Aula KPU;P:sungai-2026;;"),
        ("a;b", "p:q,r;s\\t", r"WIFI:T:WPA;S:a\;b;P:p\:q\,r\;s\\t;;"),
        ('"Aula"', "12345678", r"WIFI:T:WPA;S:\"Aula\";P:12345678;;"),
    ],
)
def test_signs_that_would_end_a_field_are_escaped(name, password, text):
    assert Wifi(name, password).joining == text


def test_the_wifi_is_kept_and_the_trail_does_not_know_its_password(session, clock):
    assert wifi_of(session) is None
    keep_wifi(session, wifi=HALL, actor=SYSTEM, now=clock())
    assert wifi_of(session) == HALL
    event = session.scalars(select(AuditEvent)).one()
    assert event.action == "wifi.tulis"
    assert HALL.password not in json.dumps([event.detail, event.subject])


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("wifi", [HALL, WIDEST])
def test_the_sheet_for_the_wall_is_one_page_of_its_paper(clock, wifi, paper):
    pdf = wall_sheet_pdf(wifi=wifi, address=ADDRESS, paper=paper, demo=True, now=clock())
    width, height = {"a4": (595, 842), "a3": (842, 1191)}[paper]
    assert pages_of(pdf) == [(width, height)]


@pytest.mark.parametrize("wifi", [HALL, WIDEST])
def test_four_cards_for_tables_fit_one_page(clock, wifi):
    assert len(pages_of(table_cards_pdf(wifi=wifi, address=ADDRESS, demo=True, now=clock()))) == 1


def test_an_operator_writes_it_down_and_prints_it(sign_in):
    browser = sign_in(Role.OPERATOR)
    page = browser.submit(
        browser.get("/mulai/wifi"), "form[novalidate]", nama="Aula KPU", sandi="sungai-2026"
    )
    assert "sudah dicatat" in page.text
    assert page.select_one("#nama")["value"] == "Aula KPU"
    for link in page.select("a[href*='.pdf']"):
        sheet = browser.open(str(link["href"]))
        assert sheet.data.startswith(b"%PDF") and sheet.headers["Cache-Control"] == "no-store"
    screen = browser.get("/mulai/wifi/layar")
    assert screen.select_one("svg.qr") and "sungai-2026" in screen.text


@pytest.mark.parametrize(
    ("nama", "sandi", "advice"),
    [
        ("", "sungai-2026", "Tulis nama Wi-Fi"),
        ("Aula", "tujuh77", "8 sampai 63"),
        ("Aula", "", "tanpa kata sandi jangan dipakai"),
        ("Aula é", "sungai-2026", "huruf, angka, dan tanda biasa"),
        ("x" * 33, "sungai-2026", "paling panjang 32"),
    ],
)
def test_what_phones_could_not_join_is_refused_in_words(sign_in, nama, sandi, advice):
    browser = sign_in(Role.OPERATOR)
    form = browser.get("/mulai/wifi")
    page = browser.submit(form, "form[novalidate]", status=422, nama=nama, sandi=sandi)
    assert advice in page.text


def test_before_it_is_written_down_nothing_is_printed(sign_in):
    browser = sign_in(Role.OPERATOR)
    for path in ("layar", "kartu-meja.pdf", "lembar-dinding.pdf"):
        assert "Catat nama dan kata sandi" in browser.get(f"/mulai/wifi/{path}").text


def test_a_trainer_prints_but_does_not_change(session, sign_in, clock):
    keep_wifi(session, wifi=HALL, actor=SYSTEM, now=clock())
    page = sign_in(Role.TRAINER).get("/mulai/wifi")
    assert page.select("a[href$='kartu-meja.pdf']")
    assert HALL.password not in page.text
    assert not page.select("form[novalidate]")


def test_the_password_stands_on_no_page_for_phones(session, phone, client, clock):
    keep_wifi(session, wifi=HALL, actor=SYSTEM, now=clock())
    for browser, path in ((phone, "/"), (phone, "/k/x"), (client, "/mulai"), (phone, "/mulai/wifi")):
        assert HALL.password not in browser.open(path).get_data(as_text=True)
