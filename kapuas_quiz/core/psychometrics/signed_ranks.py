"""Wilcoxon's signed ranks, with what becomes of zero differences named."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from kapuas_quiz.core.psychometrics.binomial import Numbers

MOST_EXACT = 50
"""From here on the normal approximation is good to the third digit."""

DECIMALS = 10
"""Differences of proportions that should be equal differ by rounding only beyond this."""


class Zeros(StrEnum):
    """What becomes of people without a difference.

    DISCARD: they are left out before ranking (Wilcoxon).
    PRATT: they are ranked with the others, then their ranks are left out.
    """

    DISCARD = "wilcoxon"
    PRATT = "pratt"


@dataclass(frozen=True)
class SignedRanks:
    """Rank sums of gains and losses; p is two-sided, exact or else normal with tie correction."""

    gains: float
    losses: float
    n: int
    n_zero: int
    zeros: Zeros
    exact: bool
    p: float


def compare_by_signed_ranks(
    before: Numbers, after: Numbers, zeros: Zeros = Zeros.DISCARD
) -> SignedRanks | None:
    """Test whether gains and losses are ranked alike.

    before, after: shape (n_persons,), same people.  Up to 50 ranked differences p is exact: over all signs
    that these ranks, ties shared, could have had. Beyond, the normal approximation has the variance of
    these ranks (which is the tie correction) and a continuity correction of half a rank.
    None where nobody differs.
    Raises ValueError if lengths differ.
    Source: Wilcoxon (1945), Biometrics Bulletin 1, 80-83; Pratt (1959), Journal of the American Statistical
    Association 54, 655-667; Lehmann (1975), Nonparametrics, chapter 3 on ties.
    """
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError("before and after must be one figure for each of the same people")
    change = np.round(after - before, DECIMALS)
    counted = change if zeros is Zeros.PRATT else change[change != 0]
    ranks = _rank(np.abs(counted))[counted != 0]
    signs = counted[counted != 0]
    if not len(signs):
        return None
    gains, losses = float(ranks[signs > 0].sum()), float(ranks[signs < 0].sum())
    exact = len(counted) <= MOST_EXACT
    p = (_exact_p if exact else _normal_p)(ranks, min(gains, losses))
    return SignedRanks(gains, losses, len(ranks), int((change == 0).sum()), zeros, exact, p)


def _rank(sizes: Numbers) -> Numbers:
    _, place, counts = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle: Numbers = (last - (counts - 1) / 2)[place]
    return middle


def _exact_p(ranks: Numbers, smaller: float) -> float:
    """Count the sign patterns with a rank sum as small; doubled, shared ranks are whole."""
    doubled = [round(2 * float(rank)) for rank in ranks]
    ways = [1] + [0] * sum(doubled)
    for rank in doubled:
        ways = [count + (ways[i - rank] if i >= rank else 0) for i, count in enumerate(ways)]
    return min(1.0, 2 * sum(ways[: round(2 * smaller) + 1]) / (1 << len(doubled)))


def _normal_p(ranks: Numbers, smaller: float) -> float:
    distance = float(ranks.sum()) / 2 - smaller - 0.5
    z = max(0.0, distance) / math.sqrt(float((ranks**2).sum()) / 4)
    return 2 * NormalDist().cdf(-z)
