"""Every type of question on a phone: by fingers, by keys alone, without scripts; the points are the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from kapuas_quiz.core.items import ITEM_TYPES, key_answer
from kapuas_quiz.delivery.models import Attempt
from tests.browser import answering
from tests.browser.phone import Phone
from tests.browser.test_screens import AXE, Axe, Meter
from tests.browser.venue import Room, Venue

SIZE = {"width": 360, "height": 740}
WAYS = {"fingers": answering.answer_with_fingers, "keys": answering.answer_with_keys}


@pytest.mark.parametrize("way", WAYS)
def test_every_type_answered_rightly_earns_every_point(
    venue: Venue, room: Room, new_phone: Callable[..., Phone], way: str
) -> None:
    phone = new_phone(viewport=SIZE)
    badge = venue.enrol("Tirta Andara", "B")
    phone.enter(badge, room.pin)
    seen = venue.items_of(badge)
    for index in range(25):
        if index:
            phone.go_on()
            phone.sees(f"Soal {index + 1} dari 25")
        content = seen[answering.place_of(phone.page)]
        WAYS[way](phone.page, phone.page.locator("#pilihan"), key_answer(content))
    phone.reads("Semua sudah dijawab")
    expect(phone.page.locator("#pilihan .waits")).to_have_count(0)
    phone.hand_in()
    phone.sees("Selesai. 25 jawaban sudah diterima.")
    room.close()
    assert {content["type"] for content in seen.values()} == set(ITEM_TYPES)
    assert venue.score_of(badge)[""] == 25


def test_every_type_can_be_answered_without_scripts(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(viewport=SIZE, java_script_enabled=False)
    badge = venue.enrol("Gita Permata", "B")
    phone.scan(badge)
    phone.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(room.pin)
    phone.press("Benar, saya. Masuk")
    phone.press("Mulai mengerjakan")
    for position, content in venue.items_of(badge).items():
        field = phone.page.locator(f"[name='q-{position}'], [name^='q-{position}.']").first
        root = phone.page.locator("fieldset.item").filter(has=field)
        answering.answer_with_fingers(phone.page, root, key_answer(content))
    phone.press("Selesai mengerjakan")
    phone.press("Ya, serahkan")
    phone.sees("Selesai. 25 jawaban sudah diterima.")
    room.close()
    assert venue.score_of(badge)[""] == 25


def lead_to(phone: Phone, venue: Venue, badge: str, name: str) -> None:
    """Go on to the question of a type."""
    types = {position: content["type"] for position, content in venue.items_of(badge).items()}
    while types[answering.place_of(phone.page)] != name:
        phone.go_on()


def test_text_typed_without_a_network_survives_a_reload_in_mid_word(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Bayu Wirata", "B")
    phone.enter(badge, room.pin)
    lead_to(phone, venue, badge, "short_text")
    venue.kill()
    phone.page.locator("#pilihan input").press_sequentially("setengah ka")
    phone.scan(badge)
    expect(phone.page.locator("#pilihan input")).to_have_value("setengah ka")
    venue.start()
    phone.reads("Semua jawaban sudah diterima.")
    assert venue.events_of(badge)[-1].answer == {"teks": "setengah ka"}


def test_what_was_typed_just_before_going_on_is_kept(venue: Venue, room: Room, phone: Phone) -> None:
    badge = venue.enrol("Intan Larasita", "B")
    phone.enter(badge, room.pin)
    lead_to(phone, venue, badge, "number")
    phone.page.locator("#pilihan input").press_sequentially("12")
    phone.page.evaluate("document.getElementById('daftar').click()")
    phone.page.get_by_text("Tinjau semua jawaban").click()
    phone.reads(": 12")
    phone.reads("1 jawaban sudah diterima, 24 belum dijawab.")
    assert [event.answer for event in venue.events_of(badge)] == [{"nilai": "12"}]


def test_a_box_that_is_ticked_in_a_hurry_counts_for_its_own_question(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Tirta Andara", "B")
    phone.enter(badge, room.pin)
    with venue.session() as session:
        shown = session.get_one(Attempt, venue.attempt_of(badge)).presentation["items"]
    places = {content["type"]: n for n, content in venue.items_of(badge).items()}
    here, there = places["multiple_response"], places["matching"]
    phone.press("Daftar")
    phone.page.locator(f".nomor[data-ke='{shown.index(here)}']").click()
    phone.page.evaluate(
        """(there) => {
          document.querySelector("#pilihan input").click();
          document.getElementById("daftar").click();
          document.querySelector(`.nomor[data-ke='${there}']`).click();
        }""",
        shown.index(there),
    )
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.position for event in venue.events_of(badge)] == [here]


def test_an_answer_with_an_empty_field_is_listed_as_incomplete(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Puspa Nirmala", "B")
    phone.enter(badge, room.pin)
    lead_to(phone, venue, badge, "ballot_stack")
    phone.page.locator("#pilihan select").first.select_option("tidak-sah")
    phone.press("Daftar")
    expect(phone.page.get_by_role("button", name="belum lengkap")).to_have_count(1)
    phone.press("Selesai mengerjakan")
    phone.reads("Belum lengkap: nomor")


@pytest.mark.parametrize("name", ["number", "result_form"])
def test_words_in_place_of_a_number_are_kept_pointed_out_and_listed_as_incomplete(
    venue: Venue, room: Room, phone: Phone, name: str
) -> None:
    badge = venue.enrol("Bayu Wirata", "B")
    phone.enter(badge, room.pin)
    lead_to(phone, venue, badge, name)
    boxes, hint = phone.page.locator("#pilihan input[inputmode]"), phone.page.locator("[data-digits]")
    for place in range(boxes.count()):
        boxes.nth(place).fill("12")
    phone.reads("Semua jawaban sudah diterima.")
    expect(hint).to_be_hidden()
    boxes.first.fill("tujuh")
    expect(hint).to_be_visible()
    phone.press("Daftar")
    expect(phone.page.get_by_role("button", name="belum lengkap")).to_have_count(1)
    phone.press("Selesai mengerjakan")
    phone.reads("Belum lengkap: nomor")
    phone.press("Periksa lagi")
    phone.press("Kembali ke soal")
    expect(boxes.first).to_have_value("tujuh")
    boxes.first.fill("Rp 7.000")
    expect(hint).to_be_hidden()


def test_the_list_does_not_speak_of_all_answers_while_some_are_missing(
    venue: Venue, room: Room, phone: Phone
) -> None:
    phone.enter(venue.enrol("Gita Permata"), room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    phone.press("Daftar")
    expect(phone.page.locator("#kabar-daftar")).to_have_text("1 jawaban sudah diterima, 24 belum dijawab.")


def test_a_step_without_a_rank_reads_in_full_on_a_narrow_screen_without_scripts(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(viewport=SIZE)
    phone.page.goto(f"{venue.enrol('Gita Permata', 'B')}?polos=1")
    phone.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(room.pin)
    phone.press("Benar, saya. Masuk")
    phone.press("Mulai mengerjakan")
    assert phone.page.evaluate(CUT) == []


CUT = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  return Array.from(document.querySelectorAll(".rank select")).filter((select) => {
    const look = getComputedStyle(select);
    pen.font = look.font;
    const room = select.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    const longest = Math.max(...Array.from(select.options).map((each) => pen.measureText(each.text).width));
    return longest + 20 > room;
  }).map((select) => select.offsetWidth);
}"""
"""Lists of ranks in which the longest entry, beside the arrow of some 20 pixels, does not fit."""


def test_a_phone_that_misses_the_second_script_asks_again_until_it_has_it(
    venue: Venue, room: Room, phone: Phone
) -> None:
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        refused.append(route.request.url)
        route.abort() if len(refused) == 1 else route.continue_()

    phone.context.route("**/hp-isian-*", refuse_once)
    phone.enter(venue.enrol("Kirana Dahlia", "B"), room.pin)
    assert len(refused) == 2


def test_a_mixed_form_weighs_less_than_a_small_photo_and_every_type_is_clean_by_axe(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(viewport={"width": 320, "height": 568})
    meter = Meter(phone)
    badge = venue.enrol("Aruna Buana", "B")
    phone.page.goto(badge)
    phone.join(room.pin)
    phone.press("Mulai mengerjakan")
    phone.sees("Soal 1 dari 25")
    assert meter.content("hp-isian-") <= 3 * 1024
    assert meter.content("") <= 30 * 1024
    checked: set[str] = set()
    for _ in range(25):
        name = venue.items_of(badge)[answering.place_of(phone.page)]["type"]
        if name not in checked:
            checked.add(name)
            check(phone.page, name)
        phone.go_on()
    assert checked == set(ITEM_TYPES)


def check(page: Page, name: str) -> None:
    """Assert that a question is clean, narrow and easy to hit."""
    found = Axe().run(page, options=AXE).response["violations"]
    assert found == [], (name, [(one["id"], [n["html"] for n in one["nodes"]]) for one in found])
    assert page.evaluate("document.documentElement.scrollWidth - screen.width") <= 0, name
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll(
          '#pilihan :is(button, .opt, select, input:not([type=radio]):not([type=checkbox]))'))
        .filter(node => node.offsetParent && (node.offsetHeight < 48 || node.offsetWidth < 44))
        .map(node => node.outerHTML)"""
    )
    assert small == [], name
