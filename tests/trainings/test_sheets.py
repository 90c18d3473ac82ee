"""Files of strangers, read within bounds or refused in words."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kapuas_quiz.core.tables import NoHeaderError, find_table
from kapuas_quiz.spreadsheets.reading import MAX_UNPACKED, WRONG_KINDS, UnreadableFileError
from kapuas_quiz.trainings.import_views import FILE_FAULTS
from kapuas_quiz.trainings.sheets import read_sheets
from tests.trainings.making import HEAD, xlsx

NILA = ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"]
ROSTER = xlsx([HEAD, NILA])
"""Written once: a file says when it was made, so each one differs."""


def names(content: bytes) -> list[str]:
    return [row.text("name") for row in find_table(read_sheets(content)).rows]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_sheets(content)
    assert error.value.code in FILE_FAULTS
    return error.value.code


def archive(*names: str, content: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return buffer.getvalue()


def test_an_xlsx_file_is_read_whatever_stands_above() -> None:
    assert names(xlsx([["DAFTAR HADIR"], [], HEAD, NILA])) == ["Nila Pertiwi"]


def test_all_sheets_of_a_book_are_read() -> None:
    assert names(xlsx([HEAD, NILA], [["catatan"]], [HEAD, NILA])) == ["Nila Pertiwi"] * 2


def test_numbers_dates_and_empty_cells_become_texts() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", 7, 7.5, None, date(2024, 11, 27), True, " z "])
    buffer = io.BytesIO()
    book.save(buffer)
    (sheet,) = read_sheets(buffer.getvalue())
    assert list(sheet.rows[0]) == ["a", "7", "7.5", "", "2024-11-27T00:00:00", "", "z"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_is_read_as_excel_writes_it(delimiter: str, encoding: str, newline: str) -> None:
    rows = [["Daftar peserta, gelombang III"], HEAD, ["Ma’ruf Andréa", "Ketua", "PPS", "Timpah", "Aruk"]]
    text = newline.join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in rows
    )
    assert names(text.encode(encoding)) == ["Ma’ruf Andréa"]


def test_the_line_that_tells_excel_the_delimiter_is_heard() -> None:
    text = "sep=;\nNama;Jabatan\nNila Pertiwi;Ketua, merangkap anggota"
    (row,) = find_table(read_sheets(text.encode())).rows
    assert (row.text("position"), row.address("name")) == ("Ketua, merangkap anggota", "A3")


def test_a_title_full_of_commas_does_not_decide_the_delimiter() -> None:
    text = "Rapat, bimtek, TOT, PPK, PPS, KPU\nNama;Jabatan\nNila Pertiwi;Ketua\n"
    assert names(text.encode()) == ["Nila Pertiwi"]


@pytest.mark.parametrize("content", [b"", b"  \n\t", b"\xef\xbb\xbf", b";;;\n;;;", xlsx([])])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content) == "kosong"


@pytest.mark.parametrize(("beginning", "code"), WRONG_KINDS)
def test_a_file_of_another_kind_is_refused_by_its_content(beginning: bytes, code: str) -> None:
    assert refusal(beginning + b"\x00\x01 sisanya") == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "gambar"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "gambar"),
        (b"\x00\x00\x00\x18ftypheic", "gambar"),
        (b"<html><table><tr><td>Nama</td></tr></table></html>", "halaman-web"),
        (b"nama\x00jabatan", "bukan-tabel"),
        (b"\x81\x8d\x8f tidak terbaca", "bukan-tabel"),
        (b"a" * 200_000, "bukan-tabel"),
        (b"PK\x03\x04 terpotong", "rusak"),
        (archive("word/document.xml"), "dokumen"),
        (archive("content.xml", "mimetype"), "ods"),
        (archive("foto.jpg"), "arsip"),
        (archive("xl/workbook.bin"), "excel-lama"),
        (archive("xl/workbook.xml"), "rusak"),
        (archive(*(f"xl/{n}.xml" for n in range(2_001))), "terlalu-besar"),
        (archive("xl/workbook.xml", content=bytes(MAX_UNPACKED + 1)), "terlalu-besar"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_ten_thousand_rows_are_refused_in_words() -> None:
    rows = [HEAD, *[[f"Nila {'abcdefghij'[n % 10]}", *NILA[1:]] for n in range(10_000)]]
    assert refusal(xlsx(rows)) == "terlalu-banyak-baris"
    assert refusal("\n".join(";".join(row) for row in rows).encode()) == "terlalu-banyak-baris"


def test_a_lonely_cell_at_the_far_end_is_harmless() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, NILA)
        sheet.write_string(1_048_575, 16_383, "jauh")
    assert names(buffer.getvalue()) == ["Nila Pertiwi"]


def test_an_entity_bomb_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    good = xlsx([HEAD, NILA])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name == "xl/workbook.xml" else source.read(name))
    assert refusal(buffer.getvalue()) == "rusak"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_fails(data: st.DataObject) -> None:
    content = bytearray(ROSTER)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_sheets(bytes(content))
    except UnreadableFileError as error:
        assert error.code in FILE_FAULTS


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_but_never_fail(content: bytes) -> None:
    try:
        find_table(read_sheets(content))
    except (UnreadableFileError, NoHeaderError) as error:
        assert str(error)
