"""Over HTTPS the page behind a badge opens without the server, also by a reload; nothing else is kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kapuas_quiz.operations.network import local_addresses
from kapuas_quiz.settings import ROOT
from tests.browser.certificate import self_made
from tests.browser.phone import Phone, until
from tests.browser.server import Server
from tests.browser.venue import Room, Venue

WRITTEN = (ROOT / "kapuas_quiz" / "static" / "sw.js").read_text("utf-8")
WORKER = WRITTEN.replace("PATIENCE = 4000", "PATIENCE = 300")
PARTS = ROOT / "kapuas_quiz" / "static" / "phone"
REGISTER = (PARTS / "worker.js").read_text("utf-8")
KEPT = """caches.open("kapuas").then((cache) => cache.keys())
    .then((keys) => keys.map((key) => key.url.slice(location.origin.length)).sort())"""

WATCH = """() => {
  self.faults = [];
  const real = ExtendableEvent.prototype.waitUntil;
  ExtendableEvent.prototype.waitUntil = function (work) {
    try { return real.call(this, work); } catch (fault) { faults.push(String(fault)); throw fault; }
  };
}"""


@pytest.fixture
def office(venue: Venue, tmp_path: Path) -> Iterator[Server]:
    """The venue's data on a server with HTTPS."""
    certificate = self_made(tmp_path, local_addresses()[0].ip)
    server = Server(venue.data, https=certificate)
    server.start()
    yield server
    server.leave()


def test_over_https_a_reload_in_mid_test_needs_no_server(
    venue: Venue, office: Server, room: Room, phone: Phone
) -> None:
    badge = venue.enrol("Intan Larasita")
    phone.enter(badge.replace(venue.base, office.base), room.pin)
    phone.answer("ab")
    controlled(phone.page)
    office.kill()
    phone.page.reload()
    phone.sees("Soal 2 dari 25")
    expect(phone.option("b")).to_be_checked()
    phone.go_on()
    phone.choose("c")
    office.start()
    phone.reads("Semua jawaban sudah diterima.")
    assert [event.answer for event in venue.events_of(badge)] == ["a", "b", "c"]


def test_over_https_staff_come_in_from_elsewhere_and_browsers_stay_there(
    venue: Venue, office: Server, new_phone: Callable[..., Phone]
) -> None:
    venue.start()
    elsewhere = new_phone(ignore_https_errors=True).context.request
    safe, plain = (elsewhere.get(f"{server.base}/masuk") for server in (office, venue))
    assert (safe.status, plain.status) == (200, 403)
    assert safe.headers["strict-transport-security"] == "max-age=31536000"
    assert "; Secure;" in safe.headers["set-cookie"]
    assert "strict-transport-security" not in plain.headers


class Site:
    """A small server whose page and files change as a test wishes; 127.0.0.1 counts as secure."""

    def __init__(self) -> None:
        self.version = 1
        self.status = 200
        self.asked: list[str] = []
        self.speaks = threading.Event()
        self.speaks.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_address[1]
        self.open()

    def open(self) -> None:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Go away: nobody listens any more."""
        self.speaks.set()
        self.server.shutdown()
        self.server.server_close()

    def badge(self, more: str = "") -> str:
        return f"http://127.0.0.1:{self.port}/k/rahasia{more}"

    def answer(self, path: str) -> tuple[int, str, str]:
        """Return status, kind and text."""
        if path == "/sw.js":
            return 200, "text/javascript", WORKER
        if path.startswith("/hp-"):
            return 200, "text/javascript", f"document.title = 'skrip {path[4]}';" + REGISTER
        if path.startswith("/static/"):
            return 200, "text/css", "body{margin:0}"
        if path.startswith("/k/"):
            return self.status, "text/html", self.page("polos" if "polos" in path else "halaman")
        return 200, "text/html", "<!doctype html><title>petugas</title><h1>petugas</h1>"

    def page(self, name: str) -> str:
        n = self.version
        return (
            f'<!doctype html><html lang="id"><title>x</title><link rel="icon" href="data:,">'
            f'<link rel="stylesheet" href="/static/app.css?v={n}">'
            f'<h1>{name} {n}</h1><script src="/hp-{n}.js" data-more="/hp-serah-{n}.js"></script>'
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.speaks.wait()
                status, kind, text = site.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Vary", "Accept-Encoding")
                self.send_header("Cache-Control", "max-age=86400")
                self.end_headers()
                self.wfile.write(text.encode())

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    place = Site()
    yield place
    place.close()


@pytest.fixture
def page(site: Site, new_phone: Callable[..., Phone]) -> Page:
    """A phone whose worker is at work."""
    front = new_phone().page
    front.goto(site.badge())
    controlled(front)
    return front


def controlled(page: Page) -> None:
    until(page, "navigator.serviceWorker.controller !== null")


def keeps(page: Page, *paths: str) -> None:
    """Wait until exactly these paths are kept."""
    until(page, f"({KEPT}).then((found) => found.join(' ') === {json.dumps(' '.join(paths))})")


def test_the_page_and_what_it_names_are_kept_and_reopen_without_the_server(site: Site, page: Page) -> None:
    keeps(page, "/hp-1.js", "/hp-serah-1.js", "/k/", "/static/app.css?v=1")
    site.close()
    page.reload()
    expect(page.locator("h1")).to_have_text("halaman 1")
    assert page.title() == "skrip 1"
    assert page.evaluate("fetch('/hp-serah-1.js').then((reply) => reply.status)") == 200
    page.goto(site.badge("-orang-lain"))
    expect(page.locator("h1")).to_have_text("halaman 1")


def test_what_the_browser_has_fetched_already_is_not_fetched_again_to_be_kept(site: Site, page: Page) -> None:
    keeps(page, "/hp-1.js", "/hp-serah-1.js", "/k/", "/static/app.css?v=1")
    assert sorted(site.asked) == ["/hp-1.js", "/hp-serah-1.js", "/k/rahasia", "/static/app.css?v=1", "/sw.js"]


def test_no_answer_no_page_without_scripts_and_no_page_of_staff_is_kept(site: Site, page: Page) -> None:
    keeps(page, "/hp-1.js", "/hp-serah-1.js", "/k/", "/static/app.css?v=1")
    page.evaluate("fetch('/t/keadaan', { method: 'POST' }).then(() => fetch('/t/kabar/a.txt'))")
    page.goto(site.badge("?polos=1"))
    page.goto(site.badge().replace("/k/rahasia", "/mulai"))
    assert page.evaluate("navigator.serviceWorker.controller") is None
    page.goto(site.badge())
    keeps(page, "/hp-1.js", "/hp-serah-1.js", "/k/", "/static/app.css?v=1")


def test_a_new_version_replaces_the_former_one_whole(site: Site, page: Page) -> None:
    site.version = 2
    page.reload()
    expect(page.locator("h1")).to_have_text("halaman 2")
    keeps(page, "/hp-2.js", "/hp-serah-2.js", "/k/", "/static/app.css?v=2")
    site.close()
    page.reload()
    expect(page.locator("h1")).to_have_text("halaman 2")
    assert page.title() == "skrip 2"


def test_a_proxy_whose_server_is_away_is_not_shown_in_place_of_the_page(site: Site, page: Page) -> None:
    keeps(page, "/hp-1.js", "/hp-serah-1.js", "/k/", "/static/app.css?v=1")
    site.version, site.status = 2, 502
    page.reload()
    expect(page.locator("h1")).to_have_text("halaman 1")


def test_a_server_that_is_reached_and_says_nothing_is_not_waited_for(site: Site, page: Page) -> None:
    keeps(page, "/hp-1.js", "/hp-serah-1.js", "/k/", "/static/app.css?v=1")
    assert WORKER != WRITTEN
    site.speaks.clear()
    page.reload()
    expect(page.locator("h1")).to_have_text("halaman 1")


def test_a_page_that_came_too_late_to_be_shown_is_the_one_shown_next(site: Site, page: Page) -> None:
    keeps(page, "/hp-1.js", "/hp-serah-1.js", "/k/", "/static/app.css?v=1")
    [worker] = page.context.service_workers
    worker.evaluate(WATCH)
    site.version = 2
    site.speaks.clear()
    page.reload()
    expect(page.locator("h1")).to_have_text("halaman 1")
    site.speaks.set()
    keeps(page, "/hp-2.js", "/hp-serah-2.js", "/k/", "/static/app.css?v=2")
    assert worker.evaluate("faults") == []
