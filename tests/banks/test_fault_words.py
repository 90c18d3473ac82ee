"""A page says what is wrong with an item in its own words, at the right part, with a link to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy.orm import Session

from kapuas_quiz.banks.fault_words import about, in_words
from kapuas_quiz.banks.service import load_banks
from kapuas_quiz.core.roles import SYSTEM, Role
from tests.banks.writing import item, write_bank
from tests.conftest import Clock
from tests.pages import PageClient

ONE_DATABASE = True
"""Files and pages alone: what they store is tested on both kinds of database elsewhere."""

NEW = "/bank-soal/08-logistik/soal-baru"
CASE = {
    "stem": "Kotak suara tiba tanpa segel.",
    "rationale": "Keadaan kotak dicatat dan dilaporkan.",
    "facts": "F033",
    "parts-0-type": "single_choice",
    "parts-0-stem": "Siapa yang mencatat?",
    "parts-0-lines": "KPPS*\nPPK",
    "parts-0-rationale": "KPPS menerima kotak.",
    "parts-1-type": "number",
    "parts-1-stem": "Berapa segelnya?",
    "parts-1-lines": "tujuh",
    "parts-1-rationale": "Dihitung.",
}
NAMES_OF_FILES = re.compile(r"\b(stem|options|facts|instrument|review_note|article|siap-dengan-pasal)\b")
Enter = Callable[..., PageClient]


@pytest.fixture
def bank(app: Flask, session: Session, clock: Clock, tmp_path: Path) -> None:
    write_bank(tmp_path, item(1))
    object.__setattr__(app.config["SETTINGS"], "banks", tmp_path)
    load_banks(session, folder=tmp_path, actor=SYSTEM, now=clock())


def sent(sign_in: Enter, kind: str, **values: str) -> BeautifulSoup:
    browser = sign_in(Role.TRAINER)
    return browser.submit(browser.get(f"{NEW}/{kind}"), "#soal", aksi="simpan", **values)


def test_an_empty_item_names_each_part_with_a_link_to_it(bank: None, sign_in: Enter) -> None:
    page = sent(sign_in, "single_choice")
    links = page.select("[role=alert] a")
    assert [link.text for link in links] == ["Pokok soal", "Pilihan", "Pembahasan", "Fakta yang mendasari"]
    for link in links:
        assert page.select_one(str(link["href"])) is not None
    assert not NAMES_OF_FILES.search(page.select_one("[role=alert]").text)  # type: ignore[union-attr]


def test_the_preview_says_what_is_missing_in_words(bank: None, sign_in: Enter) -> None:
    page = sign_in(Role.TRAINER).get(f"{NEW}/single_choice")
    told = [line.text for line in page.select("#tampilan li")]
    assert told == ["Pokok soal: Masih kosong; isi.", "Pilihan: Baru ada 0; paling sedikit 2."]


def test_a_case_says_at_its_lines_where_the_star_goes_and_that_numbers_are_digits(
    bank: None, sign_in: Enter
) -> None:
    page = sent(sign_in, "case", **CASE)
    assert "di depan satu pilihan" in page.select_one("#parts-0-lines-fault").text  # type: ignore[union-attr]
    assert "Tulis dengan angka" in page.select_one("#parts-1-lines-fault").text  # type: ignore[union-attr]
    assert [link.text for link in page.select("[role=alert] a")] == ["Jawaban 1", "Jawaban 2"]


def test_a_citation_that_no_fact_supports_is_refused_at_the_article(bank: None, sign_in: Enter) -> None:
    path, message = ("citation",), "'9' tidak didukung fakta siap-dengan-pasal; kosongkan facts."
    assert about(path, message) == ("citation", "article")
    assert about(path, "peraturan 'X' tidak didukung fakta soal ini; x") == ("citation", "instrument")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("'level: mudah' tidak dikenal; pilih salah satu: 'ingat', 'paham' or 'terapkan'.",
         "\u201cmudah\u201d tidak dikenal; tulis salah satu: ingat, paham, terapkan."),
        ("kunci 'd' bukan id pilihan; pilih salah satu: a, b.",
         "Kunci D tidak ada di antara pilihan yang terisi: A, B."),
        ("fakta F001 belum boleh menjadi dasar soal (jangan-dulu); pilih fakta lain.",
         "Fakta F001 belum boleh menjadi dasar soal; pilih fakta lain."),
        ("kunci 40 huruf, pengecoh terpanjang 9; ringkas kunci.",
         "kunci 40 huruf, pengecoh terpanjang 9; ringkas kunci."),
        ("'picture' tidak dapat dibaca.", "\u201cGambar\u201d tidak dapat dibaca."),
    ],
)  # fmt: skip
def test_sentences_without_the_names_of_a_file(app: Flask, message: str, words: str) -> None:
    with app.test_request_context():
        assert in_words(("x",), message) == words


def test_the_facts_do_not_fill_the_page_and_a_statement_is_asked_for_as_one(
    bank: None, sign_in: Enter
) -> None:
    browser = sign_in(Role.TRAINER)
    page = browser.get(f"{NEW}/true_false")
    folds = [fold for fold in page.select("#soal details") if fold.select("input[name=facts]")]
    assert len(page.select("#soal input[name=facts]")) == len(folds[0].select("input[name=facts]")) > 5
    assert not folds[0].has_attr("open")
    assert "Satu pernyataan" in page.select_one("#stem-hint").text  # type: ignore[union-attr]
    assert "Cerita kejadiannya" in browser.get(f"{NEW}/case").select_one("#stem-hint").text  # type: ignore[union-attr]
    assert "Satu pertanyaan" in browser.get(f"{NEW}/number").select_one("#stem-hint").text  # type: ignore[union-attr]


def test_saving_says_what_should_be_mended_and_offers_another(bank: None, sign_in: Enter) -> None:
    key = "Mencatat keadaan kotak itu, lalu melaporkannya kepada PPS pada hari yang sama"
    values = {"options-0-text": "Diam", "options-1-text": key, "key": "1", "rationale": "Dicatat."}
    page = sent(sign_in, "single_choice", stem="Kotak penyok. Apa tindakan KPPS?", facts="F033", **values)
    told = [line.text for line in page.select("[role=status]")]
    assert told[0] == "Soal logistik-002 tersimpan."
    assert any(line.startswith("Sebaiknya diperbaiki. Pilihan 2: kunci 77 huruf") for line in told)
    assert any("Pembahasan: pembahasan belum menerangkan" in line for line in told)
    assert page.select_one(f"a[href='{NEW}/single_choice']") is not None
