"""Consistent sheets of sensible numbers, drawn as a layout says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.result_forms.grid import Equation, Grid
from kapuas_quiz.core.result_forms.layout import Numbers
from kapuas_quiz.core.result_forms.solver import Sheet, broken, derivations, value_by

Step = Callable[[Sheet, str], None]
"""Writes numbers into a sheet, by a seed as text."""

TRIES = 60


class Unfillable(ValueError):
    """A layout whose numbers do not give a consistent sheet; the message says why."""


def plan(grid: Grid) -> list[Step]:
    """Return the steps that fill a sheet: draws as the layout says, and all that the rules then give.

    Raises Unfillable if a cell is left over.
    """
    known: set[str] = set()
    steps: list[Step] = []
    for numbers in grid.layout.numbers:
        for step, cells in _draws(grid, numbers, known):
            steps += [step, *_derive(grid, known, cells)]
    left = [cell for cell in grid.names if cell not in known]
    if left:
        raise Unfillable(f"sel '{left[0]}' tidak diisi numbers dan tidak diperoleh dari rules.")
    return steps


def _draws(grid: Grid, numbers: Numbers, known: set[str]) -> Iterator[tuple[Step, list[str]]]:
    patterns = [*numbers.cells, numbers.of] if numbers.of else numbers.cells
    instances = list(grid.instances(patterns))
    if not instances:
        raise Unfillable(f"numbers: '{', '.join(patterns)}' tidak menunjuk sel mana pun.")
    for instance in instances:
        groups = instance[:-1] if numbers.of else instance
        cells = [cell for group in groups for cell in group]
        sources = instance[-1] if numbers.of else ()
        if sources and sources[0] not in known:
            raise Unfillable(f"numbers: '{sources[0]}' belum diketahui saat dipakai; ubah urutannya.")
        if numbers.of and numbers.share is None:
            if any(cell not in known for cell in cells):
                yield partial(_split, cells, sources[0]), cells
            continue
        for index, cell in enumerate(cells):
            if cell not in known:
                yield _single(cell, numbers, sources, index), [cell]


def _single(cell: str, numbers: Numbers, sources: tuple[str, ...], index: int) -> Step:
    if numbers.share and sources:
        least, most = (round(share * 10) for share in numbers.share)
        return partial(_share, cell, sources[min(index, len(sources) - 1)], least, most)
    if numbers.between:
        lowest, highest = numbers.between
        return partial(_between, cell, lowest, highest)
    raise Unfillable(f"numbers untuk '{cell}' harus berisi between, atau share dengan of, atau of saja.")


def _derive(grid: Grid, known: set[str], cells: list[str]) -> Iterator[Step]:
    known.update(cells)
    for cell, equation in derivations(grid, frozenset(known)):
        known.add(cell)
        yield partial(_give, cell, equation)


def _give(cell: str, equation: Equation, sheet: Sheet, _: str) -> None:
    sheet[cell] = value_by(equation, cell, sheet)


def _between(cell: str, least: int, most: int, sheet: Sheet, seed: str) -> None:
    sheet[cell] = least + lot(seed, cell) % (most - least + 1)


def _share(cell: str, of: str, least: int, most: int, sheet: Sheet, seed: str) -> None:
    per_mille = least + lot(seed, cell) % (most - least + 1)
    sheet[cell] = -(-sheet[of] * per_mille // 1000)


def _split(cells: list[str], of: str, sheet: Sheet, seed: str) -> None:
    weights = [20 + lot(seed, cell) % 81 for cell in cells]
    parts = [sheet[of] * weight // sum(weights) for weight in weights]
    parts[-1] = sheet[of] - sum(parts[:-1])
    sheet.update(zip(cells, parts, strict=True))


def consistent_sheet(grid: Grid, steps: list[Step], seed: object) -> Sheet:
    """Fill a sheet by a seed, the same on every machine: no number below 0, every rule met.

    Raises Unfillable if the layout's numbers give no such sheet in many tries.
    """
    for again in range(TRIES):
        sheet: Sheet = {}
        for step in steps:
            step(sheet, f"{seed}|{again}")
        if min(sheet.values()) >= 0 and not broken(grid, sheet):
            return {cell: sheet[cell] for cell in grid.names}
    raise Unfillable("numbers menghasilkan bilangan negatif atau melanggar rules; perbaiki batasnya.")


def written(number: int) -> str:
    """Write a number as on the form, with points between thousands."""
    return f"{number:,}".replace(",", ".")


def sum_in_words(cells: tuple[str, ...], total: str, values: Mapping[str, int]) -> str:
    """Write an equation with its numbers."""
    return f"{' + '.join(written(values[cell]) for cell in cells)} = {written(values[total])}"
