"""The places that enrolments name by code: the real ones of the regency, and invented ones for the demo."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from kapuas_quiz.core.places import Gazetteer, read_places

DATA = Path(__file__).resolve().parent.parent / "data"
REAL = "wilayah.csv"
INVENTED = "wilayah-contoh.csv"


@cache
def gazetteer(*, demo: bool = False) -> Gazetteer:
    """Return the places that people may come from: the invented ones in the demo, else the real ones."""
    return _read(INVENTED if demo else REAL)


@cache
def place_name(code: str) -> str:
    """Return the name of any place by its code; an empty code has an empty name."""
    real = gazetteer().by_code.get(code)
    return real.name if real else gazetteer(demo=True).name(code)


def place_words(kecamatan: str, desa: str) -> str:
    """Write where somebody serves: the desa with its kecamatan, or the kecamatan alone."""
    return f"{place_name(desa)}, {place_name(kecamatan)}" if desa else place_name(kecamatan)


def _read(name: str) -> Gazetteer:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return read_places(csv.DictReader(file))
