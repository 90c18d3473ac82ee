"""What the seen numbers say about the hidden ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.result_forms.grid import Grid
from kapuas_quiz.core.result_forms.solver import broken
from tests.core.result_forms.samples import generators, small_layout
from tests.core.result_forms.solving import solve

GRID = Grid(small_layout())
FULL = {"a-l": 10, "a-p": 5, "a-j": 15, "b-l": 20, "b-p": 7, "b-j": 27, "c-l": 30, "c-p": 12, "c-j": 42}
GENERATORS = generators()


def without(*cells: str) -> dict[str, int]:
    return {cell: number for cell, number in FULL.items() if cell not in cells}


def test_a_sum_and_a_part_are_found() -> None:
    assert solve(GRID, without("a-j", "b-p", "c-l")) == FULL


def test_a_sum_of_sums_is_found_step_by_step() -> None:
    assert solve(GRID, without("a-j", "b-j", "c-l", "c-p", "c-j")) == FULL


def test_four_hidden_corners_stay_open() -> None:
    assert solve(GRID, without("a-l", "a-p", "b-l", "b-p")) is None


def test_numbers_that_contradict_each_other_have_no_solution() -> None:
    assert solve(GRID, {**without("c-j"), "a-p": 6}) is None


def test_a_number_below_zero_is_no_solution() -> None:
    assert solve(GRID, {**without("a-p"), "a-j": 9}) is None


def test_two_equations_that_only_together_say_something_are_solved() -> None:
    layout = small_layout(
        rules=[
            {"name": "jumlah", "sum": ["a-l", "a-p"], "total": "a-j", "sentence": "Jumlah."},
            {"name": "selisih", "sum": ["a-p", "b-l"], "total": "a-l", "sentence": "Selisih."},
        ]
    )
    full = {**FULL, "b-l": 5}
    seen = {cell: number for cell, number in full.items() if cell not in ("a-l", "a-p")}
    assert solve(Grid(layout), seen) == full


def test_a_wrong_number_breaks_the_rules_that_hold_its_cell() -> None:
    assert [each.total for each in broken(GRID, {**FULL, "a-l": 11})] == ["a-j", "c-l"]


PRIME = 10007


def independent_equations(grid: Grid, hidden: set[str]) -> int:
    """Return the rank of the equations over the hidden cells, counted modulo a prime."""
    rows = [
        [(cell in each.addends) - (cell == each.total) for cell in sorted(hidden)] for each in grid.equations
    ]
    rank = 0
    for column in range(len(hidden)):
        pivot = next((row for row in rows if row[column] % PRIME), None)
        if pivot is not None:
            rank += 1
            rows.remove(pivot)
            scale = pow(pivot[column], -1, PRIME)
            rows = [
                [(a - row[column] * scale * b) % PRIME for a, b in zip(row, pivot, strict=True)]
                for row in rows
            ]
    return rank


@given(st.data())
def test_a_sheet_is_solved_when_its_equations_suffice_and_only_then(data: st.DataObject) -> None:
    generator = data.draw(st.sampled_from(GENERATORS))
    sheet = generator.sheet(data.draw(st.integers(0, 10**6)))
    hidden = data.draw(st.sets(st.sampled_from(sorted(sheet)), max_size=8))
    seen = {cell: number for cell, number in sheet.items() if cell not in hidden}
    enough = independent_equations(generator.grid, hidden) == len(hidden)
    assert solve(generator.grid, seen) == (sheet if enough else None)
