"""A hand-in without any network: the trainer's page reads the phone's screen, types its code, counts once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, expect

from kapuas_quiz.accounts.models import Staff, StaffRole, StaffSession
from kapuas_quiz.core.items import key_answer
from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.tokens import digest
from tests.browser import answering
from tests.browser.phone import Phone, until
from tests.browser.venue import Room, Venue

ALL = 25


class Desk:
    """The trainer's browser on the laptop itself."""

    def __init__(self, page: Page, room: Room) -> None:
        self.page = page
        self.base = f"http://localhost:{room.venue.port}/sesi/{room.sitting_id}"
        self.open("serah")

    def open(self, name: str) -> None:
        self.page.goto(f"{self.base}/{name}")

    def show(self, picture: Path) -> None:
        """Give the page a photo of a phone's screen."""
        self.page.set_input_files("#foto", picture)

    def type_in(self, code: str) -> None:
        self.page.fill("#kode-hp", code)
        self.page.click("#serah button")

    def reads(self, words: str) -> None:
        """Wait for the newest answer of the page."""
        expect(self.page.locator("#hasil-serah > *").first).to_contain_text(words)


@contextmanager
def trainer_page(browser: Browser, venue: Venue) -> Iterator[Page]:
    """Open a page on the laptop itself, signed in as a trainer."""
    token = secrets.token_urlsafe(24)
    with venue.session() as session:
        staff = Staff(name="Gita Permata", email=f"{token}@contoh.id", created_at=datetime.now(UTC))
        staff.roles = [StaffRole(role=Role.TRAINER)]
        session.add(staff)
        session.flush()
        session.add(StaffSession(digest=digest(token), staff_id=staff.id, created_at=datetime.now(UTC)))
        session.commit()
    signer = Flask(__name__)
    signer.secret_key = venue.settings.secrets.cookie
    serializer = SecureCookieSessionInterface().get_signing_serializer(signer)
    assert serializer is not None
    cookie = serializer.dumps({"_user_id": token, "_fresh": True})
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": "kapuas", "value": str(cookie), "url": f"http://localhost:{venue.port}"}])
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser, venue: Venue, room: Room) -> Iterator[Desk]:
    with trainer_page(browser, venue) as page:
        yield Desk(page, room)


def finished_offline(phone: Phone, venue: Venue, room: Room, badge: str) -> None:
    """Answer every question rightly and hand in, without network from the first question on."""
    phone.enter(badge, room.pin)
    until(phone.page, "!!window.Kapuas.qr")
    phone.context.set_offline(True)
    seen = venue.items_of(badge)
    for index in range(ALL):
        if index:
            phone.go_on()
            phone.sees(f"Soal {index + 1} dari {ALL}")
        content = seen[answering.place_of(phone.page)]
        answering.answer_with_fingers(phone.page, phone.page.locator("#pilihan"), key_answer(content))
        expect(phone.page.locator("#pilihan .waits")).to_have_count(0)
    phone.hand_in()
    expect(phone.page.locator("#serahan-qr svg")).to_be_visible()


def test_a_phone_that_never_got_through_hands_in_by_code_and_picture(
    venue: Venue, room: Room, new_phone: Callable[..., Phone], desk: Desk, tmp_path: Path
) -> None:
    phone = new_phone(viewport={"width": 360, "height": 740})
    badge = venue.enrol("Tirta Andara", "B")
    finished_offline(phone, venue, room, badge)
    assert venue.events_of(badge) == []

    code = " ".join(phone.page.locator("#serahan-kode span").all_inner_texts())
    desk.type_in(code[:-1] + ("0" if code[-1] != "0" else "1"))
    expect(desk.page.locator("#kelompok")).to_contain_text("minta dibacakan lagi")
    desk.reads(f"Kelompok {len(code.split())} tidak cocok")
    desk.type_in(code.lower())
    desk.reads("soal terjawab. Kode tidak dapat memuat soal nomor")
    desk.type_in(code)
    desk.reads("Sudah pernah masuk; tetap dihitung satu kali")

    for picture in pictures(phone, tmp_path):
        desk.show(picture)
        expect(desk.page.locator("#foto")).to_have_value("")
    desk.reads(f"{ALL} dari {ALL} soal terjawab")
    events = venue.events_of(badge)
    assert {event.via for event in events} == {"qr"}
    desk.open("papan")
    expect(desk.page.locator(".counts dd")).to_have_text(["1", "1", "1"])

    phone.context.set_offline(False)
    phone.sees(f"Selesai. {ALL} jawaban sudah diterima.")
    assert [event.seq for event in venue.events_of(badge)] == [event.seq for event in events]
    room.close()
    assert venue.score_of(badge)[""] == ALL


def test_a_phone_that_comes_back_after_the_seal_hears_that_its_picture_brought_everything(
    venue: Venue, room: Room, phone: Phone, desk: Desk, tmp_path: Path
) -> None:
    badge = venue.enrol("Puspa Nirmala")
    phone.enter(badge, room.pin)
    until(phone.page, "!!window.Kapuas.qr")
    phone.context.set_offline(True)
    phone.choose("a")
    phone.hand_in()
    expect(phone.page.locator("#serahan-qr svg")).to_be_visible()
    for picture in pictures(phone, tmp_path):
        desk.show(picture)
    desk.reads(f"1 dari {ALL} soal terjawab")
    room.close()
    room.seal()
    phone.context.set_offline(False)
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    phone.reads(venue.proof_of(badge))


def pictures(phone: Phone, folder: Path) -> Iterator[Path]:
    """Take a screenshot of each picture that the phone shows."""
    more = phone.page.get_by_role("button", name="Gambar berikutnya")
    first = ""
    for number in range(9):
        shown = phone.page.locator("#serahan-qr path").get_attribute("d") or ""
        if shown == first:
            return
        first = first or shown
        phone.page.locator("#serahan-qr").scroll_into_view_if_needed()
        phone.page.screenshot(path=folder / f"{number}.png")
        yield folder / f"{number}.png"
        if not more.is_visible():
            return
        more.click()
