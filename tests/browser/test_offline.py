"""The network goes away, the page is closed, the storage refuses: nothing that was chosen is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.venue import Room, Venue

ANSWERS = "abcab" * 5
REFUSE_STORAGE = (
    "Object.defineProperty(window, 'indexedDB', {value: {open() { throw new Error('refused') }}})"
)
FULL_STORAGE = """
const add = IDBObjectStore.prototype.add;
IDBObjectStore.prototype.add = function (value, key) {
  if (value && value.s > 2) return this.transaction.abort();
  return add.call(this, value, key);
};"""
FULL_FOR = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, key) {
  return key.startsWith("%s|") ? this.transaction.abort() : put.call(this, value, key);
};"""


def test_a_trainee_whose_server_dies_reloads_finishes_offline_and_scores_the_same(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    calm, unlucky = venue.enrol("Gita Permata"), venue.enrol("Bayu Wirata")
    first = new_phone()
    first.enter(calm, room.pin)
    first.answer_by_position(ANSWERS, 25)
    first.hand_in()
    first.sees("Selesai. 25 jawaban sudah diterima.")

    phone = new_phone()
    phone.enter(unlucky, room.pin)
    phone.answer_by_position(ANSWERS, 3)
    venue.kill()
    phone.go_on()
    phone.answer_by_position(ANSWERS, 1)
    phone.reads("tersimpan di HP, belum terkirim. Silakan lanjutkan.")
    phone.scan(unlucky)
    phone.sees("Soal 4 dari 25")
    phone.reads("21 belum dijawab")
    phone.answer_by_position(ANSWERS, 22)
    phone.hand_in()
    phone.sees("Selesai di HP ini, belum terkirim")
    phone.scan(unlucky)
    phone.sees("Selesai di HP ini, belum terkirim")
    venue.start()
    phone.sees("Selesai. 25 jawaban sudah diterima.")

    room.close()
    assert venue.score_of(unlucky) == venue.score_of(calm) != {}


def test_what_was_answered_across_a_reload_without_a_server_is_marked_as_uncertain_in_time(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Intan Larasita")
    phone.enter(badge, room.pin)
    phone.answer("ab")
    phone.reads("Semua jawaban sudah diterima.")
    venue.kill()
    phone.scan(badge)
    phone.sees("Soal 2 dari 25")
    phone.go_on()
    phone.choose("c")
    venue.start()
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.unsure for event in venue.events_of(badge)] == [0, 0, 1]


def test_a_reload_goes_on_at_the_same_question(venue: Venue, room: Room, phone: Phone) -> None:
    phone.enter(venue.enrol("Kirana Dahlia"), room.pin)
    phone.answer("abc")
    phone.page.reload()
    phone.sees("Soal 3 dari 25")
    expect(phone.option("c")).to_be_checked()
    phone.reads("22 belum dijawab")


def test_two_tabs_share_one_journal(venue: Venue, room: Room, phone: Phone) -> None:
    badge = venue.enrol("Aruna Buana")
    phone.enter(badge, room.pin)
    phone.choose("a")
    second = phone.context.new_page()
    second.goto(badge)
    expect(second.locator("h1")).to_have_text("Soal 1 dari 25")
    expect(second.locator("#pilihan input[value=a]")).to_be_checked()
    second.locator("#pilihan input[value=b]").click()
    expect(phone.option("b")).to_be_checked()
    phone.choose("c")
    expect(second.locator("#pilihan input[value=c]")).to_be_checked()
    phone.reads("Semua jawaban sudah diterima.")
    events = venue.events_of(badge)
    assert [(event.seq, event.answer) for event in events] == [(1, "a"), (2, "b"), (3, "c")]
    assert len({event.device for event in events}) == 1


def test_without_storage_an_option_is_chosen_only_when_the_server_has_it(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Taruna Sagara")
    phone.context.add_init_script(REFUSE_STORAGE)
    phone.enter(badge, room.pin)
    phone.reads("HP ini tidak dapat menyimpan jawaban.")
    phone.choose("a")
    venue.kill()
    phone.go_on()
    phone.option("b").click()
    expect(phone.page.locator(".opt.waits input")).to_have_value("b")
    expect(phone.option("b")).not_to_be_checked()
    phone.reads("1 jawaban belum terkirim. Biarkan halaman ini terbuka.")
    phone.hand_in()
    phone.sees("Selesai di HP ini, belum terkirim")
    expect(phone.page.get_by_text("tersimpan di HP").locator("visible=true")).to_have_count(0)
    venue.start()
    phone.sees("Selesai. 2 jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a", "b", None]


@pytest.mark.parametrize("fact", ["badge", "form"])
def test_storage_too_full_for_what_a_reload_needs_counts_as_none(
    venue: Venue, room: Room, phone: Phone, fact: str
) -> None:
    phone.context.add_init_script(FULL_FOR % fact)
    phone.enter(venue.enrol("Kirana Dahlia"), room.pin)
    phone.reads("HP ini tidak dapat menyimpan jawaban.")
    phone.page.route("**/t/jurnal", lambda route: route.abort())
    phone.option("a").click()
    phone.reads("1 jawaban belum terkirim. Biarkan halaman ini terbuka.")
    expect(phone.option("a")).not_to_be_checked()
    phone.page.unroute("**/t/jurnal")
    expect(phone.option("a")).to_be_checked()


def test_storage_that_is_cleared_in_mid_test_is_said_and_the_test_goes_on(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Gita Permata")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    wire = phone.context.new_cdp_session(phone.page)
    wire.send("Storage.clearDataForOrigin", {"origin": venue.base, "storageTypes": "all"})
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.reads("HP ini tidak dapat menyimpan jawaban.")
    phone.choose("b")
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a", "b"]


def test_whoever_answers_in_place_of_the_laptop_receives_nothing(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Intan Larasita")
    phone.enter(badge, room.pin)
    phone.page.route("**/t/jurnal", lambda route: route.fulfill(status=200, json={}))
    phone.choose("a")
    phone.reads("1 jawaban tersimpan di HP, belum terkirim.")
    phone.page.unroute("**/t/jurnal")
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a"]


def test_storage_that_runs_full_in_mid_test_is_said_and_the_rest_is_sent_at_once(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Ratna Melati")
    phone.context.add_init_script(FULL_STORAGE)
    phone.enter(badge, room.pin)
    phone.answer("ab")
    phone.go_on()
    phone.choose("c")
    phone.reads("HP ini tidak dapat menyimpan jawaban.")
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a", "b", "c"]


def test_answers_reach_the_server_when_the_phone_is_put_away(venue: Venue, room: Room, phone: Phone) -> None:
    badge = venue.enrol("Tirta Andara")
    phone.enter(badge, room.pin)
    phone.choose("b")
    phone.page.goto("about:blank")
    phone.page.goto(badge)
    phone.sees("Soal 1 dari 25")
    expect(phone.option("b")).to_be_checked()
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["b"]
