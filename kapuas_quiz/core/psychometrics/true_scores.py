"""How true proportions are spread over people, fitted to observed points by the method of moments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.binomial import Numbers

NODES, KNOTS = 32, (-16.0, -8.0, -4.0, -2.0, 0.0, 2.0, 4.0, 8.0, 16.0)
NEGLIGIBLE = 40.0
"""A density e**40 times smaller than the greatest adds nothing that a double could hold."""

FARTHEST, BISECTIONS = 1e7, 60
ROUNDING = 1e-12


class Obstacle(StrEnum):
    """Why a figure is undefined, or why a simpler model stands in its place."""

    TOO_FEW = "orang-kurang"
    NO_SPREAD = "tanpa-sebaran"
    UNRELIABLE = "reliabilitas-tidak-positif"
    ERRORLESS = "tanpa-galat"
    IMPOSSIBLE_MOMENTS = "momen-mustahil"
    BEYOND_LIMITS = "batas-di-luar-0-1"


@dataclass(frozen=True)
class Undefined:
    """A figure that does not exist, and why."""

    reason: Obstacle


@dataclass(frozen=True)
class TrueScores:
    """A beta distribution of true proportions between `low` and `high`; a, b > 0.

    `fallback` says why two parameters were fitted where four were asked for.
    """

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0
    fallback: Obstacle | None = None

    @property
    def mean(self) -> float:
        """Return the mean, 0..1."""
        return self.low + (self.high - self.low) * self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """Return the variance, in squared proportions."""
        whole = self.a + self.b
        return (self.high - self.low) ** 2 * self.a * self.b / (whole**2 * (whole + 1))

    def spread(self, cut: float) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
        """Replace the distribution by many true proportions with weights, split exactly at a cut.

        Returns arrays of one shape: the proportions, their weights (adding up to 1), whether they reach the
        cut.
        Gauss's rule on the log-odds, where the density is smooth even if it is infinite at 0 or 1.
        """
        place = (cut - self.low) / (self.high - self.low)
        split = math.log(place / (1 - place)) if 0 < place < 1 else math.copysign(math.inf, place - 0.5)
        first, last = self._limits()
        inner = {knot for knot in (*KNOTS, split) if first < knot < last}
        edges = np.array(sorted({first, last} | inner))
        nodes, weights = np.polynomial.legendre.leggauss(NODES)
        half = np.diff(edges)[:, None] / 2
        odds = ((edges[:-1] + edges[1:])[:, None] / 2 + half * nodes).ravel()
        density = np.exp(self._log_density(odds) - self._log_density(np.array([self._mode()])))
        weight = (half * weights).ravel() * density
        true = self.low + (self.high - self.low) * np.exp(-np.logaddexp(0, -odds))
        return true, weight / weight.sum(), odds >= split

    def _mode(self) -> float:
        return math.log(self.a / self.b)

    def _log_density(self, odds: Numbers) -> Numbers:
        density: Numbers = -self.a * np.logaddexp(0, -odds) - self.b * np.logaddexp(0, odds)
        return density

    def _limits(self) -> tuple[float, float]:
        """Give the log-odds beyond which the density is negligible; it falls ever faster on either side."""
        mode = self._mode()
        least = float(self._log_density(np.array([mode]))[0]) - NEGLIGIBLE
        ends = []
        for side in (-FARTHEST, FARTHEST):
            near, far = mode, side
            for _ in range(BISECTIONS):
                middle = (near + far) / 2
                heavy = float(self._log_density(np.array([middle]))[0]) > least
                near, far = (middle, far) if heavy else (near, middle)
            ends.append(far)
        return ends[0], ends[1]


def effective_length(mean: float, variance: float, reliability: float) -> float | Undefined:
    """Give the number of equally difficult right-or-wrong items that would be as reliable as the test.

    mean, variance: of observed proportions 0..1.  Not rounded. With KR-21 as the reliability it is the
    number of items itself.
    Source: Livingston and Lewis (1995), Journal of Educational Measurement 32, 179-197, equation 1.
    """
    if variance <= ROUNDING:
        return Undefined(Obstacle.NO_SPREAD)
    if reliability <= 0:
        return Undefined(Obstacle.UNRELIABLE)
    if reliability >= 1 - ROUNDING:
        return Undefined(Obstacle.ERRORLESS)
    length = (mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))
    return length if length > 1 else Undefined(Obstacle.IMPOSSIBLE_MOMENTS)


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


def fit_two(mean: float, variance: float, fallback: Obstacle | None = None) -> TrueScores | Undefined:
    """Fit a beta distribution from 0 to 1 to the mean and variance of true proportions."""
    if variance <= ROUNDING:
        return Undefined(Obstacle.UNRELIABLE)
    whole = mean * (1 - mean) / variance - 1
    if whole <= ROUNDING or not 0 < mean < 1:
        return Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
    return TrueScores(mean * whole, (1 - mean) * whole, fallback=fallback)


def fit_four(moments: Sequence[float]) -> TrueScores | Undefined:
    """Fit a beta distribution with free limits to four moments about zero of true proportions.

    Undefined where no beta distribution has such moments, or where its limits leave 0..1.
    Source: Hanson (1991), ACT Research Report 91-5, "Method of moments estimates for the four-parameter
    beta compound binomial model"; Johnson and Kotz (1970), Continuous univariate distributions 2, p. 44.
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
    if low < -ROUNDING or high > 1 + ROUNDING:
        return Undefined(Obstacle.BEYOND_LIMITS)
    return TrueScores(a, b, max(low, 0.0), min(high, 1.0))


def fit_true_scores(proportions: Numbers, length: float, parameters: int = 4) -> TrueScores | Undefined:
    """Fit a beta distribution of two or four parameters to observed proportions.

    proportions: shape (n_persons,), 0..1.  length: number of items, may be effective.
    Where four parameters cannot be had, two are fitted and `fallback` says why.
    Raises ValueError for another number of parameters.
    """
    if parameters not in (2, 4):
        raise ValueError("a beta distribution of true scores has 2 or 4 parameters")
    fallback = None
    if parameters == 4:
        four = _fit_four_to(proportions, length)
        if isinstance(four, TrueScores):
            return four
        fallback = four.reason
    if length <= 1:
        return Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
    mean, second = true_moments(proportions, length, 2)
    return fit_two(mean, second - mean**2, fallback)


def _fit_four_to(proportions: Numbers, length: float) -> TrueScores | Undefined:
    return (
        fit_four(true_moments(proportions, length)) if length > 3 else Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
    )


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
