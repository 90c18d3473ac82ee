"""Chances of right answers of a person whose true proportion is known."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.student_t import incomplete_beta

Numbers = NDArray[np.float64]


def chances(n_items: int, true: Numbers, likeness: float = 0.0) -> Numbers:
    """Give the chance of each number of right answers, by the binomial or the beta-binomial.

    true: shape (n_persons,), the true proportions 0..1.
    likeness: 0 where all items have the same chance for a person; above that (below 1) the person's truth
    in this competency lies around `true` by a beta distribution, so that two answers correlate by it.
    Returns shape (n_items + 1, n_persons); each column adds up to 1.
    Raises ValueError for a likeness outside 0..1 or fewer than no items.
    Source: Skellam (1948), Journal of the Royal Statistical Society B 10, 257-261.
    """
    if n_items < 0 or not 0 <= likeness < 1:
        raise ValueError("n_items must be 0 or more and 0 <= likeness < 1")
    # (true + i * step) over (1 + i * step) is the chance of the next right answer after i right ones.
    step = likeness / (1 - likeness)
    right = _rising(np.asarray(true, dtype=np.float64), n_items, step)
    wrong = _rising(1 - np.asarray(true, dtype=np.float64), n_items, step)
    ways = np.array([math.comb(n_items, k) for k in range(n_items + 1)], dtype=np.float64)
    whole = math.prod(1 + i * step for i in range(n_items))
    return ways[:, None] * right * wrong[::-1] / whole


def unequal_chances(items: Sequence[float]) -> Numbers:
    """Give the chance of each number of right answers of one person to items of unequal difficulty.

    items: this person's chance at each item, 0..1.  Returns shape (n_items + 1, 1).
    Source: Lord and Novick (1968), chapter 23 (the generalised binomial).
    """
    total = np.ones(1)
    for chance in items:
        total = np.convolve(total, (1 - chance, chance))
    return total[:, None]


def reach(length: float, needed: float, true: Numbers) -> Numbers:
    """Give the chance of at least `needed` right answers out of `length` items.

    For whole numbers this is the binomial tail; the incomplete beta function that it equals carries it on
    to an effective length between two whole numbers.
    needed: 0 < needed < length + 1.  true: shape (n_persons,), 0..1.  Returns the same shape.
    Source: Abramowitz and Stegun (1964), 26.5.24.
    """
    return np.array([incomplete_beta(float(t), needed, length - needed + 1) for t in true])


def total_within_floors(parts: Sequence[Numbers], floors: Sequence[int]) -> Numbers:
    """Give the chance of each total together with every competency reaching its floor.

    parts: per competency the chances of each number right, shape (n_items + 1, n_persons).
    floors: least number right in each.  Returns shape (all items + 1, n_persons); a column adds up to the
    chance that all floors are reached.
    """
    total = np.ones((1, parts[0].shape[1]))
    for part, floor in zip(parts, floors, strict=True):
        longer = np.zeros((len(total) + len(part) - 1, total.shape[1]))
        for right in range(max(floor, 0), len(part)):
            longer[right : right + len(total)] += total * part[right]
        total = longer
    return total


def _rising(start: Numbers, n: int, step: float) -> Numbers:
    """Multiply start, start + step, start + 2 step and so on, for 0 to n factors."""
    rows = [np.ones_like(start)]
    for i in range(n):
        rows.append(rows[-1] * (start + i * step))
    return np.stack(rows)
