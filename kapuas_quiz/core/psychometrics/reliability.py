"""How far the totals of a form would be repeated by other items of the same kind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from kapuas_quiz.core.intervals import LEVEL, Estimate
from kapuas_quiz.core.item_quality import FEWEST
from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.contrasts import Obstacle
from kapuas_quiz.core.psychometrics.f_distribution import f_quantile
from kapuas_quiz.core.psychometrics.score_table import NOTHING, Spread, count_by_total, settle

ENOUGH = 100
"""Persons from which a sample is not called small: alpha is then known to about a tenth."""


class Size(StrEnum):
    """What a number of persons allows to say."""

    TOO_SMALL = "tidak-dinilai"
    SMALL = "kecil"
    ENOUGH = "cukup"


@dataclass(frozen=True)
class Alpha:
    """Alpha (KR-20 for right or wrong), with Feldt's interval; None with the obstacle where undefined."""

    value: float | None
    interval: Estimate | None
    obstacle: Obstacle | None


@dataclass(frozen=True)
class SplitHalf:
    """Odd items against even ones, in the order of the form.

    correlation: of the two halves, -1..1.  stepped_up: by Spearman and Brown, 0..1; None also where the
    halves correlate negatively, which no two halves of one test do.
    """

    correlation: float | None
    stepped_up: float | None
    obstacle: Obstacle | None


def judge_size(n_persons: int) -> Size:
    """Say whether a sample is too small for any label, small, or enough."""
    if n_persons < FEWEST:
        return Size.TOO_SMALL
    return Size.SMALL if n_persons < ENOUGH else Size.ENOUGH


def alpha_of_points(points: Numbers) -> Alpha:
    """Estimate alpha from points, shape (n_persons, n_items), one form, no NaN; see `estimate_alpha`.

    Raises ValueError for another shape or for points that are not finite.
    """
    if points.ndim == 2 and not points.size:
        return Alpha(None, None, Obstacle.FEW_PERSONS if len(points) < 2 else Obstacle.ONE_ITEM)
    return estimate_alpha(count_by_total(points).spread)


def estimate_alpha(spread: Spread, level: float = LEVEL) -> Alpha:
    """Estimate alpha = k/(k-1) (1 - sum of item variances / variance of totals).

    Both variances have one divisor, which cancels.  At most 1, and negative where items contradict each
    other: it is not clipped.
    Undefined for fewer than two persons, fewer than two items, and where totals do not vary.
    Source: Cronbach (1951), Psychometrika 16, 297-334; Kuder and Richardson (1937), Psychometrika 2, 151-160,
    formula 20.
    """
    obstacle = _obstacle(spread)
    if obstacle:
        return Alpha(None, None, obstacle)
    value = _alpha(float(spread.own.sum()), spread.of_total, len(spread.own))
    return Alpha(value, feldt_interval(value, spread.n_persons, len(spread.own), level), None)


def feldt_interval(alpha: float, n_persons: int, n_items: int, level: float = LEVEL) -> Estimate:
    """Give the interval of alpha: (1 - alpha) times quantiles of F with n - 1 and (n - 1)(k - 1).

    n_persons, n_items: at least two.  It supposes items as drawn from a pool and normal totals, so it is
    rough for few items that are right or wrong.
    Raises ValueError below that.
    Source: Feldt, Woodruff and Salih (1987), Applied Psychological Measurement 11, 93-103, formula 6.
    """
    if n_persons < 2 or n_items < 2:
        raise ValueError("an interval of alpha needs two persons and two items")
    free, tail = n_persons - 1, (1 + level) / 2
    low, high = (f_quantile(p, free, free * (n_items - 1)) for p in (tail, 1 - tail))
    return Estimate(alpha, 1 - (1 - alpha) * low, 1 - (1 - alpha) * high)


def drop_each(spread: Spread) -> list[float | None]:
    """Give the alpha of all other items for each item; None where that is undefined."""
    k, whole = len(spread.own), float(spread.own.sum())
    defined = spread.n_persons > 1 and k > 2
    return [
        _alpha(whole - float(own), float(rest), k - 1) if defined and rest > NOTHING * whole else None
        for own, rest in zip(spread.own, spread.rest, strict=True)
    ]


def kr21(mean: float, variance: float, n_items: int) -> float | None:
    """Give KR-21 = k/(k-1) (1 - M (k - M) / (k s2)), alpha if all items were equally hard.

    mean: of the number right, 0..n_items.  variance: of the number right with divisor n, as M (k - M) / k
    is one.  Never above alpha, may be negative.  None for fewer than two items or without variance.
    Source: Kuder and Richardson (1937), Psychometrika 2, 151-160, formula 21.
    """
    if n_items < 2 or variance <= NOTHING:
        return None
    return n_items / (n_items - 1) * settle(1 - mean * (n_items - mean) / (n_items * variance))


def split_halves(spread: Spread) -> SplitHalf:
    """Correlate odd with even items, and step that up to the length of the form: 2 r / (1 + r).

    The order of the form decides which items are in which half.
    Source: Spearman (1910), British Journal of Psychology 3, 271-295; Brown (1910), the same, 296-322.
    """
    obstacle = _obstacle(spread)
    if obstacle:
        return SplitHalf(None, None, obstacle)
    odd, even, both = spread.halves
    if min(odd, even) <= NOTHING * spread.own.sum():
        return SplitHalf(None, None, Obstacle.NO_SPREAD)
    r = settle(max(-1.0, min(1.0, both / math.sqrt(odd * even))))
    return SplitHalf(r, 2 * r / (1 + r), None) if r >= 0 else SplitHalf(r, None, Obstacle.NO_RELIABILITY)


def error_ratio(alpha: float | None) -> float | None:
    """Give the standard error of measurement over the standard deviation, sqrt(1 - alpha), 0..1.

    None without alpha and for one of 0 or less: an error as large as all differences says nothing.
    Source: Moodle, "Quiz statistics calculations", which prints it in per cent.
    """
    return math.sqrt(1 - alpha) if alpha is not None and alpha > 0 else None


def _alpha(items: float, total: float, k: int) -> float:
    return min(1.0, k / (k - 1) * settle(1 - items / total))


def _obstacle(spread: Spread) -> Obstacle | None:
    if spread.n_persons < 2:
        return Obstacle.FEW_PERSONS
    if len(spread.own) < 2:
        return Obstacle.ONE_ITEM
    return None if spread.of_total else Obstacle.NO_SPREAD
