"""Wrong numbers as people write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.result_forms.grid import Grid
from kapuas_quiz.core.result_forms.solver import Sheet

Kind = Callable[[Sheet, str, Grid], Iterator[int]]


def _swapped(values: Sheet, cell: str, _: Grid) -> Iterator[int]:
    digits = str(values[cell])
    for place in range(len(digits) - 1):
        first, second = digits[place], digits[place + 1]
        if first != second and not (place == 0 and second == "0"):
            yield int(digits[:place] + second + first + digits[place + 2 :])


def _ten_off(values: Sheet, cell: str, _: Grid) -> Iterator[int]:
    yield values[cell] + 10
    yield values[cell] - 10


def _wrong_sum(values: Sheet, cell: str, grid: Grid) -> Iterator[int]:
    if any(equation.total == cell for equation in grid.of_cell[cell]):
        yield from (values[cell] + off for off in (-2, -1, 1, 2))


def _line_mixed_up(values: Sheet, cell: str, grid: Grid) -> Iterator[int]:
    for table in grid.tables:
        columns = zip(*(line.cells for line in table.lines), strict=True)
        for column in columns:
            if cell in column:
                place = column.index(cell)
                yield from (
                    values[column[near]] for near in (place - 1, place + 1) if 0 <= near < len(column)
                )


SLIPS: dict[str, Kind] = {
    "tukar-angka": _swapped,
    "selisih-sepuluh": _ten_off,
    "salah-jumlah": _wrong_sum,
    "salah-baris": _line_mixed_up,
}
"""By the name that a bank file uses."""


def slip(values: Sheet, cell: str, kinds: Sequence[str], seed: str, grid: Grid) -> int | None:
    """Return a plausible wrong number for a cell, by one of the kinds; None if none of them gives one."""
    for kind in sorted(kinds, key=lambda each: lot(seed, each)):
        wrong = [number for number in SLIPS[kind](values, cell, grid) if 0 <= number != values[cell]]
        if wrong:
            return wrong[lot(seed, kind, "mana") % len(wrong)]
    return None
