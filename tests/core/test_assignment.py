"""Halves within a desa differ by at most one, in whatever order people come."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapuas_quiz.core.assignment import choose_label, other


@pytest.mark.parametrize(
    ("unit", "kecamatan", "overall", "label"),
    [
        ({"A": 1}, {"B": 5}, {"B": 5}, "B"),
        ({"A": 1, "B": 1}, {"A": 2, "B": 3}, {"A": 9, "B": 3}, "A"),
        ({}, {"A": 2, "B": 2}, {"A": 9, "B": 3}, "B"),
    ],
)
def test_the_desa_decides_then_the_kecamatan_then_the_training(unit, kecamatan, overall, label):
    assert choose_label(unit, kecamatan, overall, "x") == label


def test_the_first_of_all_draws_lots_and_both_forms_come_up():
    first = Counter(choose_label({}, {}, {}, number) for number in range(200))
    assert 70 <= first["A"] <= 130


def test_the_other_form_of_a_is_b_and_of_b_is_a():
    assert (other("A"), other("B")) == ("B", "A")


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), max_size=60))
def test_at_every_moment_the_halves_of_every_desa_differ_by_at_most_one(arrivals):
    units: dict = {}
    places: dict = {}
    overall: Counter = Counter()
    for number, (kecamatan, desa) in enumerate(arrivals):
        unit = units.setdefault((kecamatan, desa), Counter())
        place = places.setdefault(kecamatan, Counter())
        label = choose_label(unit, place, overall, number)
        for counts in (unit, place, overall):
            counts[label] += 1
        assert all(abs(each["A"] - each["B"]) <= 1 for each in units.values())
    for kecamatan, place in places.items():
        odd = sum(1 for (k, _), each in units.items() if k == kecamatan and each.total() % 2)
        assert abs(place["A"] - place["B"]) <= odd


def test_a_kecamatan_whose_people_come_village_by_village_is_split_evenly():
    place: Counter = Counter()
    for desa in range(14):
        unit: Counter = Counter()
        for member in range(3):
            label = choose_label(unit, place, place, (desa, member))
            unit[label] += 1
            place[label] += 1
    assert abs(place["A"] - place["B"]) <= 1
