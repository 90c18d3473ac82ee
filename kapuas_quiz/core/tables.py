"""Find the table of people in the sheets of a file, whatever stands above, between and beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

HEADER_WITHIN = 20
SYNONYMS = {
    "name": ("nama", "namalengkap", "namapeserta", "namaanggota", "namalengkapdangelar", "namadangelar"),
    "position": ("jabatan", "kedudukan", "posisi", "jabatandalamppkpps", "jabatanppkpps"),
    "body": ("badan", "lembaga", "badanadhoc", "ppkpps", "unsur", "instansi", "lembagabadan", "badanlembaga"),
    "kecamatan": ("kecamatan", "kec", "namakecamatan", "asalkecamatan", "ppkkecamatan", "wilayahkecamatan"),
    "desa": (
        "desa",
        "kelurahan",
        "desakelurahan",
        "desakel",
        "keldesa",
        "kelurahandesa",
        "namadesa",
        "namadesakelurahan",
        "asaldesa",
        "ppsdesa",
        "ppsdesakelurahan",
    ),
    "decree": (
        "nomorsk",
        "nosk",
        "sk",
        "nomorkeputusan",
        "nokeputusan",
        "skpengangkatan",
        "nomorskpengangkatan",
    ),
    "kind": ("status", "keterangan", "ket", "statuskeanggotaan", "jenispeserta"),
}
MEANING = {synonym: field for field, synonyms in SYNONYMS.items() for synonym in synonyms}
PRIVATE = re.compile(
    r"\b(nik|ktp|kk|kependudukan|hp|telepon|telp|handphone|wa|whatsapp|email|surel|alamat|lahir|ttl|"
    r"rekening|npwp|agama|umur|usia)\b"
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NoHeaderError(Exception):
    """No sheet names the needed columns in its first twenty rows; `missing` lists the fields."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@dataclass(frozen=True)
class Sheet:
    """A sheet of cell texts; its first row has number 1."""

    title: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Row:
    """One row of a table: texts by field, and in which column each stands."""

    number: int
    sheet: str
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    @property
    def id(self) -> str:
        return f"{self.sheet}!{self.number}" if self.sheet else str(self.number)

    def text(self, field: str) -> str:
        return self.cells.get(field, "")

    def address(self, field: str) -> str:
        """Write the address of a cell, `C14` or `Sheet!C14`; the row alone without such a column."""
        column = self.columns.get(field)
        cell = str(self.number) if column is None else f"{column_letters(column)}{self.number}"
        return f"{self.sheet}!{cell}" if self.sheet else cell


@dataclass(frozen=True)
class Table:
    """The rows that may be people; `ignored` and `private` are the headings of columns that were left out."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Header:
    last_row: int
    columns: Mapping[str, int]
    others: tuple[str, ...]


def find_table(sheets: Sequence[Sheet]) -> Table:
    """Gather the people of every sheet that has a header.

    Raises NoHeaderError with the fields that are missing from the best header there is.
    """
    headers = [(sheet, _header(sheet)) for sheet in sheets]
    usable = [(sheet, header) for sheet, header in headers if header and not _missing(header)]
    if not usable:
        raise NoHeaderError(min((_missing(header) for _, header in headers), key=len, default=("name",)))
    rows = [row for sheet, header in usable for row in _rows(sheet, header, named=len(usable) > 1)]
    others = dict.fromkeys(text for _, header in usable for text in header.others)
    private = tuple(text for text in others if PRIVATE.search(text.lower()))
    ignored = tuple(text for text in others if text not in private and _is_news(text))
    return Table(tuple(rows), ignored, private)


def column_letters(index: int) -> str:
    """Write a column, counted from 0, as a spreadsheet does: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = LETTERS[rest] + letters
    return letters


def _plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", re.sub(r"\(.*?\)", "", text.lower()))


def _is_news(text: str) -> bool:
    return _plain(text) not in ("", "no", "nomor", "nourut", "nomorurut", "tandatangan", "ttd", "paraf")


def _recognise(row: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, text in enumerate(row):
        field = MEANING.get(_plain(text))
        if field and field not in columns:
            columns[field] = index
    return columns


def _missing(header: _Header | None) -> tuple[str, ...]:
    columns = header.columns if header else {}
    missing = [field for field in ("name", "position") if field not in columns]
    return tuple(missing)


def _header(sheet: Sheet) -> _Header | None:
    best: _Header | None = None
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        columns = _recognise(row)
        if "name" in columns and (best is None or len(columns) > len(best.columns)):
            best = _Header(index, columns, _others(row, columns))
    return _with_second_line(sheet, best) if best else None


def _with_second_line(sheet: Sheet, header: _Header) -> _Header:
    """Take in a second line of headings, as under a merged heading "Wilayah": Kecamatan, Desa."""
    following = sheet.rows[header.last_row + 1] if len(sheet.rows) > header.last_row + 1 else ()
    taken = set(header.columns.values())
    below = {
        field: column
        for field, column in _recognise(following).items()
        if field not in header.columns and column not in taken
    }
    if not below:
        return header
    above = [text for index, text in enumerate(sheet.rows[header.last_row]) if index not in below.values()]
    columns = {**header.columns, **below}
    others = (*_others(above, _recognise(above)), *_others(following, columns))
    return _Header(header.last_row + 1, columns, others)


def _others(row: Sequence[str], columns: Mapping[str, int]) -> tuple[str, ...]:
    taken = set(columns.values())
    return tuple(text.strip() for index, text in enumerate(row) if index not in taken and text.strip())


def _rows(sheet: Sheet, header: _Header, *, named: bool) -> Iterator[Row]:
    section = ""
    for index, texts in enumerate(sheet.rows):
        if index <= header.last_row:
            section = _section(texts) or section
            continue
        cells = {field: texts[column] for field, column in header.columns.items() if column < len(texts)}
        if not cells.get("name", "").strip() and (heading := _section(texts)):
            section = heading
        elif not _is_furniture(texts, header):
            if section and "kecamatan" not in header.columns:
                cells["kecamatan"] = section
            yield Row(index + 1, sheet.title if named else "", cells, header.columns)


def _section(texts: Sequence[str]) -> str:
    """Return what a row that holds a single text says about the kecamatan of the rows below it."""
    filled = [text.strip() for text in texts if text.strip()]
    found = re.search(r"\bkec(?:amatan|\.)\s*:?\s*(.+)", filled[0], re.IGNORECASE) if filled else None
    return " ".join([found[1], *filled[1:]]) if found and len(filled) <= 2 else ""


def _is_furniture(texts: Sequence[str], header: _Header) -> bool:
    """Tell whether a row is empty, numbers the columns (1) (2) (3), or repeats the header."""
    filled = [text.strip() for text in texts if text.strip()]
    numbers = [text.strip("()., ") for text in filled]
    counts_on = len(numbers) >= 2 and numbers == [str(n + 1) for n in range(len(numbers))]
    return not filled or counts_on or "name" in _recognise(texts) and "position" in _recognise(texts)


def fill_down(table: Table) -> Table:
    """Take empty cells of body, kecamatan and desa from the row above, as merged cells leave them.

    A new kecamatan starts without a desa.
    """
    filled: list[Row] = []
    for row in table.rows:
        above = filled[-1] if filled and filled[-1].sheet == row.sheet else None
        filled.append(_filled(row, above) if above else row)
    return replace(table, rows=tuple(filled))


def has_gaps(table: Table) -> bool:
    """Tell whether `fill_down` would change anything."""
    return fill_down(table) != table


def _filled(row: Row, above: Row) -> Row:
    kecamatan = row.text("kecamatan").strip()
    same = kecamatan in ("", above.text("kecamatan").strip())
    wanted = ("body", "kecamatan", "desa") if same else ("body",)
    taken = {
        field: above.text(field)
        for field in wanted
        if field in row.columns and not row.text(field).strip() and above.text(field).strip()
    }
    return replace(row, cells={**row.cells, **taken})
