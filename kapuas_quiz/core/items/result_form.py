"""A result form to fill in, or with one wrong number to find and correct; each trainee another sheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, get_args

from kapuas_quiz.core.canonical import canonical
from kapuas_quiz.core.indonesian_numbers import indonesian_number
from kapuas_quiz.core.items.base import Content, Explanation, ItemSource, ItemType, are_fields
from kapuas_quiz.core.items.result_form_source import ResultFormSource, SlipKind, key_faults
from kapuas_quiz.core.registers import Registers
from kapuas_quiz.core.result_forms.generator import Generator
from kapuas_quiz.core.result_forms.grid import Grid
from kapuas_quiz.core.result_forms.layout import Layout
from kapuas_quiz.core.result_forms.numbers import Unfillable, sum_in_words, written

EXAMPLE = 1
"""The seed of the sheet that staff see."""

PROBES = 12
"""Sheets drawn when a bank is read, so that an item that cannot be drawn is refused there."""

CELL = "baris"
NUMBER = "angka"


class ResultForm(ItemType):
    """An answer is {cell: number as typed}, or {"baris": cell, "angka": number as typed}."""

    source = ResultFormSource

    def faults(self, source: ItemSource, registers: Registers) -> Iterator[tuple[str, str]]:
        """Refuse what cannot be drawn."""
        assert isinstance(source, ResultFormSource)  # noqa: S101
        layout = registers.layouts.get(source.layout)
        if layout is None:
            known = ", ".join(registers.layouts)
            yield "layout", f"susunan '{source.layout}' tidak ada; pilih salah satu: {known}."
            return
        wrong = list(key_faults(source, layout))
        yield from wrong
        if not wrong:
            yield from self._drawing_faults(self.content(source, registers))

    def _drawing_faults(self, content: Content) -> Iterator[tuple[str, str]]:
        try:
            for seed in range(PROBES):
                self.draw(content, seed)
        except Unfillable as why:
            if content["task"] == "isi":
                yield "blank" if content["blank"] else "rules", str(why)
            else:
                sets = {", ".join(sorted(names)) for names in _generator(content).identifiable.values()}
                yield "rules", f"{why} Tulis salah satu: {'; '.join(sorted(sets))}."

    def content(self, source: ItemSource, registers: Registers) -> dict[str, Any]:
        """Keep the layout as it is now, so that a later layout does not change what was asked."""
        kept = super().content(source, registers)
        return {**kept, "form": registers.layouts[kept["layout"]].model_dump(mode="json")}

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        """Return this person's sheet: the true numbers, and which are hidden or written wrong."""
        generator = _generator(content)
        if content["task"] == "isi":
            rules = content["rules"] or list(generator.grid.sentences)
            blanks = generator.blanks(rules, content["blank"] or len(rules), seed)
            return {"values": blanks.values, "hidden": blanks.hidden}
        kinds = content["errors"] or list(get_args(SlipKind))
        found = generator.misprint(content["rules"], kinds, seed)
        return {"values": found.values, "wrong": {"cell": found.cell, "written": found.written}}

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return the form with the numbers that are seen; a cell to be filled has none."""
        sheet = self._seen(content)
        shown: dict[str, int] = dict(sheet["values"])
        if content["task"] == "isi":
            shown = {cell: number for cell, number in shown.items() if cell not in sheet["hidden"]}
        else:
            shown[sheet["wrong"]["cell"]] = sheet["wrong"]["written"]
        grid = _generator(content).grid
        return {
            "type": "result_form",
            "stem": content["stem_html"],
            "task": content["task"],
            "title": grid.layout.title,
            "tables": [_table(grid, place, shown) for place in range(len(grid.tables))],
        }

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether all fields are ones of this form."""
        if answer is None:
            return True
        names = _generator(content).grid.names
        if content["task"] == "isi":
            return are_fields(answer, names)
        return are_fields(answer, (CELL, NUMBER)) and answer.get(CELL) in (None, *names)

    def unread(self, content: Content, answer: object) -> bool:
        """Tell whether something other than a number was typed into a box of the form."""
        typed = answer if isinstance(answer, dict) else {}
        return any(indonesian_number(text) is None for field, text in typed.items() if field != CELL)

    def grade(self, content: Content, answer: object) -> float | None:
        """Return the share of exercised rules whose cells are right; or half for cell, half for number.

        Without the sheet that the person saw nothing is graded.
        """
        if not isinstance(answer, dict) or "values" not in content or not self.accepts(content, answer):
            return None
        sheet, values = content, content["values"]
        if content["task"] == "periksa":
            cell = sheet["wrong"]["cell"]
            if answer.get(CELL) != cell:
                return 0.0
            return 1.0 if indonesian_number(answer.get(NUMBER, "")) == values[cell] else 0.5
        right: dict[str, bool] = {}
        for cell, rule in sheet["hidden"].items():
            fits = indonesian_number(answer.get(cell, "")) == values[cell]
            right[rule] = right.get(rule, True) and fits
        return sum(right.values()) / len(right)

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return the numbers that belong into the sheet."""
        sheet = self._seen(content)
        if content["task"] == "isi":
            return {cell: written(sheet["values"][cell]) for cell in sheet["hidden"]}
        cell = sheet["wrong"]["cell"]
        return {CELL: cell, NUMBER: written(sheet["values"][cell])}

    def explain(self, content: Content) -> Explanation:
        """Return the numbers that belong into the sheet, and every exercised rule with its numbers."""
        sheet = self._seen(content)
        grid = _generator(content).grid
        cells = list(sheet["hidden"]) if content["task"] == "isi" else [sheet["wrong"]["cell"]]
        filled = {cell: f"{grid.names[cell]}: {written(sheet['values'][cell])}" for cell in cells}
        rules = [each for cell in cells for each in _sums(grid, cell, sheet)]
        listed = "".join(f"<li>{escape(line)}</li>" for line in dict.fromkeys(rules))
        return Explanation(
            key="",
            key_text="; ".join(filled.values()),
            rationale_html=f"{content['rationale_html']}\n<ul>{listed}</ul>",
            option_rationales={},
            citation=content["citation"],
        )

    def say(self, content: Content, answer: object) -> str:
        """Write the answer as cells with the numbers as typed."""
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return ""
        names = _generator(content).grid.names
        if content["task"] == "periksa":
            return f"{names.get(answer.get(CELL, ''), '—')}: {answer.get(NUMBER, '—')}"
        return "; ".join(f"{names[cell]}: {answer[cell]}" for cell in names if cell in answer)

    def _seen(self, content: Content) -> Mapping[str, Any]:
        return content if "values" in content else self.draw(content, EXAMPLE)


def _generator(content: Content) -> Generator:
    return _prepared(canonical(content["form"]), content["pairs"] or 2, content["places"] or 2)


@lru_cache(maxsize=64)
def _prepared(form: str, pairs: int, places: int) -> Generator:
    return Generator(Grid(Layout.model_validate(json.loads(form)), pairs=pairs, places=places))


def _table(grid: Grid, place: int, shown: Mapping[str, int]) -> dict[str, Any]:
    table = grid.tables[place]
    lines = [
        {
            "label": line.label,
            "cells": [
                {
                    "id": cell,
                    "name": grid.names[cell],
                    "text": written(shown[cell]) if cell in shown else None,
                }
                for cell in line.cells
            ],
        }
        for line in table.lines
    ]
    return {"title": table.title, "columns": list(table.columns), "lines": lines}


def _sums(grid: Grid, cell: str, sheet: Mapping[str, Any]) -> Iterator[str]:
    hidden_for = sheet.get("hidden", {}).get(cell)
    for equation in grid.of_cell[cell]:
        if hidden_for in (None, equation.rule):
            numbers = sum_in_words(equation.addends, equation.total, sheet["values"])
            yield f"{grid.sentences[equation.rule]} {grid.names[equation.total]}: {numbers}."
