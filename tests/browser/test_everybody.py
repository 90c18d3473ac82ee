"""Whoever cannot see, tap, or bear bright light takes the same test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.phone import Phone
from tests.browser.test_screens import AXE, screens
from tests.browser.venue import Room, Venue

LISTEN = """
window.spoken = [];
addEventListener("DOMContentLoaded", () => {
  const hear = ({target}) => {
    const node = target.closest ? target : target.parentNode;
    const place = node && node.closest("[role=status],[role=alert],[aria-live]");
    const words = place && place.getClientRects().length ? place.textContent.trim() : "";
    if (words) window.spoken.push(words);
  };
  const changes = {subtree: true, childList: true, characterData: true};
  new MutationObserver((all) => all.forEach(hear)).observe(document, changes);
});"""


def focus(page: Page, selector: str) -> None:
    """Go on by the tab key until something has the focus."""
    for _ in range(40):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key never reaches {selector}")


def test_the_whole_way_from_the_badge_to_the_end_is_gone_by_keyboard_alone(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Puspa Nirmala")
    phone.scan(badge)
    phone.sees("Anda")
    page, keys = phone.page, phone.page.keyboard
    focus(page, "#benar")
    keys.press("Enter")
    focus(page, "#pin")
    keys.type(room.pin)
    keys.press("Enter")
    phone.sees("Anda sudah masuk")
    focus(page, "#mulai")
    keys.press("Enter")
    phone.sees("Soal 1 dari 25")
    focus(page, "#pilihan input")
    keys.press("Space")
    expect(page.locator("#pilihan input").first).to_be_checked()
    focus(page, "#maju")
    keys.press("Enter")
    phone.sees("Soal 2 dari 25")
    focus(page, "#daftar")
    for button in ("#daftar", "#selesai", "#serah"):
        focus(page, button)
        keys.press("Enter")
    phone.sees("Selesai. 1 jawaban sudah diterima.")
    assert [event.kind for event in venue.events_of(badge)] == ["jawab", "selesai"]


def test_whoever_stands_in_the_list_stays_there_when_the_server_answers(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Gita Permata")
    phone.enter(badge, room.pin)
    phone.press("Daftar")
    focus(phone.page, "[data-ke='6']")
    phone.context.set_offline(True)
    room.give(badge, 5)
    phone.context.set_offline(False)
    phone.reads("Waktu Anda ditambah")
    assert phone.page.evaluate("document.activeElement.dataset.ke") == "6"


@pytest.mark.parametrize("large", [False, True])
def test_whoever_taps_everything_twice_goes_one_step_and_chooses_nothing(
    venue: Venue, room: Room, new_phone: Callable[..., Phone], large: bool
) -> None:
    phone = new_phone(viewport={"width": 320, "height": 568})
    badge = venue.enrol("Aruna Buana")
    phone.enter(badge, room.pin)
    phone.page.evaluate("large => Kapuas.large(large)", large)
    phone.page.locator("#maju").dblclick()
    phone.sees("Soal 2 dari 25")
    expect(phone.page.locator("#ragu")).to_have_attribute("aria-pressed", "false")
    phone.option("b").locator("..").dblclick()
    phone.reads("Semua jawaban sudah diterima.")
    phone.page.locator("#maju").dblclick()
    phone.sees("Soal 3 dari 25")
    assert [(event.kind, event.answer) for event in venue.events_of(badge)] == [("jawab", "b")]


def test_a_screen_reader_is_told_what_everything_is(venue: Venue, room: Room, phone: Phone) -> None:
    phone.enter(venue.enrol("Rimba Samudra"), room.pin)
    options = phone.page.locator("#pilihan .opt").all_inner_texts()
    tree = phone.page.locator("main").aria_snapshot()
    assert 'heading "Soal 1 dari 25" [level=1]' in tree
    assert [option for option in options if option not in tree] == []
    assert tree.count("- radio") == len(options)
    for name in ("Kembali", "Ragu-ragu", "Berikutnya", "Waktu", "Daftar"):
        assert f'button "{name}' in tree, name
    assert 'progressbar "Soal yang sudah dijawab"' in tree
    assert "- radio:" not in tree and "- button:" not in tree, "something has no name"


def test_the_time_is_spoken_three_times_and_else_only_on_demand(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone()
    phone.context.clock.install()
    phone.context.add_init_script(LISTEN)
    phone.enter(venue.enrol("Taruna Sagara"), room.pin)
    phone.context.set_offline(True)
    phone.page.evaluate("window.spoken.length = 0")
    phone.context.clock.run_for("24:30")
    said = phone.page.evaluate("window.spoken")
    assert [words for words in said if "menit" in words] == [
        "Sisa waktu 10 menit.",
        "Sisa waktu 5 menit.",
        "Sisa waktu 1 menit.",
    ]


@pytest.mark.parametrize("wish", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_every_screen_is_clean_by_axe_in_dark_surroundings_and_own_colours(
    venue: Venue, room: Room, new_phone: Callable[..., Phone], wish: dict[str, str]
) -> None:
    phone = new_phone(**wish)
    for name in screens(phone, venue.enrol("Intan Larasita"), room.pin):
        found = Axe().run(phone.page, options=AXE).response["violations"]
        assert found == [], (name, [(one["id"], [n["html"] for n in one["nodes"]]) for one in found])


def test_nothing_moves_for_whoever_asks_for_stillness(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(reduced_motion="reduce")
    phone.enter(venue.enrol("Ratna Melati"), room.pin)
    moving = phone.page.evaluate(
        """() => Array.from(document.querySelectorAll("*")).filter((node) => {
          const style = getComputedStyle(node);
          return style.animationName !== "none" || style.transitionDuration !== "0s";
        }).length"""
    )
    assert moving == 0
