"""Two forms on one scale, where chance decided who took which."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kapuas_quiz.core.psychometrics.binomial import Numbers

ROUNDING = 1e-12
FEWEST = {"mean": 200, "linear": 400}
"""People per form from which an equated score is used.

The standard error is then a tenth of a standard deviation or less: with two forms of n normal scores it is
sqrt(2 / n) of one for mean equating, and sqrt((2 + z * z) / n) for linear, which holds out to z = 1.41.
"""

Method = Literal["mean", "linear"]


class Use(StrEnum):
    """Whether the equated scale is used, or why points stay as they are."""

    EQUATED = "disetarakan"
    TOO_FEW = "peserta-kurang"
    NO_SPREAD = "tanpa-sebaran"


@dataclass(frozen=True)
class Moments:
    """One form's scores; the standard deviation has the divisor n, the kurtosis of normal scores is 3."""

    n: int
    mean: float
    deviation: float
    skewness: float
    kurtosis: float


@dataclass(frozen=True)
class Equating:
    """A line from scores of form A to the scale of form B; `use` says whether it may be used."""

    method: Method
    slope: float
    intercept: float
    form_a: Moments
    form_b: Moments
    use: Use

    def convert(self, score: float) -> float:
        """Bring a score of form A to the scale of form B; the score itself while the line is not used."""
        return self.slope * score + self.intercept if self.use is Use.EQUATED else score

    def error(self, score: float) -> float | None:
        """Give the standard error that the line has at a score, from the sampling of people alone.

        Delta method; None where form A has no spread.
        Source: Kolen and Brennan (2014), Test equating, scaling, and linking, chapter 7; Lord (1950), ETS
        Research Bulletin 50-48.
        """
        a, b = self.form_a, self.form_b
        if self.method == "mean":
            return math.sqrt(a.deviation**2 / a.n + b.deviation**2 / b.n)
        if a.deviation <= ROUNDING:
            return None
        z = (score - a.mean) / a.deviation
        terms = ((1 + z * m.skewness + z * z * (m.kurtosis - 1) / 4) / m.n for m in (a, b))
        # Where scores have two values only this can be 0, and rounding takes it below.
        return b.deviation * math.sqrt(max(0.0, math.fsum(terms)))


def equate(scores_a: Numbers, scores_b: Numbers, method: Method = "linear") -> Equating | None:
    """Equate form A to form B for two groups that differ by chance only.

    scores_a, scores_b: shapes (n,) and (m,), in one unit.
    mean: the means become equal. linear: the standard deviations too.
    None where a form has nobody. Without spread in either form a line through the means takes slope 1.
    Source: Kolen and Brennan (2014), Test equating, scaling, and linking, chapter 2.
    """
    a, b = _moments(scores_a), _moments(scores_b)
    if a is None or b is None:
        return None
    flat = method == "linear" and min(a.deviation, b.deviation) <= ROUNDING
    slope = b.deviation / a.deviation if method == "linear" and not flat else 1.0
    use = Use.NO_SPREAD if flat else Use.EQUATED if min(a.n, b.n) >= FEWEST[method] else Use.TOO_FEW
    return Equating(method, slope, b.mean - slope * a.mean, a, b, use)


def _moments(scores: Numbers) -> Moments | None:
    if not len(scores):
        return None
    mean, deviation = float(scores.mean()), float(scores.std())
    if deviation <= ROUNDING:
        return Moments(len(scores), mean, 0.0, 0.0, 1.0)
    z = (scores - mean) / deviation
    return Moments(len(scores), mean, deviation, float((z**3).mean()), float((z**4).mean()))
