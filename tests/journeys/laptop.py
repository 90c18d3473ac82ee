"""A member of staff at the laptop, who reads pages and presses what they offer."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

PASSWORD = "kopi-pagi-di-kapuas"


class Laptop:
    """One browser on the laptop itself."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.context = browser.new_context(viewport={"width": 1366, "height": 768})
        self.page: Page = self.context.new_page()
        self.base = base

    def open(self, path: str) -> int:
        """Go to a path of this installation; return the status of the answer."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        return answer.status

    def press(self, name: str) -> None:
        """Unfold the page, press the button of this name and wait for the page that follows."""
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def confirm(self) -> None:
        """Press the last button of the page's form."""
        self.page.locator("main form button").last.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Follow the link of this name."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)

    def reads(self, words: str) -> None:
        """Expect words on the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def set_up(self, link: str) -> None:
        """Become the first operator by the one-time link."""
        self.page.goto(link)
        self.fill(name="Operator Contoh", email="operator@contoh.id", password=PASSWORD, again=PASSWORD)
        self.confirm()

    def accept(self, link: str) -> None:
        """Choose a password by an invitation."""
        self.page.goto(link)
        self.fill(password=PASSWORD, again=PASSWORD)
        self.confirm()

    def download(self, path: str) -> bytes:
        """Fetch a file that a page offers."""
        answer = self.context.request.get(self.base + path)
        assert answer.ok, (path, answer.status)
        return answer.body()

    def upload(self, field: str, file: Path) -> None:
        """Choose a file for an upload."""
        self.page.locator(f"[name={field}]").set_input_files(file)

    def leave(self) -> None:
        self.context.close()
