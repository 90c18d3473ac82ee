"""What answers say about the items of a form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.contrasts import Contrast, Obstacle
from kapuas_quiz.core.psychometrics.forms import Places
from kapuas_quiz.core.psychometrics.score_table import ENDS, NOTHING, ScoreTable, Spread

GROUPS = 5
"""Score groups of a curve, fewer where that would leave less than GROUP_PERSONS in one."""

GROUP_PERSONS = 10


@dataclass(frozen=True)
class ItemStatistics:
    """One item over all forms that hold it; None where undefined.

    n: persons it was presented to.  facility: mean points over the greatest, mostly 0..1.  sd: in points,
    within forms (divisor n - 1).  item_rest: correlation with the points of all other items, -1..1.
    upper_lower: mean points of the upper 27 % less those of the lower 27 % by total, over the greatest.
    efficiency: covariance with the rest over the greatest that both sets of points allow.
    obstacle: why the last three are undefined; upper_lower also is where totals do not differ.
    omitted: left out though a later item was answered.  not_reached: left out like all later items.
    """

    n: int
    facility: float | None
    sd: float | None
    item_rest: float | None
    upper_lower: float | None
    efficiency: float | None
    obstacle: Obstacle | None
    omitted: int
    not_reached: int


def contrast_items(table: ScoreTable, spread: Spread) -> list[Contrast]:
    """Sum up, for each item of one form, what its statistics are made of."""
    n, rest = table.n_persons, spread.rest
    ends = ENDS * n if spread.of_total else 0.0
    lower, upper = table.weigh_ends() @ table.by_total.T + ends * table.low
    two_valued = table.two_valued
    return [
        Contrast(
            n=n,
            freedom=n - 1,
            compared=n if spread.own[j] and rest[j] else 0,
            points=float(table.sums[j] + n * table.low[j]),
            spread=float(spread.own[j]),
            rest_spread=float(rest[j]),
            together=float(spread.with_total[j] - spread.own[j]),
            most_together=_most_together(table, j, bool(two_valued[j])),
            lower=float(lower[j]),
            upper=float(upper[j]),
            ends=ends,
        )
        for j in range(table.n_items)
    ]


def item_statistics(
    contrast: Contrast, most: float, omitted: int = 0, not_reached: int = 0
) -> ItemStatistics:
    """Turn sums, those of one form or of several added up, into statistics.

    most: greatest points of the item, above 0.  Joined figures are those within forms: that one form is
    harder or was taken by stronger people says nothing about an item.
    Source: item-rest: Henrysson (1963), Psychometrika 28, 211-218; upper-lower: Johnson (1951), Journal of
    Educational Psychology 42, 499-504; efficiency: Moodle, "Quiz statistics calculations".
    """
    return ItemStatistics(
        n=contrast.n,
        facility=None if contrast.mean is None else contrast.mean / most,
        sd=contrast.deviation,
        item_rest=contrast.correlation,
        upper_lower=None if contrast.difference is None else contrast.difference / most,
        efficiency=contrast.efficiency,
        obstacle=contrast.obstacle,
        omitted=omitted,
        not_reached=not_reached,
    )


def count_left_out(answered: np.ndarray) -> tuple[Places, Places]:
    """Count by item who omitted it and who did not reach it.

    answered: shape (n_persons, n_items), bool, one form in the order in which items were presented. Items
    after the last one that a person answered were not reached, other empty ones were omitted; somebody
    without any answer reached none. Both have the points that the scoring rule gives to an empty answer.
    """
    n, k = answered.shape
    if not n or not k:
        return np.zeros(k, dtype=np.intp), np.zeros(k, dtype=np.intp)
    empty = n - answered.sum(axis=0)
    last = k - np.argmax(answered[:, ::-1], axis=1)
    last[~answered.any(axis=1)] = 0
    stopped = np.cumsum(np.bincount(last, minlength=k + 1))[:k]
    return empty - stopped, stopped


def effective_weights(spread: Spread) -> list[float | None]:
    """Give each item's share in what makes totals differ: sqrt(cov(item, total)) over the sum of these.

    Returns 0..1, adding up to 1; None for an item whose covariance with the total is negative, and for all
    where totals do not vary.
    Source: Moodle, "Quiz statistics calculations".
    """
    rows = np.where(np.abs(spread.with_total) <= NOTHING * spread.own.sum(), 0, spread.with_total)
    roots = np.sqrt(np.clip(rows, 0, None))
    whole = float(roots.sum()) if spread.of_total else 0.0
    return [
        float(root) / whole if whole and row >= 0 else None for root, row in zip(roots, rows, strict=True)
    ]


def guess_points(options_worth: list[float]) -> float | None:
    """Give the points that blind guessing earns on average, each option being as likely.

    options_worth: points of each option.  None without options.
    """
    return sum(options_worth) / len(options_worth) if options_worth else None


def curves(table: ScoreTable, most: Numbers) -> Numbers | None:
    """Give the share of an item's points that each score group earned, from the lowest to the highest.

    most: shape (n_items,), greatest points.  Groups are of equal size by total, equal totals shared alike:
    five, fewer below 50 persons.
    Returns shape (n_items, n_groups); None below 20 persons and where totals do not vary.
    """
    n = table.n_persons
    groups = min(GROUPS, n // GROUP_PERSONS)
    if groups < 2 or len(table.totals) < 2:
        return None
    step = n / groups
    shares = table.weigh_ranks([(i * step, (i + 1) * step) for i in range(groups)])
    return np.asarray((table.by_total @ shares.T / step + table.low[:, None]) / most[:, None])


def _most_together(table: ScoreTable, item: int, two_valued: bool) -> float:
    """Give the greatest sum of products of deviations that an item's points can have with the rest.

    Both sets of points then stand in rising order.  Source: Hardy, Littlewood and Polya (1934),
    Inequalities, theorem 368.
    """
    n, range_ = table.n_persons, float(table.high[item] - table.low[item])
    if not range_:
        return 0.0
    if not two_valued:
        points = table.above[item]
        rest = table.totals[table.place] - points
        return float((np.sort(points) * np.sort(rest)).sum()) - float(points.sum() * rest.sum()) / n
    high = table.by_total[item] / range_
    rest = np.concatenate([table.totals, table.totals - range_])
    persons = np.concatenate([table.count - high, high])
    falling = np.argsort(-rest)
    rest, persons = rest[falling], persons[falling]
    n_high = float(high.sum())
    taken = np.clip(n_high - (np.cumsum(persons) - persons), 0, persons)
    return range_ * float(taken @ rest - n_high * (persons @ rest) / n)
