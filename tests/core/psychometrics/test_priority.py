"""How sure a gap is, against an integral; what would settle it, by counting outcomes in fractions."""

import math
from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kapuas_quiz.core.gaps import MIN_ITEMS, Status, group_gap, person_gap
from kapuas_quiz.core.psychometrics.priority import (
    chance_below,
    items_to_settle,
    persons_to_settle,
    right_of_further,
)

Group = list[tuple[float, float]]
STANDARD = 0.7
UNSETTLED = {Status.UNSURE, Status.TOO_LITTLE}

groups = st.lists(st.integers(0, 5).map(lambda right: (float(right), 5.0)), min_size=4, max_size=40)


def exactly_right(points: int, n: int, more: int, right: int) -> Fraction:
    """P(right of more | points of n) under Jeffreys, as draws from an urn that is added to.

    Start with points + 1/2 white and n - points + 1/2 black balls, and add one of the colour drawn: so many
    orders, and in each the same product.
    """
    white, black = Fraction(2 * points + 1, 2), Fraction(2 * (n - points) + 1, 2)
    of_orders = math.comb(more, right) * rising(white, right) * rising(black, more - right)
    return of_orders / rising(white + black, more)


def rising(start: Fraction, draws: int) -> Fraction:
    return math.prod((start + draw for draw in range(draws)), start=Fraction(1))


def exact_chance(points: int, n: int, more: int) -> float:
    verdicts = [person_gap(points + right, n + more, STANDARD).status for right in range(more + 1)]
    settled = [right for right, status in enumerate(verdicts) if status not in UNSETTLED]
    return float(sum((exactly_right(points, n, more, right) for right in settled), Fraction(0)))


def test_one_further_answer_after_three_of_five_is_right_in_seven_of_twelve() -> None:
    """(3 + 1/2) / (5 + 1)."""
    assert right_of_further(3, 5, 1) == pytest.approx([5 / 12, 7 / 12])
    assert right_of_further(3, 5, 0) == pytest.approx([1])


@pytest.mark.parametrize(("points", "n", "more"), [(0, 0, 4), (4, 5, 10), (0, 5, 3), (12, 12, 40)])
def test_further_answers_are_those_of_the_urn(points: int, n: int, more: int) -> None:
    exact = [float(exactly_right(points, n, more, right)) for right in range(more + 1)]
    assert right_of_further(points, n, more) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(("points", "n"), [(2, 4), (3, 5), (4, 5), (4, 6), (0, 0), (2, 2)])
@pytest.mark.parametrize("chance", [0.3, 0.5, 0.7])
def test_no_smaller_number_of_items_gives_a_verdict_so_surely(points: int, n: int, chance: float) -> None:
    least = items_to_settle(points, n, STANDARD, chance)
    assert least is not None
    assert exact_chance(points, n, least) >= chance - 1e-9
    assert all(exact_chance(points, n, fewer) < chance - 1e-9 for fewer in range(max(0, least - 3), least))


def test_a_verdict_needs_nothing_more() -> None:
    assert items_to_settle(5, 5, STANDARD) == 0
    assert items_to_settle(1, 8, STANDARD) == 0


def test_before_the_fifth_item_there_is_no_verdict_however_they_are_answered() -> None:
    assert items_to_settle(4, 4, STANDARD, chance=0.5) == MIN_ITEMS - 4
    assert items_to_settle(0, 0, STANDARD, chance=0.01) == MIN_ITEMS


def test_half_the_chance_costs_a_fraction_of_the_items() -> None:
    """3 of 5: thirteen more items settle it as likely as not, eight of ten times it takes a hundred."""
    assert (items_to_settle(3, 5, STANDARD, 0.5), items_to_settle(3, 5, STANDARD, 0.8)) == (13, 106)


def test_what_no_affordable_number_settles_has_none() -> None:
    assert items_to_settle(35, 50, STANDARD, chance=0.95) is None


def test_points_beyond_the_items_are_refused() -> None:
    with pytest.raises(ValueError, match="points"):
        items_to_settle(6, 5, STANDARD)


def test_how_sure_a_gap_is_is_the_area_below_the_standard() -> None:
    """Ten with 3 of 5: 50 answers shrunk by (1.959964 / 2.262157)^2, the density summed in 100,000 strips."""
    worth = 50 * (1.959964 / 2.262157) ** 2
    at = (np.arange(100_000) + 0.5) / 100_000
    density = at ** (0.6 * worth - 0.5) * (1 - at) ** (0.4 * worth - 0.5)
    area = float(density[at < STANDARD].sum() / density.sum())
    assert chance_below([(3, 5)] * 10, STANDARD) == pytest.approx(area, abs=1e-5)


@pytest.mark.parametrize("persons", [[], [(0, 5)], [(0, 5)] * 3, [(0, 0)] * 9])
def test_too_few_persons_have_neither_chance_nor_forecast(persons: Group) -> None:
    assert chance_below(persons, STANDARD) is None
    assert persons_to_settle(persons, STANDARD) is None


def test_all_right_and_all_wrong_are_not_quite_sure() -> None:
    right, wrong = chance_below([(5, 5)] * 4, STANDARD), chance_below([(0, 5)] * 4, STANDARD)
    assert right is not None
    assert wrong is not None
    assert 0 < right < 0.05 < 0.95 < wrong < 1


def test_a_standard_beyond_a_proportion_is_refused() -> None:
    with pytest.raises(ValueError, match="standard"):
        chance_below([(3, 5)] * 10, 70)


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_persons_changes_nothing(persons: Group, chance: Random) -> None:
    mixed = list(persons)
    chance.shuffle(mixed)
    found = chance_below(persons, STANDARD)
    assert found is not None
    assert chance_below(mixed, STANDARD) == pytest.approx(found, abs=1e-9)


@given(groups)
def test_how_sure_a_gap_is_agrees_with_the_verdict(persons: Group) -> None:
    found = chance_below(persons, STANDARD)
    assert found is not None
    status = group_gap(persons, STANDARD).status
    if status is Status.BELOW:
        assert found > 0.95
    if status is Status.ABOVE:
        assert found < 0.05


@given(groups)
def test_a_higher_standard_is_missed_more_surely(persons: Group) -> None:
    chances = [chance_below(persons, standard) for standard in (0.5, 0.6, 0.7, 0.8)]
    known = [chance for chance in chances if chance is not None]
    assert len(known) == 4
    assert all(low <= high + 1e-12 for low, high in pairwise(known))


@given(groups)
def test_a_group_with_a_verdict_needs_nobody_more(persons: Group) -> None:
    assume(group_gap(persons, STANDARD).status is not Status.UNSURE)
    assert persons_to_settle(persons, STANDARD) == 0


def test_the_forecast_of_persons_agrees_with_counting_all_groups() -> None:
    """One item each, 11 of 20 right: every outcome of so many more persons is judged by the real verdict."""
    persons: Group = [(1.0, 1.0)] * 11 + [(0.0, 1.0)] * 9
    least = persons_to_settle(persons, STANDARD, 0.5)
    assert least is not None

    def exact(more: int) -> float:
        total = Fraction(0)
        for right in range(more + 1):
            group = persons + [(1.0, 1.0)] * right + [(0.0, 1.0)] * (more - right)
            if group_gap(group, STANDARD).status is not Status.UNSURE:
                total += exactly_right(11, 20, more, right)
        return float(total)

    assert exact(least) == pytest.approx(0.5, abs=0.03)
    assert exact(least // 2) < 0.4
