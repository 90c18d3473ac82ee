"""Where persons stand on the scale of a calibrated test, with standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kapuas_quiz.core.psychometrics.rasch import Calibration
from kapuas_quiz.core.psychometrics.rasch_likelihood import NODES, posterior
from kapuas_quiz.core.psychometrics.score_groups import Floats, ScoreGroups, group_by_score, read_answers

HALVINGS = 60


@dataclass(frozen=True)
class Ability:
    """One person's ability in standard deviations from the mean of the calibrated persons.

    expected: mean of what the answers leave possible (EAP), drawn towards the mean of all, with its
    standard deviation; best for groups.  weighted: Warm's weighted likelihood estimate, drawn nowhere, with
    its standard error; fairer to one person.
    """

    expected: float
    expected_error: float
    weighted: float
    weighted_error: float


def locate(calibration: Calibration, responses: ArrayLike) -> tuple[Ability | None, ...]:
    """Estimate each person's ability from the items of a calibration.

    responses: shape (n_persons, n_items), columns and values as they were calibrated; persons may be others.
    None for who answered none of the calibrated items.
    Raises ValueError unless responses is a table of 0, 1 and NaN with those columns.
    Source: Bock and Mislevy (1982), Applied Psychological Measurement 6, 431-444; Warm (1989),
    Psychometrika 54, 427-450.
    """
    table = read_answers(responses)
    if table.shape[1] != len(calibration.items) + len(calibration.left_out):
        raise ValueError("responses must have the columns that were calibrated")
    table = table[:, [estimate.item for estimate in calibration.items]]
    if np.isnan(table).all():
        return (None,) * len(table)
    groups = group_by_score(table)
    difficulty = np.array([estimate.difficulty for estimate in calibration.items])
    slope = calibration.discrimination
    weights = posterior(groups, -slope * difficulty, slope)
    expected = weights @ NODES
    spread = np.sqrt(weights @ NODES**2 - expected**2)
    weighted, error = _weighted(groups, difficulty, slope)
    abilities = [Ability(*map(float, row)) for row in zip(expected, spread, weighted, error, strict=True)]
    return tuple(abilities[group] if group >= 0 else None for group in groups.group_of)


def _weighted(groups: ScoreGroups, difficulty: Floats, slope: float) -> tuple[Floats, Floats]:
    forms = groups.forms[groups.form]
    low = np.full(len(forms), difficulty.min() - 20 / slope)
    high = np.full(len(forms), difficulty.max() + 20 / slope)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        chances = 1 / (1 + np.exp(-slope * (middle[:, None] - difficulty)))
        spread = forms * chances * (1 - chances)
        skew = np.sum(spread * (1 - 2 * chances), axis=1) / np.sum(spread, axis=1)
        rising = groups.total - np.sum(forms * chances, axis=1) + skew / 2 > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return middle, 1 / (slope * np.sqrt(np.sum(spread, axis=1)))
