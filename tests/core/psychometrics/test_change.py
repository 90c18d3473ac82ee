"""Change between two tests, against hand-worked sums and Student's own data."""

from fractions import Fraction
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.gain import Change, group_gain
from kapuas_quiz.core.psychometrics.change import (
    AverageGain,
    McNemar,
    average_of_gains,
    compare_by_t,
    compare_groups,
    compare_item,
    effect_sizes,
    judge_persons,
    noticeable_change,
)

DRUG_1 = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
DRUG_2 = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
"""Hours of sleep gained by ten patients: Student (1908), Biometrika 6, 1-25; R's data set `sleep`."""

PROPORTIONS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=15)


def test_students_sleep() -> None:
    """R's t.test(extra ~ group, data = sleep, paired = TRUE) gives t = -4.0621, df = 9, p = 0.002833."""
    found = compare_by_t(DRUG_2, DRUG_1)
    assert found is not None
    assert (found.t, found.freedom) == (pytest.approx(-4.0621, abs=5e-5), 9)
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert (DRUG_2 - DRUG_1).mean() == pytest.approx(1.58)


def test_effect_sizes_of_students_sleep() -> None:
    """dz = t / sqrt(10) = 1.2846; the SDs are 1.789 and 2.002, so d_av = 1.58 / 1.8957."""
    found = effect_sizes(DRUG_1, DRUG_2)
    assert found.dz == pytest.approx(4.0621 / sqrt(10), abs=2e-5)
    assert found.d_av == pytest.approx(1.58 / ((1.78901 + 2.002249) / 2), abs=1e-5)


def test_effect_sizes_by_hand() -> None:
    """Differences 1, 2, 3 have the SD 1; both tests 1, 2, 3 and 2, 4, 6 have 1 and 2."""
    found = effect_sizes(np.array([1.0, 2, 3]), np.array([2.0, 4, 6]))
    assert (found.dz, found.d_av) == pytest.approx((2, 2 / 1.5))


def test_the_average_of_gains_is_not_the_gain_of_averages() -> None:
    """0.5 to 0.75 gains a half, 0.9 to 0.85 loses a half: on average nothing; of averages 0.1 / 0.3."""
    before, after = np.array([0.5, 0.9]), np.array([0.75, 0.85])
    assert average_of_gains(before, after).value == pytest.approx(0, abs=1e-12)
    averages = group_gain(dict(enumerate(before)), dict(enumerate(after)))
    assert averages.normalised == pytest.approx(0.1 / 0.3)


def test_full_marks_before_have_nothing_to_gain() -> None:
    found = average_of_gains(np.array([1.0, 0.5]), np.array([0.9, 1.0]))
    assert found == AverageGain(1.0, 1, 1)
    assert average_of_gains(np.ones(2), np.ones(2)) == AverageGain(None, 0, 2)


def test_an_item_by_hand() -> None:
    """Five gained, one lost: P(0 or 1 of 6) = 7/64, so p = 14/64, and the mid-p is (14 - 6)/64."""
    before = np.array([0.0] * 5 + [1] + [1] * 4 + [0, np.nan])
    after = np.array([1.0] * 5 + [0] + [1] * 4 + [0, 1])
    assert compare_item(before, after) == McNemar(5, 1, 14 / 64, 8 / 64)


@given(st.integers(0, 40), st.integers(0, 40))
def test_an_item_in_exact_fractions(gained: int, lost: int) -> None:
    before = np.array([0.0] * gained + [1] * lost)
    found = compare_item(before, 1 - before)
    if not gained + lost:
        assert found == McNemar(0, 0, None, None)
        return
    chances = [Fraction(comb(gained + lost, k), 2 ** (gained + lost)) for k in range(gained + lost + 1)]
    as_rare = sum(c for c in chances if c <= chances[gained])
    assert found.p_exact == pytest.approx(float(as_rare))
    rarer = sum((c for c in chances if c < chances[gained]), Fraction(0))
    assert found.p_mid == pytest.approx(float((as_rare + rarer) / 2))


def test_thousands_of_changes_do_not_overflow() -> None:
    before = np.array([0.0] * 1500 + [1] * 1400)
    found = compare_item(before, 1 - before)
    assert found.p_exact == pytest.approx(0.066, abs=2e-3)


def test_groups_by_hand() -> None:
    """1, 2, 3 against 4, 6, 8: variances 1 and 4, error sqrt(5/3), freedom (5/3)^2 / (17/18) = 2.941."""
    found = compare_groups(np.array([1.0, 2, 3]), np.array([4.0, 6, 8]))
    assert found is not None
    assert found.value == -4
    assert found.high - found.value == pytest.approx(3.2192 * sqrt(5 / 3), abs=2e-3)


def test_ninety_five_intervals_in_a_hundred_hold_the_truth() -> None:
    """Skewed proportions of 30 and 40 people with 25 items; true means 0.75 and 0.65."""
    rng = np.random.default_rng(1938)
    first = rng.binomial(25, rng.beta(9, 3, (800, 30))) / 25
    second = rng.binomial(25, rng.beta(6.5, 3.5, (800, 40))) / 25
    found = [compare_groups(one, other) for one, other in zip(first, second, strict=True)]
    held = [each is not None and each.low <= 0.1 <= each.high for each in found]
    assert 0.93 <= np.mean(held) <= 0.97


def test_groups_that_say_nothing() -> None:
    assert compare_groups(np.array([0.5]), np.array([0.4, 0.6])) is None
    assert compare_groups(np.full(3, 0.5), np.full(3, 0.4)) is None


@pytest.mark.parametrize(("n_items", "points"), [(30, 0.21), (40, 0.18), (50, 0.16)])
def test_the_least_change_that_counts(n_items: int, points: float) -> None:
    """True scores .75 +- .12: the mean binomial error of n items is sqrt((.1875 - .0144) / n)."""
    error = sqrt((0.75 * 0.25 - 0.0144) / n_items)
    assert noticeable_change(error, error) == pytest.approx(points, abs=0.005)


def test_a_person_has_changed_only_beyond_error() -> None:
    before, after = np.array([0.5, 0.5, 0.8]), np.array([0.7, 0.72, 0.58])
    assert judge_persons(before, after, 0.076, 0.076) == (Change.UNSURE, Change.UP, Change.DOWN)
    assert judge_persons(before, after, None, 0.076) == (Change.TOO_LITTLE,) * 3
    assert judge_persons(before[:0], after[:0], 0.076, 0.076) == ()


def test_without_true_change_one_in_twenty_is_named_changed() -> None:
    rng = np.random.default_rng(13)
    before, after = (0.7 + 0.076 * rng.standard_normal(20_000) for _ in range(2))
    changed = [each is not Change.UNSURE for each in judge_persons(before, after, 0.076, 0.076)]
    assert np.mean(changed) == pytest.approx(0.05, abs=0.005)


@given(PROPORTIONS)
def test_nothing_meaningless_comes_out_in_any_order(pairs: list[tuple[int, int]]) -> None:
    before = np.array([first / 10 for first, _ in pairs])
    after = np.array([second / 10 for _, second in pairs])
    order = np.random.default_rng(len(pairs)).permutation(len(pairs))
    sizes, gains, t = (
        effect_sizes(before, after),
        average_of_gains(before, after),
        compare_by_t(before, after),
    )
    assert gains.n + gains.full_marks == len(pairs)
    assert (gains.value is None) == (gains.n == 0)
    assert (t is None) == (sizes.dz is None)
    for figure in (gains.value, sizes.dz, sizes.d_av):
        assert figure is None or np.isfinite(figure)
    again = compare_by_t(before[order], after[order])
    assert t is None or (again is not None and again.t == pytest.approx(t.t))


def test_an_item_that_all_have_right_both_times_only_dilutes() -> None:
    """Nine items more that everybody has right: the difference shrinks tenfold, t and dz stay."""
    before, after = np.array([0.0, 0, 1, 0, 1]), np.array([1.0, 0, 1, 1, 0])
    one, ten = compare_by_t(before, after), compare_by_t((before + 9) / 10, (after + 9) / 10)
    assert one is not None and ten is not None
    assert ten.t == pytest.approx(one.t)
    assert effect_sizes((before + 9) / 10, (after + 9) / 10).dz == pytest.approx(
        effect_sizes(before, after).dz
    )


def test_what_does_not_belong_together_is_refused() -> None:
    for compare in (average_of_gains, effect_sizes, compare_by_t, compare_item):
        with pytest.raises(ValueError, match="same people"):
            compare(np.zeros(3), np.zeros(2))
    with pytest.raises(ValueError, match="0 or 1"):
        compare_item(np.array([0.5]), np.array([1.0]))
