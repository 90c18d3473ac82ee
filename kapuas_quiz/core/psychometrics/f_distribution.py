"""Quantiles of the F distribution in plain Python."""

from __future__ import annotations

from functools import lru_cache

from kapuas_quiz.core.student_t import incomplete_beta


@lru_cache(maxsize=1024)
def f_quantile(probability: float, first: float, second: float) -> float:
    """Return x with P(F <= x) = probability, by bisection on first * x / (first * x + second).

    probability: 0 < probability < 1.  first, second: degrees of freedom above and below, > 0.
    Raises ValueError outside these ranges.
    Source: Abramowitz and Stegun (1964), 26.6.2.
    """
    if not 0 < probability < 1 or first <= 0 or second <= 0:
        raise ValueError("probability must be between 0 and 1 and degrees of freedom positive")
    low, high = 0.0, 1.0
    while high - low > 1e-14:
        middle = (low + high) / 2
        below = incomplete_beta(middle, first / 2, second / 2) < probability
        low, high = (middle, high) if below else (low, middle)
    share = (low + high) / 2
    return second * share / (first * (1 - share))
