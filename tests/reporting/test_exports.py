"""Files that Excel in Indonesia opens as tables, and that run nothing."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest

from kapuas_quiz.reporting.exports import Column, Table, harmless, to_csv, to_xlsx

TABLE = Table(
    "Nilai [tes]",
    (Column("Nama"), Column("Benar"), Column("Bagian", percent=True), Column("Tanggal")),
    [
        ("=HYPERLINK(1)", 18, 0.72, date(2024, 11, 4)),
        ("D'Arsa; Nila", 20.5, -0.125, None),
    ],
    notes=("TOT gelombang III",),
)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_begins_like_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_a_csv_has_a_mark_semicolons_and_decimal_commas() -> None:
    content = to_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Nama", "Benar", "Bagian (%)", "Tanggal"],
        ["'=HYPERLINK(1)", "18", "72", "2024-11-04"],
        ["D'Arsa; Nila", "20,5", "-12,5", ""],
    ]


def test_a_workbook_keeps_texts_as_texts_and_numbers_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(TABLE, TABLE_TWO)))
    assert book.sheetnames == ["Nilai -tes-", "Kosong"]
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "TOT gelombang III"
    assert [cell.value for cell in sheet[3]] == ["Nama", "Benar", "Bagian", "Tanggal"]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=HYPERLINK(1)", "s")
    assert (sheet["B4"].value, sheet["C4"].value, sheet["C4"].number_format) == (18, 0.72, "0%")


TABLE_TWO = Table("Kosong", (Column("Nama"),), [])
