"""How a test ends on a phone when not everything went well, and what the phone lets go of afterwards."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.phone import Phone, until
from tests.browser.venue import Room, Venue

TITLES = """
window.titles = [];
addEventListener("DOMContentLoaded", () => {
  const title = document.getElementById("judul");
  new MutationObserver(() => window.titles.push(title.textContent)).observe(title, {childList: true});
});"""
LEFT = """() => new Promise((done) => {
  indexedDB.open("kapuas").onsuccess = ({ target: { result: db } }) => {
    const work = db.transaction(["facts", "events"]);
    const facts = work.objectStore("facts").getAllKeys();
    const events = work.objectStore("events").count();
    work.oncomplete = () => {
      db.close();
      done([facts.result.filter((key) => !["coba", "epoch"].includes(key)), events.result]);
    };
  };
})"""


def test_a_sealed_day_keeps_saying_what_did_not_arrive_and_lets_nothing_be_wiped(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Taruna Sagara")
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    phone.context.set_offline(True)
    phone.go_on()
    phone.choose("b")
    room.close()
    room.seal()
    phone.context.set_offline(False)
    for _ in range(2):
        phone.sees("1 jawaban dari HP ini tidak sempat terkirim")
        expect(phone.page.get_by_text("Halaman ini boleh ditutup")).to_be_hidden()
        expect(phone.page.locator("#berikut")).to_be_hidden()
        phone.page.reload()


def test_a_sealed_day_that_has_everything_is_said_to_have_it(venue: Venue, room: Room, phone: Phone) -> None:
    phone.context.add_init_script(TITLES)
    phone.enter(venue.enrol("Kirana Dahlia"), room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    phone.page.evaluate("window.titles.length = 0")
    room.close()
    room.seal()
    phone.page.evaluate("Kapuas.news.changed()")
    phone.sees("Tes sudah ditutup panitia .*WIB. 1 jawaban Anda sudah diterima.")
    assert "Anda sudah masuk" not in phone.page.evaluate("window.titles")


def test_answers_whose_questions_could_not_be_shown_again_arrive_after_the_closing(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Rimba Samudra", "B")
    phone.enter(badge, room.pin)
    until(phone.page, "!!window.Kapuas.qr")
    phone.page.route("**/t/*", lambda route: route.abort())
    phone.page.locator("#ragu").click()
    phone.reads("1 jawaban tersimpan di HP, belum terkirim.")
    phone.page.route("**/hp-isian-*", lambda route: route.abort())
    phone.page.reload()
    phone.reads("Belum tersambung ke laptop panitia.")
    room.close()
    with phone.page.expect_response("**/t/keadaan"):
        phone.page.unroute("**/t/*")
    phone.page.unroute("**/hp-isian-*")
    phone.sees("Tes sudah ditutup panitia")
    assert [event.kind for event in venue.events_of(badge)] == ["ragu", "selesai"]


def test_a_shared_phone_lets_go_of_a_person_in_every_tab_and_under_every_name(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    badge = venue.enrol("Aruna Buana")
    phone, other = new_phone(), new_phone()
    phone.enter(badge, room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    other.scan(badge)
    other.join(room.pin)
    other.press("Lanjutkan di HP ini")
    other.sees("Soal 1 dari 25")
    phone.page.evaluate("Kapuas.news.changed()")
    phone.press("Lanjutkan lagi di HP ini")
    phone.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(room.pin)
    phone.press("Masuk")
    phone.sees("Soal 1 dari 25")
    phone.choose("b")
    tab = phone.context.new_page()
    tab.goto(badge)
    expect(tab.locator("h1")).to_have_text("Soal 1 dari 25")
    phone.hand_in()
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    expect(tab.locator("h1")).to_have_text("Selesai. 1 jawaban sudah diterima.")
    expect(tab.locator(".bukti")).to_have_text(venue.proof_of(badge))
    phone.press("Peserta berikutnya")
    phone.sees("Pindai kartu peserta berikutnya")
    tab.wait_for_url(f"{venue.base}/k")
    assert phone.page.evaluate(LEFT) == [[], 0]
