"""The generator hides nothing that the solver cannot find, on thousands of sheets."""

from __future__ import annotations

from itertools import cycle

import pytest

from tests.core.result_forms.samples import generators
from tests.core.result_forms.solving import solve

SHEETS, MANY_SHEETS = 10_000, 100_000
SHEETS_A_CHOICE = 10
"""Sheets that share one choice of hidden cells; choosing is the slow part."""


def test_generator_and_solver_agree_on_ten_thousand_sheets() -> None:
    agree_on(SHEETS)


@pytest.mark.thorough
def test_generator_and_solver_agree_on_a_hundred_thousand_sheets() -> None:
    agree_on(MANY_SHEETS)


def agree_on(sheets: int) -> None:
    every = cycle(generators())
    checked = 0
    for number in range(sheets // SHEETS_A_CHOICE):
        generator = next(every)
        rules = list(generator.grid.sentences)
        hidden = generator.blanks(rules, len(rules), number).hidden
        for again in range(SHEETS_A_CHOICE):
            sheet = generator.sheet(f"{number} {again}")
            seen = {cell: value for cell, value in sheet.items() if cell not in hidden}
            assert solve(generator.grid, seen) == sheet, (generator.grid.layout.name, number, again)
            checked += 1
    assert checked == sheets
