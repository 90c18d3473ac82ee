"""Forty items of ACT mathematics, against what another program prints.

Frequencies of the numbers right of 151,050 people, and the figures of BBClassify 1.0.0 (Haakstad 2025, MIT
licence, files act288m and ccHB_output.txt), an implementation of Hanson and Brennan (1990), Journal of
Educational Measurement 27, 345-359. Its reliability is KR-21, so that Livingston and Lewis's length is that
of the test.
"""

import numpy as np
import pytest

from kapuas_quiz.core.psychometrics.decisions import Judgement, livingston_lewis
from kapuas_quiz.core.psychometrics.fitting import fit_true_scores, true_moments
from kapuas_quiz.core.psychometrics.true_scores import Obstacle, TrueScores

FREQUENCIES = """
    0 23 98 384 986 2161 3722 5623 7533 8817 9597 9809 9674 8971 8033 7384 6758 6004 5463 4896 4367 4083 3651
    3333 3191 2899 2644 2597 2287 2197 1967 1874 1710 1581 1503 1349 1181 994 827 585 294
"""
RIGHT = np.repeat(np.arange(41.0), [int(count) for count in FREQUENCIES.split()])


def test_the_frequencies_are_the_published_ones() -> None:
    assert (len(RIGHT), RIGHT.mean(), RIGHT.var(ddof=1)) == pytest.approx(
        (151050, 16.4987, 64.7823), rel=1e-5
    )


def test_the_true_moments() -> None:
    mean, second, third, fourth = true_moments(RIGHT / 40, 40)
    variance = second - mean**2
    assert (mean, variance) == pytest.approx((0.41247, 0.03531), abs=5e-6)
    skewness = (third - 3 * mean * second + 2 * mean**3) / variance**1.5
    kurtosis = (fourth - 4 * mean * third + 6 * mean**2 * second - 3 * mean**4) / variance**2
    assert (skewness, kurtosis) == pytest.approx((1.02143, 3.15830), abs=1e-5)


def test_the_upper_limit_is_set_to_one() -> None:
    found = fit_true_scores(RIGHT / 40, 40)
    assert isinstance(found, TrueScores)
    assert (found.parameters, found.fallback) == (3, Obstacle.BEYOND_LIMITS)
    assert (found.a, found.b, found.low, found.high) == pytest.approx(
        (0.52378, 1.62569, 0.22317, 1), abs=5e-5
    )


def test_the_decisions_at_24_of_40() -> None:
    """Printed there: accuracy 0.94427, consistency 0.92203 and kappa 0.75612 from a matrix of five digits."""
    mean, variance = RIGHT.mean(), RIGHT.var()
    kr21 = 40 / 39 * (1 - mean * (40 - mean) / (40 * variance))
    assert kr21 == pytest.approx(0.87217, abs=5e-6)
    found = livingston_lewis(RIGHT, 40, 0.6, kr21)
    assert isinstance(found, Judgement)
    d = found.decisions
    assert found.method == "livingston-lewis-3"
    assert (d.masters, d.passing) == pytest.approx((0.17958, 0.19974), abs=1e-5)
    assert (d.false_positive, d.false_negative, d.accuracy) == pytest.approx(
        (0.03795, 0.01778, 0.94427), abs=1e-5
    )
    assert (d.agreement.consistency, d.agreement.kappa) == pytest.approx((0.92203, 0.75612), abs=2e-5)
