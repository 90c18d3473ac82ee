"""Facility and item-rest correlation, by hand."""

import pytest

from kapuas_quiz.core.item_quality import Quality, quality


def test_a_worked_example():
    found = quality([1, 1, 0, 0], [4, 3, 2, 1])
    assert (found.n, found.facility) == (4, 0.5)
    assert found.item_rest == pytest.approx(0.7071, abs=1e-4)


def test_the_item_itself_is_not_in_what_it_is_compared_with():
    assert quality([1, 0, 1, 0], [2, 1, 2, 1]).item_rest is None


@pytest.mark.parametrize(("points", "totals"), [([1, 1, 1], [3, 2, 1]), ([1], [3])])
def test_where_nothing_varies_the_correlation_is_undefined(points, totals):
    assert quality(points, totals).item_rest is None


def test_an_item_that_nobody_met_has_no_quality():
    assert quality([], []) is None


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
