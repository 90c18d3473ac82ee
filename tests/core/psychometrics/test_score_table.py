"""Persons counted by total, and parts of persons at the ends."""

from fractions import Fraction

import numpy as np
import pytest

from kapuas_quiz.core.psychometrics.forms import split_forms
from kapuas_quiz.core.psychometrics.score_table import count_by_total

NO = np.nan


def test_equal_totals_share_a_rank_alike() -> None:
    """Totals 1, 2, 2, 3: the lowest 1.5 persons are the first and a quarter of each of the next two."""
    table = count_by_total(np.array([[2.0], [1.0], [3.0], [2.0]]))
    assert table.weigh_ranks([(0, 1.5)])[0][table.place] == pytest.approx([0.25, 1, 0, 0.25])


def test_the_ends_are_twenty_seven_hundredths_of_the_persons() -> None:
    """Ten persons, 0 to 9: the upper 2.7 are 9, 8 and seven tenths of 7."""
    table = count_by_total(np.arange(10.0)[:, None])
    lower, upper = table.weigh_ends()
    assert upper == pytest.approx([0, 0, 0, 0, 0, 0, 0, 0.7, 1, 1])
    assert lower == pytest.approx([1, 1, 0.7, 0, 0, 0, 0, 0, 0, 0])


def test_thirds_added_in_another_order_are_one_total() -> None:
    third = float(Fraction(1, 3))
    points = np.array([[0.1, 0.2, 0.3, third], [0.3, third, 0.2, 0.1], [third, 0.3, 0.1, 0.2], [0, 0, 0, 0]])
    assert len(count_by_total(points).totals) == 2


def test_an_item_that_does_not_vary_is_exactly_nothing() -> None:
    points = np.array([[0.1, 1.0], [0.1, 0.0], [0.1, 0.5]])
    spread = count_by_total(points).spread
    assert (spread.own[0], spread.with_total[0], spread.rest[1]) == (0, 0, 0)


def test_two_valued_items_are_told_from_others() -> None:
    points = np.array([[0, 0.1, 1, 2], [1, 0.4, 0.5, 2], [1, 0.1, 0, 2]])
    assert count_by_total(points).two_valued.tolist() == [True, True, False, True]


def test_persons_with_the_same_items_are_one_form() -> None:
    points = np.array([[1, 0, NO], [NO, 1, 1], [0, 0, NO], [NO, NO, NO]])
    forms = split_forms(points)
    assert [(form.persons.tolist(), form.items.tolist()) for form in forms] == [
        ([0, 2], [0, 1]),
        ([1], [1, 2]),
    ]


@pytest.mark.parametrize("points", [np.zeros((0, 3)), np.zeros((3, 0)), np.full((2, 2), NO)])
def test_nobody_and_nothing_are_no_form(points: np.ndarray) -> None:
    assert split_forms(points) == ()


@pytest.mark.parametrize("points", [np.zeros(3), np.array([[1.0, np.inf]])])
def test_what_is_no_table_of_points_is_refused(points: np.ndarray) -> None:
    with pytest.raises(ValueError, match="points"):
        split_forms(points)
    with pytest.raises(ValueError, match="points"):
        count_by_total(points)
