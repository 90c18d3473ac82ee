"""Verdicts against a standard by hand."""

import pytest

from kapuas_quiz.core.gaps import Status, group_gap, person_gap

STANDARD = 0.7


def test_a_group_far_below_is_below() -> None:
    gap = group_gap([(1, 5), (2, 5)] * 10, STANDARD)
    assert (gap.n_persons, gap.n_items, gap.points, gap.max_points) == (20, 5, 30, 100)
    assert gap.proportion == 0.3
    assert gap.status is Status.BELOW


def test_a_group_far_above_is_above() -> None:
    assert group_gap([(5, 5), (4, 5)] * 20, STANDARD).status is Status.ABOVE


def test_a_group_near_the_standard_is_not_sure() -> None:
    assert group_gap([(3, 5), (4, 5), (4, 5), (2, 5), (5, 5)], STANDARD).status is Status.UNSURE


@pytest.mark.parametrize("persons", [[], [(0, 5)], [(0, 5)] * 3, [(0, 0)] * 9])
def test_too_few_persons_get_no_verdict(persons: list[tuple[float, float]]) -> None:
    gap = group_gap(persons, STANDARD)
    assert gap.status is Status.TOO_LITTLE
    assert gap.urgency == float("-inf")


def test_a_group_without_answers_has_no_proportion() -> None:
    gap = group_gap([], STANDARD)
    assert (gap.proportion, gap.interval, gap.n_persons) == (None, None, 0)


def test_the_surest_gap_is_the_most_urgent() -> None:
    far_and_many = group_gap([(1, 5), (2, 5)] * 20, STANDARD)
    far_and_few = group_gap([(1, 5), (2, 5)] * 3, STANDARD)
    above = group_gap([(5, 5), (4, 5)] * 20, STANDARD)
    assert far_and_many.urgency > far_and_few.urgency > above.urgency


@pytest.mark.parametrize(
    ("points", "status"),
    [(0, Status.BELOW), (2, Status.BELOW), (3, Status.UNSURE), (4, Status.UNSURE), (5, Status.ABOVE)],
)
def test_five_items_carry_a_verdict_about_a_person_only_at_the_ends(points: int, status: Status) -> None:
    assert person_gap(points, 5, STANDARD).status is status


def test_four_items_carry_none() -> None:
    assert person_gap(0, 4, STANDARD).status is Status.TOO_LITTLE
    assert person_gap(0, 0, STANDARD).status is Status.TOO_LITTLE


def test_an_unsure_group_still_says_on_which_side_its_figure_lies() -> None:
    assert group_gap([(3, 5), (4, 5), (3, 5), (2, 5), (4, 5)], STANDARD).lean == "mungkin-di-bawah"
    assert group_gap([(3, 5), (4, 5), (4, 5), (3, 5), (4, 5)], STANDARD).lean == "mungkin-di-atas"
    assert group_gap([(0, 5)] * 5, STANDARD).lean == "di-bawah"
    assert group_gap([], STANDARD).lean == "data-kurang"
