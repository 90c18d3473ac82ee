"""Alpha and its relatives: by hand, on LSAT 6 and 7, and against other routes."""

import itertools
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.contrasts import Obstacle
from kapuas_quiz.core.psychometrics.f_distribution import f_quantile
from kapuas_quiz.core.psychometrics.reliability import (
    Size,
    alpha_of_points,
    drop_each,
    error_ratio,
    feldt_interval,
    judge_size,
    kr21,
    split_halves,
)
from kapuas_quiz.core.psychometrics.score_table import Spread, count_by_total
from tests.core.psychometrics.law_school import COUNTS_6, COUNTS_7, persons

Floats = NDArray[np.float64]

# Fisher and Yates, Statistical Tables, table V: upper 5, 2.5 and 1 per cent points.
F_TABLE = [
    (0.95, 1, 1, 161.4),
    (0.95, 4, 10, 3.48),
    (0.95, 10, 4, 5.96),
    (0.975, 5, 10, 4.24),
    (0.99, 2, 20, 5.85),
    (0.95, 12, 60, 1.92),
]

FOUR = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=float)
"""A staircase of four persons and three items, worked by hand below."""


def spread(points: Floats) -> Spread:
    return count_by_total(points).spread


@pytest.mark.parametrize(("probability", "first", "second", "expected"), F_TABLE)
def test_f_is_that_of_the_tables(probability: float, first: int, second: int, expected: float) -> None:
    assert f_quantile(probability, first, second) == pytest.approx(expected, rel=2e-3)


def test_f_is_its_density_added_up() -> None:
    first, second = 40.0, 1000.0
    log_beta = math.lgamma(20) + math.lgamma(500) - math.lgamma(520)
    for probability in (0.025, 0.5, 0.975):
        x = np.linspace(1e-9, f_quantile(probability, first, second), 20_001)
        logs = 20 * math.log(first / second) + 19 * np.log(x) - 520 * np.log1p(first / second * x) - log_beta
        assert float(np.trapezoid(np.exp(logs), x)) == pytest.approx(probability, abs=1e-7)


@pytest.mark.parametrize(("probability", "first", "second"), [(0, 1, 1), (1, 1, 1), (0.5, 0, 1), (0.5, 1, 0)])
def test_a_quantile_outside_its_range_is_refused(probability: float, first: float, second: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        f_quantile(probability, first, second)


def test_a_staircase_by_hand() -> None:
    """Item variances (divisor 4) 3/16, 4/16, 3/16, totals 3 2 1 0 with variance 5/4.

    Alpha = 3/2 (1 - (10/16) / (5/4)) = 3/4.  KR-21 = 3/2 (1 - 1.5 x 1.5 / (3 x 5/4)) = 0.6.
    Without item 1 totals are 2 1 0 0: 2 (1 - (7/16) / (11/16)) = 8/11; without item 2 they are 2 1 1 0:
    2 (1 - (6/16) / (1/2)) = 1/2.  The odd items' total 2 1 1 0 against item 2, 1 1 0 0: covariance 1/4,
    variances 1/2 and 1/4, r = 1 / sqrt(2), stepped up 2 r / (1 + r).
    """
    alpha = alpha_of_points(FOUR)
    assert alpha.value == pytest.approx(0.75)
    assert kr21(1.5, 1.25, 3) == pytest.approx(0.6)
    assert drop_each(spread(FOUR)) == pytest.approx([8 / 11, 1 / 2, 8 / 11])
    halves = split_halves(spread(FOUR))
    r = 1 / math.sqrt(2)
    assert (halves.correlation, halves.stepped_up) == pytest.approx((r, 2 * r / (1 + r)))
    assert error_ratio(alpha.value) == pytest.approx(0.5)


@pytest.mark.parametrize(("counts", "expected"), [(COUNTS_6, 0.295), (COUNTS_7, 0.453)])
def test_alpha_of_the_law_school_tests_is_the_printed_one(counts: str, expected: float) -> None:
    """As ltm's cronbach.alpha (Rizopoulos 2006) and other packages print it."""
    assert alpha_of_points(persons(counts)).value == pytest.approx(expected, abs=5e-4)


def test_dropping_items_of_section_6_gives_the_published_alphas() -> None:
    """ltm's descript(LSAT): Rizopoulos (2006), Journal of Statistical Software 17(5), section 4.1."""
    dropped = drop_each(spread(persons(COUNTS_6)))
    assert dropped == pytest.approx([0.2754, 0.2376, 0.2168, 0.2459, 0.2663], abs=5e-5)


@pytest.mark.parametrize("counts", [COUNTS_6, COUNTS_7])
def test_alpha_is_the_mean_of_all_split_halves(counts: str) -> None:
    """Cronbach (1951): the mean of 4 cov / variance over all splits into equal halves; four items here."""
    points = persons(counts)[:, :4]
    halves = []
    for one in itertools.combinations(range(4), 2):
        other = [item for item in range(4) if item not in one]
        first, second = points[:, list(one)].sum(axis=1), points[:, other].sum(axis=1)
        halves.append(4 * np.cov(first, second)[0, 1] / np.var(points.sum(axis=1), ddof=1))
    assert alpha_of_points(points).value == pytest.approx(float(np.mean(halves)), abs=1e-12)


@pytest.mark.parametrize("counts", [COUNTS_6, COUNTS_7])
def test_dropping_is_analysing_the_others(counts: str) -> None:
    points = persons(counts)
    dropped = drop_each(spread(points))
    assert dropped == pytest.approx([alpha_of_points(np.delete(points, j, axis=1)).value for j in range(5)])


def test_halves_are_the_correlation_of_their_totals() -> None:
    points = persons(COUNTS_7)
    r = np.corrcoef(points[:, ::2].sum(axis=1), points[:, 1::2].sum(axis=1))[0, 1]
    assert split_halves(spread(points)).correlation == pytest.approx(float(r), abs=1e-12)


def test_feldts_interval_comes_from_the_mean_squares() -> None:
    """Alpha is 1 - (persons x items mean square) / (persons mean square): Hoyt (1941); both by hand here."""
    points = persons(COUNTS_7)[::20]
    n, k = points.shape
    by_person, by_item, mean = points.mean(axis=1), points.mean(axis=0), points.mean()
    persons_square = k * float(((by_person - mean) ** 2).sum()) / (n - 1)
    residual = points - by_person[:, None] - by_item + mean
    ratio = float((residual**2).sum()) / ((n - 1) * (k - 1)) / persons_square
    alpha = alpha_of_points(points)
    assert alpha.value == pytest.approx(1 - ratio)
    assert alpha.interval is not None
    low = 1 - ratio * f_quantile(0.975, n - 1, (n - 1) * (k - 1))
    high = 1 - ratio * f_quantile(0.025, n - 1, (n - 1) * (k - 1))
    assert (alpha.interval.low, alpha.interval.high) == pytest.approx((low, high))


def test_feldts_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Ten normal items with one common part, true alpha 10 x .3 / (10 x .3 + .7); 40 persons, 800 times."""
    generator = np.random.default_rng(1987)
    truth, hits = 3 / 3.7, 0
    for _ in range(800):
        common = math.sqrt(0.3) * generator.normal(size=(40, 1))
        interval = alpha_of_points(common + math.sqrt(0.7) * generator.normal(size=(40, 10))).interval
        assert interval is not None
        hits += interval.low <= truth <= interval.high
    assert 0.93 <= hits / 800 <= 0.97


def test_an_interval_needs_two_of_each() -> None:
    for n_persons, n_items in ((1, 5), (5, 1)):
        with pytest.raises(ValueError, match="two persons"):
            feldt_interval(0.5, n_persons, n_items)


def test_alpha_below_zero_is_not_clipped_and_carries_no_error() -> None:
    """Items that contradict each other: variances 1/4 and 3/16, totals 1 1 1 2 with variance 3/16."""
    points = np.array([[1, 0], [0, 1], [0, 1], [1, 1]], dtype=float)
    alpha = alpha_of_points(points).value
    assert alpha == pytest.approx(2 * (1 - (7 / 16) / (3 / 16)))
    assert error_ratio(alpha) is None
    halves = split_halves(spread(points))
    assert halves.correlation is not None
    assert halves.correlation < 0
    assert (halves.stepped_up, halves.obstacle) == (None, Obstacle.NO_RELIABILITY)


def test_alpha_of_nothing_is_exactly_nothing_in_any_order() -> None:
    """One item alone varies, so alpha is 0, and no order of adding its points may lend it an error."""
    points = np.array([0, 0, 1, 1, 1 / 2, 1 / 3])
    for order in itertools.permutations(points):
        alpha = alpha_of_points(np.column_stack([np.zeros(6), order])).value
        assert (alpha, error_ratio(alpha)) == (0, None)


def test_halves_that_do_not_go_together_are_exactly_0_in_any_order() -> None:
    """Sums 5/6 and 1 of five persons, of products 1/6: the covariance is 1/6 - 5/6 x 1 / 5 = 0."""
    points = np.array([[0, 0], [0, 0], [0, 1 / 2], [1 / 3, 1 / 2], [1 / 2, 0]])
    for order in itertools.permutations(range(5)):
        halves = split_halves(spread(points[list(order)]))
        assert (halves.correlation, halves.stepped_up) == (0, 0)


@pytest.mark.parametrize(
    ("points", "obstacle"),
    [
        (np.ones((1, 4)), Obstacle.FEW_PERSONS),
        (np.zeros((0, 4)), Obstacle.FEW_PERSONS),
        (np.zeros((4, 0)), Obstacle.ONE_ITEM),
        (np.array([[0.0], [1.0]]), Obstacle.ONE_ITEM),
        (np.ones((5, 4)), Obstacle.NO_SPREAD),
        (np.array([[0.0, 1.0], [1.0, 0.0]]), Obstacle.NO_SPREAD),
    ],
)
def test_undefined_alpha_says_why(points: Floats, obstacle: Obstacle) -> None:
    alpha = alpha_of_points(points)
    assert (alpha.value, alpha.interval, alpha.obstacle) == (None, None, obstacle)


def test_kr21_needs_two_items_and_variance() -> None:
    assert kr21(1, 0, 5) is None
    assert kr21(0.5, 0.25, 1) is None


def test_small_samples_are_said_to_be_small() -> None:
    sizes = [judge_size(n) for n in (0, 19, 20, 99, 100)]
    assert sizes == [Size.TOO_SMALL, Size.TOO_SMALL, Size.SMALL, Size.SMALL, Size.ENOUGH]
