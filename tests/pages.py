"""A browser without scripts: every page it fetches is checked before a test sees it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

UNLABELLED = {"hidden", "submit", "button", "image"}


class PageClient:
    """Fetch pages as one address of the network, follow forms, and refuse broken HTML."""

    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.http = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def remember(self, session_token: str) -> None:
        """Carry the cookie of a staff session."""
        with self.http.session_transaction() as cookie:
            cookie["_user_id"] = session_token
            cookie["_fresh"] = True

    def open(self, url: str, method: str = "GET", **options: Any) -> TestResponse:
        """Send a request as it is; no page is checked."""
        return self.http.open(url, method=method, environ_overrides=self.environ, buffered=True, **options)

    def get(self, url: str, status: int = 200) -> BeautifulSoup:
        """Fetch a page, following redirects, and return it parsed after the universal checks."""
        return self._page(self.open(url, follow_redirects=True), status)

    def submit(self, page: BeautifulSoup, selector: str, status: int = 200, **data: Any) -> BeautifulSoup:
        """Fill in the form found by a CSS selector and send it to where it points."""
        form = page.select_one(selector)
        assert form is not None, f"no form {selector} on the page"
        values = {**filled_in(form), **data}
        url = form.get("action") or page.address  # type: ignore[attr-defined]
        method = form.get("method", "get").upper()
        options: dict[str, Any] = {"data": values} if method == "POST" else {"query_string": values}
        if form.get("enctype") == "multipart/form-data":
            options["content_type"] = "multipart/form-data"
        return self._page(self.open(url, method=method, follow_redirects=True, **options), status)

    def _page(self, response: TestResponse, status: int) -> BeautifulSoup:
        text = response.get_data(as_text=True)
        assert response.status_code == status, f"{response.status_code}: {text[:2000]}"
        page = BeautifulSoup(text, "html.parser")
        page.address = response.request.path  # type: ignore[attr-defined]
        check_page(page)
        return page


def filled_in(form: Tag) -> dict[str, Any]:
    """Return what a browser would send if the form were submitted untouched."""
    values: dict[str, Any] = {}
    for control in form.select("input[name], select[name], textarea[name]"):
        kind = control.get("type", "")
        if kind in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            values[control["name"]] = chosen.get("value", chosen.text) if chosen else ""
        elif control.name == "textarea":
            values[control["name"]] = control.text
        elif kind not in ("submit", "file"):
            values[control["name"]] = control.get("value", "on" if kind == "checkbox" else "")
    return values


def check_page(page: BeautifulSoup) -> None:
    """Refuse a page that a person with a screen reader, or a strict browser, could not use."""
    root = page.find("html")
    assert root is not None and root.get("lang"), "the page does not say its language"
    assert len(page.find_all("h1")) == 1, f"a page has one h1, this has {len(page.find_all('h1'))}"
    assert page.title and page.title.text.strip(" ·"), "the page has no title"
    repeated = [
        name for name, count in Counter(tag["id"] for tag in page.select("[id]")).items() if count > 1
    ]
    assert not repeated, f"ids used twice: {repeated}"
    labelled = {label["for"] for label in page.select("label[for]")}
    for control in page.select("input, select, textarea"):
        if control.get("type") in UNLABELLED:
            continue
        named = control.get("id") in labelled or control.get("aria-label") or control.find_parent("label")
        assert named, f"no label: {control}"
    for image in page.select("img"):
        assert image.has_attr("alt"), f"no alternative text: {image}"
    assert not page.select("[style], style, script:not([src]):not([type='application/json'])"), (
        "inline style or script"
    )
    for form in page.select("form"):
        if form.get("method", "").lower() == "post" and not form.has_attr("data-own-secret"):
            assert form.select_one("input[name=csrf_token]"), f"no CSRF token: {form.get('action')}"
