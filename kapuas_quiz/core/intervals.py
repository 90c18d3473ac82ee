"""Intervals around proportions and means. Undefined ones are None."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from kapuas_quiz.core.student_t import quantile

LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure with the interval that covers the true one at the stated level."""

    value: float
    low: float
    high: float


def wilson(points: float, n: float, level: float = LEVEL) -> Estimate | None:
    """Give the score interval of a proportion; 3 of 5 gives 0.23 to 0.88.

    points: 0..n, may be partial.  n: number of independent answers, may be an effective number.
    Returns None when n is 0.
    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    """
    if n <= 0:
        return None
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    p = points / n
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return Estimate(p, max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half)))


def clustered(persons: Sequence[tuple[float, float]], level: float = LEVEL) -> Estimate | None:
    """Give the interval of a group's proportion when each person answered several items.

    persons: (points, most possible points) of each, the latter > 0.
    The answers of one person resemble each other, so they are worth fewer independent ones: the score
    interval is taken at the effective number, p(1-p) over the variance between persons, never more than
    there are answers, and shrunk for the few persons it was estimated from. Where all or none is right
    no resemblance can be seen, and the answers count as they are.
    Returns None for fewer than two persons: one person's answers say nothing about how a group varies.
    Source: Korn and Graubard (1998), Survey Methodology 24, 193-201; Franco et al. (2019), Journal of
    Survey Statistics and Methodology 7, 334-364.
    """
    worth = effective_number(persons)
    if worth is None:
        return None
    p = math.fsum(points for points, _ in persons) / math.fsum(most for _, most in persons)
    worth *= shrinkage(len(persons), level)
    return wilson(p * worth, worth, level)


def effective_number(persons: Sequence[tuple[float, float]]) -> float | None:
    """Tell how many independent answers the answers of a group are worth, at most as many as there are.

    persons: (points, most possible points) of each, the latter > 0.
    Returns None for fewer than two persons.
    Source: Kish (1965), Survey Sampling, section 8.2.
    """
    n = len(persons)
    if n < 2:
        return None
    answers = math.fsum(most for _, most in persons)
    p = math.fsum(points for points, _ in persons) / answers
    spread = math.fsum((points - p * most) ** 2 for points, most in persons)
    variance = n / (n - 1) * spread / answers**2
    simple = p * (1 - p)
    return min(answers, simple / variance) if simple > 0 and variance > 0 else answers


def shrinkage(n_persons: int, level: float = LEVEL) -> float:
    """Return what share of an effective number to count, as it was estimated from so few persons (> 1).

    Source: Korn and Graubard (1998), Survey Methodology 24, 193-201.
    """
    tail = (1 + level) / 2
    return (NormalDist().inv_cdf(tail) / quantile(tail, n_persons - 1)) ** 2


def mean(values: Sequence[float], level: float = LEVEL) -> Estimate | None:
    """Give the t interval of a mean; None for fewer than two values.

    Source: Student (1908), Biometrika 6, 1-25.
    """
    n = len(values)
    if n < 2:
        return None
    middle = fmean(values)
    half = quantile((1 + level) / 2, n - 1) * stdev(values) / math.sqrt(n)
    return Estimate(middle, middle - half, middle + half)


def difference(
    before: tuple[float, float], after: tuple[float, float], level: float = LEVEL
) -> Estimate | None:
    """Give the interval of the change between two proportions from different items.

    before, after: (points, number of items).  Returns None when either side has no items.
    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.
    """
    first, second = wilson(*before, level), wilson(*after, level)
    if first is None or second is None:
        return None
    change = second.value - first.value
    down = math.hypot(second.value - second.low, first.high - first.value)
    up = math.hypot(second.high - second.value, first.value - first.low)
    return Estimate(change, change - down, change + up)
