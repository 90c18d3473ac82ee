"""A trainee's phone, from the badge to the end of the test."""

from __future__ import annotations

from tests.browser.phone import Phone
from tests.browser.venue import Room, Venue

ANSWERS = "abcab" * 5


def test_an_undisturbed_trainee_answers_everything_and_sees_it_received(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Puspa Nirmala")
    phone.scan(badge)
    phone.sees("Anda Puspa Nirmala, Ketua PPS")
    phone.join(room.pin)
    phone.press("Mulai mengerjakan")
    phone.answer(ANSWERS)
    phone.hand_in()
    phone.sees("Selesai. 25 jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == [*ANSWERS, None]
