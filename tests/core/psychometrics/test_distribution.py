"""Where totals lie and how they are shaped, by hand and by exact fractions."""

import math
from fractions import Fraction

import numpy as np
import pytest

from kapuas_quiz.core.psychometrics.contrasts import Obstacle
from kapuas_quiz.core.psychometrics.distribution import describe_totals

SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
"""Student (1908), Biometrika 6, p. 20: hours of sleep gained by the first drug."""


def test_five_totals_by_hand() -> None:
    """1, 2, 3, 4, 10: mean 4, deviations -3 -2 -1 0 6, squares 50, cubes 180, fourth powers 1394.

    Variance 50 / 4 = 12.5.  G1 = 5 x 180 / (4 x 3 x 12.5^1.5) = 1.69706.
    G2 = 5 x 6 x 1394 / (4 x 3 x 2 x 12.5^2) - 3 x 16 / (3 x 2) = 11.152 - 8 = 3.152.
    """
    found = describe_totals(np.array([1.0, 2, 3, 4, 10]))
    assert (found.n, found.mean, found.median) == (5, 4, 3)
    assert found.sd == pytest.approx(math.sqrt(12.5))
    assert found.skewness == pytest.approx(900 / (12 * 12.5**1.5))
    assert found.kurtosis == pytest.approx(3.152)


def test_students_sleep_data_by_exact_fractions() -> None:
    """The k-statistics of Fisher (1929), which Moodle uses: G1 = k3 / k2^1.5 and G2 = k4 / k2^2."""
    values = [Fraction(str(value)) for value in SLEEP]
    n, mean = len(values), sum(values) / len(values)
    s2, s3, s4 = (sum((value - mean) ** power for value in values) for power in (2, 3, 4))
    k2, k3 = s2 / (n - 1), n * s3 / ((n - 1) * (n - 2))
    k4 = (n * (n + 1) * s4 - 3 * (n - 1) * s2**2) / ((n - 1) * (n - 2) * (n - 3))
    found = describe_totals(np.array(SLEEP))
    assert found.mean == pytest.approx(0.75)
    assert found.sd == pytest.approx(1.789010, abs=1e-6)
    assert found.skewness == pytest.approx(float(k3) / float(k2) ** 1.5, abs=1e-12)
    assert found.kurtosis == pytest.approx(float(k4 / k2**2), abs=1e-12)


@pytest.mark.parametrize(
    ("totals", "defined"), [([], 0), ([3], 2), ([1, 2], 3), ([1, 2, 4], 4), ([1, 2, 4, 4], 5)]
)
def test_each_figure_waits_for_its_persons(totals: list[float], defined: int) -> None:
    found = describe_totals(np.array(totals, dtype=float))
    figures = (found.mean, found.median, found.sd, found.skewness, found.kurtosis)
    assert [figure is not None for figure in figures] == [i < defined for i in range(5)]


def test_equal_totals_have_no_shape() -> None:
    found = describe_totals(np.full(7, 0.1))
    assert (found.sd, found.skewness, found.kurtosis) == (0, None, None)
    assert (found.obstacle(4), found.obstacle(8)) == (Obstacle.NO_SPREAD, Obstacle.FEW_PERSONS)


@pytest.mark.parametrize("totals", [np.zeros((2, 2)), np.array([1.0, np.nan])])
def test_what_is_no_list_of_totals_is_refused(totals: np.ndarray) -> None:
    with pytest.raises(ValueError, match="totals"):
        describe_totals(totals)
