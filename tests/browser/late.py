"""Answers of the server that a test holds back and lets through in an order of its own."""

from __future__ import annotations

from playwright.sync_api import APIResponse, Page, Route

SETTLE = "() => new Promise((done) => setTimeout(done, 150))"


class Late:
    """Requests whose answers are made at once, but come only when they are let through."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.page = page
        self.waiting: list[tuple[Route, APIResponse]] = []
        page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        self.waiting.append((route, route.fetch()))

    def wait_for(self, number: int) -> None:
        """Wait until so many answers are held back."""
        while len(self.waiting) < number:
            self.page.wait_for_timeout(20)

    def let_one_through(self) -> None:
        """Let the oldest answer come, and wait until the page has had the time to take it in."""
        route, answer = self.waiting.pop(0)
        route.fulfill(response=answer)
        self.page.evaluate(SETTLE)
