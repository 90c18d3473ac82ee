"""Sheets: dates as in Indonesia, text that stays text, compilers that are not shared between threads."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from kapuas_quiz.certificates.sheets import certificate_sheets, day_range, long_date, qr_picture

FACTS = {
    "name": "Nila Pertiwi",
    "office": "Ketua PPS",
    "where": "Desa Contoh, Kecamatan Timpah",
    "body": "PPS",
    "kecamatan_name": "Timpah",
    "desa_name": "Contoh",
    "training": "TOT gelombang III",
    "wave": "III",
    "place": "Aula",
    "starts_on": "2024-11-04",
    "ends_on": "2024-11-05",
    "election": "Pemilihan 2024",
    "voting_day": "2024-11-27",
    "institution": "Komisi Pemilihan Umum Kabupaten Kapuas",
    "institution_short": "KPU Kabupaten Kapuas",
    "issued_in": "Kuala Kapuas",
    "outcome": "lulus",
    "list_number": 1,
    "minutes_number": "12/BA",
    "decided_on": "2024-11-07",
    "register_number": 12,
    "register_year": 2024,
    "issued_on": "2024-11-08",
    "address": "http://192.168.1.10:8000/sertifikat/abcdefghijklmnopqrstuvwxyz",
}


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-11-04", "2024-11-04", "4 November 2024"),
        ("2024-11-04", "2024-11-06", "4 sampai 6 November 2024"),
        ("2024-10-30", "2024-11-02", "30 Oktober 2024 sampai 2 November 2024"),
        ("2024-12-30", "2025-01-02", "30 Desember 2024 sampai 2 Januari 2025"),
    ],
)
def test_days_are_written_as_in_indonesia(first: str, last: str, words: str) -> None:
    assert day_range(first, last) == words
    assert long_date("2024-08-01") == "1 Agustus 2024"


def test_the_longest_facts_still_fit_on_one_page() -> None:
    long = {
        "name": "Kirana Dahlia " * 8,
        "training": "Bimbingan teknis " * 9,
        "place": "Gedung pertemuan " * 9,
        "election": "Pemilihan serentak " * 8,
        "minutes_number": "123456789/" * 8,
    }
    assert pages_of(certificate_sheets([{**FACTS, **long}], demo=True)) == 1


def test_what_people_typed_is_never_read_as_markup() -> None:
    hostile = {
        **FACTS,
        "name": '#panic("x") *tebal* \\ $x$ "',
        "place": '#include "/etc/passwd" ] [ // </svg>',
    }
    assert pages_of(certificate_sheets([hostile], demo=False)) == 1


def test_sheets_are_pdf_a_and_the_same_facts_give_the_same_look() -> None:
    pdf = certificate_sheets([FACTS], demo=False)
    assert b"pdfaid:part" in pdf
    assert len(pdf) == len(certificate_sheets([FACTS], demo=False))


def test_several_threads_typeset_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda n: pages_of(certificate_sheets([FACTS] * n, demo=False)), range(1, 9)))
    assert counts == list(range(1, 9))


def test_a_qr_code_is_one_path_of_whole_squares() -> None:
    picture = qr_picture(FACTS["address"])
    size = int(re.search(r'viewBox="0 0 (\d+) \d+"', picture).group(1))
    assert (size - 17) % 4 == 0
    assert picture.startswith("<svg") and picture.count("<path") == 1
    assert re.search(r"M0 0h1v1h-1z", picture)
