"""A layout laid out for a number of pairs and places: its cells and its rules, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kapuas_quiz.core.result_forms.layout import Column, Layout, Row, Section

ALONE = 2
"""Lines for one pair: its own and the empty column's."""


@dataclass(frozen=True)
class Line:
    """A row of one table with its cell ids in the order of the columns."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A section with its repeated rows and columns written out."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Equation:
    """One instance of a named rule: the addends give the total."""

    rule: str
    addends: tuple[str, ...]
    total: str

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Return all cells of the equation."""
        return (*self.addends, self.total)


class Grid:
    """The cells of a layout, their names in words, and the equations among them."""

    def __init__(self, layout: Layout, *, pairs: int = 2, places: int = 2) -> None:
        self.layout = layout
        self.pairs = pairs
        self.places = places
        self.names: dict[str, str] = {}
        self.tables = tuple(self._table(section) for section in layout.sections)
        self.equations = tuple(self._equations())
        self.sentences = {rule.name: rule.sentence for rule in layout.rules}
        self.of_cell: dict[str, list[Equation]] = {cell: [] for cell in self.names}
        for equation in self.equations:
            for cell in equation.cells:
                self.of_cell[cell].append(equation)

    def _table(self, section: Section) -> Table:
        columns = [found for column in section.columns for found in self._columns(column)]
        lines = []
        for row in section.rows:
            for row_id, label in self._rows(row):
                ids = [f"{row_id}-{column_id}" for column_id, _, _ in columns] or [row_id]
                spoken = [f"{label}, {said}" for _, _, said in columns] or [label]
                self.names |= dict(zip(ids, spoken, strict=True))
                lines.append(Line(label, tuple(ids)))
        heads = tuple(label for _, label, _ in columns) or (section.heading,)
        return Table(section.title, heads, tuple(lines))

    def _columns(self, column: Column) -> list[tuple[str, str, str]]:
        if column.each is None:
            return [(column.id, column.label, column.spoken)]
        return [
            (f"{column.id}{n}", _numbered(column.label, n), _numbered(column.spoken, n))
            for n in range(1, self.places + 1)
        ]

    def _rows(self, row: Row) -> list[tuple[str, str]]:
        if row.each is None:
            return [(row.id, row.label)]
        if self.pairs == 1 and row.alone:
            return [(f"{row.id}1", _numbered(row.label, 1)), (f"{row.id}{ALONE}", row.alone)]
        return [(f"{row.id}{n}", _numbered(row.label, n)) for n in range(1, self.pairs + 1)]

    def cells(self, pattern: str) -> tuple[str, ...]:
        """Return the cells that a pattern without `*` names, none if there are none."""
        row, _, column = pattern.partition("-")
        rows = self._repetitions(row, "rows")
        if not column:
            return tuple(name for name in rows if name in self.names)
        named = (f"{each}-{other}" for other in self._repetitions(column, "columns") for each in rows)
        return tuple(cell for cell in named if cell in self.names)

    def _repetitions(self, name: str, kind: str) -> list[str]:
        for section in self.layout.sections:
            for part in getattr(section, kind):
                if part.id == name and part.each:
                    count = self.places if kind == "columns" else max(self.pairs, ALONE)
                    return [f"{name}{n}" for n in range(1, count + 1)]
        return [name]

    def instances(self, patterns: Sequence[str]) -> Iterator[list[tuple[str, ...]]]:
        """Write each `*` out in turn; yield the cells of every pattern where all of them name some."""
        for name in self._stars(patterns):
            found = [self.cells(pattern.replace("*", name)) for pattern in patterns]
            if all(found):
                yield found

    def _stars(self, patterns: Sequence[str]) -> list[str]:
        if not any("*" in pattern for pattern in patterns):
            return [""]
        at_row = any(pattern.startswith("*") for pattern in patterns)
        return list(dict.fromkeys(_part(cell, at_row) for cell in self.names))

    def _equations(self) -> Iterator[Equation]:
        for rule in self.layout.rules:
            for *addends, total in self.instances([*rule.sum, rule.total]):
                if len(total) == 1:
                    yield Equation(rule.name, tuple(cell for part in addends for cell in part), total[0])


def _part(cell: str, at_row: bool) -> str:
    row, _, column = cell.partition("-")
    return row if at_row else column


def _numbered(text: str, number: int) -> str:
    return text.replace("{n}", str(number))
