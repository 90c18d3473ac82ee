"""Typeset certificates and minutes with typst."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import segno
import typst
from babel.dates import format_date

from kapuas_quiz.settings import ROOT

FOLDER = ROOT / "templates" / "certificates"
QUIET_MASK = 3
_of_thread = threading.local()


def typeset(template: str, data: object, *, archive: bool = False) -> bytes:
    """Return the PDF of a template in templates/certificates, filled with JSON-like data.

    What people typed is handed over as data and never read as markup.
    archive: keep to PDF/A-2b, so that the file can be filed for decades.
    """
    compiler = _compiler(template)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2b"] if archive else [])
    if not isinstance(made, bytes):
        raise TypeError(f"{template} gave no single file")
    return made


def certificate_sheets(all_facts: Sequence[Mapping[str, Any]], *, demo: bool) -> bytes:
    """Typeset certificates, one A4 landscape page each, in the given order.

    all_facts: what `issuing.printed_facts` returned, one or more.
    """
    pages = [_page(facts) for facts in all_facts]
    return typeset("certificate.typ", {"pages": pages, "demo": demo}, archive=True)


def long_date(day: str) -> str:
    """Write an ISO date as in Indonesia: 2024-11-27 gives 27 November 2024."""
    return str(format_date(date.fromisoformat(day), "d MMMM yyyy", locale="id"))


def day_range(first: str, last: str) -> str:
    """Write two ISO dates as a stretch of days; one day is written once."""
    if first == last:
        return long_date(first)
    start, end = long_date(first), long_date(last)
    day, month_and_year = start.split(" ", 1)
    return f"{day if end.endswith(' ' + month_and_year) else start} sampai {end}"


def qr_picture(address: str) -> str:
    """Return a QR code as SVG text of one path.

    The mask is fixed: trying all eight makes a nicer picture but takes fifteen times as long.
    """
    code = segno.make(address, error="m", mask=QUIET_MASK, micro=False)
    rows = [[bool(cell) for cell in row] for row in code.matrix]
    size = len(rows)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _page(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "days": day_range(facts["starts_on"], facts["ends_on"]),
        "voting_day": long_date(facts["voting_day"]),
        "decided_on": long_date(facts["decided_on"]),
        "issued_on": long_date(facts["issued_on"]),
        "qr": qr_picture(facts["address"]),
    }


def _compiler(template: str) -> typst.Compiler:
    known: dict[str, typst.Compiler] = _of_thread.__dict__.setdefault("compilers", {})
    if template not in known:
        known[template] = typst.Compiler(FOLDER / template, root=FOLDER, ignore_system_fonts=True)
    return known[template]
