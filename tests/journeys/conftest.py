"""Journeys use the same Chromium as the tests of the phone."""

from tests.browser.conftest import browser as browser
