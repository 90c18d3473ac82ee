"""True scores, against closed forms and distributions whose moments are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.psychometrics.fitting import fit_four, fit_true_scores, fit_two, true_moments
from kapuas_quiz.core.psychometrics.true_scores import Obstacle, TrueScores, Undefined, effective_length
from kapuas_quiz.core.student_t import incomplete_beta

SHAPES = st.floats(0.05, 500)
BOCK_LIEBERMAN_1970 = np.repeat(np.arange(6), [3, 20, 85, 237, 357, 298]) / 5
"""Numbers right of 1,000 people on section 6 of the Law School Admission Test, five items, as proportions."""


def moments_of(scores: TrueScores) -> list[float]:
    """Give moments about zero by the recursion of the beta's own, and the binomial theorem for its limits."""
    a, b, low, wide = scores.a, scores.b, scores.low, scores.high - scores.low
    raw = [1.0]
    for k in range(4):
        raw.append(raw[-1] * (a + k) / (a + b + k))
    m = [wide**k * raw[k] for k in range(5)]
    return [
        low + m[1],
        low**2 + 2 * low * m[1] + m[2],
        low**3 + 3 * low**2 * m[1] + 3 * low * m[2] + m[3],
        low**4 + 4 * low**3 * m[1] + 6 * low**2 * m[2] + 4 * low * m[3] + m[4],
    ]


@given(SHAPES, SHAPES, st.floats(0.01, 0.99))
def test_the_spread_has_the_moments_and_the_share_above_the_cut(a: float, b: float, cut: float) -> None:
    true, weight, above = TrueScores(a, b, 0.1, 0.9).spread(cut)
    place = min(max((cut - 0.1) / 0.8, 0.0), 1.0)
    assert weight[above].sum() == pytest.approx(1 - incomplete_beta(place, a, b), abs=1e-9)
    for power, moment in enumerate(moments_of(TrueScores(a, b, 0.1, 0.9)), 1):
        assert weight @ true**power == pytest.approx(moment, abs=1e-9)


@pytest.mark.parametrize("shape", [1e-3, 1e6])
def test_the_spread_bears_extreme_shapes(shape: float) -> None:
    """All people at the two ends, and all people at one point."""
    true, weight, _ = TrueScores(shape, shape).spread(0.5)
    assert weight @ true == pytest.approx(0.5)
    assert weight @ (true - 0.5) ** 2 == pytest.approx(TrueScores(shape, shape).variance, rel=1e-6)


def test_the_effective_length_by_hand() -> None:
    """(0.75 x 0.25 - 0.8 x 0.02) / (0.02 x 0.2) = 0.1715 / 0.004 = 42.875."""
    assert effective_length(0.75, 0.02, 0.8) == pytest.approx(42.875)


def test_with_kr21_the_effective_length_is_the_number_of_items() -> None:
    """LSAT-6: mean 3.819 of 5, variance 1.07 (divisor n)."""
    mean, variance = BOCK_LIEBERMAN_1970.mean(), BOCK_LIEBERMAN_1970.var()
    kr21 = 5 / 4 * (1 - mean * (1 - mean) / (5 * variance))
    assert effective_length(mean, variance, kr21) == pytest.approx(5)


def test_the_true_variance_is_the_reliable_part_of_the_observed_one() -> None:
    mean, variance = BOCK_LIEBERMAN_1970.mean(), BOCK_LIEBERMAN_1970.var()
    length = effective_length(mean, variance, 0.4)
    assert isinstance(length, float)
    first, second = true_moments(BOCK_LIEBERMAN_1970, length, 2)
    assert second - first**2 == pytest.approx(0.4 * variance)


def test_true_moments_by_hand() -> None:
    """0, 1, 1 and 2 right of 2: the mean is 1/2, x (x - 1) / 2 is on average 1/4, so nobody truly differs."""
    assert true_moments(np.array([0.0, 0.5, 0.5, 1.0]), 2, 2) == pytest.approx([0.5, 0.25])


def test_one_pair_of_moments_by_hand() -> None:
    """Mean 0.75, SD 0.12: a + b = 0.1875 / 0.0144 - 1 = 12.0208."""
    fitted = fit_two(0.75, 0.0144)
    assert isinstance(fitted, TrueScores)
    assert (fitted.a, fitted.b) == pytest.approx((9.015625, 3.00520833))
    assert (fitted.mean, fitted.variance) == pytest.approx((0.75, 0.0144))


@pytest.mark.parametrize(
    "known",
    [
        TrueScores(2, 5, 0.2, 0.9),
        TrueScores(5, 2, 0.2, 0.9),
        TrueScores(3, 3, 0.25, 0.95),
        TrueScores(0.8, 1.2, 0.1, 0.8),
    ],
)
def test_four_parameters_are_found_again(known: TrueScores) -> None:
    found = fit_four(moments_of(known))
    assert isinstance(found, TrueScores)
    assert (found.a, found.b, found.low, found.high) == pytest.approx(
        (known.a, known.b, known.low, known.high), rel=1e-6
    )


@pytest.mark.parametrize("beyond", [TrueScores(4, 2, -0.2, 0.9), TrueScores(2, 4, 0.1, 1.2)])
def test_one_limit_outside_zero_to_one_is_set_there_and_told(beyond: TrueScores) -> None:
    found = fit_four(moments_of(beyond))
    assert isinstance(found, TrueScores)
    assert (found.parameters, found.fallback) == (3, Obstacle.BEYOND_LIMITS)
    assert (found.low == 0) == (beyond.low < 0)
    assert (found.high == 1) == (beyond.high > 1)
    assert moments_of(found)[:3] == pytest.approx(moments_of(beyond)[:3])


def test_both_limits_outside_are_told() -> None:
    assert fit_four(moments_of(TrueScores(6, 6, -0.3, 1.2))) == Undefined(Obstacle.BEYOND_LIMITS)


def test_moments_that_no_beta_has_are_told() -> None:
    """Two points of equal weight have the kurtosis 1, less than any beta's."""
    assert fit_four([0.5, 0.26, 0.14, 0.0776]) == Undefined(Obstacle.IMPOSSIBLE_MOMENTS)


def test_four_falls_back_to_two_and_says_why() -> None:
    """Three items have no fourth moment."""
    people = np.repeat([0, 1 / 3, 2 / 3, 1], [4, 2, 2, 4])
    fitted = fit_true_scores(people, 3)
    assert isinstance(fitted, TrueScores)
    assert (fitted.fallback, fitted.low, fitted.high) == (Obstacle.IMPOSSIBLE_MOMENTS, 0, 1)
    two = fit_true_scores(people, 3, parameters=2)
    assert isinstance(two, TrueScores)
    assert (two.fallback, two.a, two.b) == (None, fitted.a, fitted.b)
    assert (two.parameters, fitted.parameters) == (2, 2)


@pytest.mark.parametrize(
    ("mean", "variance", "reliability", "reason"),
    [
        (0.5, 0.0, 0.5, Obstacle.NO_SPREAD),
        (0.5, 0.02, 0.0, Obstacle.UNRELIABLE),
        (0.5, 0.02, -0.3, Obstacle.UNRELIABLE),
        (0.5, 0.02, 1.0, Obstacle.ERRORLESS),
        (0.5, 0.25, 0.5, Obstacle.IMPOSSIBLE_MOMENTS),
    ],
)
def test_no_effective_length_has_a_reason(
    mean: float, variance: float, reliability: float, reason: Obstacle
) -> None:
    assert effective_length(mean, variance, reliability) == Undefined(reason)


def test_people_who_differ_less_than_chance_have_no_true_scores() -> None:
    assert fit_true_scores(np.full(10, 0.5), 10) == Undefined(Obstacle.UNRELIABLE)
    assert fit_two(0.5, 0.25) == Undefined(Obstacle.IMPOSSIBLE_MOMENTS)


def test_three_parameters_are_refused() -> None:
    with pytest.raises(ValueError, match="2 or 4"):
        fit_true_scores(BOCK_LIEBERMAN_1970, 5, parameters=3)
