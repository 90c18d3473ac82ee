"""Sheets, blanks and misprints."""

from __future__ import annotations

import pytest

from kapuas_quiz.core.result_forms.generator import Generator
from kapuas_quiz.core.result_forms.grid import Grid
from kapuas_quiz.core.result_forms.numbers import Unfillable
from kapuas_quiz.core.result_forms.slips import SLIPS, slip
from kapuas_quiz.core.result_forms.solver import Sheet, broken
from tests.core.result_forms.samples import LAYOUTS, generators, small_layout
from tests.core.result_forms.solving import solve


def test_equal_seeds_give_equal_sheets_on_every_machine() -> None:
    generator = Generator(Grid(small_layout()))
    assert generator.sheet(7) == generator.sheet(7)
    assert generator.sheet(7) != generator.sheet(8)
    assert generator.sheet(7)["a-l"] == 21


def test_a_polling_station_never_has_more_than_six_hundred_voters_in_its_list() -> None:
    generator = Generator(Grid(LAYOUTS["c-hasil-lengkap"], pairs=2))
    sheets = [generator.sheet(seed) for seed in range(300)]
    assert max(sheet["dpt-jml"] for sheet in sheets) <= 600
    assert all(sheet["gunadpt-l"] <= sheet["dpt-l"] for sheet in sheets)
    assert all(sheet["gunadpph-p"] <= sheet["dpph-p"] for sheet in sheets)


def test_as_many_cells_are_hidden_as_asked_and_each_rule_has_one() -> None:
    generator = Generator(Grid(LAYOUTS["c-hasil-suara"], pairs=3))
    rules = ["suara-sah", "surat-suara"]
    for seed in range(50):
        blanks = generator.blanks(rules, 3, seed)
        assert len(blanks.hidden) == 3
        assert set(blanks.hidden.values()) == set(rules)


def test_too_many_blanks_are_refused() -> None:
    generator = Generator(Grid(small_layout()))
    with pytest.raises(Unfillable, match="7 sel kosong"):
        generator.blanks(["mendatar"], 7, 1)


def explaining(grid: Grid, seen: Sheet) -> list[str]:
    """Return the cells that could be the only wrong one: the others alone give a consistent sheet."""
    return [
        cell
        for cell in grid.names
        if (found := solve(grid, {other: number for other, number in seen.items() if other != cell}))
        and found != seen
    ]


@pytest.mark.parametrize("place", range(len(generators())))
def test_the_broken_rules_point_to_the_one_wrong_cell(place: int) -> None:
    generator = generators()[place]
    for rules in set(generator.identifiable.values()):
        for seed in range(6):
            found = generator.misprint(sorted(rules), list(SLIPS), seed)
            seen = {**found.values, found.cell: found.written}
            assert {equation.rule for equation in broken(generator.grid, seen)} == rules
            assert explaining(generator.grid, seen) == [found.cell]


def test_cells_that_cannot_be_told_apart_are_never_wrong() -> None:
    generator = Generator(Grid(LAYOUTS["c-hasil-suara"], pairs=2))
    assert generator.identifiable.keys() == {"pakai", "sah", "tidaksah", "semua"}
    with pytest.raises(Unfillable):
        generator.misprint(["suara-sah"], list(SLIPS), 1)


GRID = Grid(small_layout())
SHEET = {"a-l": 10, "a-p": 52, "a-j": 62, "b-l": 20, "b-p": 7, "b-j": 27, "c-l": 30, "c-p": 59, "c-j": 89}


@pytest.mark.parametrize(
    ("kind", "cell", "wrong"),
    [
        ("tukar-angka", "a-p", {25}),
        ("selisih-sepuluh", "b-p", {17}),
        ("salah-jumlah", "a-j", {60, 61, 63, 64}),
        ("salah-baris", "b-l", {10, 30}),
    ],
)
def test_a_slip_is_one_that_people_make(kind: str, cell: str, wrong: set[int]) -> None:
    assert {slip(SHEET, cell, [kind], str(seed), GRID) for seed in range(60)} == wrong


@pytest.mark.parametrize(
    ("kind", "cell"), [("tukar-angka", "b-p"), ("tukar-angka", "a-l"), ("salah-jumlah", "a-l")]
)
def test_a_slip_that_is_not_possible_is_not_made(kind: str, cell: str) -> None:
    assert slip(SHEET, cell, [kind], "1", GRID) is None


def test_a_layout_that_leaves_a_cell_open_is_refused() -> None:
    layout = small_layout(numbers=[{"cells": ["a-l"], "between": [1, 9]}])
    with pytest.raises(Unfillable, match="sel 'a-p'"):
        Generator(Grid(layout))


def test_a_layout_whose_numbers_fall_below_zero_is_refused() -> None:
    layout = small_layout(
        numbers=[
            {"cells": ["a-j"], "between": [1, 9]},
            {"cells": ["a-l"], "between": [10, 20]},
            {"cells": ["b-l", "b-p"], "between": [1, 9]},
        ]
    )
    with pytest.raises(Unfillable, match="negatif"):
        Generator(Grid(layout)).sheet(1)
