"""What answers say about an item, as far as a bank's overview needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def quality(points: Sequence[float], totals: Sequence[float]) -> Quality | None:
    """Return facility and item-rest correlation of an item; None when nobody met it.

    points: 0..1 for each person.  totals: each person's points over the whole form, this item included.
    The item is taken out of the total it is compared with: Henrysson (1963), Psychometrika 28, 211-218.
    """
    if not points:
        return None
    rest = [total - point for point, total in zip(points, totals, strict=True)]
    try:
        item_rest = correlation(points, rest)
    except StatisticsError:
        item_rest = None
    return Quality(len(points), fmean(points), item_rest)
