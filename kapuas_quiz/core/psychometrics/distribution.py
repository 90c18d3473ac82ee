"""Where totals lie and how they are shaped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.contrasts import Obstacle


@dataclass(frozen=True)
class Distribution:
    """Totals in points; None where undefined.

    sd: divisor n - 1.  skewness: G1.  kurtosis: G2, 0 for the normal distribution.
    """

    n: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None

    def obstacle(self, fewest: int) -> Obstacle:
        """Say why a figure that needs `fewest` persons is undefined."""
        return Obstacle.FEW_PERSONS if self.n < fewest else Obstacle.NO_SPREAD


def describe_totals(totals: Numbers) -> Distribution:
    """Describe a distribution by the figures that Moodle, SAS, SPSS and Excel print.

    totals: shape (n_persons,), points, no NaN.  Mean and median need one person, sd two, skewness three and
    kurtosis four; the last two also need spread.
    Raises ValueError for another shape or for totals that are not finite.
    Source: Joanes and Gill (1998), The Statistician 47, 183-189.
    """
    if totals.ndim != 1 or not np.isfinite(totals).all():
        raise ValueError("totals must be one finite figure for each person")
    n = len(totals)
    if not n:
        return Distribution(0, None, None, None, None, None)
    mean = float(totals.mean())
    some = bool(totals.min() < totals.max())
    away = totals - mean
    squares = away * away
    second = float(squares.mean())
    return Distribution(
        n,
        mean,
        float(np.median(totals)),
        (float(np.sqrt(second * n / (n - 1))) if some else 0.0) if n > 1 else None,
        _skewness(n, second, float((squares * away).mean())) if n > 2 and some else None,
        _kurtosis(n, second, float((squares**2).mean())) if n > 3 and some else None,
    )


def _skewness(n: int, second: float, third: float) -> float:
    return float(third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def _kurtosis(n: int, second: float, fourth: float) -> float:
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (fourth / second**2 - 3) + 6)
