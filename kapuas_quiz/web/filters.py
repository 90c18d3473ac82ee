"""Dates and numbers as they are written in Indonesia, in English where a page speaks it; parts of answers."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal, format_percent, gettext

from kapuas_quiz.core.items.answers import answer_from
from kapuas_quiz.core.standard import points_to_show

DASH = "–"


def install(app: Flask) -> None:
    """Offer the filters to templates."""
    for function in (tanggal, pukul, tanggal_jam, angka, poin, persen):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.filters["answer_of"] = answer_from


def tanggal(value: date | datetime | None) -> str:
    """Write a date: 27 November 2024."""
    return DASH if value is None else format_date(value, "d MMMM yyyy")


def pukul(value: datetime | None) -> str:
    """Write a time of day: 08.30 WIB, in English 08:30 WIB."""
    if value is None:
        return DASH
    written = format_datetime(value, gettext("HH.mm"))
    return gettext("%(jam)s WIB", jam=written)


def tanggal_jam(value: datetime | None) -> str:
    """Write a moment: 27 November 2024, 08.30 WIB."""
    return DASH if value is None else f"{tanggal(value)}, {pukul(value)}"


def angka(value: float | None, digits: int = 1) -> str:
    """Write a number with at most `digits` decimals: 87,5; a dash when undefined."""
    return DASH if value is None else format_decimal(value, f"#,##0.{'#' * digits}")


def poin(value: float | None) -> str:
    """Write points with at most two decimals, never more than they are: 17,46; a dash when undefined."""
    return angka(None if value is None else points_to_show(value), 2)


def persen(value: float | None, digits: int = 0) -> str:
    """Write a proportion as per cent: 0.875 gives 88%; a dash when undefined."""
    return DASH if value is None else format_percent(value, f"#,##0{'.' if digits else ''}{'0' * digits}%")
