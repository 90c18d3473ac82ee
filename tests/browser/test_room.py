"""What the room does reaches the phones, and what these show is so: time, proof, a spare, other people."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from kapuas_quiz.core.time_code import time_code
from tests import browsers
from tests.browser.phone import Phone, until
from tests.browser.venue import Room, Venue


def told(phone: Phone, **facts: Any) -> dict[str, Any]:
    """Let each answer to the phone's journal say something more from now on; what, may be changed."""

    def say(route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=json.dumps({**reply.json(), **facts}))

    phone.context.route("**/t/jurnal", say)
    return facts


def only_once(route: Route) -> None:
    """Let one request through, none after it."""
    page = route.request.frame.page
    route.continue_()
    page.unroute("**/t/jurnal", only_once)
    page.route("**/t/jurnal", lambda later: later.abort())


def test_the_end_shows_the_proof_and_frees_the_phone_for_the_next_person(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Puspa Nirmala")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    expect(phone.page.locator(".bukti")).to_have_text(venue.proof_of(badge))
    phone.page.reload()
    expect(phone.page.locator(".bukti")).to_have_text(venue.proof_of(badge))
    phone.press("Peserta berikutnya")
    phone.sees("Pindai kartu peserta berikutnya")
    left = phone.page.evaluate(
        """() => new Promise((done) => {
          indexedDB.open("kapuas").onsuccess = (opened) => {
            const work = opened.target.result.transaction(["facts", "events"]);
            work.objectStore("facts").getAllKeys().onsuccess = ({ target }) =>
              (work.objectStore("events").count().onsuccess = (counted) =>
                done([target.result, counted.target.result]));
          };
        })"""
    )
    assert [key for key in left[0] if key not in ("coba", "epoch")] == []
    assert left[1] == 0


def test_what_the_spare_does_not_have_is_not_called_received(venue: Venue, room: Room, phone: Phone) -> None:
    phone.enter(venue.enrol("Tirta Andara"), room.pin)
    facts = told(phone, safe=0)
    phone.choose("a")
    phone.reads("Tersimpan di HP, sedang dikirim.")
    phone.hand_in()
    phone.sees("Selesai di HP ini, belum terkirim")
    facts["safe"] = 2
    phone.sees("Selesai. 1 jawaban sudah diterima.")


@pytest.mark.parametrize("paused", [False, True])
def test_every_screen_of_the_test_says_whether_the_room_stands_still(
    venue: Venue, room: Room, phone: Phone, paused: bool
) -> None:
    phone.enter(venue.enrol("Kirana Dahlia"), room.pin)
    told(phone, paused=paused)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    sign = expect(phone.page.locator("#jeda"))
    for button in ("Daftar", "Selesai mengerjakan", "Periksa lagi", "Kode tambahan waktu", "Kembali"):
        phone.press(button)
        sign.to_be_visible(visible=paused)
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    sign.to_be_hidden()


def test_a_laptop_that_was_replaced_is_said_and_the_answers_stay(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.enter(venue.enrol("Gita Permata"), room.pin)
    words = {
        "galat": "laptop-lama",
        "saran": "Laptop ini sudah digantikan laptop lain.",
        "ack": 0,
        "wait_s": 0,
    }
    phone.context.route("**/t/jurnal", lambda route: route.fulfill(status=409, json=words))
    phone.choose("a")
    phone.reads("Laptop ini sudah digantikan laptop lain.")
    phone.reads("1 jawaban tersimpan di HP, belum terkirim.")
    phone.context.unroute("**/t/jurnal")
    phone.reads("Semua jawaban sudah diterima.")


def test_minutes_that_are_read_out_count_on_a_phone_without_network(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Intan Larasita")
    phone.scan(badge)
    phone.join(room.pin)
    with phone.page.expect_response("**/hp-serah-*"):
        phone.press("Mulai mengerjakan")
    phone.sees("Soal 1 dari 25")
    phone.context.set_offline(True)
    phone.press("Daftar")
    phone.press("Kode tambahan waktu")
    field = phone.page.get_by_label("Ketik enam angka yang dibacakan panitia")
    field.fill("150000")
    phone.press("Tambah waktu")
    phone.reads("Kode ini belum cocok.")
    code = time_code(venue.secret_of(badge), 1, 15)
    field.fill(f"{code[:2]} {code[2:4]} {code[4:]}")
    phone.press("Tambah waktu")
    phone.sees("Soal 1 dari 25")
    phone.press("Waktu")
    phone.reads("40 menit")
    room.give(badge, 15)
    phone.context.set_offline(False)
    phone.reads("Jawaban terkirim otomatis.")
    phone.reads("40 menit")
    assert [(event.kind, event.answer) for event in venue.events_of(badge)] == [("tambah", code)]


def test_a_finished_phone_without_network_shows_its_answers_as_a_picture_and_a_code(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.scan(venue.enrol("Kirana Dahlia"))
    phone.join(room.pin)
    with phone.page.expect_response("**/hp-serah-*"):
        phone.press("Mulai mengerjakan")
    phone.sees("Soal 1 dari 25")
    phone.context.set_offline(True)
    phone.answer("ab")
    phone.hand_in()
    phone.sees("Selesai di HP ini, belum terkirim")
    phone.reads("Tidak dapat dipindai? Bacakan kode ini:")
    expect(phone.page.locator("#serahan-qr svg")).to_be_visible()
    assert phone.page.locator("#serahan-kode span").count() > 3
    phone.context.set_offline(False)
    phone.sees("Selesai. 2 jawaban sudah diterima.")
    expect(phone.page.locator("#serahan")).to_be_hidden()


def test_another_browser_is_told_how_many_answers_the_first_one_gave(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    badge = venue.enrol("Aruna Buana")
    first, second = new_phone(), new_phone()
    second.scan(badge)
    second.sees("Anda Aruna Buana")
    first.enter(badge, room.pin)
    first.page.route("**/t/jurnal", lambda route: route.abort())
    first.answer("abcab" * 2 + "ab")
    first.reads("12 jawaban tersimpan di HP, belum terkirim.")
    first.page.unroute("**/t/jurnal")
    with first.page.expect_response("**/t/jurnal"):
        first.page.route("**/t/jurnal", only_once)
    second.join(room.pin)
    second.sees("Tes ini sedang terbuka di HP lain")
    second.reads("10 jawaban ada di peramban lain.")
    second.reads("2 jawaban lagi di sana belum terkirim.")
    second.press("Kembali")
    second.sees("Anda Aruna Buana")


def test_bigger_letters_stay_after_a_reload(venue: Venue, room: Room, phone: Phone) -> None:
    phone.scan(venue.enrol("Taruna Sagara"))
    button = phone.page.get_by_role("button", name="Huruf besar").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    phone.page.reload()
    phone.sees("Anda Taruna Sagara")
    assert phone.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"


def test_a_tap_counts_for_the_question_it_was_made_on(venue: Venue, room: Room, phone: Phone) -> None:
    badge = venue.enrol("Ratna Melati")
    phone.enter(badge, room.pin)
    phone.page.evaluate(
        """() => {
          document.querySelector("#pilihan input").click();
          document.getElementById("maju").click();
        }"""
    )
    phone.sees("Soal 2 dari 25")
    phone.reads("24 belum dijawab")
    phone.page.locator("#mundur").click()
    expect(phone.page.locator("#pilihan input").first).to_be_checked()


def test_a_page_that_comes_back_from_the_browsers_memory_goes_on(
    venue: Venue, room: Room, browser: Browser
) -> None:
    badge = venue.enrol("Puspa Nirmala")
    remembering = browser.browser_type.launch(
        executable_path=str(browsers.find()),
        args=["--no-sandbox"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    phone = Phone(remembering)
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.page.evaluate("addEventListener('pageshow', (event) => (window.back = event.persisted))")
    phone.page.goto(f"{venue.base}/k")
    phone.page.evaluate("history.back()")
    phone.page.wait_for_url(badge, wait_until="commit")
    until(phone.page, "window.back === true")
    phone.choose("b")
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a", "b"]
    phone.leave()
    remembering.close()
