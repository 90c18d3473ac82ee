"""Intervals against published tables and examples worked by hand."""

import math

import pytest

from kapuas_quiz.core.intervals import clustered, difference, mean, wilson
from kapuas_quiz.core.student_t import cumulative, incomplete_beta, quantile

# Fisher and Yates, Statistical Tables, table III.
T_TABLE = [
    (0.975, 1, 12.706),
    (0.975, 2, 4.303),
    (0.975, 4, 2.776),
    (0.975, 9, 2.262),
    (0.975, 29, 2.045),
    (0.975, 120, 1.980),
    (0.95, 5, 2.015),
    (0.90, 10, 1.372),
    (0.995, 3, 5.841),
]


@pytest.mark.parametrize(("probability", "freedom", "expected"), T_TABLE)
def test_the_quantile_of_student_is_that_of_the_tables(
    probability: float, freedom: int, expected: float
) -> None:
    assert quantile(probability, freedom) == pytest.approx(expected, abs=5e-4)


def test_with_many_degrees_of_freedom_student_is_the_normal_distribution() -> None:
    assert quantile(0.975, 1_000_000) == pytest.approx(1.959966, abs=1e-5)


def test_one_degree_of_freedom_is_the_cauchy_distribution() -> None:
    for t in (-3.0, -0.5, 0.0, 0.2, 7.0):
        assert cumulative(t, 1) == pytest.approx(0.5 + math.atan(t) / math.pi, abs=1e-12)


def test_the_incomplete_beta_function_agrees_with_its_closed_forms() -> None:
    assert incomplete_beta(0.3, 1, 1) == pytest.approx(0.3)
    assert incomplete_beta(0.3, 2, 1) == pytest.approx(0.09)
    assert incomplete_beta(0.3, 1, 3) == pytest.approx(1 - 0.7**3)
    assert (incomplete_beta(0, 2, 3), incomplete_beta(1, 2, 3)) == (0, 1)


@pytest.mark.parametrize("probability", [0.4, 1.0])
def test_a_quantile_outside_its_range_is_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        quantile(probability, 5)


@pytest.mark.parametrize(
    ("points", "n", "low", "high"),
    [(3, 5, 0.2307, 0.8824), (4, 5, 0.3755, 0.9638), (13, 20, 0.4329, 0.8188), (0, 10, 0, 0.2775)],
)
def test_wilson_gives_the_known_intervals(points: int, n: int, low: float, high: float) -> None:
    interval = wilson(points, n)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-4)


def test_no_answers_have_no_interval() -> None:
    assert wilson(0, 0) is None


def test_answers_of_alike_persons_count_almost_one_by_one() -> None:
    """Ten persons with 3 of 5 each: no spread between them, so 50 answers, shrunk for ten persons."""
    interval = clustered([(3, 5)] * 10)
    worth = 50 * (1.959964 / 2.262157) ** 2
    expected = wilson(0.6 * worth, worth)
    assert interval is not None
    assert expected is not None
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_persons_who_know_all_or_nothing_count_as_one_answer_each() -> None:
    """Five with 5 of 5 and five with 0 of 5: variance 10/9 x 62.5/2500, so nine independent answers."""
    interval = clustered([(5, 5)] * 5 + [(0, 5)] * 5)
    worth = 9 * (1.959964 / 2.262157) ** 2
    expected = wilson(0.5 * worth, worth)
    assert interval is not None
    assert expected is not None
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_a_group_that_is_wholly_right_still_has_an_interval() -> None:
    interval = clustered([(5, 5)] * 10)
    assert interval is not None
    assert interval.value == 1
    assert 0.85 < interval.low < 0.95
    assert interval.high == 1


def test_one_person_is_no_group() -> None:
    assert clustered([(3, 5)]) is None


def test_the_mean_of_four_differences_by_hand() -> None:
    """1, 2, 3, 6: mean 3, standard deviation 2.1602, times 3.1824 over 2."""
    interval = mean([1, 2, 3, 6])
    assert interval is not None
    assert (interval.value, interval.low, interval.high) == pytest.approx((3, -0.4374, 6.4374), abs=1e-3)
    assert mean([1.0]) is None


def test_the_difference_of_two_proportions_is_newcombes() -> None:
    """His example: 56 of 70 against 48 of 80 gives 0.2, from 0.0524 to 0.3339."""
    interval = difference((48, 80), (56, 70))
    assert interval is not None
    assert (interval.value, interval.low, interval.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert difference((0, 0), (1, 5)) is None
