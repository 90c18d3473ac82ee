"""Ballots made to order: another one for each seed, always of the cell that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from kapuas_quiz.core.ballots.dice import Dice
from kapuas_quiz.core.ballots.marking import marks_for
from kapuas_quiz.core.ballots.model import (
    LEFT,
    MIDDLE,
    PAPER_BOTTOM,
    RIGHT,
    TOP,
    WIDTH,
    Ballot,
    Fold,
    Tear,
    Writing,
)
from kapuas_quiz.core.ballots.rules import Rule, matching

TRIES = 200
PLAIN_FOLDS = 4
NAMES = tuple(
    "Langit Embun Samudra Rimba Cahaya Bumi Senja Kirana "
    "Tirta Bayu Intan Mutiara Pelita Citra Arunika Telaga".split()
)
WORDS = ("", "Terima kasih", "Semoga menang", "Pilihan saya", "Dari kami", "Setuju", "Tidak cocok")


class ImpossibleError(ValueError):
    """No ballot of this cell exists with this number of pairs."""


def names_for(pairs: int, seed: int) -> tuple[tuple[str, str], ...]:
    """Return the invented names of the pairs, each name once."""
    drawn = Dice(seed, "nama").some(NAMES, 2 * pairs)
    return tuple(zip(drawn[::2], drawn[1::2], strict=True))


def generate(
    cell: str,
    pairs: int,
    seed: int,
    rules: Sequence[Rule],
    names: tuple[tuple[str, str], ...] | None = None,
) -> Ballot:
    """Return a ballot that the rules put into that cell.

    rules: the table in order, at least up to that cell. Raises ImpossibleError.
    """
    rule = next((rule for rule in rules if rule.id == cell), None)
    if rule is None:
        raise ImpossibleError(cell)
    names = names or names_for(pairs, seed)
    for attempt in range(TRIES):
        ballot = _sketch(rule, Ballot(pairs=pairs, names=names), Dice(seed, cell, pairs, attempt))
        if matching(ballot, rules) is rule:
            return ballot
    raise ImpossibleError(f"{cell}, {pairs}")


def is_possible(cell: str, pairs: int, rules: Sequence[Rule]) -> bool:
    """Tell whether a ballot of this cell exists with this number of pairs."""
    try:
        generate(cell, pairs, 0, rules)
    except ImpossibleError:
        return False
    return True


def _sketch(rule: Rule, plain: Ballot, dice: Dice) -> Ballot:
    """Make a ballot that has what the cell names and is usual elsewhere; the rules tell whether it fits."""
    when = rule.when
    ballot = plain.model_copy(
        update={
            "apart": when.line != "bersama",
            "signed": when.signature != "tidak-ada",
            "fold": _fold(when.fold, dice),
        }
    )
    ballot = _fresh(ballot, marks=marks_for(ballot, when, dice))
    return _fresh(
        ballot,
        tear=_tear(ballot, when.tear, dice),
        writing=_writing(dice) if when.writing == "ya" else None,
    )


def _fresh(ballot: Ballot, **changes: object) -> Ballot:
    return Ballot.model_validate({**ballot.model_dump(), **changes})


def _fold(wish: str | None, dice: Dice) -> Fold | None:
    """Return a fold where one is asked for, and now and then where it does not matter."""
    if wish in (None, "tidak") and dice.below(PLAIN_FOLDS):
        return None
    axis = dice.pick(("tegak", "mendatar"))
    return Fold(axis="tegak" if axis == "tegak" else "mendatar", at=MIDDLE[axis])


def _tear(ballot: Ballot, wish: str | None, dice: Dice) -> Tear | None:
    if wish == "gambar":
        boxes = [ballot.spots(column)["foto"] for column in ballot.columns if not column.is_empty]
        box = dice.pick(boxes)
        return Tear(
            x=dice.between(box.left + 18, box.right - 18), y=dice.between(box.top + 18, box.bottom - 18)
        )
    if wish == "lain":
        return Tear(x=dice.between(LEFT + 10, RIGHT - 10), y=PAPER_BOTTOM)
    return None


def _writing(dice: Dice) -> Writing:
    y = dice.pick((TOP - 8, PAPER_BOTTOM - 8))
    return Writing(x=dice.between(LEFT + 2, WIDTH // 2), y=y, text=dice.pick(WORDS))
