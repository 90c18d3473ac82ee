"""Whether the points of one competency say more about it than the total does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kapuas_quiz.core.psychometrics.binomial import Numbers

ROUNDING = 1e-12
FEWEST = 100
"""People below whom nothing is said: reliabilities of few items are then too uncertain to be compared."""


class Worth(StrEnum):
    """Whether a sub-score is worth showing for a person, or why that cannot be said."""

    ADDS = "menambah"
    NOTHING = "tidak-menambah"
    TOO_FEW = "orang-kurang"
    NO_SPREAD = "tanpa-sebaran"
    UNRELIABLE = "reliabilitas-tidak-positif"


@dataclass(frozen=True)
class SubScore:
    """How much less wrong about a person's truth in the competency one is than with the group's mean alone.

    from_itself, from_total: proportional reductions of mean squared error from the sub-score and from the
    total, 0..1 but for sampling; None where undefined.
    """

    from_itself: float | None
    from_total: float | None
    worth: Worth


def weigh_subscore(sub: Numbers, total: Numbers, reliability: float | None) -> SubScore:
    """Compare a sub-score with the total as a predictor of the truth behind the sub-score.

    sub: shape (n_persons,), points of the competency.  total: same shape, points of all, those included.
    reliability: of the sub-score, None where undefined.
    From itself: its reliability. From the total: its squared correlation with the true sub-score, whose
    covariance with the total is that of the observed one less its variance of error. Not clipped: sampling
    can bring an estimate above 1.
    Raises ValueError if lengths differ.
    Source: Haberman (2008), Journal of Educational and Behavioral Statistics 33, 204-229.
    """
    if sub.shape != total.shape or sub.ndim != 1:
        raise ValueError("sub-scores and totals must be one figure for each of the same people")
    if len(sub) < 2:
        return SubScore(None, None, Worth.TOO_FEW)
    (variance, covariance), (_, of_total) = np.cov(sub, total)
    if min(variance, of_total) <= ROUNDING:
        return SubScore(None, None, Worth.NO_SPREAD)
    if reliability is None or not ROUNDING < reliability <= 1:
        return SubScore(None, None, Worth.UNRELIABLE)
    shared = covariance - (1 - reliability) * variance
    from_total = float(shared**2 / (reliability * variance * of_total))
    if len(sub) < FEWEST:
        return SubScore(reliability, from_total, Worth.TOO_FEW)
    return SubScore(reliability, from_total, Worth.ADDS if reliability > from_total else Worth.NOTHING)
