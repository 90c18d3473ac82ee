"""What the two types with ballots share: the cells an item may draw, frozen with the rules before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from kapuas_quiz.core.ballots.generator import ImpossibleError, generate
from kapuas_quiz.core.ballots.rules import UNDECIDED, Rule, RuleTable, judge, verdict_key
from kapuas_quiz.core.items.base import Content

SEEDS = 12
EXAMPLE = 0
"""The seed of the ballot that staff see where nobody has drawn one."""


def cell_faults(pairs: int, cells: Sequence[str], table: RuleTable) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the cells of an item, and how to repair it."""
    for name, count in Counter(cells).items():
        if count > 1:
            yield "cells", f"sel '{name}' ditulis dua kali; hapus satu."
        cell = table.cell(name)
        if cell is None:
            known = ", ".join(cell.id for cell in table.cells if cell.verdict != UNDECIDED)
            yield "cells", f"sel '{name}' tidak ada dalam tabel aturan; pilih dari: {known}."
        elif cell.verdict == UNDECIDED:
            yield "cells", f"sel '{name}' belum diputuskan pejabat hukum; pilih sel lain."
        elif not _can_be_drawn(name, pairs, table):
            yield "cells", f"sel '{name}' tidak mungkin terjadi pada pairs: {pairs}; ganti sel atau pairs."


@lru_cache(maxsize=1000)
def _can_be_drawn(name: str, pairs: int, table: RuleTable) -> bool:
    """Tell whether generator and judge agree on a cell, for a dozen seeds."""
    try:
        ballots = [generate(name, pairs, seed, table.cells) for seed in range(SEEDS)]
    except ImpossibleError:
        return False
    return all((found := judge(ballot, table.cells)) and found.cell == name for ballot in ballots)


def frozen_cells(cells: Sequence[str], table: RuleTable) -> dict[str, Any]:
    """Return what a revision keeps: the cells in full, and each rule up to the last of them."""
    listed = [cell for name in cells if (cell := table.cell(name))]
    last = max((table.cells.index(cell) for cell in listed), default=-1)
    said = {"id", "title", "verdict", "sentence", "citation", "facts", "certain"}
    judged = {"id", "when", "verdict"}
    return {
        "cells": [cell.model_dump(mode="json", include=said) for cell in listed],
        "rules": [cell.model_dump(include=judged, exclude_none=True) for cell in table.cells[: last + 1]],
        "practice_only": not all(cell.certain for cell in listed),
    }


def drawn_ballot(
    content: Content, cell: str, seed: int, names: tuple[tuple[str, str], ...] | None = None
) -> dict[str, Any]:
    """Return a ballot of a cell as a presentation keeps it, with the verdict of the rules on it.

    The verdict is kept because the ballot's geometry tells it only as long as the drawing stays the same.
    """
    rules = [Rule.model_validate(rule) for rule in content["rules"]]
    ballot = generate(cell, content["pairs"], seed, rules, names)
    drawn = {"ballot": ballot.model_dump(mode="json", exclude_defaults=True), "cell": cell}
    return {**drawn, "verdict": verdict_key(ballot, cell_of(content, drawn)["verdict"])}


def cell_of(content: Content, drawn: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the cell that a drawn ballot belongs to, as this wording of the rules has it."""
    cell: Mapping[str, Any] = next(cell for cell in content["cells"] if cell["id"] == drawn["cell"])
    return cell


def listed(content: Content) -> str:
    """Return all cells of an item as an HTML list, for staff who look at no particular ballot."""
    entries = (f"<li>{escape(cell['title'])}. {escape(cell['sentence'])}</li>" for cell in content["cells"])
    return f"<ul>{''.join(entries)}</ul>"


def citation_of(content: Content, cell: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the citation of a cell, or that of the item where the cell has none."""
    found: Mapping[str, str] = cell["citation"] if cell["citation"]["instrument"] else content["citation"]
    return found
