"""Small files that claim or unpack to much are read or refused after a counted amount of work."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import defusedxml.ElementTree
import pytest

from kapuas_quiz.core.tables import find_table
from kapuas_quiz.spreadsheets.reading import MAX_ROWS, UnreadableFileError
from kapuas_quiz.spreadsheets.workbook import MAX_PIECES, MAX_XML
from kapuas_quiz.trainings.sheets import read_sheets
from tests.trainings.making import HEAD, xlsx

NILA = ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"]
SMALL = 100_000
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


class Work:
    """How much of a file was unpacked and parsed."""

    bytes = 0
    elements = 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Count from now on."""
    done, unpack, parse = Work(), zipfile.ZipExtFile.read, defusedxml.ElementTree.iterparse

    def counted_read(source: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        read = unpack(source, n)
        done.bytes += len(read)
        return read

    def counted_parse(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for event in parse(*args, **kwargs):
            done.elements += 1
            yield event

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted_read)
    monkeypatch.setattr(defusedxml.ElementTree, "iterparse", counted_parse)
    return done


def altered(*changes: tuple[str, Callable[[bytes], bytes]]) -> bytes:
    """Return a good roster of one person, some of its parts changed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([HEAD, NILA]))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            for changed, change in changes:
                content = change(content) if changed == name else content
            target.writestr(name, content)
    return buffer.getvalue()


def rows(more: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(b"</sheetData>", more + b"</sheetData>")


def instead(pattern: bytes, by: bytes) -> Callable[[bytes], bytes]:
    return lambda content: re.sub(pattern, lambda match: by, content, flags=re.S)


def strings(inside: bytes) -> Callable[[bytes], bytes]:
    return lambda content: b"<sst " + MAIN + b">" + inside + b"</sst>"


def same_sheet_again(times: int) -> bytes:
    names = b"".join(b'<sheet name="L%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, times))
    return altered(
        (BOOK, lambda content: content.replace(b"</sheets>", names + b"</sheets>")),
        (SHEET, rows(b'<row r="3">' + b"<c/>" * 150_000 + b"</row>")),
    )


REFUSED = {
    "spaces that pack a thousandfold": altered((SHEET, rows(b" " * 15_000_000))),
    "a million shared strings": altered((STRINGS, strings(b"<si><t>a</t></si>" * 1_000_000))),
    "half a million empty shared strings": altered((STRINGS, strings(b"<si/>" * 500_000))),
    "a million empty rows": altered((SHEET, rows(b'<row r="3"/>' * 1_000_000))),
    "four million cells in a row": altered((SHEET, rows(b'<row r="3">' + b"<c/>" * 4_000_000 + b"</row>"))),
    "two million fonts": altered(
        (STYLES, instead(rb"<fonts.*?</fonts>", b"<fonts>" + b"<font/>" * 2_000_000 + b"</fonts>"))
    ),
    "three hundred thousand nested elements": altered(
        (BOOK, instead(b"<sheets>", b"<a>" * 300_000 + b"</a>" * 300_000 + b"<sheets>"))
    ),
    "one large sheet named again and again": same_sheet_again(20),
    "a row before the first": altered((SHEET, rows(b'<row r="-5"><c r="A1"><v>1</v></c></row>'))),
    "a number of five thousand digits": altered(
        (SHEET, rows(b'<row r="3"><c r="A3"><v>' + b"9" * 5_000 + b"</v></c></row>"))
    ),
    "a column that does not exist": altered(
        (SHEET, rows(b'<row r="3"><c r="' + b"A" * 50_000 + b'3"><v>1</v></c></row>'))
    ),
    "a string that does not exist": altered(
        (SHEET, rows(b'<row r="3"><c r="A3" t="s"><v>999999</v></c></row>'))
    ),
}
HARMLESS = {
    "a size of the whole sheet": altered((SHEET, instead(rb'ref="[^"]*"', b'ref="A1:XFD1048576"'))),
    "merged cells over the whole sheet": altered(
        (
            SHEET,
            instead(
                b"</sheetData>",
                b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 5_000 + b"</mergeCells>",
            ),
        )
    ),
    "validation of thirty thousand ranges": altered(
        (
            SHEET,
            instead(
                b"</sheetData>",
                b'</sheetData><dataValidations><dataValidation sqref="'
                + b"A1 " * 30_000
                + b'"/></dataValidations>',
            ),
        )
    ),
    "a last row at the far end": altered(
        (SHEET, rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    ),
    "rows that go backwards": altered((SHEET, rows(b'<row r="9"/><row r="4"/><row r="9"/>'))),
    "ten thousand unused styles": altered(
        (STYLES, instead(rb"</cellXfs>", b'<xf numFmtId="14"/>' * 10_000 + b"</cellXfs>"))
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_small_file_of_much_work_is_refused_after_little(what: str, work: Work) -> None:
    assert len(REFUSED[what]) < SMALL
    with pytest.raises(UnreadableFileError):
        read_sheets(REFUSED[what])
    assert work.bytes <= MAX_XML
    assert work.elements <= 2 * (MAX_PIECES + 1)


@pytest.mark.parametrize("what", HARMLESS)
def test_what_a_file_claims_or_adds_beside_its_rows_costs_little(what: str, work: Work) -> None:
    assert len(HARMLESS[what]) < SMALL
    sheets = read_sheets(HARMLESS[what])
    assert [row.text("name") for row in find_table(sheets).rows] == ["Nila Pertiwi"]
    assert work.elements < 50_000


def test_a_date_beyond_the_calendar_stays_the_number_it_is() -> None:
    content = altered(
        (STYLES, instead(rb"<cellXfs.*?</cellXfs>", b'<cellXfs><xf numFmtId="14"/></cellXfs>')),
        (SHEET, rows(b'<row r="3"><c r="A3"><v>99999999</v></c><c r="B3"><v>45000</v></c></row>')),
    )
    (sheet,) = read_sheets(content)
    assert list(sheet.rows[2]) == ["99999999", "2023-03-15T00:00:00"]


def test_cells_that_hold_their_text_themselves_are_read() -> None:
    texts = (b"<t>Wulan </t>", b"<r><t>Ke</t></r><r><t>tua</t></r>")
    cells = b"".join(b'<c t="inlineStr"><is>' + text + b"</is></c>" for text in texts)
    (sheet,) = read_sheets(altered((SHEET, rows(b"<row>" + cells + b"</row>"))))
    assert list(sheet.rows[2]) == ["Wulan", "Ketua"]


def test_a_roster_of_three_thousand_people_fits_with_room_to_spare(work: Work) -> None:
    people = [
        HEAD + ["Catatan"],
        *[[f"Nama {n}", *NILA[1:], f"SK {n}", "anggota", n] for n in range(MAX_ROWS)],
    ]
    (sheet,) = read_sheets(xlsx(people))
    assert len(sheet.rows) == MAX_ROWS + 1
    assert work.bytes < MAX_XML / 2
    assert work.elements < MAX_PIECES
