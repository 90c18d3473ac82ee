"""Time on the phone: announced, shown on demand, over at its end, honest about sleep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.venue import Room, Venue


@pytest.fixture
def timed(new_phone: Callable[..., Phone]) -> Phone:
    """A phone whose clocks the test can move."""
    phone = new_phone()
    phone.context.clock.install()
    return phone


def hide(phone: Phone, hidden: bool) -> None:
    """Lock the screen, or unlock it."""
    phone.page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_a_clock_that_is_moved_by_a_day_takes_no_time_away(venue: Venue, room: Room, timed: Phone) -> None:
    badge = venue.enrol("Bayu Wirata")
    timed.enter(badge, room.pin)
    timed.context.set_offline(True)
    for days in (1, -1):
        seconds = timed.page.evaluate("Date.now()") / 1000
        timed.context.clock.set_system_time(seconds + days * 86_400)
        timed.context.clock.run_for("00:02")
        timed.choose("a" if days > 0 else "b")
    timed.context.set_offline(False)
    timed.context.clock.run_for("01:00")
    timed.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a", "b"]
    assert all(event.at_ms < 60_000 for event in venue.events_of(badge))


def test_the_remaining_time_is_announced_and_shown_on_demand(venue: Venue, room: Room, timed: Phone) -> None:
    timed.enter(venue.enrol("Tirta Andara"), room.pin)
    timed.press("Waktu")
    timed.reads("25 menit")
    expect(timed.page.locator("#suara")).to_have_text("25 menit")
    timed.context.set_offline(True)
    timed.context.clock.run_for("15:03")
    expect(timed.page.locator("#suara")).to_have_text("Sisa waktu 10 menit.")
    timed.context.clock.run_for("05:00")
    expect(timed.page.locator("#suara")).to_have_text("Sisa waktu 5 menit.")
    timed.context.clock.run_for("04:00")
    expect(timed.page.locator("#suara")).to_have_text("Sisa waktu 1 menit.")


def test_when_time_is_over_offline_nothing_more_is_taken_and_the_rest_is_kept(
    venue: Venue, room: Room, timed: Phone
) -> None:
    badge = venue.enrol("Puspa Nirmala")
    timed.enter(badge, room.pin)
    timed.context.set_offline(True)
    timed.choose("a")
    timed.context.clock.run_for("25:10")
    timed.sees("Waktu sudah habis, belum semua terkirim")
    timed.reads("1 jawaban tersimpan di HP, belum terkirim.")
    timed.context.set_offline(False)
    timed.context.clock.run_for("01:00")
    # By the server's clock hardly any time has passed, and the clock is the server's.
    timed.sees("Soal 1 dari 25")
    timed.reads("Semua jawaban sudah diterima.")


def test_an_answer_after_sleep_without_network_is_marked_as_uncertain_in_time(
    venue: Venue, room: Room, timed: Phone
) -> None:
    badge = venue.enrol("Gita Permata")
    timed.enter(badge, room.pin)
    timed.choose("a")
    timed.reads("Semua jawaban sudah diterima.")
    timed.context.set_offline(True)
    hide(timed, True)
    seconds = timed.page.evaluate("Date.now()") / 1000
    timed.context.clock.set_system_time(seconds + 120)
    hide(timed, False)
    timed.go_on()
    timed.choose("b")
    timed.context.set_offline(False)
    timed.context.clock.run_for("01:00")
    timed.reads("Semua jawaban sudah diterima.")
    first, second = venue.events_of(badge)
    assert (first.unsure, second.unsure) == (0, 1)
    assert second.at_ms - first.at_ms >= 120_000


def test_a_phone_that_lost_the_network_with_its_first_question_knows_its_time_after_a_reload(
    venue: Venue, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Rimba Samudra")
    phone.enter(badge, room.pin)
    venue.kill()
    phone.choose("a")
    phone.scan(badge)
    phone.sees("Soal 1 dari 25")
    phone.press("Waktu")
    phone.reads("25 menit")
    phone.choose("b")
    venue.start()
    phone.reads("Semua jawaban sudah diterima.")
    first, second = venue.events_of(badge)
    assert (first.unsure, second.unsure) == (0, 1)
    assert second.at_ms > first.at_ms > 0
