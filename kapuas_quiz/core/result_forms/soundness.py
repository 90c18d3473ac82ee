"""What is wrong with a layout, before anybody writes an item with it."""

from __future__ import annotations

from kapuas_quiz.core.result_forms.generator import Generator
from kapuas_quiz.core.result_forms.grid import Grid
from kapuas_quiz.core.result_forms.layout import MOST_PAIRS, MOST_PLACES, Layout
from kapuas_quiz.core.result_forms.numbers import Unfillable

SAMPLES = 20
"""Sheets drawn of each size."""


def layout_fault(layout: Layout) -> str | None:
    """Return what keeps a layout from giving sheets, in any of its sizes; None if nothing does."""
    for pairs in (1, MOST_PAIRS):
        for places in (2, MOST_PLACES):
            grid = Grid(layout, pairs=pairs, places=places)
            idle = grid.sentences.keys() - {equation.rule for equation in grid.equations}
            if idle:
                return f"aturan '{min(idle)}' tidak menunjuk sel mana pun; periksa nama baris dan kolomnya."
            try:
                generator = Generator(grid)
                for seed in range(SAMPLES):
                    generator.sheet(seed)
            except Unfillable as why:
                return str(why)
    return None
