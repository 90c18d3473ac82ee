"""A ballot as data, and where its columns lie.

Coordinates are whole units of the drawing: x to the right 0..320, y downwards 0..240. The paper ends
at y = 200; below it lies a strip of its outer side, where the chair of the KPPS signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

WIDTH, HEIGHT = 320, 240
PAPER_BOTTOM = 200
LEFT, TOP, RIGHT, BOTTOM = 12, 36, 308, 176
GAP = 14
MIDDLE = {"tegak": (LEFT + RIGHT) // 2, "mendatar": (TOP + BOTTOM) // 2}
EMPTY = "kosong"
REACH = {"paku": 3, "rokok": 7, "pulpen": 7}
"""How far from its centre a mark of a kind still touches something."""

Tool = Literal["paku", "rokok", "pulpen"]


class Part(BaseModel):
    """A part of a ballot: unknown keys are refused, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Mark(Part):
    """A hole of the nail, a burn of a cigarette, or a mark of a pen, by its centre."""

    x: int = Field(ge=0, le=WIDTH)
    y: int = Field(ge=0, le=PAPER_BOTTOM)
    tool: Tool = "paku"


class Tear(Part):
    """A tear: across the picture of a pair, or at the edge of the paper; by its middle."""

    x: int = Field(ge=0, le=WIDTH)
    y: int = Field(ge=0, le=PAPER_BOTTOM)


class Writing(Part):
    """Words that somebody wrote on the paper, by their left end; without text a scribble."""

    x: int = Field(ge=0, le=WIDTH)
    y: int = Field(ge=0, le=PAPER_BOTTOM)
    text: str = Field(default="", max_length=30)


class Fold(Part):
    """A visible fold: upright at a certain x, or level at a certain y."""

    axis: Literal["tegak", "mendatar"]
    at: int

    def mirrored(self, mark: Mark) -> Mark:
        """Return where a hole through both layers comes out again."""
        if self.axis == "tegak":
            return mark.model_copy(update={"x": 2 * self.at - mark.x})
        return mark.model_copy(update={"y": 2 * self.at - mark.y})


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: int
    top: int
    right: int
    bottom: int

    def depth(self, x: int, y: int) -> float:
        """Return how far a point lies inside the border, negative outside."""
        across = min(x - self.left, self.right - x)
        down = min(y - self.top, self.bottom - y)
        if across >= 0 and down >= 0:
            return min(across, down)
        return -float((min(across, 0) ** 2 + min(down, 0) ** 2) ** 0.5)


@dataclass(frozen=True)
class Column:
    """The column of a pair ("p1", "p2", ...) or the empty one."""

    id: str
    box: Box

    @property
    def is_empty(self) -> bool:
        """Tell whether this is the empty column."""
        return self.id == EMPTY


class Ballot(Part):
    """One ballot: one pair against the empty column, or two to four pairs side by side."""

    pairs: int = Field(ge=1, le=4)
    names: tuple[tuple[str, str], ...]
    apart: bool = True
    signed: bool = True
    marks: tuple[Mark, ...] = ()
    tear: Tear | None = None
    writing: Writing | None = None
    fold: Fold | None = None

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns from left to right, with a gap between them if they stand apart."""
        ids = [f"p{number + 1}" for number in range(self.pairs)]
        if self.pairs == 1:
            ids.append(EMPTY)
        gap = GAP if self.apart else 0
        width = (RIGHT - LEFT - gap * (len(ids) - 1)) // len(ids)
        lefts = [LEFT + place * (width + gap) for place in range(len(ids))]
        return tuple(
            Column(name, Box(left, TOP, left + width, BOTTOM)) for name, left in zip(ids, lefts, strict=True)
        )

    def spots(self, column: Column) -> dict[str, Box]:
        """Return number, photo and names of a column; the empty one has none, a single pair no number."""
        if column.is_empty:
            return {}
        box, middle = column.box, (column.box.left + column.box.right) // 2
        spots = {
            "nomor": Box(middle - 13, TOP + 5, middle + 13, TOP + 29),
            "foto": Box(box.left + 5, TOP + 34, box.right - 5, TOP + 88),
            "nama": Box(box.left + 5, TOP + 93, box.right - 5, TOP + 127),
        }
        if self.pairs == 1:
            del spots["nomor"]
        return spots
