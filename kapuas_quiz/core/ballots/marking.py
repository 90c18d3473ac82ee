"""Where the marks of a made ballot go."""

from __future__ import annotations

from kapuas_quiz.core.ballots.dice import Dice
from kapuas_quiz.core.ballots.model import (
    BOTTOM,
    GAP,
    LEFT,
    PAPER_BOTTOM,
    REACH,
    RIGHT,
    TOP,
    Ballot,
    Box,
    Column,
    Mark,
    Tool,
)
from kapuas_quiz.core.ballots.rules import When

CLEAR = 4
"""How far a mark stays from any line that it must not touch."""
TOGETHER = 14
"""How far apart two holes must be, along some axis, to be seen as two."""

THROWS = 60


def marks_for(ballot: Ballot, when: When, dice: Dice) -> tuple[Mark, ...]:
    """Return marks as a condition wants them; usual is one hole on number, photo or name."""
    if when.marks == "nol":
        return ()
    if when.columns == "nol":
        return _apart([_outside(ballot, dice) for _ in range(1 + dice.below(2))])
    if when.line == "bersama":
        return (_between_columns(ballot, dice),)
    if when.fold == "simetris" and ballot.fold:
        first = _inside(_column(ballot, when, dice), ballot, None, dice)
        return _apart([first, ballot.fold.mirrored(first)])
    if when.columns == "banyak":
        count = 2 + (dice.below(3) == 0)
        return tuple(_inside(column, ballot, None, dice) for column in dice.some(ballot.columns, count))
    return _in_one_column(ballot, when, dice)


def _in_one_column(ballot: Ballot, when: When, dice: Dice) -> tuple[Mark, ...]:
    column = _column(ballot, when, dice)
    if when.outside == "ya":
        return (_inside(column, ballot, None, dice), _outside(ballot, dice))
    if when.marks == "banyak" or when.fold == "lain":
        return _apart([_inside(column, ballot, None, dice) for _ in range(2 + dice.below(2))])
    if when.line == "sendiri":
        return (_on_line(column.box, dice),)
    if when.tool in ("lain", "campuran"):
        odd = _inside(column, ballot, None, dice, dice.pick(("rokok", "pulpen")))
        return (odd,) if when.tool == "lain" else _apart([odd, _inside(column, ballot, None, dice)])
    return (_inside(column, ballot, when.spot, dice),)


def _column(ballot: Ballot, when: When, dice: Dice) -> Column:
    wanted = [
        column
        for column in ballot.columns
        if when.target is None or column.is_empty == (when.target == "kosong")
    ]
    return dice.pick(wanted or ballot.columns)


def _inside(column: Column, ballot: Ballot, spot: str | None, dice: Dice, tool: Tool = "paku") -> Mark:
    """Return a mark in a column: on a certain spot, on any, or on the bare paper of it."""
    spots = ballot.spots(column)
    if spot == "ruang" or not spots:
        return _on_bare_paper(column.box, tuple(spots.values()), dice, tool)
    name = spot if spot in spots else dice.pick(tuple(spots))
    return _within(_letters(spots[name]) if name == "nama" else spots[name], dice, tool)


def _on_bare_paper(box: Box, spots: tuple[Box, ...], dice: Dice, tool: Tool) -> Mark:
    """Return a mark that touches none of the spots; a last throw where that does not come about."""
    for _ in range(THROWS):
        mark = _within(box, dice, tool)
        if all(spot.depth(mark.x, mark.y) < -REACH[tool] - 1 for spot in spots):
            break
    return mark


def _letters(box: Box) -> Box:
    """Return the part of the place for names that even the shortest names fill."""
    middle = (box.left + box.right) // 2
    return Box(middle - 20, box.top, middle + 20, box.bottom)


def _within(box: Box, dice: Dice, tool: Tool) -> Mark:
    off = REACH[tool] + CLEAR
    return Mark(
        x=dice.between(box.left + off, box.right - off),
        y=dice.between(box.top + off, box.bottom - off),
        tool=tool,
    )


def _on_line(box: Box, dice: Dice) -> Mark:
    across = dice.between(box.left + GAP, box.right - GAP)
    down = dice.between(box.top + GAP, box.bottom - GAP)
    return dice.pick(
        (
            Mark(x=across, y=box.top),
            Mark(x=across, y=box.bottom),
            Mark(x=box.left, y=down),
            Mark(x=box.right, y=down),
        )
    )


def _between_columns(ballot: Ballot, dice: Dice) -> Mark:
    return Mark(
        x=dice.pick(ballot.columns[:-1]).box.right,
        y=dice.between(TOP + GAP, BOTTOM - GAP),
    )


def _outside(ballot: Ballot, dice: Dice) -> Mark:
    """Return a hole under the columns, at their side above, or in a gap between two."""
    if ballot.apart and dice.below(3) == 0:
        left = dice.pick(ballot.columns[:-1]).box.right
        return Mark(x=left + GAP // 2, y=dice.between(TOP + GAP, BOTTOM - GAP))
    x = dice.between(LEFT + GAP, RIGHT - GAP)
    return Mark(x=x, y=dice.pick((TOP - 10, dice.between(BOTTOM + 9, PAPER_BOTTOM - 8))))


def _apart(marks: list[Mark]) -> tuple[Mark, ...]:
    """Return the marks without those that would run together with an earlier one."""
    kept: list[Mark] = []
    for mark in marks:
        if all(max(abs(mark.x - other.x), abs(mark.y - other.y)) >= TOGETHER for other in kept):
            kept.append(mark)
    return tuple(kept)
