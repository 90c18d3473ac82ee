"""A venue with a real server, and phones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phone import Phone
from tests.browser.venue import Room, Venue

# A phone that failed often pauses up to 45 seconds before it tries again.
expect.set_options(timeout=60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    place = Venue(tmp_path_factory.mktemp("venue"))
    place.start()
    yield place
    place.leave()


@pytest.fixture
def room(venue: Venue) -> Iterator[Room]:
    """The pre-test, open, each trainee with an own clock."""
    venue.start()
    sitting = venue.open()
    yield sitting
    sitting.close()


@pytest.fixture
def new_phone(browser: Browser) -> Iterator[Callable[..., Phone]]:
    """Take a phone out of the box, by Playwright's options for a context."""
    phones: list[Phone] = []

    def unpack(**options: Any) -> Phone:
        phones.append(Phone(browser, **options))
        return phones[-1]

    yield unpack
    for phone in phones:
        phone.leave()


@pytest.fixture
def phone(new_phone: Callable[..., Phone]) -> Phone:
    return new_phone()
