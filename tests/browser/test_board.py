"""The board in a trainer's browser: what another trainer does shows by itself, and nothing slips away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.delivery.pins import change_pin
from tests.browser.test_hand_in import trainer_page
from tests.browser.venue import Room, Venue


@pytest.fixture
def common(venue: Venue) -> Iterator[Room]:
    """The post-test, which waits for its common start."""
    venue.start()
    room = venue.open("post", "serentak")
    yield room
    room.close()


@pytest.fixture
def board(browser: Browser, venue: Venue, common: Room) -> Iterator[Page]:
    with trainer_page(browser, venue) as page:
        page.goto(f"http://localhost:{venue.port}/sesi/{common.sitting_id}/papan")
        yield page


def test_what_another_trainer_did_shows_by_itself_and_what_is_unfolded_and_in_focus_stays(
    venue: Venue, common: Room, board: Page
) -> None:
    pin, start = board.locator(".room-pin strong"), board.get_by_text("Mulai serentak…")
    expect(pin).to_have_text(common.pin)
    start.focus()
    board.keyboard.press("Enter")
    with venue.session() as session:
        change_pin(session, sitting_id=common.sitting_id, actor=SYSTEM, now=datetime.now(UTC))
    expect(pin).not_to_have_text(common.pin)
    expect(start).to_be_focused()
    expect(board.get_by_role("button", name="Mulai serentak")).to_be_visible()
    common.start()
    expect(start).to_have_count(0)
    expect(board.get_by_text("Waktu ruang ini berakhir")).to_be_visible()


@pytest.mark.parametrize("sheet", ["layar", "pin/lembar"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (794, 1123), (1024, 768), (1366, 768)])
def test_the_pin_stands_on_one_line_whatever_the_screen_or_paper(
    board: Page, common: Room, sheet: str, width: int, height: int
) -> None:
    board.set_viewport_size({"width": width, "height": height})
    board.goto(board.url.replace("papan", sheet))
    box = board.locator(".digits").bounding_box()
    size = board.locator(".digits").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["height"] < 1.5 * size
    assert board.evaluate("document.documentElement.scrollWidth") <= width
    assert board.evaluate("document.documentElement.scrollHeight") <= height
