"""Staff whose session ends while they fill in a form, in a real browser with two tabs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from kapuas_quiz.accounts.invitations import Newcomer, accept_invitation, first_invitation
from kapuas_quiz.extensions import db
from kapuas_quiz.factory import create_app
from tests.conftest import Clock, settings_for

PASSWORD = "perahu senja teduh"
NAME = 'Intan "Larasita" <b>'


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    copy = tmp_path / "kapuas.sqlite3"
    copy.write_bytes(sqlite_template.read_bytes())
    app = create_app(settings_for(f"sqlite:///{copy}", tmp_path), clock=clock, testing=True)
    with app.app_context(), Session(db.engine) as session:
        token = first_invitation(session, now=clock())
        assert token is not None
        newcomer = Newcomer(PASSWORD, "Gita Permata", "gita@contoh.id")
        accept_invitation(session, token=token, newcomer=newcomer, user_agent="", now=clock())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def address(office: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, office, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def sign_in(page: Page) -> None:
    page.fill("[name=email]", "gita@contoh.id")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def test_the_form_waits_while_one_signs_in_beside_it(browser: Browser, address: str, clock: Clock) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/masuk?berikut=/petugas/baru")
    sign_in(page)
    page.fill("[name=name]", NAME)
    page.fill("[name=email]", "intan@contoh.id")
    page.check("[value=penelaah]")
    page.check("[value=pengamat]")
    clock.forward(hours=15)
    page.click("main button")
    expect(page.locator("main")).to_contain_text("Isian Anda masih ada di halaman ini, belum disimpan.")

    page.click("#kirim-ulang button")
    expect(page.locator("h1")).to_have_text("Waktu masuk sudah habis")

    with context.expect_page() as opened:
        page.click("main ol a")
    sign_in(opened.value)
    expect(opened.value.locator("h1")).to_have_text("Anda sudah masuk")
    opened.value.close()

    page.click("#kirim-ulang button")
    expect(page.locator("h1")).to_have_text(f"Tautan untuk {NAME}")
    page.goto(f"{address}/petugas")
    row = page.locator("tr", has_text="intan@contoh.id")
    expect(row).to_contain_text("Penelaah soal")
    expect(row).to_contain_text("Pengamat")
    context.close()


def test_the_answer_to_a_strangers_page_holds_no_form(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto("data:text/html,<form method=post><input name=name value=Intan><button>x</button></form>")
    page.evaluate("action => document.forms[0].action = action", f"{address}/petugas/baru")
    page.click("button")
    expect(page.locator("h1")).to_have_text("Waktu masuk sudah habis")
    expect(page.locator("#kirim-ulang")).to_have_count(0)
    context.close()
