"""How true proportions are spread over people: a beta distribution, also within narrower limits."""

from __future__ import annotations

import math
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

    parameters: how many were fitted.  fallback: why they are fewer than were asked for.
    """

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0
    parameters: int = 4
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
    Source: Livingston and Lewis (1995), Journal of Educational Measurement 32, 179-197.
    """
    if variance <= ROUNDING:
        return Undefined(Obstacle.NO_SPREAD)
    if reliability <= 0:
        return Undefined(Obstacle.UNRELIABLE)
    if reliability >= 1 - ROUNDING:
        return Undefined(Obstacle.ERRORLESS)
    length = (mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))
    return length if length > 1 else Undefined(Obstacle.IMPOSSIBLE_MOMENTS)
