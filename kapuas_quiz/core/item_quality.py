"""What answers say about an item, as far as a bank's overview needs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import StatisticsError, correlation, fmean

FEWEST = 20
"""People below which an item is not judged."""

HARDEST, EASIEST, WEAKEST = 0.25, 0.95, 0.1


@dataclass(frozen=True)
class Quality:
    """n people met the item; facility 0..1; item_rest -1..1, None where it is undefined."""

    n: int
    facility: float
    item_rest: float | None

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return codes of what to look at; none for too few people.

        Codes: sukar (fewer than a quarter are right), mudah (nearly all are), lemah (who is right about
        it is hardly better at the rest: the key may be wrong).
        """
        if self.n < FEWEST:
            return ()
        weak = self.item_rest is not None and self.item_rest < WEAKEST
        found = {"sukar": self.facility < HARDEST, "mudah": self.facility > EASIEST, "lemah": weak}
        return tuple(code for code, holds in found.items() if holds)


@dataclass
class Sat:
    """People who met an item in one test of one form: points 0..1 of each, and points over the whole form."""

    points: list[float] = field(default_factory=list)
    totals: list[float] = field(default_factory=list)

    @property
    def deviations(self) -> tuple[list[float], list[float]]:
        """Return how far each person lies from the group's mean: at the item, and at the rest of the form."""
        pairs = zip(self.points, self.totals, strict=True)
        return _from_mean(self.points), _from_mean([round(total - point, 9) for point, total in pairs])


def quality(groups: Iterable[Sat]) -> Quality | None:
    """Return facility and item-rest correlation of an item; None when nobody met it.

    The correlation is that within groups, from the sums of squares and products of all of them: people
    know more after a training than before, and a form may be harder than another, which says nothing about
    an item.
    The item is taken out of the total it is compared with: Henrysson (1963), Psychometrika 28, 211-218.
    """
    groups = [group for group in groups if group.points]
    points = [point for group in groups for point in group.points]
    if not points:
        return None
    apart = [group.deviations for group in groups]
    try:
        item_rest = correlation(
            [d for item, _ in apart for d in item], [d for _, rest in apart for d in rest]
        )
    except StatisticsError:
        item_rest = None
    return Quality(len(points), fmean(points), item_rest)


def _from_mean(values: Sequence[float]) -> list[float]:
    """Return deviations that are exactly 0 where nothing varies."""
    if min(values) == max(values):
        return [0.0] * len(values)
    mean = fmean(values)
    return [value - mean for value in values]
