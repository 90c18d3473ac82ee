"""Abilities by hand and by an integral worked another way."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.ability import Ability, locate
from kapuas_quiz.core.psychometrics.rasch import Calibration, calibrate
from tests.core.psychometrics.law_school import COUNTS_6, persons
from tests.core.psychometrics.simulated import answers

HOLE = math.nan


@pytest.fixture(scope="module")
def section_6() -> Calibration:
    found = calibrate(persons(COUNTS_6))
    assert isinstance(found, Calibration)
    return found


def one(calibration: Calibration, answer: list[float]) -> Ability:
    (ability,) = locate(calibration, np.array([answer]))
    assert ability is not None
    return ability


@pytest.mark.parametrize(
    "answer", [[0, 0, 0, 0, 0], [1, 0, 1, 1, 0], [1, 1, 1, 1, 1], [HOLE, 1, HOLE, 0, HOLE]]
)
def test_the_expected_ability_is_that_of_a_dense_integral(
    section_6: Calibration, answer: list[float]
) -> None:
    nodes = np.linspace(-10, 10, 20001)
    weights = np.exp(-(nodes**2) / 2)
    for estimate in section_6.items:
        if not math.isnan(answer[estimate.item]):
            chance = 1 / (1 + np.exp(-section_6.discrimination * (nodes - estimate.difficulty)))
            weights *= chance if answer[estimate.item] else 1 - chance
    weights /= weights.sum()
    middle = float(weights @ nodes)
    ability = one(section_6, answer)
    assert ability.expected == pytest.approx(middle, abs=1e-6)
    assert ability.expected_error == pytest.approx(math.sqrt(weights @ (nodes - middle) ** 2), abs=1e-6)


@pytest.mark.parametrize(("answer", "side"), [(1.0, 1), (0.0, -1)])
def test_one_answer_puts_warms_estimate_at_odds_of_three_to_one(
    section_6: Calibration, answer: float, side: int
) -> None:
    """1 - P + (1 - 2P) / 2 = 0 gives P = 3/4; the error is 1 / (slope sqrt(3/16))."""
    ability = one(section_6, [HOLE, HOLE, answer, HOLE, HOLE])
    slope = section_6.discrimination
    assert ability.weighted == pytest.approx(section_6.items[2].difficulty + side * math.log(3) / slope)
    assert ability.weighted_error == pytest.approx(4 / (slope * math.sqrt(3)))


def test_warms_estimate_is_hardly_biased_and_as_uncertain_as_it_says() -> None:
    items = np.linspace(-2, 2, 40)
    calibration = calibrate(answers(31, 4000, items))
    assert isinstance(calibration, Calibration)
    generator = np.random.default_rng(32)
    chances = 1 / (1 + np.exp(items - 1.0))
    located = locate(calibration, (generator.random((3000, 40)) < chances).astype(float))
    away = np.array([(ability.weighted - 1.0) / ability.weighted_error for ability in located if ability])
    assert abs(away.mean()) < 0.15
    assert 0.9 < away.std() < 1.1


def test_more_right_answers_never_lower_an_ability(section_6: Calibration) -> None:
    ladder = locate(section_6, np.tril(np.ones((6, 6)), -1)[:, :5])
    values: NDArray[np.float64] = np.array([[a.expected, a.weighted] for a in ladder if a])
    assert len(values) == 6
    assert (np.diff(values, axis=0) > 0).all()


def test_who_answered_nothing_has_no_ability(section_6: Calibration) -> None:
    nobody, somebody = locate(section_6, np.array([[HOLE] * 5, [1, 0, HOLE, HOLE, HOLE]]))
    assert nobody is None
    assert somebody is not None
    assert locate(section_6, np.full((2, 5), HOLE)) == (None, None)
    assert locate(section_6, np.empty((0, 5))) == ()


def test_items_that_were_left_out_are_passed_over() -> None:
    responses = np.insert(answers(33, 300, np.linspace(-1, 1, 5)), 2, 1.0, axis=1)
    calibration = calibrate(responses)
    assert isinstance(calibration, Calibration)
    turned = responses.copy()
    turned[:, 2] = 0
    assert locate(calibration, turned) == locate(calibration, responses)


def test_another_number_of_columns_is_refused(section_6: Calibration) -> None:
    with pytest.raises(ValueError, match="columns"):
        locate(section_6, np.ones((1, 4)))
