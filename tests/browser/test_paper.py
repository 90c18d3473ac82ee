"""A sheet of paper typed in a real browser: keys only, counted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from kapuas_quiz.accounts.invitations import Newcomer, accept_invitation, first_invitation
from kapuas_quiz.core.paper import tally
from kapuas_quiz.delivery.models import Attempt, Response
from kapuas_quiz.delivery.paper_forms import booklet_of
from kapuas_quiz.extensions import db
from kapuas_quiz.factory import create_app
from tests.conftest import Clock, settings_for
from tests.delivery.handset import Hall, look, open_hall

PASSWORD = "perahu senja teduh"
PEOPLE = ("Nila Pertiwi", "Nila Kencana", "Tirta Andara")


class Office:
    """A served hall of which somebody types the sheets, and a count of the keys pressed."""

    def __init__(self, app: Flask, hall: Hall, page: Page, base: str) -> None:
        self.app, self.hall, self.page, self.base = app, hall, page, base
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}/sesi/{self.hall.sitting_id}/kertas{path}")

    def focused(self) -> str:
        name: str = self.page.evaluate("document.activeElement.name")
        return name


@pytest.fixture
def office(browser: Browser, sqlite_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Office]:
    copy = tmp_path / "kapuas.sqlite3"
    copy.write_bytes(sqlite_template.read_bytes())
    app = create_app(settings_for(f"sqlite:///{copy}", tmp_path), clock=clock, testing=True)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page, base = context.new_page(), f"http://localhost:{server.server_port}"
    with app.app_context(), Session(db.engine) as session:
        token = first_invitation(session, now=clock())
        assert token is not None
        newcomer = Newcomer(PASSWORD, "Gita Permata", "gita@contoh.id")
        accept_invitation(session, token=token, newcomer=newcomer, user_agent="", now=clock())
        hall = open_hall(session, clock(), *PEOPLE)
        clock.forward(minutes=30)
        page.goto(f"{base}/masuk")
        page.fill("[name=email]", "gita@contoh.id")
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        yield Office(app, hall, page, base)
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def test_thirty_answers_take_one_key_each_and_one_to_hand_in(office: Office) -> None:
    page = office.page
    office.open("")
    page.keyboard.type("tirta")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-places]")
    n = page.locator("[data-places] input").count()
    office.press("a", "1")
    letters = [("ABC0"[place % 4]).lower() for place in range(n)]
    office.press(*letters)
    told = page.locator("[data-tally]").inner_text()
    office.press("Enter")
    expect(page.locator("h1")).to_contain_text("Tersimpan: Tirta Andara")
    assert n >= 25
    assert office.pressed == n + 3
    expect(page.locator("main")).to_contain_text(f"Hitungan untuk dibacakan: {told}")
    session = office.hall.session
    printed = booklet_of(session, training_id=office.hall.classroom.training_id, name="A1")
    typed = {slot.label: letter for slot, letter in zip(printed.slots, letters, strict=True)}
    assert told == str(tally(printed.slots, typed))
    answered = look(session, select(func.count()).where(Response.answer.is_not(None)))[0]
    assert answered == sum(letter != "0" for letter in letters)
    assert look(session, select(Attempt.medium)) == ["kertas"]
    office.press("Enter")
    page.wait_for_url("**/kertas?**")
    assert office.focused() == "cari"


def test_a_wrong_key_is_refused_at_once_the_hand_goes_back_and_gaps_are_named(office: Office) -> None:
    office.open("?cari=tirta")
    page = office.page
    assert office.focused() == "cek"
    office.press("b", "2")
    page.wait_for_url("**cek=B2**")
    assert (office.focused(), page.locator(".big").inner_text()) == ("s-1", "Buku B2")
    office.press("a", "Z")
    assert office.focused() == "s-2"
    expect(page.get_by_role("alert")).to_contain_text("Nomor 2: Z tidak ada di sini")
    assert page.locator("[name=s-2]").get_attribute("aria-invalid") == "true"
    office.press("b")
    assert office.focused() == "s-3"
    expect(page.locator("[data-fault]")).to_be_hidden()
    office.press("Backspace")
    assert (office.focused(), page.input_value("[name=s-2]")) == ("s-2", "")
    office.press("ArrowUp")
    assert office.focused() == "s-1"
    n = page.locator("[data-places] input").count()
    office.press("ArrowDown", "ArrowDown", *("a" for _ in range(n - 2)), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Belum diketik: nomor 2.")
    office.press("Enter")
    expect(page.locator("h1")).to_contain_text("Tersimpan")
    office.open("?cari=nila")
    assert page.get_by_role("link", name="Nila").count() == 2
