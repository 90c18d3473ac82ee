"""A trainee's phone, from the badge to the end of the test."""

from __future__ import annotations

from collections.abc import Callable

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


def test_without_scripts_the_page_is_a_form_that_can_be_filled_in_and_handed_in(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    badge = venue.enrol("Rimba Samudra")
    phone = new_phone(java_script_enabled=False)
    phone.scan(badge)
    phone.sees("Anda Rimba Samudra?")
    phone.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(room.pin)
    phone.press("Benar, saya. Masuk")
    phone.press("Mulai mengerjakan")
    fields = phone.page.locator("fieldset")
    for index in range(3):
        fields.nth(index).locator("input[value=b]").check()
    phone.page.get_by_role("button", name="Simpan jawaban").first.click()
    phone.reads("3 jawaban sudah diterima")
    phone.press("Selesai mengerjakan")
    phone.reads("Belum dijawab: nomor 4, 5, 6")
    phone.press("Ya, serahkan")
    phone.sees("Selesai. 3 jawaban sudah diterima.")
