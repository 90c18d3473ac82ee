"""A phone in a trainee's hand."""

from __future__ import annotations

import re
import time
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

VIEWPORT = {"width": 360, "height": 640}


PATIENCE = 60.0
"""Seconds, as for what is expected to be seen."""


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true, asked from outside: the policy of the page lets no text be run."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(50)


class Phone:
    """One browser storage and the page in front."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(
            **{"viewport": VIEWPORT, "is_mobile": True, "has_touch": True, **options}
        )
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def scan(self, address: str) -> None:
        """Open a badge's address as the camera does: in a tab of its own."""
        old, self.page = self.page, self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        old.close()
        self.page.goto(address)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def join(self, pin: str) -> None:
        """Confirm the name and type the room's PIN."""
        self.press("Benar, saya")
        self.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(pin)
        self.press("Masuk")

    def enter(self, address: str, pin: str) -> None:
        """Scan, join and begin, up to the first question."""
        self.scan(address)
        self.join(pin)
        self.press("Mulai mengerjakan")
        self.sees("Soal 1 dari 25")

    def sees(self, heading: str) -> None:
        """Wait for a screen's title."""
        expect(self.page.locator("h1")).to_have_text(re.compile(heading))

    def reads(self, words: str) -> None:
        """Wait for words that are visible on the page."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def option(self, option_id: str) -> Any:
        return self.page.locator(f"#pilihan input[value={option_id}]")

    def choose(self, option_id: str) -> None:
        """Tap an option of the question in front and wait until it shows as chosen."""
        self.option(option_id).click()
        expect(self.option(option_id)).to_be_checked()

    def answer(self, answers: str) -> None:
        """Answer the question in front and those after it, one letter each; stay on the last."""
        for index, option_id in enumerate(answers):
            if index:
                self.page.locator("#maju").click()
            self.choose(option_id)

    def answer_by_position(self, answers: str, questions: int) -> None:
        """Answer so many questions from the one in front on, each by its position in the form."""
        for index in range(questions):
            if index:
                self.go_on()
            name = self.page.locator("#pilihan input").first.get_attribute("name") or ""
            self.choose(answers[int(name.removeprefix("pilihan")) - 1])

    def go_on(self) -> None:
        self.page.locator("#maju").click()

    def hand_in(self) -> None:
        self.press("Daftar")
        self.press("Selesai mengerjakan")
        self.press("Ya, serahkan")

    def leave(self) -> None:
        """Put the phone away; nothing may have gone wrong in its scripts."""
        self.context.close()
        assert self.errors == [], self.errors
