"""The Rasch model of a test by marginal maximum likelihood, for forms that share items or groups alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from kapuas_quiz.core.psychometrics.rasch_fit import ItemFit, item_fits
from kapuas_quiz.core.psychometrics.rasch_likelihood import Curvature, curvature, log_likelihood
from kapuas_quiz.core.psychometrics.score_groups import Floats, ScoreGroups, group_by_score, read_answers

MIN_PERSONS = 200
"""With fewer, difficulties are so uncertain that the model adds nothing to facilities."""

MIN_ITEMS = 3
"""Two items have as many free counts as the model has parameters: nothing is left to contradict it."""

NO_ABILITY = 2.706
"""Twice the gain in log-likelihood over unrelated items that chance reaches in 5 of 100 data sets, zero
being the edge of what discrimination can be. Source: Self and Liang (1987), Journal of the American
Statistical Association 82, 605-610, case 5."""

STEPS = 100
STEEPEST = 10.0
"""No test comes near such a discrimination; what climbs past it is a perfect staircase and has no summit."""

CLOSE_ENOUGH = 1e-10
"""Gain in log-likelihood that a step must promise to be worth going."""

FLAT = 1e-9
"""Share of the information of seen abilities below which a direction counts as carrying none."""


class Refusal(StrEnum):
    """Why there is no calibration."""

    FEW_PERSONS = "peserta-kurang"
    FEW_ITEMS = "soal-kurang"
    NO_COMMON_ABILITY = "tanpa-kemampuan-bersama"
    NOT_CONVERGED = "tidak-konvergen"


@dataclass(frozen=True)
class Refused:
    """No calibration, and why; `left_out` are columns without variance."""

    reason: Refusal
    n_persons: int
    left_out: tuple[int, ...]


@dataclass(frozen=True)
class ItemEstimate:
    """One item: its column, how many answered, difficulty with its standard error, fit.

    Difficulty is the ability at which half are right, in standard deviations of ability from its mean.
    """

    item: int
    n: int
    difficulty: float
    error: float
    fit: ItemFit


@dataclass(frozen=True)
class Calibration:
    """A Rasch model: logit P(right) = discrimination * (ability - difficulty), ability being N(0, 1).

    With a slope of 1 instead, ability would have the variance discrimination ** 2.
    left_out: columns without variance.  steps: how many it took to converge.
    """

    discrimination: float
    discrimination_error: float
    items: tuple[ItemEstimate, ...]
    left_out: tuple[int, ...]
    n_persons: int
    log_likelihood: float
    steps: int


def calibrate(responses: ArrayLike) -> Calibration | Refused:
    """Estimate difficulties and one common discrimination by marginal maximum likelihood.

    responses: shape (n_persons, n_items); 1 right, 0 wrong, NaN for an item that the person's form lacks.
    An omitted item of the person's own form is wrong, not NaN. All persons count as one population: forms
    are put on one scale by items they share, or without such items by groups alike in ability, as the
    alternating assignment makes them; forms given to different groups without shared items are not.
    Standard errors come from the observed information.
    Refused (with a code) below MIN_PERSONS persons, below MIN_ITEMS items with variance, where no ability
    common to the items is seen (NO_ABILITY), and where the search does not converge.
    Raises ValueError unless responses is a table of 0, 1 and NaN.
    Source: Thissen (1982), Psychometrika 47, 175-186.
    """
    table = read_answers(responses)
    kept, left_out = _with_variance(table)
    n_persons = int((~np.isnan(table[:, kept])).any(axis=1).sum())
    if n_persons < MIN_PERSONS:
        return Refused(Refusal.FEW_PERSONS, n_persons, left_out)
    if len(kept) < MIN_ITEMS:
        return Refused(Refusal.FEW_ITEMS, n_persons, left_out)
    groups = group_by_score(table[:, kept])
    found = _climb(groups)
    if found is None:
        return Refused(Refusal.NOT_CONVERGED, n_persons, left_out)
    easiness, discrimination, covariance, steps = found
    reached = log_likelihood(groups, easiness, discrimination)
    if covariance is None or 2 * (reached - _unrelated(groups)) < NO_ABILITY:
        return Refused(Refusal.NO_COMMON_ABILITY, n_persons, left_out)
    return Calibration(
        discrimination=discrimination,
        discrimination_error=float(np.sqrt(covariance[-1, -1])),
        items=_items(kept, groups, easiness, discrimination, covariance),
        left_out=left_out,
        n_persons=n_persons,
        log_likelihood=reached,
        steps=steps,
    )


def _with_variance(table: Floats) -> tuple[list[int], tuple[int, ...]]:
    varied = (table == 0).any(axis=0) & (table == 1).any(axis=0)
    return [int(j) for j in np.flatnonzero(varied)], tuple(int(j) for j in np.flatnonzero(~varied))


def _climb(groups: ScoreGroups) -> tuple[Floats, float, Floats | None, int] | None:
    """Give easiness, discrimination, their covariance (None where flat) and steps; None without a summit."""
    share = groups.right.sum(axis=0) / groups.answers
    place = np.append(np.log(share / (1 - share)), 1.0)
    height = log_likelihood(groups, place[:-1], place[-1])
    for step_number in range(1, STEPS + 1):
        shape = curvature(groups, place[:-1], place[-1])
        covariance, step = _newton(shape)
        if float(shape.gradient @ step) < CLOSE_ENOUGH:
            sign = 1.0 if place[-1] >= 0 else -1.0
            return place[:-1], float(abs(place[-1])), _mirror(covariance, sign), step_number
        place, height = _go_up(groups, place, height, step)
        if abs(place[-1]) > STEEPEST:
            return None
    return None


def _newton(shape: Curvature) -> tuple[Floats | None, Floats]:
    """Give the covariance and a step; away from a summit no covariance and a step that leads upwards."""
    scale = 1 / np.sqrt(np.diag(shape.complete))
    if np.linalg.eigvalsh(shape.observed * np.outer(scale, scale))[0] < FLAT:
        return None, np.asarray(np.linalg.solve(shape.complete, shape.gradient), dtype=np.float64)
    covariance = np.asarray(np.linalg.inv(shape.observed), dtype=np.float64)
    return covariance, covariance @ shape.gradient


def _mirror(covariance: Floats | None, sign: float) -> Floats | None:
    if covariance is None:
        return None
    signs = np.append(np.ones(len(covariance) - 1), sign)
    return covariance * np.outer(signs, signs)


def _go_up(groups: ScoreGroups, place: Floats, height: float, step: Floats) -> tuple[Floats, float]:
    for _ in range(40):
        tried = place + step
        reached = log_likelihood(groups, tried[:-1], tried[-1])
        if reached >= height:
            return tried, reached
        step = step / 2
    return place, height


def _unrelated(groups: ScoreGroups) -> float:
    right, answers = groups.right.sum(axis=0), groups.answers
    wrong = answers - right
    return float(np.sum(right * np.log(right / answers) + wrong * np.log(wrong / answers)))


def _items(
    kept: list[int], groups: ScoreGroups, easiness: Floats, discrimination: float, covariance: Floats
) -> tuple[ItemEstimate, ...]:
    difficulty = -easiness / discrimination
    slopes = np.column_stack([-np.eye(len(kept)), -difficulty]) / discrimination
    errors = np.sqrt(np.einsum("ij,jk,ik->i", slopes, covariance, slopes))
    fits = item_fits(groups, easiness)
    return tuple(
        ItemEstimate(item, int(n), float(where), float(error), fit)
        for item, n, where, error, fit in zip(kept, groups.answers, difficulty, errors, fits, strict=True)
    )
