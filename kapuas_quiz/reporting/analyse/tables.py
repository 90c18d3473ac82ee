"""A CSV file of strangers as a header and rows of texts, within bounds."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kapuas_quiz.reporting.analyse.refusals import RefusedFileError

MAX_MEGABYTES = 64
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
DELIMITERS = (";", ",", "\t")
"""The semicolon first: in a file of one column a comma is a decimal one."""

FIRST_ROW = 2
"""How spreadsheets number the row below the header."""

NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?", re.ASCII)


@dataclass(frozen=True)
class Table:
    """header: names of columns, each once.  columns: as many, each with a text for every row.

    decimal_comma: whether the comma is free to be one.
    """

    header: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    decimal_comma: bool

    @property
    def n_rows(self) -> int:
        """Return how many rows stand below the header."""
        return len(self.columns[0])

    def column(self, name: str) -> Sequence[str]:
        """Return the texts of a column; raises RefusedFileError if there is none of that name."""
        if name not in self.header:
            raise RefusedFileError("kolom-tidak-ada", value=name)
        return self.columns[self.header.index(name)]

    def number(self, text: str) -> float | None:
        """Read a number, with a point or where possible a comma; None for anything else."""
        if not NUMBER.fullmatch(text) or ("," in text and not self.decimal_comma):
            return None
        return float(text.replace(",", "."))


def read_table(content: bytes) -> Table:
    """Read a CSV file separated by commas, semicolons or tabs, in UTF-8 or UTF-16.

    Spaces around a cell are not part of it, and empty rows at the end are not rows.
    Raises RefusedFileError, with the row and column where there is one.
    """
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise RefusedFileError("terlalu-besar", most=MAX_MEGABYTES)
    text = _decode(content)
    delimiter = max(DELIMITERS, key=lambda one: len(_first_row(text, one)))
    rows = _rows(text, delimiter)
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise RefusedFileError("kosong")
    header = tuple(name.strip() for name in rows[0])
    _refuse_header(header)
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise RefusedFileError("baris-timpang", row=number, found=len(row), wanted=len(header))
    columns = list(zip(*rows[1:], strict=True)) or [() for _ in header]
    return Table(header, tuple([cell.strip() for cell in column] for column in columns), delimiter != ",")


def _decode(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if content.startswith((b"PK", b"\xd0\xcf", b"%PDF")):
            raise RefusedFileError("bukan-csv") from error
        row = content[: error.start].count(b"\n") + 1 if encoding == "utf-8-sig" else None
        raise RefusedFileError("bukan-utf8", row=row) from error
    if "\0" in text:
        raise RefusedFileError("bukan-csv")
    return text


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
            if len(rows) > MAX_ROWS + 1:
                raise RefusedFileError("terlalu-banyak-baris", most=MAX_ROWS)
    except csv.Error as error:
        raise RefusedFileError("kutip-tak-selesai", row=len(rows) + 1) from error
    return rows


def _refuse_header(header: tuple[str, ...]) -> None:
    if len(header) > MAX_COLUMNS:
        raise RefusedFileError("terlalu-banyak-kolom", most=MAX_COLUMNS)
    for number, name in enumerate(header, 1):
        if not name:
            raise RefusedFileError("judul-kosong", row=1, column=f"ke-{number}")
    for name, times in Counter(header).items():
        if times > 1:
            raise RefusedFileError("judul-kembar", row=1, column=name)
