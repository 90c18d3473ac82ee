"""What the numbers that are seen say about those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kapuas_quiz.core.result_forms.grid import Equation, Grid

Sheet = dict[str, int]


def derivations(grid: Grid, known: Iterable[str]) -> Iterator[tuple[str, Equation]]:
    """Yield (cell, equation) as a person works it out: an equation with one unknown gives it."""
    found = set(known)
    waiting = list(grid.equations)
    progress = True
    while progress:
        progress = False
        left = []
        for equation in waiting:
            unknown = [cell for cell in equation.cells if cell not in found]
            if len(unknown) == 1:
                found.add(unknown[0])
                progress = True
                yield unknown[0], equation
            elif unknown:
                left.append(equation)
        waiting = left


def value_by(equation: Equation, cell: str, values: Mapping[str, int]) -> int:
    """Return the number that an equation gives for one of its cells, from all the others."""
    if cell == equation.total:
        return sum([values[addend] for addend in equation.addends])
    return values[equation.total] - sum([values[other] for other in equation.addends if other != cell])


def broken(grid: Grid, values: Mapping[str, int]) -> list[Equation]:
    """Return the equations that a full sheet does not meet."""
    return [each for each in grid.equations if values[each.total] != value_by(each, each.total, values)]
