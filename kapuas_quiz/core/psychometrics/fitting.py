"""True scores fitted to observed points by the method of moments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.true_scores import ROUNDING, Obstacle, TrueScores, Undefined


def fit_true_scores(proportions: Numbers, length: float, parameters: int = 4) -> TrueScores | Undefined:
    """Fit a beta distribution of two or four parameters to observed proportions.

    proportions: shape (n_persons,), 0..1.  length: number of items, may be effective.
    Where four parameters cannot be had, three or else two are fitted, and `fallback` says why.
    Raises ValueError for another number of parameters.
    """
    if parameters not in (2, 4):
        raise ValueError("a beta distribution of true scores has 2 or 4 parameters")
    if length <= 1:
        return Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
    mean, second = true_moments(proportions, length, 2)
    two = fit_two(mean, second - mean**2)
    if parameters == 2 or isinstance(two, Undefined):
        return two
    if length <= 3:
        return replace(two, fallback=Obstacle.IMPOSSIBLE_MOMENTS)
    four = fit_four(true_moments(proportions, length))
    return replace(two, fallback=four.reason) if isinstance(four, Undefined) else four


def true_moments(proportions: Numbers, length: float, count: int = 4) -> list[float]:
    """Estimate the first moments about zero of the true proportions, errors being binomial.

    proportions: shape (n_persons,), observed, 0..1.  length: number of items, may be effective, > count - 1.
    The k-th is the mean of x (x - 1) .. (x - k + 1) over n (n - 1) .. (n - k + 1), x = n times proportion.
    Source: Lord (1965), Psychometrika 30, 239-270; Hanson (1991), ACT Research Report 91-5.
    """
    scores = proportions * length
    falling, whole = np.ones_like(scores), 1.0
    moments = []
    for k in range(count):
        falling, whole = falling * (scores - k), whole * (length - k)
        moments.append(float(falling.mean()) / whole)
    return moments


def fit_two(mean: float, variance: float) -> TrueScores | Undefined:
    """Fit a beta distribution from 0 to 1 to the mean and variance of true proportions."""
    if variance <= ROUNDING:
        return Undefined(Obstacle.UNRELIABLE)
    whole = mean * (1 - mean) / variance - 1
    if whole <= ROUNDING or not 0 < mean < 1:
        return Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
    return TrueScores(mean * whole, (1 - mean) * whole, parameters=2)


def fit_four(moments: Sequence[float]) -> TrueScores | Undefined:
    """Fit a beta distribution with free limits to four moments about zero of true proportions.

    Undefined where no beta distribution has such moments, or where both its limits leave 0..1. Where one of
    them does it is set there and three moments are fitted, which `fallback` tells.
    Source: Hanson (1991), ACT Research Report 91-5, "Method of moments estimates for the four-parameter
    beta compound binomial model"; Johnson and Kotz (1970), Continuous univariate distributions 2, chapter 24.
    """
    mean, second, third, fourth = moments
    variance = second - mean**2
    if variance <= ROUNDING:
        return Undefined(Obstacle.UNRELIABLE)
    skewness = (third - 3 * mean * second + 2 * mean**3) / variance**1.5
    kurtosis = (fourth - 4 * mean * third + 6 * mean**2 * second - 3 * mean**4) / variance**2
    shapes = _shapes(skewness, kurtosis)
    if shapes is None:
        return Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
    a, b = shapes
    width = math.sqrt(variance * (a + b + 1) / (a * b))
    low, high = mean - a * width, mean + b * width
    if low < -ROUNDING and high > 1 + ROUNDING:
        return Undefined(Obstacle.BEYOND_LIMITS)
    if low < -ROUNDING:
        return _fit_three(mean, second, third)
    if high > 1 + ROUNDING:
        mirrored = _fit_three(1 - mean, 1 - 2 * mean + second, 1 - 3 * mean + 3 * second - third)
        if isinstance(mirrored, Undefined):
            return mirrored
        return replace(mirrored, a=mirrored.b, b=mirrored.a, low=1 - mirrored.high, high=1.0)
    return TrueScores(a, b, max(low, 0.0), min(high, 1.0))


def _fit_three(mean: float, second: float, third: float) -> TrueScores | Undefined:
    """Fit a beta distribution from 0 to a free upper limit.

    With u for the limit and s for a + b, mean s = u a, second (s + 1) = mean u (a + 1) and
    third (s + 2) = second u (a + 2); their differences leave one equation in s.
    """
    step, next_step = second / mean, third / second
    bend = 2 * step - mean - next_step
    if abs(bend) <= ROUNDING:
        return Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
    whole = 2 * (next_step - step) / bend
    high = whole * (step - mean) + step
    a = mean * whole / high if high else 0.0
    if min(a, whole - a) <= ROUNDING or not 0 < high <= 1 + ROUNDING:
        return Undefined(Obstacle.BEYOND_LIMITS)
    return TrueScores(a, whole - a, 0.0, min(high, 1.0), parameters=3, fallback=Obstacle.BEYOND_LIMITS)


def _shapes(skewness: float, kurtosis: float) -> tuple[float, float] | None:
    """Solve a beta distribution's skewness and (not excess) kurtosis for its a and b."""
    bend = 6 + 3 * skewness**2 - 2 * kurtosis
    if bend <= ROUNDING:
        return None
    whole = 6 * (kurtosis - skewness**2 - 1) / bend
    if whole <= ROUNDING:
        return None
    square = (whole + 2) ** 2 * skewness**2
    lean = square / (square + 16 * (whole + 1))
    larger, smaller = whole / 2 * (1 + math.sqrt(lean)), whole / 2 * (1 - math.sqrt(lean))
    if smaller <= ROUNDING:
        return None
    return (larger, smaller) if skewness < 0 else (smaller, larger)
