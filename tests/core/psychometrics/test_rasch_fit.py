"""Mean squares by hand, by enumeration of all patterns, and on answers drawn from the model."""

import math
from itertools import product

import numpy as np
import pytest

from kapuas_quiz.core.psychometrics.rasch import Calibration, calibrate
from kapuas_quiz.core.psychometrics.rasch_fit import ItemFit, item_fits, right_given_total
from kapuas_quiz.core.psychometrics.score_groups import group_by_score
from tests.core.psychometrics.simulated import answers


def test_of_two_items_the_odds_share_out_one_right_answer() -> None:
    """Easiness log 3 and log 1: who has one right has the first one three times out of four."""
    shares = right_given_total(np.array([math.log(3), 0.0]))
    assert shares == pytest.approx(np.array([[0, 0.75, 1], [0, 0.25, 1]]))


def test_shares_are_those_of_all_patterns_whatever_the_ability() -> None:
    easiness = np.array([2.0, 0.3, -0.4, -1.5])
    for ability in (-1.0, 2.0):
        chances = 1 / (1 + np.exp(-easiness - ability))
        right, whole = np.zeros((4, 5)), np.zeros(5)
        for pattern in product((0, 1), repeat=4):
            weight = math.prod(c if hit else 1 - c for c, hit in zip(chances, pattern, strict=True))
            right[:, sum(pattern)] += weight * np.array(pattern)
            whole[sum(pattern)] += weight
        assert right_given_total(easiness) == pytest.approx(right / whole)


def test_shares_of_a_long_test_stay_defined() -> None:
    shares = right_given_total(np.linspace(-6, 6, 300))
    assert np.isfinite(shares).all()
    assert shares.sum(axis=0) == pytest.approx(np.arange(301))


def test_four_persons_by_hand() -> None:
    """Expected .75; three right and one wrong of four persons with one right answer of two.

    Squares 3 x .0625 + 1 x .5625 = .75, spread 4 x .1875 = .75: infit 1, outfit (.75 / .1875) / 4 = 1.
    Errors: spread of a square .1875 x .25, so infit sqrt(4 x .046875) / .75 = .57735; outfit
    sqrt(4 x .25 / .1875) / 4 = .57735. The person with both right tells nothing.
    """
    table = np.array([[1, 0], [1, 0], [1, 0], [0, 1], [1, 1]], dtype=float)
    for fit in item_fits(group_by_score(table), np.array([math.log(3), 0.0])):
        assert (fit.infit, fit.outfit) == pytest.approx((1, 1))
        assert (fit.infit_error, fit.outfit_error) == pytest.approx((0.57735, 0.57735), abs=1e-5)


def test_where_all_totals_are_none_or_all_there_is_no_fit() -> None:
    fits = item_fits(group_by_score(np.array([[1, 1], [0, 0], [1, 1]], dtype=float)), np.zeros(2))
    assert fits == (ItemFit(None, None, None, None),) * 2


def test_equally_easy_items_have_no_known_error() -> None:
    """An expected half is missed by a half, always: the mean square is 1 and cannot vary."""
    fits = item_fits(group_by_score(np.array([[1, 0], [0, 1], [1, 0]], dtype=float)), np.zeros(2))
    assert fits == (ItemFit(1.0, None, 1.0, None),) * 2


def test_mean_squares_of_items_that_fit_are_one_within_their_errors() -> None:
    found = calibrate(answers(21, 2000, np.linspace(-2, 2, 40)))
    assert isinstance(found, Calibration)
    fits = [estimate.fit for estimate in found.items]
    infits = [(fit.infit - 1) / fit.infit_error for fit in fits if fit.infit and fit.infit_error]
    outfits = [(fit.outfit - 1) / fit.outfit_error for fit in fits if fit.outfit and fit.outfit_error]
    assert len(infits) == len(outfits) == 40
    for away in (infits, outfits):
        assert abs(np.mean(away)) < 0.5
        assert 0.7 < np.std(away) < 1.3


def test_an_item_answered_by_guessing_stands_out() -> None:
    table = answers(22, 1000, np.linspace(-2, 1, 20))
    table[:, 7] = np.random.default_rng(23).integers(0, 2, 1000)
    found = calibrate(table)
    assert isinstance(found, Calibration)
    away = [
        (estimate.fit.infit - 1) / estimate.fit.infit_error
        for estimate in found.items
        if estimate.fit.infit and estimate.fit.infit_error
    ]
    assert np.argmax(away) == 7
    assert away[7] > 5
