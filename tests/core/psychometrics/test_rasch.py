"""The Rasch model against published estimates, an integral worked another way, and known truth."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.rasch import MIN_PERSONS, Calibration, Refusal, Refused, calibrate
from kapuas_quiz.core.psychometrics.rasch_likelihood import LOG_WEIGHTS, NODES
from tests.core.psychometrics.law_school import COUNTS_6, COUNTS_7, persons
from tests.core.psychometrics.simulated import answers

MISSING = -1.0
FIVE = np.array([-2.0, -1.0, -0.5, 0.0, 1.0])


def calibrated(responses: NDArray[np.float64]) -> Calibration:
    found = calibrate(responses)
    assert isinstance(found, Calibration), found
    return found


def difficulties(found: Calibration) -> list[float]:
    return [estimate.difficulty for estimate in found.items]


def refusal(responses: NDArray[np.float64]) -> Refusal:
    found = calibrate(responses)
    assert isinstance(found, Refused), found
    return found.reason


def brute_log_likelihood(responses: NDArray[np.float64], place: NDArray[np.float64]) -> float:
    """Integrate person by person with 4,001 steps over -10..10; place: difficulties, then discrimination."""
    nodes = np.linspace(-10, 10, 4001)
    density = np.exp(-(nodes**2) / 2) / math.sqrt(2 * math.pi) * (nodes[1] - nodes[0])
    chances = [1 / (1 + np.exp(-place[-1] * (nodes - difficulty))) for difficulty in place[:-1]]
    patterns, counts = np.unique(np.nan_to_num(responses, nan=MISSING), axis=0, return_counts=True)
    total = 0.0
    for pattern, count in zip(patterns, counts, strict=True):
        likelihood = density.copy()
        for answer, chance in zip(pattern, chances, strict=True):
            if answer != MISSING:
                likelihood *= chance if answer else 1 - chance
        total += float(count) * math.log(float(likelihood.sum()))
    return total


def test_section_6_gives_the_published_estimates() -> None:
    """Rizopoulos (2006), Journal of Statistical Software 17(5), section 4.1: ltm's rasch(LSAT)."""
    found = calibrated(persons(COUNTS_6))
    assert difficulties(found) == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=1e-4)
    errors = [estimate.error for estimate in found.items]
    assert errors == pytest.approx([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=1e-4)
    assert found.discrimination == pytest.approx(0.7551, abs=1e-4)
    assert found.discrimination_error == pytest.approx(0.0694, abs=1e-4)
    assert found.log_likelihood == pytest.approx(-2466.938, abs=1e-3)
    assert (found.n_persons, found.left_out) == (1000, ())


@pytest.mark.parametrize("forms", ["one", "two"])
def test_section_7_stands_on_the_summit_that_another_integral_finds(forms: str) -> None:
    """No slope in any direction, and the errors are those of its second differences."""
    responses = persons(COUNTS_7)
    if forms == "two":
        responses[::2, 0] = np.nan
        responses[1::2, 4] = np.nan
    found = calibrated(responses)
    summit = np.array([*difficulties(found), found.discrimination])
    top = brute_log_likelihood(responses, summit)
    assert found.log_likelihood == pytest.approx(top, abs=1e-6)
    step = 1e-3
    moves = np.eye(len(summit)) * step

    def at(move: NDArray[np.float64]) -> float:
        return brute_log_likelihood(responses, summit + move)

    slopes = [(at(move) - at(-move)) / (2 * step) for move in moves]
    assert slopes == pytest.approx([0] * len(summit), abs=2e-3)
    information = -np.array(
        [[(at(a + b) - at(a - b) - at(b - a) + at(-a - b)) / (4 * step**2) for b in moves] for a in moves]
    )
    errors = [*(estimate.error for estimate in found.items), found.discrimination_error]
    assert errors == pytest.approx(np.sqrt(np.diag(np.linalg.inv(information))), rel=1e-3)


def test_many_steep_items_are_integrated_exactly() -> None:
    """50 items of discrimination 2 make likelihoods a tenth of a standard deviation wide."""
    responses = answers(5, 250, np.linspace(-2, 2, 50), 2.0)
    found = calibrated(responses)
    place = np.array([*difficulties(found), found.discrimination])
    assert found.log_likelihood == pytest.approx(brute_log_likelihood(responses, place), abs=1e-5)


def test_difficulties_are_as_far_from_the_truth_as_their_errors_say() -> None:
    truth = np.linspace(-2, 1, 30)
    found = calibrated(answers(11, 1000, truth, 1.2))
    away = [(estimate.difficulty - truth[estimate.item]) / estimate.error for estimate in found.items]
    assert 0.6 < np.std(away) < 1.4
    assert abs(found.discrimination - 1.2) < 3 * found.discrimination_error


@pytest.mark.parametrize("shared", [0, 5])
def test_two_forms_come_to_lie_on_one_scale(shared: int) -> None:
    """By shared items or, without, by two groups alike in ability: the harder form shows as harder."""
    truth = np.concatenate([np.linspace(-2, 0, 15), np.linspace(-1, 1, 15)])
    responses = answers(12, 3000, truth)
    responses[::2, : 15 - shared] = np.nan
    responses[1::2, 15:] = np.nan
    found = calibrated(responses)
    away = [(estimate.difficulty - truth[estimate.item]) / estimate.error for estimate in found.items]
    assert max(abs(value) for value in away) < 4
    assert [estimate.n for estimate in found.items] == [1500] * (15 - shared) + [3000] * shared + [1500] * 15


def test_one_facility_of_a_half_is_a_difficulty_of_zero() -> None:
    """All items and abilities mirrored: the data cannot tell right from wrong."""
    half = np.repeat(np.array([[1.0, 1, 1, 1], [1, 1, 0, 1], [1, 0, 1, 1]]), 50, axis=0)
    responses = np.concatenate([half, 1 - half])
    assert difficulties(calibrated(responses)) == pytest.approx([0] * 4, abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(5)), st.randoms(use_true_random=False))
def test_the_order_of_persons_and_items_changes_nothing(order: list[int], chance: Random) -> None:
    responses = answers(13, 300, FIVE)
    found = calibrated(responses)
    rows = list(range(300))
    chance.shuffle(rows)
    mixed = calibrated(responses[rows][:, order])
    assert difficulties(mixed) == pytest.approx([difficulties(found)[item] for item in order], abs=1e-6)
    assert mixed.discrimination == pytest.approx(found.discrimination, abs=1e-6)
    assert mixed.log_likelihood == pytest.approx(found.log_likelihood, abs=1e-8)


@pytest.mark.parametrize("constant", [0.0, 1.0, math.nan])
def test_an_item_without_variance_is_left_out_and_named(constant: float) -> None:
    responses = answers(14, 300, FIVE)
    found = calibrated(responses)
    wider = calibrated(np.insert(responses, 2, constant, axis=1))
    assert wider.left_out == (2,)
    assert [estimate.item for estimate in wider.items] == [0, 1, 3, 4, 5]
    assert difficulties(wider) == difficulties(found)


def test_persons_without_answers_do_not_count() -> None:
    responses = answers(15, MIN_PERSONS, FIVE)
    absent = np.full((50, 5), np.nan)
    found = calibrated(np.concatenate([absent, responses]))
    assert found == calibrated(responses)
    assert found.n_persons == MIN_PERSONS


def test_fewer_persons_than_stated_are_refused() -> None:
    assert refusal(answers(15, MIN_PERSONS - 1, FIVE)) is Refusal.FEW_PERSONS


def test_two_items_are_refused() -> None:
    assert refusal(answers(16, 300, FIVE[:2])) is Refusal.FEW_ITEMS


def test_answers_by_the_toss_of_a_coin_are_refused() -> None:
    """Drawn without any ability; the seed is one of the 95 in 100 that chance does not make look alike."""
    assert refusal(answers(17, 500, FIVE, 0.0)) is Refusal.NO_COMMON_ABILITY


def test_items_that_contradict_each_other_are_refused() -> None:
    patterns = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 100, dtype=float)
    assert refusal(patterns) is Refusal.NO_COMMON_ABILITY


def test_persons_with_one_answer_each_are_refused() -> None:
    responses = np.full((300, 3), np.nan)
    for person in range(300):
        responses[person, person % 3] = person % 2
    assert refusal(responses) is Refusal.NO_COMMON_ABILITY


def test_a_perfect_staircase_has_no_finite_discrimination() -> None:
    stairs = np.tril(np.ones((6, 6)), -1)[:, :5]
    assert refusal(np.repeat(stairs, 50, axis=0)) is Refusal.NOT_CONVERGED


@pytest.mark.parametrize("value", [0.0, 1.0, math.nan])
@pytest.mark.parametrize("shape", [(0, 0), (0, 4), (1, 1), (1, 5), (300, 0), (300, 1), (300, 5)])
def test_nothing_can_be_learnt_from_answers_that_are_all_alike(shape: tuple[int, int], value: float) -> None:
    found = calibrate(np.full(shape, value))
    assert found == Refused(Refusal.FEW_PERSONS, 0, tuple(range(shape[1])))


@pytest.mark.parametrize("responses", [[0, 1], [[0, 2]], [[0.5]], [[math.inf]]])
def test_other_values_are_refused(responses: list[object]) -> None:
    with pytest.raises(ValueError, match="responses must be"):
        calibrate(np.array(responses, dtype=float))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(3, 8), st.floats(0.05, 0.95))
def test_whatever_comes_in_no_number_is_undefined(seed: int, n_items: int, missing: float) -> None:
    generator = np.random.default_rng(seed)
    responses = generator.integers(0, 2, (250, n_items)).astype(float)
    responses[generator.random(responses.shape) < missing] = np.nan
    found = calibrate(responses)
    if isinstance(found, Calibration):
        figures = [found.discrimination, found.discrimination_error, found.log_likelihood]
        figures += [number for estimate in found.items for number in (estimate.difficulty, estimate.error)]
        assert all(math.isfinite(figure) for figure in figures)


@pytest.mark.parametrize("centre", [-2.0, -0.05, 0.0, 1.3])
@pytest.mark.parametrize("width", [0.1, 0.3, 1.0])
def test_a_bell_on_a_bell_integrates_to_its_closed_form(width: float, centre: float) -> None:
    """E exp(-(z - c)^2 / 2w^2) = w / sqrt(1 + w^2) exp(-c^2 / 2(1 + w^2)) for z from N(0, 1)."""
    found = float(np.exp(LOG_WEIGHTS) @ np.exp(-((NODES - centre) ** 2) / (2 * width**2)))
    exact = width / math.sqrt(1 + width**2) * math.exp(-(centre**2) / (2 * (1 + width**2)))
    assert found == pytest.approx(exact, rel=1e-8)
