"""Intervals and verdicts where the truth is known: docs/developer/cakupan.md holds the tables.

Where outcomes are drawn, a share may miss its limits by 3.3 of its own standard errors: one of a thousand
correct shares would miss by more, and the seed is fixed.
"""

import math

import numpy as np
import pytest

from benchmarks.coverage import GAINS, GROUPS, HIGH, LOW, ROUNDS
from benchmarks.known_truth import (
    Population,
    binomial,
    difference_coverage,
    difficulty_coverage,
    gain_coverage,
    group_coverage,
    group_wrong,
    person_verdicts,
    proportion_coverage,
    rasch_verdicts,
    surety,
    worst_wrong,
)
from kapuas_quiz.core.psychometrics.rasch import MIN_PERSONS

ROUNDS_OF_THE_SUITE = 400
USUAL = Population(0.75, 0.12)
rounds_of = pytest.mark.parametrize(
    "rounds", [ROUNDS_OF_THE_SUITE, pytest.param(ROUNDS, marks=pytest.mark.thorough)]
)


def slack(share: float, rounds: int) -> float:
    return 3.3 * math.sqrt(share * (1 - share) / rounds)


def covers(share: float, rounds: int) -> bool:
    return LOW - slack(LOW, rounds) <= share <= HIGH + slack(HIGH, rounds)


def test_the_interval_of_two_answers_by_hand() -> None:
    """0, 1, 2 of 2 give 0 to .658, .095 to .905, .342 to 1; so .3 is missed when both are right."""
    assert proportion_coverage(2)[0] == pytest.approx(0.91)
    assert binomial(2, 0.3) == pytest.approx([0.49, 0.42, 0.09])


@pytest.mark.parametrize("n", [30, 40, 60, 100])
def test_the_interval_of_a_proportion_covers_as_it_says(n: int) -> None:
    """On average; at single truths whole answers let it leave the limits, as they do any interval."""
    coverage = proportion_coverage(n)
    assert 0.945 <= coverage.mean() <= 0.955
    assert np.mean((coverage >= LOW) & (coverage <= HIGH)) >= 0.9
    assert coverage.min() >= 0.92


def test_the_interval_of_a_change_covers_as_it_says() -> None:
    coverage = difference_coverage(30)
    assert 0.945 <= coverage.mean() <= 0.955
    assert np.mean((coverage >= LOW) & (coverage <= HIGH)) >= 0.95
    assert coverage.min() >= LOW


@rounds_of
@pytest.mark.parametrize("n_persons", [30, 60])
@pytest.mark.parametrize("people", GROUPS)
def test_the_interval_of_a_group_covers_as_it_says(people: Population, n_persons: int, rounds: int) -> None:
    for n_items in (5, 25) if rounds == ROUNDS else (5,):
        share = group_coverage(np.random.default_rng(41), rounds, people, n_persons, n_items)
        assert covers(share, rounds), share


@rounds_of
@pytest.mark.parametrize("n_persons", [30, 60])
@pytest.mark.parametrize(("people", "gain"), GAINS)
def test_the_interval_of_a_gain_covers_as_it_says(
    people: Population, gain: float, n_persons: int, rounds: int
) -> None:
    share = gain_coverage(np.random.default_rng(42), rounds, people, n_persons, gain)
    assert covers(share, rounds), share


@pytest.mark.parametrize("calibrations", [20, pytest.param(300, marks=pytest.mark.thorough)])
def test_the_errors_of_difficulties_cover_from_the_fewest_persons_on(calibrations: int) -> None:
    share = difficulty_coverage(np.random.default_rng(47), calibrations, MIN_PERSONS)
    assert covers(share, 20 * calibrations), share


@pytest.mark.parametrize("standard", [0.6, 0.65, 0.7])
def test_of_five_persons_at_the_standard_at_most_one_is_judged_wrongly(standard: float) -> None:
    """An interval of 80 per cent promises no more; from .5 to .95 it fails in 24 of 2,116 cells."""
    for n_items in range(5, 51):
        assert max(worst_wrong(n_items, standard)) <= 0.2


def test_five_items_promise_too_much_at_a_standard_of_three_quarters() -> None:
    """Five of five are called above: 24 of 100 persons just under the standard get there."""
    assert worst_wrong(5, 0.75)[1] == pytest.approx(0.75**5)


@rounds_of
@pytest.mark.parametrize("items", ["own", "form", "bank"])
@pytest.mark.parametrize(("n_items", "promised"), [(5, 0.09), (10, 0.07), (25, 0.03)])
def test_of_trainees_as_they_come_few_are_judged_wrongly(
    items: str, n_items: int, promised: float, rounds: int
) -> None:
    found = rasch_verdicts(np.random.default_rng(43), 10 * rounds, n_items, 0.7, items)
    assert found.given > 0.4
    assert found.wrong <= promised + slack(promised, 10 * rounds)


def test_a_verdict_about_a_person_comes_as_often_as_counted() -> None:
    """With items drawn for each person, right answers are binomial: counting must agree with drawing."""
    generator = np.random.default_rng(44)
    truth = np.full(20_000, 0.6)
    right = generator.binomial(10, truth)
    below, above = person_verdicts(10, 0.7)
    for verdict in (below, above):
        share = float(binomial(10, 0.6) @ verdict)
        assert abs(verdict[right].mean() - share) <= slack(share, len(truth))


@rounds_of
@pytest.mark.parametrize("n_persons", [4, 8, 15, 30, 60])
def test_of_forty_groups_at_the_standard_at_most_one_is_called_below(n_persons: int, rounds: int) -> None:
    found = group_wrong(np.random.default_rng(45), rounds, Population(0.7, 0.15), n_persons, 0.7)
    assert found.wrong <= 0.025 + slack(0.025, rounds)


@rounds_of
def test_a_group_is_below_as_often_as_it_is_said_to_be(rounds: int) -> None:
    for groups, said, found in surety(np.random.default_rng(46), rounds, 30, 5, 0.7):
        assert abs(said - found) <= 0.03 + slack(said, groups)
