"""Wilcoxon's signed ranks, against enumeration of all signs."""

from itertools import product
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.signed_ranks import SignedRanks, Zeros, compare_by_signed_ranks
from tests.core.psychometrics.test_change import DRUG_1, DRUG_2

CHANGES = st.lists(st.integers(-4, 4), max_size=9)


def compare(changes: list[float], zeros: Zeros = Zeros.DISCARD) -> SignedRanks | None:
    return compare_by_signed_ranks(np.zeros(len(changes)), np.array(changes, dtype=float), zeros)


def rank(sizes: Numbers) -> Numbers:
    """Rank by counting: one for each smaller, a half for each as large (itself among them), and a half."""
    return np.array([(sizes < s).sum() + ((sizes == s).sum() + 1) / 2 for s in sizes])


def test_wilcoxon_by_hand() -> None:
    """Changes 1, -2, 3, 4: losses have rank 2. Of 16 sign patterns 3 have rank sums to 2, so p = 6/16."""
    assert compare([1, -2, 3, 4]) == SignedRanks(8, 2, 4, 0, Zeros.DISCARD, True, 6 / 16)


def test_students_sleep_is_exact() -> None:
    """Nine of ten sleep longer with the second drug and one as long: p is 2/512 whatever the ties.

    R's wilcox.test gives 0.009091 here: with a zero or ties it takes the normal curve.
    """
    found = compare_by_signed_ranks(DRUG_1, DRUG_2)
    assert found == SignedRanks(45, 0, 9, 1, Zeros.DISCARD, True, 2 / 512)


@settings(max_examples=40)
@given(CHANGES, st.sampled_from(Zeros))
def test_p_is_the_share_of_sign_patterns(changes: list[int], zeros: Zeros) -> None:
    found = compare([float(change) for change in changes], zeros)
    kept = np.array([change for change in changes if change or zeros is Zeros.PRATT], dtype=float)
    ranks = rank(np.abs(kept))[kept != 0] if len(kept) else kept
    if not len(ranks):
        assert found is None
        return
    assert found is not None
    sums = [
        sum(r for r, up in zip(ranks, signs, strict=True) if up)
        for signs in product((0, 1), repeat=len(ranks))
    ]
    middle = ranks.sum() / 2
    as_far = [abs(each - middle) >= abs(found.gains - middle) - 1e-9 for each in sums]
    assert found.p == pytest.approx(min(1.0, np.mean(as_far)))
    assert found.gains + found.losses == pytest.approx(ranks.sum())
    assert found.n + found.n_zero == len(changes)


def test_pratt_counts_the_zeros_when_ranking() -> None:
    """0, 0, 1, -2, 3: with zeros in, the ranks are 3, 4, 5; without, 1, 2, 3."""
    discarded, pratt = compare([0, 0, 1, -2, 3]), compare([0, 0, 1, -2, 3], Zeros.PRATT)
    assert discarded is not None and pratt is not None
    assert (discarded.gains, discarded.losses, discarded.n_zero) == (4, 2, 2)
    assert (pratt.gains, pratt.losses, pratt.n_zero) == (8, 4, 2)


def test_proportions_that_should_be_tied_are() -> None:
    """0.3 - 0.2 and 0.8 - 0.7 differ in the last bit."""
    found = compare_by_signed_ranks(np.array([0.2, 0.7, 0.5]), np.array([0.3, 0.8, 0.4]))
    assert found is not None
    assert (found.gains, found.losses) == (4, 2)


def test_the_normal_curve_takes_over_without_a_jump() -> None:
    """50 changes with ties are counted; one more, and the curve gives nearly the same."""
    changes = [float(change) for change in np.random.default_rng(1945).choice([-3, -2, -1, 1, 2, 3, 4], 50)]
    exact, normal = compare(changes), compare([*changes, 0.0], Zeros.PRATT)
    assert exact is not None and normal is not None
    assert (exact.exact, normal.exact) == (True, False)
    assert normal.p == pytest.approx(exact.p, abs=0.01)


def test_the_normal_formula_is_the_one_of_the_textbooks() -> None:
    """60 changes: n (n + 1) (2 n + 1) / 24 less (t^3 - t) / 48 for each tie of t."""
    changes = np.concatenate([np.arange(1.0, 41), -np.arange(31.0, 51)])
    found = compare(list(changes))
    assert found is not None
    tied = 10
    variance = 60 * 61 * 121 / 24 - tied * (2**3 - 2) / 48
    z = (abs(found.gains - 60 * 61 / 4) - 0.5) / sqrt(variance)
    assert not found.exact
    assert found.p == pytest.approx(2 * NormalDist().cdf(-z))


def test_nobody_and_no_change_have_no_test() -> None:
    assert compare([]) is None
    assert compare([0, 0], Zeros.PRATT) is None
    with pytest.raises(ValueError, match="same people"):
        compare_by_signed_ranks(np.zeros(2), np.zeros(3))
