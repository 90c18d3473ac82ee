"""What the committee does on the board reaches a connected phone, which asks for news by itself."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Request, expect
from sqlalchemy import select

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.acts import pause_room, reopen, resume_room
from kapuas_quiz.delivery.grants import give_time_to_all
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.delivery.news import tell
from tests.browser.phone import Phone
from tests.browser.venue import Room, Venue

ACT = {"actor": SYSTEM, "reason": "Jaringan terputus"}


class Ears:
    """What a phone asked since it last was told to listen: news, and journal requests."""

    def __init__(self, phone: Phone) -> None:
        self.asked: list[str] = []
        phone.context.on("request", self.hear)

    def hear(self, request: Request) -> None:
        self.asked += [name for name in ("kabar", "jurnal", "keadaan") if f"/t/{name}" in request.url]

    def news_until_asking(self) -> int:
        """Return how often the phone looked for news before it asked what it means."""
        first = min(self.asked.index(name) for name in ("jurnal", "keadaan") if name in self.asked)
        return self.asked[:first].count("kabar")


@pytest.fixture
def ears(phone: Phone) -> Iterator[Ears]:
    yield Ears(phone)


def attempt_in(venue: Venue, room: Room) -> uuid.UUID:
    with venue.session() as session:
        return session.scalars(select(Attempt.id).where(Attempt.sitting_id == room.sitting_id)).one()


def test_more_time_and_a_pause_reach_a_connected_phone_by_its_second_look_for_news(
    venue: Venue, room: Room, phone: Phone, ears: Ears
) -> None:
    phone.enter(venue.enrol("Waktu Tambahan"), room.pin)
    phone.choose("a")
    phone.reads("sudah diterima")
    ears.asked.clear()
    with venue.session() as session:
        give_time_to_all(session, sitting_id=room.sitting_id, minutes=15, now=datetime.now(UTC), **ACT)
    tell(venue.settings.data, room.sitting_id)
    phone.reads("Waktu Anda ditambah")
    assert ears.news_until_asking() <= 2

    with venue.session() as session:
        pause_room(session, sitting_id=room.sitting_id, now=datetime.now(UTC), **ACT)
    tell(venue.settings.data, room.sitting_id)
    phone.reads("dijeda")
    with venue.session() as session:
        resume_room(session, sitting_id=room.sitting_id, actor=SYSTEM, now=datetime.now(UTC))
    tell(venue.settings.data, room.sitting_id)
    phone.page.locator("#jeda").wait_for(state="hidden")


def test_only_a_paused_room_is_called_paused_on_every_screen_of_the_test(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.enter(venue.enrol("Tanpa Jeda"), room.pin)
    phone.page.locator("#layar-kode").wait_for(state="attached")
    notice = phone.page.locator("#jeda")
    expect(notice).to_be_hidden()
    for button, title in (
        ("Daftar", "Daftar soal"),
        ("Selesai mengerjakan", "Serahkan jawaban?"),
        ("Periksa lagi", "Daftar soal"),
        ("Kode tambahan waktu", "Kode tambahan waktu"),
    ):
        phone.press(button)
        phone.sees(title)
        expect(notice).to_be_hidden()

    phone.press("Kembali")
    phone.sees("Soal 1 dari 25")
    with venue.session() as session:
        pause_room(session, sitting_id=room.sitting_id, now=datetime.now(UTC), **ACT)
    tell(venue.settings.data, room.sitting_id)
    expect(notice).to_be_visible()
    with venue.session() as session:
        resume_room(session, sitting_id=room.sitting_id, actor=SYSTEM, now=datetime.now(UTC))
    tell(venue.settings.data, room.sitting_id)
    expect(notice).to_be_hidden()


def test_a_phone_whose_hand_in_was_taken_back_shows_its_questions_again(
    venue: Venue, room: Room, phone: Phone
) -> None:
    address = venue.enrol("Serah Keliru")
    phone.enter(address, room.pin)
    phone.choose("a")
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    with venue.session() as session:
        reopen(
            session,
            sitting_id=room.sitting_id,
            attempt_id=attempt_in(venue, room),
            minutes=5,
            now=datetime.now(UTC),
            **ACT,
        )
    tell(venue.settings.data, room.sitting_id)
    phone.sees("Soal 1 dari 25")
    phone.choose("b")
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    kinds = [event.kind for event in venue.events_of(address)]
    assert kinds == ["jawab", "selesai", "jawab", "selesai"]
