"""Student's t distribution, exact enough for reports, in plain Python."""

from __future__ import annotations

import math
from functools import lru_cache

TINY = 1e-300
STEPS = 200


def cumulative(t: float, freedom: float) -> float:
    """Return P(T <= t) for `freedom` > 0 degrees of freedom.

    Source: Abramowitz and Stegun (1964), 26.5.27 and 26.7.1.
    """
    tail = 0.5 * incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5)
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=4096)
def quantile(probability: float, freedom: float) -> float:
    """Return t with P(T <= t) = probability, by bisection to 1e-10 of its size.

    probability: 0.5 <= probability < 1.  freedom: degrees of freedom, > 0.
    Raises ValueError outside these ranges.
    """
    if not 0.5 <= probability < 1 or freedom <= 0:
        raise ValueError("probability must be in [0.5, 1) and degrees of freedom positive")
    low, high = 0.0, 1.0
    while cumulative(high, freedom) < probability:
        low, high = high, high * 2
    while high - low > 1e-10 * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if cumulative(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) for 0 <= x <= 1 and a, b > 0.

    Source: continued fraction 26.5.8 of Abramowitz and Stegun (1964), evaluated by Lentz (1976).
    """
    if x in (0, 1):
        return float(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
