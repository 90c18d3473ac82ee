"""Facility and item-rest correlation, by hand."""

import pytest

from kapuas_quiz.core.item_quality import Quality, Sat, quality


def test_a_worked_example():
    found = quality([Sat([1, 1, 0, 0], [4, 3, 2, 1])])
    assert (found.n, found.facility) == (4, 0.5)
    assert found.item_rest == pytest.approx(0.7071, abs=1e-4)


def test_the_item_itself_is_not_in_what_it_is_compared_with():
    assert quality([Sat([1, 0, 1, 0], [2, 1, 2, 1])]).item_rest is None


@pytest.mark.parametrize(("points", "totals"), [([1, 1, 1], [3, 2, 1]), ([1], [3])])
def test_where_nothing_varies_the_correlation_is_undefined(points, totals):
    assert quality([Sat(points, totals)]).item_rest is None


def test_what_people_learn_between_two_tests_is_no_merit_of_an_item():
    before = Sat([1, 0, 0, 0], [3, 2, 2, 3])
    after = Sat([1, 1, 1, 0], [21, 22, 22, 21])
    together = quality([Sat(before.points + after.points, before.totals + after.totals)])
    assert together.item_rest > 0.4
    apart = quality([before, after])
    assert (apart.n, apart.facility) == (8, 0.5)
    # Rests 2 2 2 3 and 20 21 21 21: products of deviations -0.25 and -0.25, squares 0.75 each.
    assert apart.item_rest == pytest.approx(-1 / 3)


def test_sums_of_parts_of_points_that_are_equal_are_equal():
    assert quality([Sat([0.1, 0.3], [0.1 + 0.2, 0.3 + 0.2])]).item_rest is None


def test_an_item_that_nobody_met_has_no_quality():
    assert quality([]) is None and quality([Sat()]) is None


@pytest.mark.parametrize(
    ("given", "remarks"),
    [
        (Quality(19, 0.1, -0.5), ()),
        (Quality(20, 0.1, 0.3), ("sukar",)),
        (Quality(20, 0.97, 0.3), ("mudah",)),
        (Quality(20, 0.5, 0.05), ("lemah",)),
        (Quality(20, 0.2, -0.4), ("sukar", "lemah")),
        (Quality(20, 0.5, None), ()),
        (Quality(20, 0.5, 0.1), ()),
    ],
)
def test_what_to_look_at_is_said_only_of_enough_people(given, remarks):
    assert given.remarks == remarks
