"""Decisions at a cut, against enumeration, exact fractions, and people whose truth is known."""

from fractions import Fraction
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.binomial import Numbers, chances, reach
from kapuas_quiz.core.psychometrics.decisions import (
    Agreement,
    Decisions,
    Judgement,
    error_at_cut,
    huynh,
    judge,
    livingston_lewis,
    share_near_cut,
    subkoviak,
)
from kapuas_quiz.core.psychometrics.fitting import fit_two
from kapuas_quiz.core.psychometrics.true_scores import Obstacle, TrueScores, Undefined
from kapuas_quiz.core.standard import needed_points
from kapuas_quiz.core.student_t import incomplete_beta

LSAT_6 = np.repeat(np.arange(6.0), [3, 20, 85, 237, 357, 298])
"""Numbers right of 1,000 people on five items: Bock and Lieberman (1970), Psychometrika 35, 179-197."""

TRAINEES = fit_two(0.75, 0.12**2)
"""The people whom shared figures speak of: true scores with mean 0.75 and standard deviation 0.12."""


def decide(true_scores: object, n_items: int, cut: float) -> Decisions:
    assert isinstance(true_scores, TrueScores)
    needed = needed_points(0, n_items, cut)
    return judge(true_scores, cut, lambda true: reach(n_items, needed, true))


def judged(found: Judgement | Undefined) -> Judgement:
    assert isinstance(found, Judgement)
    return found


def test_one_item_by_hand() -> None:
    """True scores spread evenly, one item, cut 1/2.

    Below the cut the integral of t from 0 to 1/2 passes: 1/8. Two tests agree for the integral of
    t^2 + (1 - t)^2, 2/3; half pass, so by chance half agree, and kappa is (2/3 - 1/2) / (1/2) = 1/3.
    """
    found = decide(TrueScores(1, 1), 1, 0.5)
    assert (found.passing, found.masters) == pytest.approx((0.5, 0.5))
    assert (found.false_positive, found.false_negative, found.accuracy) == pytest.approx(
        (1 / 8, 1 / 8, 3 / 4)
    )
    assert found.agreement.consistency == pytest.approx(2 / 3)
    assert found.agreement.kappa == pytest.approx(1 / 3)


def test_consistency_equals_exact_fractions() -> None:
    """Two tests of 10 items, true scores beta(6, 3): both numbers right are enumerated in whole numbers."""

    def rising(start: int, n: int) -> int:
        return prod(range(start, start + n))

    def together(x: int, y: int) -> Fraction:
        right = x + y
        return Fraction(comb(10, x) * comb(10, y) * rising(6, right) * rising(3, 20 - right), rising(9, 20))

    alike = sum(together(x, y) for x in range(11) for y in range(11) if (x >= 7) == (y >= 7))
    passing = sum(together(x, y) for x in range(7, 11) for y in range(11))
    found = decide(TrueScores(6, 3), 10, 0.7).agreement
    assert (found.passing, found.consistency) == pytest.approx((float(passing), float(alike)), abs=1e-12)
    by_chance = passing**2 + (1 - passing) ** 2
    assert found.kappa == pytest.approx(float((alike - by_chance) / (1 - by_chance)), abs=1e-12)


@settings(max_examples=50)
@given(st.floats(0.3, 60), st.floats(0.3, 60), st.integers(1, 60), st.floats(0.05, 0.95))
def test_accuracy_equals_the_posterior_of_each_number_right(a: float, b: float, n: int, cut: float) -> None:
    """Another route: who has x right has a beta(a + x, b + n - x) truth, of which a known part is too low."""
    found = decide(TrueScores(a, b), n, cut)
    observed = chances(n, np.array([a / (a + b)]), likeness=1 / (a + b + 1))[:, 0]
    below = [incomplete_beta(cut, a + x, b + n - x) for x in range(n + 1)]
    needed = int(needed_points(0, n, cut))
    assert found.false_positive == pytest.approx(float(observed[needed:] @ below[needed:]), abs=1e-8)
    failing = float(observed[:needed] @ (1 - np.array(below[:needed])))
    assert found.false_negative == pytest.approx(failing, abs=1e-8)


@pytest.mark.parametrize(
    ("n_items", "simulated"),
    [(15, 0.80), (20, 0.825), (25, 0.83), (30, 0.85), (40, 0.87), (50, 0.88), (75, 0.90)],
)
def test_the_figures_by_which_the_length_of_a_test_was_chosen(n_items: int, simulated: float) -> None:
    """They had been simulated; exactly they are .7976, .8252, .8328, .8494, .8657, .8776 and .8960."""
    assert decide(TRAINEES, n_items, 0.7).accuracy == pytest.approx(simulated, abs=0.005)


def test_thirty_items_at_seventy_per_cent() -> None:
    """About 8 % pass wrongly and 7 % fail wrongly; the mean error is 7.6 points and KR-21 .71."""
    found = decide(TRAINEES, 30, 0.7)
    assert (found.false_positive, found.false_negative) == pytest.approx((0.0836, 0.0671), abs=1e-4)
    assert isinstance(TRAINEES, TrueScores)
    error = (0.75 * 0.25 - TRAINEES.variance) / 30
    assert error**0.5 == pytest.approx(0.076, abs=5e-4)
    assert TRAINEES.variance / (TRAINEES.variance + error) == pytest.approx(0.714, abs=5e-4)


def test_with_kr21_two_parameters_are_huynhs() -> None:
    mean, variance = LSAT_6.mean(), LSAT_6.var()
    kr21 = 5 / 4 * (1 - mean * (5 - mean) / (5 * variance))
    first = judged(livingston_lewis(LSAT_6, 5, 0.7, kr21, parameters=2))
    second = judged(huynh(LSAT_6, 5, 0.7))
    assert (first.method, second.method) == ("livingston-lewis-2", "huynh")
    assert first.length == pytest.approx(5)
    assert first.decisions.accuracy == pytest.approx(second.decisions.accuracy)
    assert first.decisions.agreement.kappa == pytest.approx(second.decisions.agreement.kappa)


def test_lsat_6_by_another_route() -> None:
    """Mean 3.819 and variance 1.0702 of 5 give KR-21, a and b; 36 pairs of numbers right are summed."""
    mean, variance = 3.819, 1.070239
    kr21 = 5 / 4 * (1 - mean * (5 - mean) / (5 * variance))
    a, b = mean * (1 / kr21 - 1), (5 - mean) * (1 / kr21 - 1)
    twice = chances(10, np.array([a / (a + b)]), likeness=1 / (a + b + 1))[:, 0]
    pairs = {
        (x, y): twice[x + y] * comb(5, x) * comb(5, y) / comb(10, x + y) for x in range(6) for y in range(6)
    }
    found = judged(huynh(LSAT_6, 5, 0.8)).decisions.agreement
    assert LSAT_6.mean() == pytest.approx(mean)
    assert LSAT_6.var() == pytest.approx(variance)
    assert found.passing == pytest.approx(sum(p for (x, _), p in pairs.items() if x >= 4))
    assert found.consistency == pytest.approx(sum(p for (x, y), p in pairs.items() if (x >= 4) == (y >= 4)))


def chances_of_items(rng: np.random.Generator, ability: Numbers, n_items: int) -> Numbers:
    """Give people's chances at items of unequal difficulty, shape (n_persons, n_items)."""
    odds = np.log(ability / (1 - ability))[:, None] + rng.normal(0, 0.9, n_items)
    return 1 / (1 + np.exp(-odds))


def alpha(points: NDArray[np.bool_]) -> float:
    k = points.shape[1]
    return float(k / (k - 1) * (1 - points.var(axis=0).sum() / points.sum(axis=1).var()))


@pytest.mark.parametrize("n_items", [25, 40])
def test_what_is_stated_is_met_within_two_points(n_items: int) -> None:
    """40,000 people whose truth is known answer items that differ in difficulty, twice."""
    rng = np.random.default_rng(1995)
    chance = chances_of_items(rng, 0.35 + 0.6 * rng.beta(3, 2, 40_000), n_items)
    first, second = (rng.random(chance.shape) < chance for _ in range(2))
    needed = needed_points(0, n_items, 0.7)
    passes, again = first.sum(axis=1) >= needed, second.sum(axis=1) >= needed
    stated = judged(livingston_lewis(first.sum(axis=1), n_items, 0.7, alpha(first))).decisions
    assert stated.accuracy == pytest.approx(float(np.mean(passes == (chance.mean(axis=1) >= 0.7))), abs=0.02)
    assert stated.agreement.consistency == pytest.approx(float(np.mean(passes == again)), abs=0.02)


def test_scores_of_half_points_are_judged_too() -> None:
    """Points and their doubles are one test; whole points know that nothing lies between them."""
    rng = np.random.default_rng(4)
    points = rng.binomial(60, rng.beta(6, 3, 300)) / 2
    found = judged(livingston_lewis(points, 30, 0.7, 0.8))
    assert 0.7 < found.decisions.accuracy < 1


def test_subkoviak_by_hand() -> None:
    """Two items, one needed; people with 1 and 2 right, taken at their word: they pass by 3/4 and by 1."""
    found = subkoviak(np.array([1.0, 2.0]), 2, 0.5, reliability=1.0)
    assert isinstance(found, Agreement)
    assert (found.passing, found.consistency) == pytest.approx((0.875, 0.8125))
    assert found.kappa == pytest.approx(1 / 7)


def test_subkoviak_and_huynh_nearly_agree() -> None:
    rng = np.random.default_rng(1976)
    points = rng.binomial(30, rng.beta(9, 3, 800)).astype(float)
    by_model = judged(huynh(points, 30, 0.7))
    kr21 = by_model.true_scores.variance / (points / 30).var()
    by_person = subkoviak(points, 30, 0.7, kr21)
    assert isinstance(by_person, Agreement)
    assert by_person.consistency == pytest.approx(by_model.decisions.agreement.consistency, abs=0.04)


def test_the_error_at_the_cut_by_hand() -> None:
    """18 of 25: sqrt(18 x 7 / 24) = 2.29; Keats with .84 against .75 takes sqrt(.16 / .25) = 0.8 of it."""
    assert error_at_cut(25, 0.72) == pytest.approx(2.2913, abs=1e-4)
    assert error_at_cut(25, 0.72, 0.84, 0.75) == pytest.approx(0.8 * 2.2913, abs=1e-4)
    assert error_at_cut(1, 0.7) is None
    assert error_at_cut(25, 0.7, 1.0, 0.5) is None


def test_the_error_at_the_cut_is_the_spread_of_forms() -> None:
    """Over items drawn anew x (n - x) / (n - 1) is on average n t (1 - t), the binomial variance."""
    shares, right = chances(25, np.array([0.72]))[:, 0], np.arange(26)
    assert shares @ (right * (25 - right) / 24) == pytest.approx(25 * 0.72 * 0.28)


def test_people_near_the_cut_are_counted() -> None:
    """Cut 21 of 30, error 2: 19 to 23 are near."""
    points = np.array([18.0, 19.0, 21.0, 23.0, 24.0])
    assert share_near_cut(points, 30, 0.7, 2.0) == pytest.approx(0.6)
    assert share_near_cut(points[:0], 30, 0.7, 2.0) is None
    assert share_near_cut(points, 30, 0.7, None) is None


@settings(max_examples=50)
@given(st.lists(st.integers(0, 8), max_size=12), st.floats(0.01, 1), st.floats(-1, 1.2))
def test_nothing_meaningless_comes_out(points: list[int], cut: float, reliability: float) -> None:
    """One person, all right, all wrong, no spread, any reliability: undefined, or shares of people."""
    array = np.array(points, dtype=float)
    for found in (livingston_lewis(array, 8, cut, reliability), huynh(array, 8, cut)):
        if isinstance(found, Judgement):
            d = found.decisions
            shares = (d.passing, d.masters, d.false_positive, d.false_negative, d.agreement.consistency)
            assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)
            assert d.agreement.kappa is None or -1e-6 <= d.agreement.kappa <= 1 + 1e-9
    agreement = subkoviak(array, 8, cut, reliability)
    assert isinstance(agreement, Undefined) or 0 <= agreement.consistency <= 1 + 1e-9


@settings(max_examples=10)
@given(st.permutations(list(range(40))))
def test_the_order_of_people_does_not_matter(order: list[int]) -> None:
    points = np.random.default_rng(8).binomial(20, np.linspace(0.4, 0.95, 40)).astype(float)
    first = judged(livingston_lewis(points, 20, 0.7, 0.7))
    second = judged(livingston_lewis(points[order], 20, 0.7, 0.7))
    assert first.decisions.accuracy == pytest.approx(second.decisions.accuracy)


@pytest.mark.parametrize(
    ("points", "reliability", "reason"),
    [
        ([], 0.8, Obstacle.TOO_FEW),
        ([5], 0.8, Obstacle.TOO_FEW),
        ([5, 5, 5], 0.8, Obstacle.NO_SPREAD),
        ([10, 10], 0.8, Obstacle.NO_SPREAD),
        ([4, 5, 9], None, Obstacle.UNRELIABLE),
        ([4, 5, 9], 0.0, Obstacle.UNRELIABLE),
        ([4, 5, 9], 1.0, Obstacle.ERRORLESS),
    ],
)
def test_what_is_undefined_says_why(points: list[int], reliability: float | None, reason: Obstacle) -> None:
    assert livingston_lewis(np.array(points, dtype=float), 10, 0.7, reliability) == Undefined(reason)


def test_huynh_and_subkoviak_say_why_too() -> None:
    nobody, equal = np.zeros(0), np.full(4, 5.0)
    assert huynh(nobody, 10, 0.7) == subkoviak(nobody, 10, 0.7, 0.8) == Undefined(Obstacle.TOO_FEW)
    assert huynh(equal, 10, 0.7) == Undefined(Obstacle.NO_SPREAD)
    assert huynh(np.array([4.0, 5.0, 6.0]), 10, 0.7) == Undefined(Obstacle.UNRELIABLE)
    assert subkoviak(equal, 10, 0.7, None) == Undefined(Obstacle.UNRELIABLE)


@pytest.mark.parametrize(
    ("points", "cut"), [([11.0], 0.7), ([-1.0], 0.7), ([np.nan], 0.7), ([5.0], 0.0), ([5.0], 1.1)]
)
def test_what_is_out_of_range_is_refused(points: list[float], cut: float) -> None:
    with pytest.raises(ValueError, match="points|cut"):
        livingston_lewis(np.array(points), 10, cut, 0.8)


def test_half_points_are_not_for_methods_of_whole_ones() -> None:
    for refused in (lambda p: huynh(p, 10, 0.7), lambda p: subkoviak(p, 10, 0.7, 0.8)):
        with pytest.raises(ValueError, match="right or wrong"):
            refused(np.array([1.5, 2.0]))
