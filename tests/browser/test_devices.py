"""Badges that do not work, rooms that start together, second phones, closed rooms, the next test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.venue import Room, Venue

FORGET_NUMBERS = """() => new Promise((done) => {
  const request = indexedDB.open("kapuas", 1);
  request.onsuccess = () => {
    const work = request.result.transaction(["facts", "events"], "readwrite");
    work.objectStore("events").clear();
    const facts = work.objectStore("facts");
    facts.getAllKeys().onsuccess = (event) =>
      event.target.result.filter((key) => /^(seq|ack)/.test(key)).forEach((key) => facts.delete(key));
    work.oncomplete = () => { request.result.close(); done(); };
  };
})"""


def test_a_badge_that_is_not_valid_is_answered_in_words(venue: Venue, room: Room, phone: Phone) -> None:
    phone.scan(f"{venue.base}/k/{'x' * 32}")
    phone.sees("Kartu ini tidak berlaku")
    phone.reads("Tunjukkan kartu Anda kepada panitia")


def test_somebody_elses_badge_can_be_given_back(venue: Venue, room: Room, phone: Phone) -> None:
    phone.scan(venue.enrol("Tirta Andara"))
    phone.press("Bukan saya")
    phone.sees("Kartu ini atas nama orang lain")
    phone.press("Kembali")
    phone.sees("Anda Tirta Andara")


def test_a_pin_that_has_changed_is_said_without_blame_and_can_be_typed_again(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.scan(venue.enrol("Gita Permata"))
    phone.join("0000" if room.pin != "0000" else "1111")
    phone.reads("PIN sudah berganti")
    phone.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(room.pin)
    phone.press("Masuk")
    phone.sees("Anda sudah masuk")


def test_the_practice_question_shows_how_to_answer(venue: Venue, room: Room, phone: Phone) -> None:
    phone.scan(venue.enrol("Rimba Samudra"))
    phone.join(room.pin)
    phone.page.get_by_role("radio", name="Selasa").click()
    expect(phone.page.get_by_role("radio", name="Selasa")).to_be_checked()
    phone.reads("Begitulah caranya.")


def test_a_second_phone_takes_over_after_a_confirmation_and_the_first_is_told(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    badge = venue.enrol("Bayu Wirata")
    first, second = new_phone(), new_phone()
    first.enter(badge, room.pin)
    first.answer("ab")
    first.reads("Semua jawaban sudah diterima.")
    second.scan(badge)
    second.join(room.pin)
    second.sees("Tes ini sedang terbuka di HP lain")
    second.press("Lanjutkan di HP ini")
    second.sees("Soal 1 dari 25")
    expect(second.option("a")).to_be_checked()
    second.reads("23 belum dijawab")
    first.option("c").click()
    first.sees("Tes dilanjutkan di HP lain")
    second.go_on()
    expect(second.option("b")).to_be_checked()

    first.press("Lanjutkan lagi di HP ini")
    first.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(room.pin)
    first.press("Masuk")
    first.sees("Soal 2 dari 25")
    first.reads("23 belum dijawab")
    first.choose("a")
    first.reads("Semua jawaban sudah diterima.")


def test_a_cleared_phone_gets_its_answers_back(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    badge = venue.enrol("Intan Larasita")
    phone = new_phone()
    phone.enter(badge, room.pin)
    phone.answer("abc")
    phone.reads("Semua jawaban sudah diterima.")
    replacement = new_phone()
    replacement.scan(badge)
    replacement.join(room.pin)
    replacement.press("Lanjutkan di HP ini")
    replacement.reads("22 belum dijawab")


def test_a_journal_that_does_not_match_is_said_loudly_and_its_answers_move_to_a_new_one(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Tirta Andara")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    phone.page.goto("about:blank")
    phone.page.goto(f"{venue.base}/static/app.css")
    phone.page.evaluate(FORGET_NUMBERS)
    phone.context.route("**/t/*", lambda route: route.abort())
    phone.page.goto(badge)
    phone.sees("Soal 1 dari 25")
    phone.choose("b")
    phone.context.unroute("**/t/*")
    phone.sees("Anda Tirta Andara")
    phone.reads("Catatan di HP ini tidak cocok dengan catatan panitia.")
    phone.join(room.pin)
    phone.press("Lanjutkan di HP ini")
    phone.sees("Soal 1 dari 25")
    expect(phone.option("b")).to_be_checked()
    phone.reads("Semua jawaban sudah diterima.")
    assert sorted(event.answer for event in venue.events_of(badge)) == ["a", "b"]


def test_whoever_comes_after_the_room_closed_is_told_so(venue: Venue, room: Room, phone: Phone) -> None:
    room.close()
    phone.scan(venue.enrol("Bayu Wirata"))
    phone.sees("Tes sudah ditutup panitia")
    phone.reads("Anda belum sempat masuk ke tes ini.")


def test_a_room_closed_by_the_committee_ends_the_test_on_the_phone(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.enter(venue.enrol("Kirana Dahlia"), room.pin)
    phone.answer("abc")
    phone.reads("Semua jawaban sudah diterima.")
    room.close()
    phone.page.reload()
    phone.sees("Tes sudah ditutup panitia .*WIB. 3 jawaban Anda sudah diterima.")


def test_a_closed_room_gets_a_last_event_that_says_that_nothing_is_left_on_the_phone(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Puspa Nirmala")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    room.close()
    phone.page.reload()
    phone.sees("Tes sudah ditutup panitia .*WIB. 1 jawaban Anda sudah diterima.")
    assert [event.kind for event in venue.events_of(badge)] == ["jawab", "selesai"]


def test_an_answer_chosen_offline_before_the_room_closed_still_counts(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Aruna Buana")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    phone.context.set_offline(True)
    phone.go_on()
    phone.choose("b")
    phone.reads("1 jawaban tersimpan di HP, belum terkirim.")
    room.close()
    phone.context.set_offline(False)
    phone.sees("Tes sudah ditutup panitia .*WIB. 2 jawaban Anda sudah diterima.")


def test_a_sealed_day_takes_nothing_in_and_the_phone_says_what_did_not_arrive(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.enter(venue.enrol("Taruna Sagara"), room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    phone.context.set_offline(True)
    phone.go_on()
    phone.choose("b")
    room.close()
    room.seal()
    phone.context.set_offline(False)
    phone.sees("1 jawaban dari HP ini tidak sempat terkirim")


def test_the_badge_that_sat_the_pre_test_leads_to_the_post_test(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Ratna Melati")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    room.close()
    second = venue.open("post")
    try:
        phone.scan(badge)
        phone.sees("Anda Ratna Melati")
        phone.reads("Tes akhir (post-test)")
        phone.join(second.pin)
        phone.press("Mulai mengerjakan")
        phone.sees("Soal 1 dari 25")
        phone.reads("25 belum dijawab")
    finally:
        second.close()


@pytest.fixture
def hall(venue: Venue) -> Iterator[Room]:
    """A room whose clock starts for all at once."""
    venue.start()
    sitting = venue.open(clock="serentak")
    yield sitting
    sitting.close()


def test_in_a_hall_the_phone_waits_and_starts_by_itself(venue: Venue, hall: Room, phone: Phone) -> None:
    phone.scan(venue.enrol("Puspa Nirmala"))
    phone.join(hall.pin)
    phone.reads("Tes dimulai bersama.")
    hall.start()
    phone.sees("Soal 1 dari 25")
