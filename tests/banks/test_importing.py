"""Questions come in from a spreadsheet: previewed with cells, saved only when somebody says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.import_template import example_fact
from kapuas_quiz.banks.models import Item
from kapuas_quiz.banks.question_rows import facts_of
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.banks.writing import written_item
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.banks.writing import item, write_bank
from tests.conftest import Clock
from tests.pages import PageClient

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

AREA = "08-logistik"
HEAD = "Jenis;Jenjang;Pokok soal;Pilihan A;Pilihan B;Pilihan C;Kunci;Pembahasan;Fakta;Peraturan\n"
LAW = "PKPU 17/2024"
GOOD = ";paham;Siapa membuka kotak?;KPPS;PPK;;A;Karena.;F033;\n"
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


def send(browser: PageClient, content: bytes, name: str = "soal.csv") -> BeautifulSoup:
    page = browser.get(f"/bank-soal/{AREA}/impor")
    return browser.submit(page, "main form", file=(io.BytesIO(content), name))


def test_rows_are_sorted_with_reasons_and_cells_and_nothing_is_written_before_saving(
    folder: Path, session: Session, sign_in: Enter
) -> None:
    browser = sign_in(Role.TRAINER)
    before = (folder / f"{AREA}.yaml").read_bytes()
    rows = (
        GOOD
        + ";paham;Mana yang benar?;Satu;Dua;Tiga;A, C;Karena.;F033;\n"
        + "benar salah;;Kotak disegel.;;;;benar;Karena.;F033;\n"
        + "kasus;paham;Rumit?;;;;A;Karena.;F033;\n"
        + ";paham;Kunci mana?;Satu;Dua;;E;Karena.;F999;\n"
    )
    page = send(browser, (HEAD + rows).encode())
    assert "Baris: 5; siap: 2, perlu dilihat: 1, ditolak: 2." in page.text
    for words in ("Sel A5", "Sel G6", "jenis ini tidak dapat diimpor", "Sel B4", "Kunci E tidak ada"):
        assert words in page.text
    assert (folder / f"{AREA}.yaml").read_bytes() == before
    done = browser.submit(page, "main form[method=post]", lewati="4")
    assert "ditambahkan sebagai draf: 2." in done.text
    assert written_item(folder, AREA, "logistik-002").data["key"] == "a"
    assert written_item(folder, AREA, "logistik-003").data["keys"] == ["a", "c"]
    assert session.get_one(Item, "logistik-003").review == "draf"


def test_a_question_that_is_there_already_is_pointed_out(folder: Path, sign_in: Enter) -> None:
    page = send(sign_in(Role.OPERATOR), (HEAD + GOOD + GOOD).encode())
    assert "sama dengan baris 2" in page.text


def test_the_template_can_be_imported_as_it_is(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.REVIEWER)
    answer = browser.open(f"/bank-soal/{AREA}/impor/contoh.xlsx")
    assert answer.data[:2] == b"PK"
    page = send(browser, answer.data, "soal.xlsx")
    assert "ditolak: 0" in page.text


@pytest.mark.parametrize("area", sorted({fact.area for fact in load_facts().values()}))
def test_the_template_of_an_area_rests_on_a_fact_of_that_area(area: str) -> None:
    assert example_fact(area).area == area


def test_a_saved_upload_is_gone(folder: Path, sign_in: Enter) -> None:
    browser = sign_in(Role.OPERATOR)
    page = send(browser, (HEAD + GOOD).encode())
    browser.submit(page, "main form[method=post]")
    assert "sudah disimpan" in browser.submit(page, "main form[method=post]").text


def test_what_is_only_like_another_is_not_called_the_same(folder: Path, sign_in: Enter) -> None:
    second = GOOD.replace("Siapa membuka", "Siapa 2 membuka")
    page = send(sign_in(Role.OPERATOR), (HEAD + GOOD + second).encode())
    assert "mirip dengan baris 2" in page.text
    assert "sama dengan" not in page.text
    assert "siap: 1, perlu dilihat: 1" in page.text


def test_a_refused_row_tells_everything_at_its_cells_and_in_words(folder: Path, sign_in: Enter) -> None:
    head = HEAD.rstrip("\n") + ";Pasal\n"
    rows = ";mudah;Kotak apa?;Satu;Dua;;D;;F033;;\n;paham;Siapa?;KPPS;PPK;;A;Karena.;F033;PKPU 17/2024;99\n"
    page = send(sign_in(Role.OPERATOR), (head + rows).encode())
    for words in (
        "Sel B2: \u201cmudah\u201d tidak dikenal; tulis salah satu: ingat, paham, terapkan.",
        "Sel G2: Kunci D tidak ada di antara pilihan yang terisi: A, B.",
        "Sel H2: Masih kosong; isi.",
    ):
        assert words in page.text
    for name in ("level:", "rationale", "article", "instrument", " or "):
        assert name not in page.select_one("main").text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("278", ["F278"]), ("33, 120", ["F033", "F120"]), ("F033; f120", ["F033", "F120"]),
        ("lihat F033 dan pasal 5", ["F033"]), ("tidak tahu", []),
    ],
)  # fmt: skip
def test_numbers_of_facts_are_understood_without_their_letter(text: str, numbers: list[str]) -> None:
    assert facts_of(text) == numbers


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.4 x", "PDF"), (b"Nama;Jabatan\na;b\n", "Pokok soal"), (HEAD.encode(), "Tidak ada soal")],
)
def test_what_is_no_table_of_questions_is_refused_in_words(
    folder: Path, sign_in: Enter, content: bytes, words: str
) -> None:
    assert words in send(sign_in(Role.OPERATOR), content).select_one(".fault").text  # type: ignore[union-attr]
