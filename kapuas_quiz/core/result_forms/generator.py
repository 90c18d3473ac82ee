"""Exercises: a sheet with cells to fill in, or with one wrong number to find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.result_forms.grid import Equation, Grid
from kapuas_quiz.core.result_forms.numbers import TRIES, Unfillable, consistent_sheet, plan
from kapuas_quiz.core.result_forms.slips import slip
from kapuas_quiz.core.result_forms.solver import Sheet, derivations


@dataclass(frozen=True)
class Blanks:
    """A sheet to fill in: the true numbers, and the rule that each hidden cell was hidden for."""

    values: Sheet
    hidden: dict[str, str]


@dataclass(frozen=True)
class Misprint:
    """A sheet to check: the true numbers, the one cell that is written wrong, and what stands there."""

    values: Sheet
    cell: str
    written: int


class Generator:
    """Draws exercises for one grid; equal seeds give equal exercises."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.steps = plan(grid)
        self.identifiable = identifiable(grid)
        self.of_rule: dict[str, set[str]] = {}
        for equation in grid.equations:
            self.of_rule.setdefault(equation.rule, set()).update(equation.cells)

    def sheet(self, seed: object) -> Sheet:
        """Return a consistent full sheet."""
        return consistent_sheet(self.grid, self.steps, seed)

    def blanks(self, rules: Sequence[str], count: int, seed: object) -> Blanks:
        """Hide `count` cells, at least one for each rule, that can all be worked out from the rest.

        Raises Unfillable if the layout has no room for so many.
        """
        slots = [rules[number % len(rules)] for number in range(count)]
        slots.sort(key=lambda rule: len(self.of_rule[rule]))
        hidden = self._hide(slots, {}, str(seed))
        if hidden is None:
            raise Unfillable(f"susunan ini tidak memberi tempat bagi {count} sel kosong; kurangi.")
        return Blanks(self.sheet(seed), hidden)

    def _hide(self, slots: list[str], hidden: dict[str, str], seed: str) -> dict[str, str] | None:
        """Hide a cell for each slot; step back where an earlier choice left no room."""
        if not slots:
            return hidden
        number = len(hidden)
        for cell in sorted(self.of_rule[slots[0]], key=lambda each: lot(seed, number, each)):
            if cell not in hidden and self._workable({*hidden, cell}):
                full = self._hide(slots[1:], {**hidden, cell: slots[0]}, seed)
                if full is not None:
                    return full
        return None

    def _workable(self, hidden: set[str]) -> bool:
        seen = [cell for cell in self.grid.names if cell not in hidden]
        return sum(1 for _ in derivations(self.grid, seen)) == len(hidden)

    def candidates(self, rules: Sequence[str]) -> list[str]:
        """Return the cells whose error breaks exactly these rules and is told from every other cell's."""
        return [cell for cell, names in self.identifiable.items() if names == frozenset(rules)]

    def misprint(self, rules: Sequence[str], kinds: Sequence[str], seed: object) -> Misprint:
        """Write one number wrong, by a slip of one of the kinds, so that the broken rules point to it.

        Raises Unfillable if no cell allows it.
        """
        for again in range(TRIES):
            values = self.sheet(f"{seed}|{again}")
            for cell in sorted(self.candidates(rules), key=lambda each: lot(seed, again, each)):
                wrong = slip(values, cell, kinds, f"{seed}|{again}|{cell}", self.grid)
                if wrong is not None:
                    return Misprint(values, cell, wrong)
        raise Unfillable("tidak ada sel yang kesalahannya melanggar tepat aturan ini.")


def identifiable(grid: Grid) -> dict[str, frozenset[str]]:
    """Map each cell whose error no other single cell explains to the names of the rules that it breaks."""
    marks = {cell: _mark(cell, equations) for cell, equations in grid.of_cell.items()}
    taken = list(marks.values())
    return {
        cell: frozenset(equation.rule for equation in grid.of_cell[cell])
        for cell, mark in marks.items()
        if mark and taken.count(mark) + taken.count(_opposite(mark)) == 1
    }


def _mark(cell: str, equations: list[Equation]) -> frozenset[tuple[Equation, int]]:
    return frozenset((equation, -1 if cell == equation.total else 1) for equation in equations)


def _opposite(mark: frozenset[tuple[Equation, int]]) -> frozenset[tuple[Equation, int]]:
    return frozenset((equation, -sign) for equation, sign in mark)
