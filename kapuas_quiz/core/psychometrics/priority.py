"""Which group is surely below a standard, and how much more data would settle what is not sure."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.gaps import MIN_PERSONS, Status, group_gap, person_gap, verdict
from kapuas_quiz.core.intervals import effective_number, shrinkage, wilson
from kapuas_quiz.core.student_t import incomplete_beta

PRIOR = 0.5
"""Right and wrong answers that stand for knowing nothing (Jeffreys)."""

ENOUGH = 0.8
"""Chance of a verdict from which on further items or persons are said to settle it."""

ROUNDING = 1e-9
MOST_ITEMS = 500
MOST_PERSONS = 300


def chance_below(persons: Sequence[tuple[float, float]], standard: float) -> float | None:
    """Return how sure it is, 0..1, that a group's proportion lies below a standard.

    persons: (points, most possible points) of each; who has no possible points is passed over.
    standard: proportion 0..1.
    The proportion has the beta distribution that p * m right of m answers leave of Jeffreys' prior, m being
    the effective number that the interval of the group uses. It agrees with the group's verdict: above .95
    where that is "below", under .05 where it is "above".
    Returns None for fewer than MIN_PERSONS persons, who carry no verdict either.
    Raises ValueError for a standard outside 0..1.
    Source: Franco, Little, Louis and Slud (2019), Journal of Survey Statistics and Methodology 7, 334-364
    (the Jeffreys interval at the effective sample size).
    """
    if not 0 <= standard <= 1:
        raise ValueError("a standard is a proportion, 0 to 1")
    known = _effective(persons)
    if known is None:
        return None
    proportion, worth, n = known
    worth *= shrinkage(n)
    return incomplete_beta(standard, proportion * worth + PRIOR, (1 - proportion) * worth + PRIOR)


def items_to_settle(points: float, n_items: int, standard: float, chance: float = ENOUGH) -> int | None:
    """Return how many further items would give a verdict about a person with at least this chance.

    points: 0..n_items, may be partial.  standard, chance: proportions 0..1.
    The further items are answered as the answers so far and Jeffreys' prior let expect; the verdict may
    then fall on either side. 0 where there is a verdict already, None where MOST_ITEMS would not do.
    Raises ValueError for points outside 0..n_items.
    Source: the beta-binomial distribution, Skellam (1948), Journal of the Royal Statistical Society B 10,
    257-261.
    """
    if not 0 <= points <= n_items:
        raise ValueError("points must lie between 0 and the number of items")

    def status(more: int, right: int) -> Status:
        return person_gap(points + right, n_items + more, standard).status

    return _least(MOST_ITEMS, status, lambda more: right_of_further(points, n_items, more), chance)


def persons_to_settle(
    persons: Sequence[tuple[float, float]], standard: float, chance: float = ENOUGH
) -> int | None:
    """Return how many further persons would give a verdict about a group with at least this chance.

    persons, standard, chance: as in `chance_below` and `items_to_settle`.
    Each further person brings as many effective answers as those so far did after the first, rounded as a
    sum: a forecast, exact only for an endless group. 0 where there is a verdict already; None for fewer
    than MIN_PERSONS persons, and where MOST_PERSONS would not do.
    Source: as `items_to_settle`, at the effective number of answers.
    """
    known = _effective(persons)
    if known is None:
        return None
    if group_gap(persons, standard).status is not Status.UNSURE:
        return 0
    proportion, worth, n = known

    def answers(more: int) -> int:
        return round(more * worth / (n - 1))

    def status(more: int, right: int) -> Status:
        share = shrinkage(n + more)
        total = worth + answers(more)
        return verdict(wilson((proportion * worth + right) * share, total * share), standard)

    return _least(
        MOST_PERSONS,
        status,
        lambda more: right_of_further(proportion * worth, worth, answers(more)),
        chance,
    )


def right_of_further(points: float, n: float, more: int) -> NDArray[np.float64]:
    """Return the chances of 0..more right of further answers, after `points` of n; shape (more + 1,).

    Source: Skellam (1948), with Jeffreys' prior.
    """
    a, b = points + PRIOR, n - points + PRIOR
    none = math.lgamma(b + more) - math.lgamma(b) + math.lgamma(a + b) - math.lgamma(a + b + more)
    right = np.arange(more)
    ratios = (more - right) * (a + right) / ((right + 1) * (b + more - right - 1))
    return np.exp(none + np.append(0.0, np.cumsum(np.log(ratios))))


def _effective(persons: Sequence[tuple[float, float]]) -> tuple[float, float, int] | None:
    taken = [person for person in persons if person[1] > 0]
    worth = effective_number(taken)
    if len(taken) < MIN_PERSONS or worth is None:
        return None
    return sum(p for p, _ in taken) / sum(m for _, m in taken), worth, len(taken)


def _least(
    most: int,
    status: Callable[[int, int], Status],
    chances: Callable[[int], NDArray[np.float64]],
    chance: float,
) -> int | None:
    """Give the least number of further items or persons; status takes it and how many are right."""
    for more in range(most + 1):
        if _verdict_chance(chances(more), partial(status, more)) >= chance - ROUNDING:
            return more
    return None


def _verdict_chance(of_right: NDArray[np.float64], status: Callable[[int], Status]) -> float:
    """Add up the chances of counts that carry a verdict; more right never turns a verdict downwards."""
    counts = range(len(of_right))
    below = bisect_left(counts, True, key=lambda right: status(right) is not Status.BELOW)
    above = bisect_left(counts, True, key=lambda right: status(right) is Status.ABOVE)
    return float(of_right[:below].sum() + of_right[above:].sum())
