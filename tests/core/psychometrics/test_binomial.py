"""Chances of right answers, against enumeration."""

from fractions import Fraction
from itertools import product
from math import comb, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.psychometrics.binomial import chances, reach, total_within_floors, unequal_chances

TRUE = np.array([0.0, 0.2, 0.5, 0.8, 1.0])


def test_equal_items_are_binomial() -> None:
    assert chances(2, np.array([0.8]))[:, 0] == pytest.approx([0.04, 0.32, 0.64])


def test_a_third_of_likeness_around_a_half_makes_every_number_as_likely() -> None:
    """The beta-binomial with a = b = 1 is uniform, and its answers correlate by 1 / (a + b + 1)."""
    assert chances(6, np.array([0.5]), likeness=1 / 3)[:, 0] == pytest.approx([1 / 7] * 7)


def test_likeness_widens_as_exact_fractions_say() -> None:
    """Likeness 1/11 around 0.8 is a beta with a = 8, b = 2."""

    def rising(start: Fraction, n: int) -> Fraction:
        return prod((start + i for i in range(n)), start=Fraction(1))

    exact = [
        comb(6, k) * rising(Fraction(8), k) * rising(Fraction(2), 6 - k) / rising(Fraction(10), 6)
        for k in range(7)
    ]
    assert chances(6, np.array([0.8]), likeness=1 / 11)[:, 0] == pytest.approx([float(f) for f in exact])


@given(st.integers(0, 60), st.floats(0, 0.9))
def test_chances_add_up_to_one(n_items: int, likeness: float) -> None:
    assert chances(n_items, TRUE, likeness).sum(axis=0) == pytest.approx(np.ones(5))


@given(st.integers(1, 60), st.data())
def test_the_tail_is_the_sum_of_its_chances(n_items: int, data: st.DataObject) -> None:
    needed = data.draw(st.integers(1, n_items))
    assert reach(n_items, needed, TRUE) == pytest.approx(
        chances(n_items, TRUE)[needed:].sum(axis=0), abs=1e-12
    )


def test_between_two_lengths_the_tail_lies_between_theirs() -> None:
    """Half of the items, a length of 20.5: between 10 of 20 and 10.5 of 21 on either side."""
    assert reach(20, 10, TRUE[1:4])[0] < reach(20.5, 10.0, TRUE[1:4])[0] < reach(21, 10, TRUE[1:4])[0]


def test_unequal_items_are_enumerated() -> None:
    items = [0.3, 0.6, 0.9]
    by_number = [0.0] * 4
    for pattern in product((0, 1), repeat=3):
        by_number[sum(pattern)] += prod(
            p if right else 1 - p for p, right in zip(items, pattern, strict=True)
        )
    assert unequal_chances(items)[:, 0] == pytest.approx(by_number)


def test_floors_are_enumerated() -> None:
    """Three items with 2 needed, two items with 1 needed; every pattern of the five is counted."""
    first, second = [0.3, 0.6, 0.9], [0.5, 0.8]
    by_total = [0.0] * 6
    for pattern in product((0, 1), repeat=5):
        if sum(pattern[:3]) >= 2 and sum(pattern[3:]) >= 1:
            chance = prod(p if right else 1 - p for p, right in zip(first + second, pattern, strict=True))
            by_total[sum(pattern)] += chance
    found = total_within_floors([unequal_chances(first), unequal_chances(second)], [2, 1])
    assert found[:, 0] == pytest.approx(by_total)


def test_a_floor_above_all_items_is_never_reached() -> None:
    assert not total_within_floors([chances(3, TRUE)], [4]).any()


@pytest.mark.parametrize(("n_items", "likeness"), [(-1, 0.0), (3, -0.1), (3, 1.0)])
def test_what_is_no_model_is_refused(n_items: int, likeness: float) -> None:
    with pytest.raises(ValueError, match="likeness"):
        chances(n_items, TRUE, likeness)
