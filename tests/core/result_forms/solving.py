"""A full sheet from its visible cells by linear algebra, to hold against what the program derives."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kapuas_quiz.core.result_forms.grid import Equation, Grid
from kapuas_quiz.core.result_forms.solver import Sheet, broken, derivations, value_by


def solve(grid: Grid, visible: Mapping[str, int]) -> Sheet | None:
    """Return the one full sheet that the visible cells allow; None if there is none or more than one."""
    values = dict(visible)
    for cell, equation in derivations(grid, visible):
        values[cell] = value_by(equation, cell, values)
    if len(values) < len(grid.names):
        rest = _eliminate(grid, values)
        if rest is None:
            return None
        values |= rest
    fits = all(number >= 0 for number in values.values()) and not broken(grid, values)
    return {cell: values[cell] for cell in grid.names} if fits else None


def _eliminate(grid: Grid, values: Mapping[str, int]) -> Sheet | None:
    """Solve several equations at once, by elimination; None if the unknown cells stay open."""
    unknown = [cell for cell in grid.names if cell not in values]
    rows = [_coefficients(equation, values, unknown) for equation in grid.equations]
    for place in range(len(unknown)):
        pivot = next((row for row in rows[place:] if row[place]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        pivot = [number / pivot[place] for number in pivot]
        rows = [[a - row[place] * b for a, b in zip(row, pivot, strict=True)] for row in rows]
        rows.insert(place, pivot)
    solution = [row[-1] for row in rows[: len(unknown)]]
    if any(number.denominator != 1 for number in solution):
        return None
    return {cell: int(number) for cell, number in zip(unknown, solution, strict=True)}


def _coefficients(equation: Equation, values: Mapping[str, int], unknown: list[str]) -> list[Fraction]:
    row = {cell: Fraction(0) for cell in unknown}
    constant = Fraction(0)
    for cell, sign in [*((addend, 1) for addend in equation.addends), (equation.total, -1)]:
        if cell in values:
            constant -= sign * values[cell]
        else:
            row[cell] += sign
    return [*row.values(), constant]
