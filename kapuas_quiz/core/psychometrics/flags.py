"""What about an item should be looked at, as codes with figures; the words are the room's."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import NormalDist

from kapuas_quiz.core.item_quality import EASIEST, FEWEST, HARDEST
from kapuas_quiz.core.psychometrics.distractors import LEFT_OUT, OptionStatistics
from kapuas_quiz.core.psychometrics.items import ItemStatistics

UNUSED = 0.01
"""A distractor that fewer take than this share distracts nobody."""

MANY_EMPTY = 0.10
"""Share of persons without an answer that is no longer a few forgetful ones."""

SURE = 0.95


class Code(StrEnum):
    """What to look at."""

    FEW_PERSONS = "orang-kurang"
    WRONG_KEY = "kunci-mungkin-salah"
    NOT_POSITIVE = "korelasi-tidak-positif"
    TOO_EASY = "terlalu-mudah"
    TOO_HARD = "terlalu-sukar"
    UNUSED = "pengecoh-tak-dipilih"
    OMITTED = "banyak-dilewati"
    NOT_REACHED = "banyak-tak-terjangkau"


@dataclass(frozen=True)
class Flag:
    """A code and the figures it speaks of; `option` is the index of an option."""

    code: Code
    figures: Mapping[str, float] = field(default_factory=dict)


def flag_item(
    item: ItemStatistics, options: Sequence[OptionStatistics] = (), keys: Collection[int] = ()
) -> tuple[Flag, ...]:
    """Say what to look at; below FEWEST persons only that they are too few.

    options: as `tabulate_options` gives them, none where only points are known.  keys: indexes of options
    that are right.
    """
    if item.n < FEWEST:
        return (Flag(Code.FEW_PERSONS, {"n": item.n, "fewest": FEWEST}),)
    return (
        *_wrong_key(item, options, keys),
        *_about_item(item),
        *_unused(item, options, keys),
        *_left_out(item),
    )


def _wrong_key(
    item: ItemStatistics, options: Sequence[OptionStatistics], keys: Collection[int]
) -> list[Flag]:
    """Name distractors that the strong choose, more of them than the key and surely more than by chance."""
    right = sum(option.upper or 0.0 for option in options if option.option in keys)
    return [
        Flag(
            Code.WRONG_KEY,
            {"option": option.option, "upper": option.upper, "upper_key": right, "r": option.correlation},
        )
        for option in options
        if option.option not in keys and option.option != LEFT_OUT
        if option.correlation is not None and option.upper is not None
        if option.upper > right and surely_positive(option.correlation, item.n)
    ]


def surely_positive(r: float, n: int) -> bool:
    """Tell whether a correlation of n persons is above what chance reaches in 5 of 100.

    Source: Fisher (1921), Metron 1, 3-32: atanh(r) has the standard error 1 / sqrt(n - 3).
    """
    if n <= 3 or r >= 1:
        return n > 3
    return r > 0 and math.atanh(r) * math.sqrt(n - 3) > NormalDist().inv_cdf(SURE)


def _about_item(item: ItemStatistics) -> list[Flag]:
    found = []
    if item.item_rest is not None and item.item_rest <= 0:
        found.append(Flag(Code.NOT_POSITIVE, {"r": item.item_rest}))
    if item.facility is not None and item.facility > EASIEST:
        found.append(Flag(Code.TOO_EASY, {"facility": item.facility, "limit": EASIEST}))
    if item.facility is not None and item.facility < HARDEST:
        found.append(Flag(Code.TOO_HARD, {"facility": item.facility, "limit": HARDEST}))
    return found


def _unused(item: ItemStatistics, options: Sequence[OptionStatistics], keys: Collection[int]) -> list[Flag]:
    """Name options that nobody takes, unless the item is so easy that no distractor could be taken."""
    if item.facility is None or item.facility > EASIEST:
        return []
    return [
        Flag(Code.UNUSED, {"option": option.option, "n": option.n})
        for option in options
        if option.option not in keys and option.option != LEFT_OUT
        if option.share is not None and option.share < UNUSED
    ]


def _left_out(item: ItemStatistics) -> list[Flag]:
    counts = ((Code.OMITTED, item.omitted), (Code.NOT_REACHED, item.not_reached))
    return [Flag(code, {"n": n, "of": item.n}) for code, n in counts if n > MANY_EMPTY * item.n]
