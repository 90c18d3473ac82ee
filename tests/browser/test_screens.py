"""What the phone's screens weigh, where things stand on them, and whether everybody can use them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from tests.browser.phone import Phone
from tests.browser.venue import Room, Venue

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LATER = ("hp-serah-", "t/kabar/", "t/jurnal")
"""What a phone fetches after its first question is shown."""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
LARGE_TEXT = """
addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; });"""
LONG_STEM = ("Seorang pemilih datang ke TPS pukul sebelas siang membawa KTP elektronik. " * 3)[:200]
LONG_OPTION = ("Petugas mempersilakan pemilih itu menunggu giliran di kursi. " * 2)[:60]


def screens(phone: Phone, badge: str, pin: str) -> Iterator[str]:
    """Go through every screen from the badge to the end; stop at each."""
    phone.scan(f"{badge[:-4]}xxxx")
    phone.sees("Kartu ini tidak berlaku")
    yield "asing"
    phone.scan(badge)
    phone.sees("Anda")
    yield "nama"
    phone.press("Bukan saya")
    yield "bukan"
    phone.press("Kembali")
    phone.join("x")
    phone.reads("PIN sudah berganti")
    yield "pin"
    phone.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(pin)
    phone.press("Masuk")
    phone.sees("Anda sudah masuk")
    phone.page.get_by_role("radio", name="Selasa").click()
    yield "tunggu"
    phone.press("Mulai mengerjakan")
    phone.sees("Soal 1 dari 25")
    yield "soal"
    phone.choose("a")
    phone.page.locator("#ragu").click()
    phone.press("Waktu")
    phone.context.set_offline(True)
    phone.go_on()
    phone.sees("Soal 2 dari 25")
    phone.choose("b")
    phone.reads("belum terkirim. Silakan lanjutkan.")
    yield "dijawab"
    phone.press("Daftar")
    phone.press("Kode tambahan waktu")
    phone.sees("Kode tambahan waktu")
    yield "kode"
    phone.press("Kembali")
    phone.press("Daftar")
    phone.page.get_by_text("Tinjau semua jawaban").click()
    yield "daftar"
    phone.press("Selesai mengerjakan")
    yield "yakin"
    phone.press("Ya, serahkan")
    phone.sees("Selesai di HP ini")
    phone.reads("Tidak dapat dipindai? Bacakan kode ini:")
    yield "menunggu"
    phone.context.set_offline(False)
    phone.sees("Selesai. 2 jawaban sudah diterima.")
    yield "akhir"
    phone.press("Peserta berikutnya")
    phone.sees("Pindai kartu peserta berikutnya")
    yield "berikut"


def test_every_screen_is_clean_by_axe(venue: Venue, room: Room, phone: Phone) -> None:
    for name in screens(phone, venue.enrol("Tirta Andara"), room.pin):
        found = Axe().run(phone.page, options=AXE).response["violations"]
        assert found == [], (name, [(one["id"], [n["html"] for n in one["nodes"]]) for one in found])
        phone.page.emulate_media(color_scheme="dark")
        dark = Axe().run(phone.page, options=CONTRAST).response["violations"]
        phone.page.emulate_media(color_scheme="light")
        assert dark == [], (name, "in the dark")


@pytest.mark.parametrize("large", [False, True])
def test_no_screen_is_wider_than_a_small_phone_also_with_large_text(
    venue: Venue, room: Room, new_phone: Callable[..., Phone], large: bool
) -> None:
    phone = new_phone(viewport={"width": 320, "height": 568})
    if large:
        phone.context.add_init_script(LARGE_TEXT)
    for name in screens(phone, venue.enrol("Gita Permata"), room.pin):
        # A phone makes its window wider for a page that is, so it is held against the screen.
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320, name
        assert small_targets(phone.page) == [], name
        assert broken_words(phone.page) == [], name


@pytest.mark.parametrize("large", [False, True])
def test_the_buttons_stay_under_the_finger_when_the_state_changes(
    venue: Venue, room: Room, new_phone: Callable[..., Phone], large: bool
) -> None:
    phone = new_phone(viewport={"width": 320, "height": 568})
    if large:
        phone.context.add_init_script(LARGE_TEXT)
    phone.enter(venue.enrol("Rimba Samudra"), room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    top = "document.getElementById('maju').getBoundingClientRect().top + scrollY"
    before = phone.page.evaluate(top)
    phone.context.set_offline(True)
    phone.choose("b")
    phone.reads("belum terkirim. Silakan lanjutkan.")
    assert phone.page.evaluate(top) == before


def broken_words(page: Page) -> list[str]:
    """Return the words of the title that do not fit a line."""
    return page.evaluate(
        """() => {
          const text = document.querySelector("h1").firstChild;
          const broken = ({ index, 0: word }) => {
            const place = document.createRange();
            place.setStart(text, index);
            place.setEnd(text, index + word.length);
            return new Set(Array.from(place.getClientRects(), (each) => each.top)).size > 1;
          };
          return Array.from(text.data.matchAll(/\\S+/g)).filter(broken).map(([word]) => word);
        }"""
    )


def small_targets(page: Page) -> list[str]:
    """Return what can be tapped and is lower than 48 pixels or narrower than 44."""
    return page.evaluate(
        """() => Array.from(document.querySelectorAll('button, .opt, input:not([type=radio]), summary'))
        .filter(node => node.offsetParent && (node.offsetHeight < 48 || node.offsetWidth < 44))
        .map(node => node.outerHTML)"""
    )


def test_a_long_question_fits_a_small_phone_without_scrolling(venue: Venue, room: Room, phone: Phone) -> None:
    def lengthen(route: Route) -> None:
        reply = route.fetch()
        body = reply.json()
        for item in body["form"]["items"]:
            item["stem"] = f"<p>{LONG_STEM}</p>"
            item["options"] = [{"id": letter, "text": LONG_OPTION} for letter in "abcd"]
        route.fulfill(response=reply, body=json.dumps(body))

    phone.context.route("**/t/mulai", lengthen)
    phone.enter(venue.enrol("Rimba Samudra"), room.pin)
    phone.choose("a")
    phone.reads("Semua jawaban sudah diterima.")
    page = phone.page
    assert len(LONG_STEM) == 200 and len(LONG_OPTION) == 60
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert page.evaluate("document.getElementById('pokok').getBoundingClientRect().top / innerHeight") <= 0.15


class Meter:
    """Bytes that came over the network, as compressed, by the path they came from; `heads` apart."""

    def __init__(self, phone: Phone) -> None:
        self.paths: dict[str, str] = {}
        self.bodies: Counter[str] = Counter()
        self.heads: Counter[str] = Counter()
        wire = phone.context.new_cdp_session(phone.page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        self.paths[event["requestId"]] = event["request"]["url"].split("/", 3)[3]

    def _answered(self, event: dict[str, Any]) -> None:
        self.heads[self.paths[event["requestId"]]] += int(event["response"]["encodedDataLength"])

    def _came(self, event: dict[str, Any]) -> None:
        self.bodies[self.paths[event["requestId"]]] += int(event["encodedDataLength"])

    def scripts(self) -> int:
        """Return the bytes of the first script."""
        return sum(
            self.bodies[path] - self.heads[path]
            for path in self.bodies
            if path.endswith(".js") and not path.startswith(LATER)
        )

    def content(self, *starts: str) -> int:
        chosen = [path for path in self.bodies if path.startswith(starts)]
        return sum(self.bodies[path] - self.heads[path] for path in chosen)


def test_the_first_visit_is_lighter_than_the_thumbnail_of_a_photo(
    venue: Venue, room: Room, phone: Phone
) -> None:
    meter = Meter(phone)
    phone.page.goto(venue.enrol("Bayu Wirata"))
    phone.join(room.pin)
    phone.press("Mulai mengerjakan")
    phone.sees("Soal 1 dari 25")
    assert len([path for path in meter.bodies if not path.startswith(LATER)]) == 6, "a first visit's requests"
    assert meter.content("k/", "hp-") - meter.content(*LATER) - meter.scripts() <= 12 * 1024
    assert meter.content("") - meter.content(*LATER) <= 18 * 1024


def test_a_whole_test_moves_few_bytes_and_asks_once_an_answer(venue: Venue, room: Room, phone: Phone) -> None:
    meter = Meter(phone)
    phone.page.goto(venue.enrol("Intan Larasita"))
    phone.join(room.pin)
    phone.press("Mulai mengerjakan")
    phone.answer("abcab" * 5)
    phone.hand_in()
    phone.sees("Selesai. 25 jawaban sudah diterima.")
    news = sum(count for path, count in meter.bodies.items() if path.startswith("t/kabar/"))
    assert sum(meter.bodies.values()) - news <= 40 * 1024


def test_the_pages_without_scripts_are_clean_by_axe_and_fit_a_small_phone(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(viewport={"width": 320, "height": 568})
    for name in plain_pages(phone, venue.enrol("Kirana Dahlia"), room.pin):
        found = Axe().run(phone.page, options=AXE).response["violations"]
        assert found == [], (name, [(one["id"], [n["html"] for n in one["nodes"]]) for one in found])
        assert phone.page.evaluate("document.documentElement.scrollWidth - screen.width") <= 0, name


def plain_pages(phone: Phone, badge: str, pin: str) -> Iterator[str]:
    """Go through the pages of a browser without scripts; axe needs scripts, so they are left on."""
    phone.page.goto(f"{badge[:-4]}xxxx?polos=1")
    yield "wait"
    phone.page.goto(f"{badge}?polos=1")
    yield "pin"
    phone.page.get_by_label("Ketik PIN yang tampil di layar ruangan").fill(pin)
    phone.press("Benar, saya. Masuk")
    yield "start"
    phone.press("Mulai mengerjakan")
    yield "items"
    phone.press("Selesai mengerjakan")
    yield "confirm"
    phone.press("Ya, serahkan")
    phone.sees("Selesai. 0 jawaban sudah diterima.")
    yield "done"


def test_a_browser_inside_another_app_is_offered_chrome(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(user_agent="Mozilla/5.0 (Linux; Android 10; SM-A105; wv) Chrome/80 Instagram 200")
    phone.scan(venue.enrol("Aruna Buana"))
    phone.reads("Anda membukanya di dalam aplikasi lain.")
    phone.reads(phone.page.url)
    link = phone.page.get_by_role("link", name="Buka di Chrome").get_attribute("href") or ""
    assert link.startswith("intent://") and "package=com.android.chrome" in link


def test_opera_mini_is_led_to_the_phones_own_browser(
    venue: Venue, room: Room, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(user_agent="Mozilla/5.0 (Linux; U; Android 9) Chrome/100 Mobile OPR/61 Opera Mini/61.0")
    phone.scan(venue.enrol("Puspa Nirmala"))
    phone.reads("Opera Mini tidak dapat menyimpan jawaban di HP.")
