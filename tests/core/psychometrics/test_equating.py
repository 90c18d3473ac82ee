"""Equating, by hand and against samples drawn again and again."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.equating import Equating, Use, equate

SCORES = st.lists(st.integers(0, 6), max_size=12)


def equated(scores_a: Numbers, scores_b: Numbers, method: str = "linear") -> Equating:
    found = equate(scores_a, scores_b, "mean" if method == "mean" else "linear")
    assert found is not None
    return found


def test_a_line_by_hand() -> None:
    """A has mean 20 and SD 4, B has 22 and 6: 24 on A is one SD above, 28 on B."""
    a, b = np.tile([16.0, 24.0], 300), np.tile([16.0, 28.0], 300)
    found = equated(a, b)
    assert (found.slope, found.intercept, found.use) == (1.5, -8, Use.EQUATED)
    assert found.convert(24) == 28
    assert equated(a, b, "mean").convert(24) == 26


def test_the_errors_by_hand() -> None:
    """Two points have skewness 0 and kurtosis 1, so an SD has no error: only that of the means is left."""
    a, b = np.tile([16.0, 24.0], 300), np.tile([16.0, 28.0], 300)
    assert equated(a, b).error(24) == pytest.approx(6 * (2 / 600) ** 0.5)
    assert equated(a, b, "mean").error(24) == pytest.approx((16 / 600 + 36 / 600) ** 0.5)


@pytest.mark.parametrize("method", ["mean", "linear"])
def test_the_error_is_the_spread_over_samples(method: str) -> None:
    """1,000 pairs of samples of 400 from skewed scores; the delta method's error is met within 7 %."""
    rng = np.random.default_rng(2014)
    a = rng.binomial(30, rng.beta(9, 3, (1_000, 400))).astype(float)
    b = rng.binomial(30, rng.beta(7, 3, (1_000, 400))).astype(float)
    lines = [equated(first, second, method) for first, second in zip(a, b, strict=True)]
    for score in (15.0, 21.0, 27.0):
        spread = float(np.std([line.convert(score) for line in lines]))
        errors = [line.error(score) or 0.0 for line in lines]
        assert np.mean(errors) == pytest.approx(spread, rel=0.07)


@pytest.mark.parametrize(
    ("method", "n", "use"),
    [
        ("mean", 199, Use.TOO_FEW),
        ("mean", 200, Use.EQUATED),
        ("linear", 399, Use.TOO_FEW),
        ("linear", 400, Use.EQUATED),
    ],
)
def test_few_people_leave_the_points_as_they_are(method: str, n: int, use: Use) -> None:
    rng = np.random.default_rng(n)
    found = equated(rng.normal(20, 4, n), rng.normal(22, 4, 500), method)
    assert found.use is use
    assert (found.convert(21.0) == 21.0) == (use is Use.TOO_FEW)


@pytest.mark.parametrize(("method", "n", "z"), [("mean", 200, 0.0), ("linear", 400, 2**0.5)])
def test_the_fewest_people_keep_the_error_to_a_tenth_of_a_deviation(method: str, n: int, z: float) -> None:
    """Scores at the normal curve's own quantiles have its moments almost exactly."""
    scores = np.array([NormalDist().inv_cdf((i + 0.5) / n) for i in range(n)])
    assert equated(scores, scores, method).error(z) == pytest.approx(0.1, abs=0.003)


def test_an_item_that_all_have_right_shifts_the_form_and_nothing_else() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.binomial(30, 0.7, 450).astype(float), rng.binomial(30, 0.6, 450).astype(float)
    before, after = equated(a, b), equated(a + 1, b)
    assert after.convert(22.0) == pytest.approx(before.convert(21.0))
    assert after.error(22.0) == pytest.approx(before.error(21.0))


def test_there_and_back_is_the_same_score() -> None:
    rng = np.random.default_rng(5)
    a, b = rng.normal(20, 4, 500), rng.normal(22, 5, 500)
    assert equated(b, a).convert(equated(a, b).convert(17.0)) == pytest.approx(17.0)


def test_a_form_without_spread_is_not_equated() -> None:
    found = equated(np.full(500, 20.0), np.linspace(10, 30, 500))
    assert (found.use, found.convert(20.0), found.error(20.0)) == (Use.NO_SPREAD, 20.0, None)
    assert equate(np.zeros(0), np.ones(3)) is None


@example([4, 4, 5], [0, 0, 1])
@given(SCORES, SCORES)
def test_any_scores_give_a_line_or_none(a: list[int], b: list[int]) -> None:
    found = equate(np.array(a, dtype=float), np.array(b, dtype=float))
    assert (found is None) == (not a or not b)
    if found is not None:
        error = found.error(3.0)
        assert np.isfinite((found.slope, found.intercept)).all()
        assert error is None or (np.isfinite(error) and error >= 0)
        turned = equate(np.array(a[::-1], dtype=float), np.array(b[::-1], dtype=float))
        assert turned is not None and turned.slope == pytest.approx(found.slope)
