"""Sub-scores against the total, by hand and against people whose truth is known."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.subscores import SubScore, Worth, weigh_subscore


def people(alike: float, n_items: int, n: int = 20_000) -> tuple[Numbers, Numbers, Numbers]:
    """Draw true sub-scores (SD 1, correlated) and tests of them with error variance 10 / n_items."""
    rng = np.random.default_rng(2008)
    first, other = rng.standard_normal((2, n))
    true = np.stack([first, alike * first + (1 - alike**2) ** 0.5 * other])
    return true[0], *(true + rng.standard_normal((2, n)) * (10 / n_items) ** 0.5)


def test_two_halves_by_hand() -> None:
    """Sub-score and rest of variance 5 each, covariance 3, reliability .8: true variance 4.

    The true sub-score goes with the total by 4 + 3 = 7, the total has the variance 16: 49 / (4 x 16) = .766.
    """
    base = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    scores = base @ np.linalg.cholesky([[3.75, 2.25], [2.25, 3.75]]).T
    assert np.cov(scores.T) == pytest.approx(np.array([[5, 3], [3, 5]]))
    found = weigh_subscore(scores[:, 0], scores.sum(axis=1), 0.8)
    assert (found.from_itself, found.from_total) == pytest.approx((0.8, 49 / 64))
    assert found.worth is Worth.TOO_FEW


@pytest.mark.parametrize(("alike", "n_items", "worth"), [(0.95, 6, Worth.NOTHING), (0.3, 30, Worth.ADDS)])
def test_the_reductions_are_those_of_the_best_lines(alike: float, n_items: int, worth: Worth) -> None:
    """A line fitted to the truth itself reduces the squared error by as much as is stated without it."""
    true, sub, rest = people(alike, n_items)
    found = weigh_subscore(sub, sub + rest, 1 / (1 + 10 / n_items))
    assert found.from_itself == pytest.approx(np.corrcoef(true, sub)[0, 1] ** 2, abs=0.02)
    assert found.from_total == pytest.approx(np.corrcoef(true, sub + rest)[0, 1] ** 2, abs=0.02)
    assert found.worth is worth


@pytest.mark.parametrize(
    ("variance", "alpha", "printed", "reduction"),
    [(1.381, 0.545, 0.799, 0.555), (1.059, 0.381, 0.835, 0.575), (1.107, 0.640, 0.684, 0.421)],
)
def test_a_package_that_prints_other_reductions(
    variance: float, alpha: float, printed: float, reduction: float
) -> None:
    """Three scales of `data.read` in R's sirt, whose total has the variance 5.668 and alpha .677.

    sirt prints .638, .697 and .468 (cor.TX_Z squared), because it takes the error off with the standard
    deviation of the observed total where the true one's belongs. Undone, the three covariances with the total
    are 2.167, 1.802 and 1.699 and add up to 5.668, as they must; the formula then gives what stands here.
    """
    of_total, true, error = 5.668, alpha * variance, (1 - alpha) * variance
    covariance = printed * (true * of_total) ** 0.5 + 0.677**0.5 * error
    base = np.tile(np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]]), (82, 1)) * (327 / 328) ** 0.5
    both = base @ np.linalg.cholesky([[variance, covariance], [covariance, of_total]]).T
    found = weigh_subscore(both[:, 0], both[:, 1], alpha)
    assert found.from_total == pytest.approx(reduction, abs=2e-3)


def test_a_sub_score_of_all_items_adds_nothing() -> None:
    _, sub, _ = people(0.5, 10)
    found = weigh_subscore(sub, sub, 0.5)
    assert found.from_total == pytest.approx(found.from_itself)


def test_an_item_that_all_have_right_changes_nothing() -> None:
    _, sub, rest = people(0.5, 10, 200)
    assert weigh_subscore(sub + 1, sub + rest + 1, 0.5).from_total == pytest.approx(
        weigh_subscore(sub, sub + rest, 0.5).from_total
    )


@pytest.mark.parametrize(
    ("sub", "reliability", "worth"),
    [
        ([], 0.5, Worth.TOO_FEW),
        ([1], 0.5, Worth.TOO_FEW),
        ([2, 2, 2], 0.5, Worth.NO_SPREAD),
        ([1, 2, 3], 0.0, Worth.UNRELIABLE),
        ([1, 2, 3], -0.2, Worth.UNRELIABLE),
        ([1, 2, 3], None, Worth.UNRELIABLE),
    ],
)
def test_what_is_undefined_says_why(sub: list[int], reliability: float | None, worth: Worth) -> None:
    array = np.array(sub, dtype=float)
    assert weigh_subscore(array, array * 2, reliability) == SubScore(None, None, worth)


@example([(0, 0), (1, 0)], 5e-324)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=12), st.floats(-1, 1))
def test_any_points_give_a_figure_or_a_reason(rows: list[tuple[int, int]], reliability: float) -> None:
    sub = np.array([first for first, _ in rows], dtype=float)
    total = sub + np.array([second for _, second in rows], dtype=float)
    found = weigh_subscore(sub, total, reliability)
    assert (found.from_total is None) == (found.from_itself is None)
    assert found.from_total is None or (np.isfinite(found.from_total) and found.from_total >= 0)


def test_different_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same people"):
        weigh_subscore(np.zeros(2), np.zeros(3), 0.5)
