"""Tables as XLSX and CSV files that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | date | datetime | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = str.maketrans("[]:*?/\\", "-------")
WIDEST = 60


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether its numbers are proportions to show as per cent."""

    heading: str
    percent: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings; `title` names the sheet, `notes` stand above the headings in a workbook."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    notes: tuple[str, ...] = ()


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def to_csv(table: Table) -> bytes:
    """Write a table as Excel in Indonesia reads it: semicolons, decimal commas, UTF-8 with a mark.

    Proportions are written in per cent, and their headings say so.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(harmless(f"{c.heading} (%)" if c.percent else c.heading) for c in table.columns)
    for row in table.rows:
        writer.writerow(_written(cell, column) for cell, column in zip(row, table.columns, strict=True))
    return file.getvalue().encode("utf-8-sig")


def _written(cell: Cell, column: Column) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, float):
        shown = cell * 100 if column.percent else cell
        return f"{shown:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)


def to_xlsx(*tables: Table) -> bytes:
    """Write tables as the sheets of one workbook; texts stay texts, whatever they begin with."""
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        for table in tables:
            _add_sheet(workbook, table)
    return file.getvalue()


def _add_sheet(workbook: xlsxwriter.Workbook, table: Table) -> None:
    name = table.title.translate(FORBIDDEN_IN_SHEET_NAMES)[:LONGEST_SHEET_NAME]
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    percent = workbook.add_format({"num_format": "0%"})
    plain = workbook.add_format()
    for line, note in enumerate(table.notes):
        sheet.write_string(line, 0, note)
    top = len(table.notes) + 1 if table.notes else 0
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, column.heading, bold)
        for line, row in enumerate(table.rows, top + 1):
            sheet.write(line, place, row[place], percent if column.percent else plain)
        texts = [str(row[place]) for row in table.rows if isinstance(row[place], str)]
        sheet.set_column(place, place, min(WIDEST, max([12, *(len(text) + 2 for text in texts)])))
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
