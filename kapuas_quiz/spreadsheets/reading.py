"""Read XLSX and CSV files of strangers into plain cell texts, within bounds."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from kapuas_quiz.core.tables import HEADER_WITHIN, Sheet
from kapuas_quiz.spreadsheets.workbook import Parts, Row, TooLargeError, open_book, read_rows

MAX_ROWS = 3_000
MAX_COLUMNS = 40
MAX_CELL = 500
"""Characters of a cell that are kept, where the caller does not ask for more."""

MAX_UNPACKED = 20 * 1024 * 1024
MAX_PARTS = 2_000
DELIMITERS = (";", ",", "\t", "|")
WRONG_KINDS = (
    (b"\xd0\xcf\x11\xe0", "excel-lama"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "gambar"),
    (b"\xff\xd8\xff", "gambar"),
    (b"GIF8", "gambar"),
    (b"BM", "gambar"),
    (b"II*\x00", "gambar"),
    (b"MM\x00*", "gambar"),
    (b"{\\rtf", "dokumen"),
    (b"Rar!", "arsip"),
    (b"7z\xbc\xaf", "arsip"),
    (b"\x1f\x8b", "arsip"),
)


class UnreadableFileError(Exception):
    """The file is not a table that can be read; `code` says why and has words elsewhere."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Wanted:
    """What the reader looks for: `has_header` knows the headings, texts are cut at `longest` characters."""

    has_header: Callable[[Sequence[Sequence[str]]], bool]
    longest: int = MAX_CELL


def read_sheets(content: bytes, wanted: Wanted) -> list[Sheet]:
    """Read a file by its content, whatever its name says.

    Returns sheets of cell texts, at most 3,000 filled rows of 40 columns together.
    Raises UnreadableFileError.
    """
    if not content.strip():
        raise UnreadableFileError("kosong")
    if content.startswith(b"PK"):
        sheets = _workbook(content, wanted)
    else:
        _refuse_wrong_kind(content)
        sheets = [Sheet("", _delimited(_decoded(content), wanted))]
    if sum(any(row) for sheet in sheets for row in sheet.rows) > MAX_ROWS + HEADER_WITHIN:
        raise UnreadableFileError("terlalu-banyak-baris")
    if not any(any(row) for sheet in sheets for row in sheet.rows):
        raise UnreadableFileError("kosong")
    return sheets


def _refuse_wrong_kind(content: bytes) -> None:
    for beginning, code in WRONG_KINDS:
        if content.startswith(beginning):
            raise UnreadableFileError(code)
    if content[:4] == b"RIFF" or content[4:8] == b"ftyp":
        raise UnreadableFileError("gambar")
    if (
        content[:400]
        .lstrip(b"\xef\xbb\xbf \r\n\t")
        .lower()
        .startswith((b"<!doctype", b"<html", b"<table", b"<?xml"))
    ):
        raise UnreadableFileError("halaman-web")


def _workbook(content: bytes, wanted: Wanted) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_foreign_archive(archive)
            return _read(archive, wanted)
    except UnreadableFileError:
        raise
    except TooLargeError as error:
        raise UnreadableFileError("terlalu-besar") from error
    except Exception as error:
        raise UnreadableFileError("rusak") from error


def _refuse_foreign_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableFileError("terlalu-besar")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFileError("terkunci")
    if any(name.startswith("word/") for name in names):
        raise UnreadableFileError("dokumen")
    if "content.xml" in names:
        raise UnreadableFileError("ods")
    if "xl/workbook.bin" in names:
        raise UnreadableFileError("excel-lama")
    if not any(name.startswith("xl/") for name in names):
        raise UnreadableFileError("arsip")


def _read(archive: zipfile.ZipFile, wanted: Wanted) -> list[Sheet]:
    parts = Parts(archive)
    book = open_book(parts)
    return [
        Sheet(title, _placed(read_rows(parts, book, path, columns=MAX_COLUMNS), wanted))
        for title, path in book.sheets
    ]


def _placed(rows: Iterable[Row], wanted: Wanted) -> list[tuple[str, ...]]:
    """Put rows where their numbers say, up to the first one beyond the last that is taken."""
    placed: dict[int, list[object]] = {}
    for number, cells in rows:
        if number > MAX_ROWS + HEADER_WITHIN + 1:
            break
        placed[number] = cells
    if min(placed, default=1) < 1:
        raise UnreadableFileError("rusak")
    last = max(placed, default=0)
    return _bounded((placed.get(number, ()) for number in range(1, last + 1)), wanted)


def _bounded(rows: Iterable[Sequence[object]], wanted: Wanted) -> list[tuple[str, ...]]:
    """Turn rows into texts; empty cells and rows keep their place, except at the end."""
    known: dict[str, str] = {}
    texts = []
    for row in rows:
        cut = (_text(value)[: wanted.longest] for value in row)
        texts.append(_shortened([known.setdefault(text, text) for text in cut]))
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _shortened(texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value).strip()


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in content:
        raise UnreadableFileError("bukan-tabel")
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("bukan-tabel")


def _delimited(text: str, wanted: Wanted) -> list[tuple[str, ...]]:
    """Split by the delimiter under which a header is found, else by the one used most in the first lines."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        return [(), *_rows(rest, first.strip()[4:] or "\t", wanted)]
    head = "\n".join(text.splitlines()[: HEADER_WITHIN + 2])
    usual = sorted(DELIMITERS, key=head.count, reverse=True)
    known = [delimiter for delimiter in usual if wanted.has_header(_rows(head, delimiter, wanted))]
    return _rows(text, (known or usual)[0], wanted)


def _rows(text: str, delimiter: str, wanted: Wanted) -> list[tuple[str, ...]]:
    rows: list[Sequence[object]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row[:MAX_COLUMNS])
            if len(rows) > MAX_ROWS + HEADER_WITHIN + 1:
                break
    except csv.Error as error:
        raise UnreadableFileError("bukan-tabel") from error
    return _bounded(rows, wanted)
