"""A layout made for tests, and the ones that come with the program."""

from __future__ import annotations

from kapuas_quiz.banks.layouts import load_layouts
from kapuas_quiz.core.result_forms.generator import Generator
from kapuas_quiz.core.result_forms.grid import Grid
from kapuas_quiz.core.result_forms.layout import Layout

LAYOUTS = load_layouts()


def small_layout(**changes: object) -> Layout:
    """Return two rows by sex, added both ways."""
    written = {
        "name": "kecil",
        "title": "Kecil",
        "review": "draf",
        "review_note": "",
        "facts": ["F109"],
        "sections": [
            {
                "title": "Pemilih",
                "columns": [
                    {"id": "l", "label": "L", "spoken": "laki-laki"},
                    {"id": "p", "label": "P", "spoken": "perempuan"},
                    {"id": "j", "label": "Jumlah", "spoken": "jumlah"},
                ],
                "rows": [
                    {"id": "a", "label": "A"},
                    {"id": "b", "label": "B"},
                    {"id": "c", "label": "A dan B"},
                ],
            }
        ],
        "rules": [
            {"name": "mendatar", "sum": ["*-l", "*-p"], "total": "*-j", "sentence": "L dan P."},
            {"name": "menurun", "sum": ["a-*", "b-*"], "total": "c-*", "sentence": "A dan B."},
        ],
        "numbers": [{"cells": ["a-l", "a-p", "b-l", "b-p"], "between": [10, 99]}],
    }
    return Layout.model_validate({**written, **changes})


def grids() -> list[Grid]:
    """Return every layout of the program in every size."""
    return [
        Grid(layout, pairs=pairs, places=places)
        for layout in LAYOUTS.values()
        for pairs in (range(1, 5) if layout.per_pair else (2,))
        for places in ((2, 3) if layout.per_place else (2,))
    ]


def generators() -> list[Generator]:
    """Return a generator for each of them."""
    return [Generator(grid) for grid in grids()]
