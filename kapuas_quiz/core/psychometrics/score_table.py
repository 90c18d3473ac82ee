"""The persons of one form, counted by total: nearly all that item analysis asks of their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.binomial import Numbers

DECIMALS = 9
"""Totals that differ by less are the same: thirds of points added in another order."""

ENDS = 0.27
"""Share of persons in the upper and in the lower end. Source: Kelley (1939), Journal of Educational
Psychology 30, 17-24."""

NOTHING = 1e-10
"""A variance of this share of another is rounding."""


def settle(share: float) -> float:
    """Return a share or correlation, exactly 0 for rounding: which side of 0 that falls on is chance."""
    return 0.0 if abs(share) <= NOTHING else share


@dataclass(frozen=True)
class ScoreTable:
    """Points of one form, each item's above its lowest, so that an item that does not vary is exactly 0.

    above: shape (n_items, n_persons), points above the item's lowest.
    low, high: shape (n_items,), lowest and highest points.  sums, squares: shape (n_items,), of points above
    the lowest.  totals, count: shape (n_totals,), the distinct totals above the sum of the lowest, rising,
    and how many persons have each.  place: shape (n_persons,), which of them a person has.
    by_total: shape (n_items, n_totals), points above the lowest of all who have that total.
    halves: variances of odd and of even items' totals and their covariance, as sums over persons.
    """

    above: Numbers
    low: Numbers
    high: Numbers
    sums: Numbers
    squares: Numbers
    totals: Numbers
    count: NDArray[np.intp]
    place: NDArray[np.intp]
    by_total: Numbers
    halves: tuple[float, float, float]

    @property
    def n_persons(self) -> int:
        """Return how many persons there are."""
        return len(self.place)

    @property
    def n_items(self) -> int:
        """Return how many items there are."""
        return len(self.low)

    @property
    def two_valued(self) -> NDArray[np.bool_]:
        """Tell by item whether nobody has other points than the lowest and the highest.

        Between 0 and the range, squares reach range times points at these two ends only.
        """
        range_ = self.high - self.low
        return np.asarray(np.isclose(self.squares, range_ * self.sums, rtol=1e-12, atol=0))

    @property
    def spread(self) -> Spread:
        """Return how points and totals vary."""
        n, sums, whole = self.n_persons, self.sums, float(self.totals @ self.count)
        with_total = self.by_total @ self.totals - sums * whole / n
        of_total = float(self.totals**2 @ self.count - whole**2 / n)
        own = self.squares - sums**2 / n
        own[self.low == self.high] = 0
        return Spread(n, own, with_total, 0.0 if of_total <= NOTHING * own.sum() else of_total, self.halves)

    def weigh_ranks(self, bounds: Sequence[tuple[float, float]]) -> Numbers:
        """Give the share of a person of each total that lies between ranks, equal totals sharing alike.

        bounds: from, to, in persons counted from the lowest, 0..n_persons.  Of totals 1, 2, 2, 3 the lowest
        one and a half persons are the first and a quarter each of the next two.
        Returns shape (len(bounds), n_totals), 0..1; a row times `count` adds up to its bounds' difference.
        """
        above = np.cumsum(self.count)
        below = above - self.count
        rows = [np.clip(np.minimum(above, to) - np.maximum(below, start), 0, None) for start, to in bounds]
        return np.array(rows, dtype=np.float64).reshape(len(bounds), len(self.count)) / self.count

    def weigh_ends(self) -> Numbers:
        """Give the shares of the lower and of the upper end, shape (2, n_totals); 0 for equal totals."""
        n = self.n_persons if len(self.totals) > 1 else 0
        return self.weigh_ranks([(0, ENDS * n), (n - ENDS * n, n)])


@dataclass(frozen=True)
class Spread:
    """Sums of squared deviations and products of deviations over the persons of one form.

    own: shape (n_items,), of each item.  with_total: same shape, of each item with the total.
    of_total: of the total; exactly 0 where totals do not differ.  halves: of the odd items' total, of the
    even items' total, and of both.
    """

    n_persons: int
    own: Numbers
    with_total: Numbers
    of_total: float
    halves: tuple[float, float, float]

    @property
    def rest(self) -> Numbers:
        """Return the sums of squares of all other items' total, by item; exactly 0 where it does not vary."""
        rest = self.of_total - 2 * self.with_total + self.own
        rest[rest <= NOTHING * np.maximum(self.of_total, self.own)] = 0
        return np.asarray(rest, dtype=np.float64)


def count_by_total(points: Numbers) -> ScoreTable:
    """Count the persons of one form.

    points: shape (n_persons, n_items), at least one of each, no NaN.
    Raises ValueError for another shape or for points that are not finite.
    """
    if points.ndim != 2 or not points.size or not np.isfinite(points).all():
        raise ValueError("points must be a finite table of persons by items, and not empty")
    above = np.array(points.T, order="C", dtype=np.float64)
    low, high = above.min(axis=1), above.max(axis=1)
    above -= low[:, None]
    odd, even = above[::2].sum(axis=0), above[1::2].sum(axis=0)
    exact = odd + even
    _, place, count = np.unique(exact.round(DECIMALS), return_inverse=True, return_counts=True)
    return ScoreTable(
        above=above,
        low=low,
        high=high,
        sums=above.sum(axis=1),
        squares=np.einsum("ij,ij->i", above, above),
        totals=np.bincount(place, weights=exact) / count,
        count=count,
        place=place,
        by_total=np.array([np.bincount(place, weights=row, minlength=len(count)) for row in above]),
        halves=_products(odd, even),
    )


def _products(one: Numbers, other: Numbers) -> tuple[float, float, float]:
    # Not by @, which would wake a second processor that costs more than it saves.
    first, second = one - one.mean(), other - other.mean()
    return float((first**2).sum()), float((second**2).sum()), float((first * second).sum())
