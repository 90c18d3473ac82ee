"""A layout becomes cells and equations."""

from __future__ import annotations

from kapuas_quiz.core.result_forms.grid import Equation, Grid
from tests.core.result_forms.samples import LAYOUTS, small_layout


def test_a_star_stands_for_each_row_or_column_in_turn() -> None:
    equations = Grid(small_layout()).equations
    assert Equation("mendatar", ("a-l", "a-p"), "a-j") in equations
    assert Equation("menurun", ("a-j", "b-j"), "c-j") in equations
    assert len(equations) == 6


def test_a_line_for_each_pair_is_added_up() -> None:
    grid = Grid(LAYOUTS["c-hasil-suara"], pairs=3)
    assert Equation("suara-sah", ("suara1", "suara2", "suara3"), "sah") in grid.equations
    assert grid.names["suara3"] == "Pasangan calon nomor urut 3"


def test_one_pair_stands_beside_the_empty_column() -> None:
    grid = Grid(LAYOUTS["c-hasil-suara"], pairs=1)
    assert grid.names["suara1"] == "Pasangan calon nomor urut 1"
    assert grid.names["suara2"] == "Kolom kosong"
    assert Equation("suara-sah", ("suara1", "suara2"), "sah") in grid.equations


def test_columns_for_each_place_are_added_across_and_each_is_added_down() -> None:
    grid = Grid(LAYOUTS["rekap-tps"], pairs=2, places=3)
    assert Equation("jumlah-tps", ("sah-tps1", "sah-tps2", "sah-tps3"), "sah-jml") in grid.equations
    assert Equation("suara-sah", ("suara1-tps3", "suara2-tps3"), "sah-tps3") in grid.equations
    assert Equation("suara-sah", ("suara1-jml", "suara2-jml"), "sah-jml") in grid.equations
    assert grid.names["suara1-tps3"] == "Pasangan calon nomor urut 1, TPS 3"


def test_every_layout_holds_its_cells_in_fewer_than_sixty_fields_and_uses_every_rule() -> None:
    for layout in LAYOUTS.values():
        grid = Grid(layout, pairs=4, places=3)
        assert len(grid.names) <= 60
        assert {equation.rule for equation in grid.equations} == {rule.name for rule in layout.rules}
