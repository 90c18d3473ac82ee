"""Answers that cross, taps that come twice, tabs that know different things: what shows stays so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.acts import reopen
from tests.browser.late import SETTLE, Late
from tests.browser.phone import Phone, until
from tests.browser.venue import Room, Venue

COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"
CLASH = {"galat": "bentrok", "saran": "", "ack": 1, "wait_s": 0}
GATE = """() => {
  const write = Kapuas.Journal.prototype.write;
  const gate = new Promise((open) => (window.openTheGate = open));
  Kapuas.Journal.prototype.write = async function (event) {
    await gate;
    return write.call(this, event);
  };
}"""
"""Lets the phone's storage take its time."""


def let_in(venue: Venue, room: Room, phone: Phone, name: str) -> str:
    """Bring a phone to the waiting room; return the badge's address."""
    badge = venue.enrol(name)
    phone.scan(badge)
    phone.join(room.pin)
    phone.sees("Anda sudah masuk")
    return badge


def let_go_on(venue: Venue, room: Room, badge: str) -> None:
    """Take somebody's hand-in back."""
    with venue.session() as session:
        reopen(
            session,
            sitting_id=room.sitting_id,
            attempt_id=venue.attempt_of(badge),
            minutes=5,
            reason="Terlalu cepat diserahkan",
            actor=SYSTEM,
            now=datetime.now(UTC),
        )


def second_tab(phone: Phone, badge: str) -> Page:
    tab = phone.context.new_page()
    tab.goto(badge)
    expect(tab.locator("h1")).to_have_text("Soal 1 dari 25")
    return tab


def test_a_start_that_is_tapped_twice_leaves_every_later_tap_its_answer(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = let_in(venue, room, phone, "Puspa Nirmala")
    late = Late(phone.page, "**/t/mulai")
    phone.page.evaluate("() => [1, 2].forEach(() => document.getElementById('mulai').click())")
    late.wait_for(2)
    late.let_one_through()
    phone.sees("Soal 1 dari 25")
    late.let_one_through()
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a"]


def test_an_answer_from_the_waiting_room_that_comes_late_does_not_cover_the_question(
    venue: Venue, room: Room, phone: Phone
) -> None:
    let_in(venue, room, phone, "Tirta Andara")
    late = Late(phone.page, "**/t/keadaan")
    phone.page.evaluate("Kapuas.news.changed()")
    late.wait_for(1)
    phone.press("Mulai mengerjakan")
    phone.sees("Soal 1 dari 25")
    late.let_one_through()
    expect(phone.page.locator("h1")).to_have_text("Soal 1 dari 25")
    phone.choose("a")


def test_a_tab_that_did_not_hear_of_the_hand_in_shows_no_proof_of_something_else(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Gita Permata")
    phone.enter(badge, room.pin)
    phone.choose("a")
    tab = second_tab(phone, badge)
    tab.locator("#pilihan input[value=b]").click()
    expect(tab.locator(".kabar").first).to_have_text("Semua jawaban sudah diterima.")
    tab.route("**/t/jurnal", lambda route: route.abort())
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    expect(phone.page.locator(".bukti")).to_have_text(venue.proof_of(badge))
    tab.evaluate(COME_BACK)
    expect(tab.locator("h1")).to_have_text("Selesai. 1 jawaban sudah diterima.")
    expect(tab.locator(".bukti")).to_be_hidden()
    tab.unroute("**/t/jurnal")
    expect(tab.locator(".bukti")).to_have_text(venue.proof_of(badge))


def test_a_tab_that_hears_of_a_reopened_test_before_it_heard_of_the_hand_in_goes_on(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Bayu Wirata")
    phone.enter(badge, room.pin)
    phone.choose("a")
    tab = second_tab(phone, badge)
    tab.route("**/t/jurnal", lambda route: route.abort())
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    let_go_on(venue, room, badge)
    phone.page.close()
    tab.unroute("**/t/jurnal")
    tab.evaluate(COME_BACK)
    expect(tab.locator("h1")).to_have_text("Soal 1 dari 25")
    tab.locator("#pilihan input[value=c]").click()
    expect(tab.locator("#pilihan input[value=c]")).to_be_checked()


def test_a_reopened_test_survives_a_reload_without_a_server(venue: Venue, room: Room, phone: Phone) -> None:
    badge = venue.enrol("Kirana Dahlia")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    let_go_on(venue, room, badge)
    phone.press("Periksa sekarang")
    phone.sees("Soal 1 dari 25")
    venue.kill()
    phone.scan(badge)
    phone.sees("Soal 1 dari 25")
    phone.choose("b")
    venue.start()
    phone.reads("Semua jawaban sudah diterima.")


def test_a_phone_that_was_replaced_still_sends_all_that_it_holds(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    badge = venue.enrol("Intan Larasita")
    first, second = new_phone(), new_phone()
    first.enter(badge, room.pin)
    first.page.route("**/t/jurnal", lambda route: route.abort())
    first.answer("abcab" * 3)
    first.reads("15 jawaban tersimpan di HP, belum terkirim.")
    second.scan(badge)
    second.join(room.pin)
    second.press("Lanjutkan di HP ini")
    second.sees("Soal 1 dari 25")
    first.page.unroute("**/t/jurnal")
    first.sees("Tes dilanjutkan di HP lain")
    expect(first.page.locator("#lanjut")).to_be_visible()
    assert len([event for event in venue.events_of(badge) if event.kind == "jawab"]) == 15


def test_a_tap_under_way_when_journals_clash_moves_to_the_new_one(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Aruna Buana")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    phone.page.evaluate(GATE)
    phone.option("b").click()
    phone.page.route("**/t/jurnal", lambda route: route.fulfill(status=409, json=CLASH))
    with phone.page.expect_response("**/t/jurnal"):
        phone.page.evaluate("Kapuas.news.changed()")
    phone.page.evaluate(SETTLE)
    phone.page.unroute("**/t/jurnal")
    phone.page.evaluate("window.openTheGate()")
    phone.sees("Anda Aruna Buana")
    phone.join(room.pin)
    phone.press("Lanjutkan di HP ini")
    phone.sees("Soal 1 dari 25")
    expect(phone.option("b")).to_be_checked()


def test_a_picture_for_the_committee_that_comes_late_does_not_show_when_all_has_arrived(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.scan(venue.enrol("Rimba Samudra"))
    phone.join(room.pin)
    late = Late(phone.page, "**/hp-serah-*")
    phone.page.route("**/t/jurnal", lambda route: route.abort())
    phone.press("Mulai mengerjakan")
    phone.sees("Soal 1 dari 25")
    phone.choose("a")
    phone.hand_in()
    phone.sees("Selesai di HP ini, belum terkirim")
    phone.page.unroute("**/t/jurnal")
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    late.wait_for(1)
    late.let_one_through()
    until(phone.page, "!!Kapuas.qr")
    phone.page.evaluate(SETTLE)
    expect(phone.page.locator("#serahan")).to_be_hidden()
