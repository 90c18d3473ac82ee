"""How often a pass decision is right, and how often a second test would repeat it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kapuas_quiz.core.psychometrics.binomial import Numbers, reach
from kapuas_quiz.core.psychometrics.fitting import fit_true_scores
from kapuas_quiz.core.psychometrics.true_scores import Obstacle, TrueScores, Undefined, effective_length
from kapuas_quiz.core.standard import ROUNDING, needed_points


@dataclass(frozen=True)
class Agreement:
    """How often two tests of the same kind would decide alike; kappa is None where all decisions are one."""

    passing: float
    consistency: float
    kappa: float | None


@dataclass(frozen=True)
class Decisions:
    """What a pass rule does, as shares 0..1 of all people.

    passing: reach the cut.  masters: their truth is at or above it.
    false_positive: pass though their truth is below it.  false_negative: fail though it is not.
    accuracy: all but these two.
    """

    passing: float
    masters: float
    false_positive: float
    false_negative: float
    agreement: Agreement

    @property
    def accuracy(self) -> float:
        """Return the share of people who are decided rightly."""
        return 1 - self.false_positive - self.false_negative


@dataclass(frozen=True)
class Judgement:
    """Decisions as one method estimates them.

    method: livingston-lewis-4, -3 or -2 (parameters of the true scores), or huynh.
    length: number of items, effective where the method is Livingston and Lewis's.
    """

    method: str
    decisions: Decisions
    true_scores: TrueScores
    length: float


def judge(true_scores: TrueScores, cut: float, chance: Callable[[Numbers], Numbers]) -> Decisions:
    """Compare what a rule decides with what people truly know.

    cut: true proportion 0..1 at and above which somebody should pass.
    chance: from true proportions, shape (n,), to the chances of passing, same shape.
    """
    true, weight, master = true_scores.spread(cut)
    passes = chance(true)
    return Decisions(
        passing=float(weight @ passes),
        masters=float(weight[master].sum()),
        false_positive=float(weight[~master] @ passes[~master]),
        false_negative=float(weight[master] @ (1 - passes[master])),
        agreement=_agree(passes, weight),
    )


def livingston_lewis(
    points: Numbers, max_points: float, cut: float, reliability: float | None, parameters: int = 4
) -> Judgement | Undefined:
    """Estimate decisions on points of any kind from one test and its reliability.

    points: shape (n_persons,), 0..max_points, nobody missing.  cut: proportion of max_points, above 0 and
    up to 1.  reliability: alpha or another, None where undefined.  parameters: of the true scores, 4 or 2.
    Two points are taken here where the authors leave room. The effective length is not rounded; the binomial
    tail between whole lengths is the incomplete beta function. The observed distribution is not adjusted
    to the model's afterwards.
    Raises ValueError for points, cut or parameters outside their range.
    Source: Livingston and Lewis (1995), Journal of Educational Measurement 32, 179-197; Hanson (1991), ACT
    Research Report 91-5.
    """
    _refuse(points, max_points, cut)
    if len(points) < 2:
        return Undefined(Obstacle.TOO_FEW)
    if reliability is None:
        return Undefined(Obstacle.UNRELIABLE)
    proportions = points / max_points
    length = effective_length(float(proportions.mean()), float(proportions.var()), reliability)
    if isinstance(length, Undefined):
        return length
    fitted = fit_true_scores(proportions, length, parameters)
    if isinstance(fitted, Undefined):
        return fitted
    needed = _needed_of_effective(points, max_points, cut, length)
    decided = judge(fitted, cut, lambda true: reach(length, needed, true))
    return Judgement(f"livingston-lewis-{fitted.parameters}", decided, fitted, length)


def huynh(points: Numbers, n_items: int, cut: float) -> Judgement | Undefined:
    """Estimate decisions on right-or-wrong items from the mean and variance of one test alone.

    Beta-binomial: items of equal difficulty, true scores beta from 0 to 1, reliability KR-21.
    points: shape (n_persons,), numbers right 0..n_items.  cut: proportion, above 0 and up to 1.
    Raises ValueError for points or cut outside their range, or points that are not whole.
    Source: Huynh (1976), Journal of Educational Measurement 13, 253-264.
    """
    _refuse(points, n_items, cut)
    if not _whole(points):
        raise ValueError("Huynh's method is for items that are right or wrong")
    if len(points) < 2:
        return Undefined(Obstacle.TOO_FEW)
    if points.var() <= ROUNDING:
        return Undefined(Obstacle.NO_SPREAD)
    fitted = fit_true_scores(points / n_items, n_items, parameters=2)
    if isinstance(fitted, Undefined):
        return fitted
    needed = needed_points(0, n_items, cut)
    return Judgement("huynh", judge(fitted, cut, lambda true: reach(n_items, needed, true)), fitted, n_items)


def subkoviak(points: Numbers, n_items: int, cut: float, reliability: float | None) -> Agreement | Undefined:
    """Estimate how often a second test would decide alike, person by person.

    Each person's truth is the points regressed towards the mean by the reliability, errors are binomial.
    points: shape (n_persons,), numbers right 0..n_items.  cut: proportion, above 0 and up to 1.
    reliability: above 0 and up to 1, else undefined.
    Raises ValueError for points or cut outside their range, or points that are not whole.
    Source: Subkoviak (1976), Journal of Educational Measurement 13, 265-276.
    """
    _refuse(points, n_items, cut)
    if not _whole(points):
        raise ValueError("Subkoviak's method is for items that are right or wrong")
    if not len(points):
        return Undefined(Obstacle.TOO_FEW)
    if reliability is None or not 0 < reliability <= 1:
        return Undefined(Obstacle.UNRELIABLE)
    proportions = points / n_items
    true = reliability * proportions + (1 - reliability) * proportions.mean()
    return _agree(reach(n_items, needed_points(0, n_items, cut), true), np.full(len(true), 1 / len(true)))


def error_at_cut(
    n_items: int, cut: float, reliability: float | None = None, kr21: float | None = None
) -> float | None:
    """Give the standard error of measurement at the cut, in points of n_items.

    Lord's binomial error sqrt(x (n - x) / (n - 1)); with both reliabilities Keats's correction, the factor
    sqrt((1 - reliability) / (1 - kr21)), lets its average agree with the reliability that was found.
    cut: proportion 0..1.  None for fewer than two items, and for a reliability of 1 or more.
    Source: Lord (1955), Educational and Psychological Measurement 15, 325-336; Keats (1957), Psychometrika
    22, 29-41.
    """
    if n_items < 2:
        return None
    reached = cut * n_items
    error = math.sqrt(reached * (n_items - reached) / (n_items - 1))
    if reliability is None or kr21 is None:
        return error
    if reliability >= 1 or kr21 >= 1:
        return None
    return error * math.sqrt((1 - reliability) / (1 - kr21))


def share_near_cut(points: Numbers, max_points: float, cut: float, error: float | None) -> float | None:
    """Give the share of people whose points lie within one standard error of the cut.

    points: shape (n_persons,).  cut: proportion of max_points.  error: in points.
    None for nobody, and where the error is undefined.
    """
    if error is None or not len(points):
        return None
    return float(np.mean(np.abs(points - cut * max_points) <= error + ROUNDING))


def _agree(passes: Numbers, weight: Numbers) -> Agreement:
    passing, alike = float(weight @ passes), float(weight @ (passes**2 + (1 - passes) ** 2))
    by_chance = passing**2 + (1 - passing) ** 2
    kappa = (alike - by_chance) / (1 - by_chance) if by_chance < 1 - ROUNDING else None
    return Agreement(passing, alike, kappa)


def _needed_of_effective(points: Numbers, max_points: float, cut: float, length: float) -> float:
    """Carry the boundary between failing and passing points over to the effective length.

    Among whole points it lies half a point below the least that passes, on either scale.
    """
    if not _whole(points):
        return cut * length + 0.5
    needed = needed_points(0, max_points, cut)
    return (needed - 0.5) / max_points * length + 0.5


def _whole(points: Numbers) -> bool:
    return bool(np.all(points == np.floor(points)))


def _refuse(points: Numbers, max_points: float, cut: float) -> None:
    if not 0 < cut <= 1 or max_points <= 0:
        raise ValueError("the cut must be above 0 and up to 1, and max_points positive")
    if points.ndim != 1 or not np.all((points >= 0) & (points <= max_points)):
        raise ValueError("points must be one per person, from 0 to max_points")
