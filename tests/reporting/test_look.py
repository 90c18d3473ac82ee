"""The report pages in a real browser: accessible, and readable at 320 px with text twice as large."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Role
from kapuas_quiz.settings import ROOT
from tests import browsers
from tests.conftest import Clock
from tests.pages import PageClient
from tests.reporting.day import after_post_test, after_pre_test
from tests.scoring.classroom import token

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

STYLE = ROOT / "kapuas_quiz" / "static" / "app.css"
PAGES = [
    "materi",
    "peningkatan",
    "hasil",
    "hasil/{person}",
    "butir",
    "butir/penghitungan-007",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(browsers.find()), args=["--no-sandbox"])
        yield browser
        browser.close()


def show(chromium: Browser, client: PageClient, url: str) -> Page:
    """Show a page as a narrow phone does, with everything unfolded."""
    html = client.open(url, follow_redirects=True).get_data(as_text=True)
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.set_content(html)
    page.add_style_tag(path=STYLE)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page


def check(page: Page) -> None:
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, size
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_report_page_is_accessible_and_narrow(
    session: Session, clock: Clock, sign_in, chromium: Browser, path: str
) -> None:
    room = after_post_test(session, clock())
    url = f"/kegiatan/{room.training_id}/{path.format(person=room.people['Intan Contoh'])}"
    check(show(chromium, sign_in(Role.TRAINER), url))


def test_the_page_before_opening_an_item_is_too(
    session: Session, clock: Clock, sign_in, chromium: Browser
) -> None:
    room = after_pre_test(session, clock())
    check(show(chromium, sign_in(Role.TRAINER), f"/kegiatan/{room.training_id}/butir/penghitungan-007"))


def test_a_trainees_own_results_are_too(
    session: Session, clock: Clock, phone: PageClient, chromium: Browser
) -> None:
    assert after_post_test(session, clock()).people
    check(show(chromium, phone, f"/hasil/{token('Intan Contoh')}"))
