"""Read the cells of an XLSX file as a stream: what is not needed is not parsed, what is needed is counted."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MAX_SHEETS = 30
MAX_XML = 8 * 1024 * 1024
"""Bytes of XML read from one file; a roster of 3,000 people takes 2 MB."""

MAX_PIECES = 250_000
"""Elements and attributes read from one file; the same roster of seven columns takes about 150,000."""

SMALL_PART = 1024 * 1024
MAX_RATIO = 100
"""How many times larger than packed a part may be, once it is not small; tables reach 10 to 40."""

Element = Any
Row = tuple[int, list[object]]


class TooLargeError(Exception):
    """Reading the file would take more work than a roster is worth."""


class Parts:
    """The XML parts of an archive, read within one budget for the whole file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._bytes_left = MAX_XML
        self._pieces_left = MAX_PIECES

    def elements(self, path: str) -> Iterator[tuple[str, Element]]:
        """Yield each element of a part as it ends, with its name without namespace.

        Raises TooLargeError.
        """
        from defusedxml.ElementTree import iterparse

        self._admit(self._archive.getinfo(path))
        with self._archive.open(path) as source:
            for event, element in iterparse(source, events=("start", "end")):
                if event == "end":
                    yield local_name(element), element
                    continue
                self._pieces_left -= 1 + len(element.attrib)
                if self._pieces_left < 0:
                    raise TooLargeError(path)

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to as kind and path, by id; the empty path is the file itself."""
        folder, name = posixpath.split(path)
        found = {}
        for kind, element in self.elements(posixpath.join(folder, "_rels", f"{name}.rels")):
            if kind == "Relationship":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                found[element.get("Id")] = (element.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found

    def _admit(self, part: zipfile.ZipInfo) -> None:
        self._bytes_left -= part.file_size
        swollen = part.file_size > max(SMALL_PART, MAX_RATIO * part.compress_size)
        if swollen or self._bytes_left < 0:
            raise TooLargeError(part.filename)


@dataclass
class Book:
    """What cells refer to, and the visible sheets as title and path."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    date_styles: frozenset[str] = frozenset()
    epoch: datetime | None = None


def open_book(parts: Parts) -> Book:
    """Read everything but the sheets themselves.

    Raises TooLargeError, and ValueError or KeyError if this is no workbook.
    """
    (path,) = [path for kind, path in parts.relations("").values() if kind == "officeDocument"]
    relations = parts.relations(path)
    book = Book()
    for name, element in parts.elements(path):
        if name == "workbookPr" and element.get("date1904") in ("1", "true"):
            book.epoch = datetime(1904, 1, 1)
        if name == "sheet" and element.get("state", "visible") == "visible":
            kind, target = relations[next(value for key, value in element.items() if key.endswith("}id"))]
            if kind == "worksheet" and len(book.sheets) < MAX_SHEETS:
                book.sheets.append((element.get("name", ""), target))
    for kind, target in relations.values():
        if kind == "sharedStrings":
            book.strings = _strings(parts, target)
        elif kind == "styles":
            book.date_styles = _date_styles(parts, target)
    return book


def read_rows(parts: Parts, book: Book, path: str, *, columns: int) -> Iterator[Row]:
    """Yield the rows that a sheet holds, with their numbers from 1, each cut to its first columns.

    What the sheet claims of its size, its merged cells and all else outside the rows is not looked at.
    Raises TooLargeError, and ValueError or LookupError if the sheet is damaged.
    """
    number = 0
    for name, element in parts.elements(path):
        if name == "row":
            number = int(element.get("r", number + 1))
            yield number, _cells(book, element, columns)
            element.clear()


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _cells(book: Book, row: Element, columns: int) -> list[object]:
    from openpyxl.utils import column_index_from_string

    cells: list[object] = [None] * columns
    place = 0
    for cell in row:
        reference = cell.get("r")
        place = column_index_from_string(reference.rstrip("0123456789")) if reference else place + 1
        if place <= columns:
            cells[place - 1] = _value(book, cell)
    return cells


def _value(book: Book, cell: Element) -> object:
    kind = cell.get("t", "n")
    for child in cell:
        if local_name(child) == "is":
            return _plain(child)
        if local_name(child) == "v" and child.text:
            return _converted(book, kind, child.text, cell.get("s", "0"))
    return None


def _converted(book: Book, kind: str, text: str, style: str) -> object:
    if kind == "s":
        return book.strings[int(text)]
    if kind == "b":
        return bool(int(text))
    if kind != "n":
        return text
    number = float(text) if set(text) & set(".eE") else int(text)
    return _date(book, number) if style in book.date_styles else number


def _date(book: Book, number: float) -> object:
    from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

    try:
        return from_excel(number, book.epoch or WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return number


def _strings(parts: Parts, path: str) -> list[str]:
    strings = []
    for name, element in parts.elements(path):
        if name == "si":
            strings.append(_plain(element))
            element.clear()
    return strings


def _plain(element: Element) -> str:
    """Join the runs of a text, without what tells how to pronounce it."""
    texts: list[str] = []
    for child in element:
        inner: Sequence[Element] = child if local_name(child) == "r" else (child,)
        texts += [part.text or "" for part in inner if local_name(part) == "t"]
    return "".join(texts).replace("x005F_", "")


def _date_styles(parts: Parts, path: str) -> frozenset[str]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    dates = {str(number) for number, code in BUILTIN_FORMATS.items() if is_date_format(code)}
    for name, element in parts.elements(path):
        if name == "numFmt" and is_date_format(element.get("formatCode", "")[:255]):
            dates.add(element.get("numFmtId"))
        elif name == "cellXfs":
            return frozenset(str(n) for n, xf in enumerate(element) if xf.get("numFmtId") in dates)
    return frozenset()
