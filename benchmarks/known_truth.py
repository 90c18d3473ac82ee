"""How often intervals hold a known truth and verdicts are wrong: counted, or drawn where they are many."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.gaps import Status, group_gap, person_gap
from kapuas_quiz.core.intervals import Estimate, clustered, difference, mean, wilson
from kapuas_quiz.core.psychometrics.priority import chance_below
from kapuas_quiz.core.psychometrics.rasch import Calibration, calibrate

Floats = NDArray[np.float64]

TRUTHS: Floats = np.arange(30, 96) / 100
"""Proportions that trainees and groups have in earnest; below .30 a test would be guessed."""

SAME = 1e-12


@dataclass(frozen=True)
class Population:
    """Persons' true proportions: beta distributed with this mean and standard deviation."""

    mean: float
    sd: float

    def draw(self, generator: np.random.Generator, shape: tuple[int, ...]) -> Floats:
        """Draw true proportions."""
        k = self.mean * (1 - self.mean) / self.sd**2 - 1
        return generator.beta(self.mean * k, (1 - self.mean) * k, shape)


def binomial(n: int, truth: float) -> Floats:
    """Return the chances of 0..n right answers."""
    ways = np.array([math.comb(n, right) for right in range(n + 1)], dtype=float)
    right = np.arange(n + 1)
    return np.asarray(ways * truth**right * (1 - truth) ** (n - right))


def limits(interval: Callable[[float, float], Estimate | None], n: int) -> Floats:
    """Return lower and upper limits for 0..n right, shape (n + 1, 2)."""
    found = [interval(right, n) for right in range(n + 1)]
    return np.array([(one.low, one.high) for one in found if one is not None])


def proportion_coverage(n: int, interval: Callable[[float, float], Estimate | None] = wilson) -> Floats:
    """Count how often the interval of a proportion holds each of TRUTHS."""
    low, high = limits(interval, n).T
    return np.array([binomial(n, t) @ ((low <= t + SAME) & (t - SAME <= high)) for t in TRUTHS])


def difference_coverage(n: int) -> Floats:
    """Count how often the interval of a change holds it, for all pairs of every fifth of TRUTHS."""
    found = [[difference((a, n), (b, n)) for b in range(n + 1)] for a in range(n + 1)]
    low = np.array([[one.low for one in row if one is not None] for row in found])
    high = np.array([[one.high for one in row if one is not None] for row in found])
    chances = {truth: binomial(n, truth) for truth in TRUTHS[::5]}
    return np.array(
        [
            chances[a] @ ((low <= b - a + SAME) & (b - a - SAME <= high)) @ chances[b]
            for a in chances
            for b in chances
        ]
    )


def group_coverage(
    generator: np.random.Generator, rounds: int, people: Population, n_persons: int, n_items: int
) -> float:
    """Draw groups and tell how often the interval of a group holds the population's mean."""
    right = generator.binomial(n_items, people.draw(generator, (rounds, n_persons)))
    found = [clustered([(points, n_items) for points in row]) for row in right.tolist()]
    return share_holding(found, people.mean)


def gain_coverage(
    generator: np.random.Generator, rounds: int, people: Population, n_persons: int, gain: float
) -> float:
    """Draw groups before and after, 25 items each, and tell how often the interval holds the mean gain.

    Everybody gains the same share of what was missing.
    """
    before = people.draw(generator, (rounds, n_persons))
    after = before + (1 - before) * gain / (1 - people.mean)
    change = (generator.binomial(25, after) - generator.binomial(25, before)) / 25
    return share_holding([mean(row) for row in change.tolist()], gain)


def difficulty_coverage(generator: np.random.Generator, rounds: int, n_persons: int) -> float:
    """Draw answers to 20 items and tell how often a Rasch difficulty lies within 1.96 errors of the truth."""
    truth = np.linspace(-2.5, 1, 20)
    held = []
    for _ in range(rounds):
        chances = 1 / (1 + np.exp(truth - generator.normal(size=(n_persons, 1))))
        found = calibrate((generator.random(chances.shape) < chances).astype(float))
        if isinstance(found, Calibration):
            held += [abs(one.difficulty - truth[one.item]) <= 1.96 * one.error for one in found.items]
    return float(np.mean(held))


def share_holding(found: list[Estimate | None], truth: float) -> float:
    """Return the share of intervals that hold a truth."""
    return float(np.mean([one is not None and one.low <= truth <= one.high for one in found]))


def person_verdicts(n_items: int, standard: float) -> tuple[Floats, Floats]:
    """Return for 0..n_items right whether the verdict is "below", and whether it is "above"."""
    verdicts = [person_gap(right, n_items, standard).status for right in range(n_items + 1)]
    below = [float(status is Status.BELOW) for status in verdicts]
    return np.array(below), np.array([float(status is Status.ABOVE) for status in verdicts])


def worst_wrong(n_items: int, standard: float) -> tuple[float, float]:
    """Count how often a person at the standard is called below, and one just under it above.

    All other persons are wronged less often: the chance of the wrong verdict falls with the distance.
    """
    below, above = person_verdicts(n_items, standard)
    at_standard = binomial(n_items, standard)
    return float(at_standard @ below), float(at_standard @ above)


@dataclass(frozen=True)
class Verdicts:
    """Shares of all persons: with a verdict, and with a wrong one."""

    given: float
    wrong: float


def drawn_verdicts(right: Floats, truth: Floats, n_items: int, standard: float) -> Verdicts:
    """Judge persons by their right answers and compare with their truth; arrays of one shape."""
    below, above = person_verdicts(n_items, standard)
    points = right.astype(int)
    wrong = np.where(truth < standard, above[points], below[points])
    return Verdicts(float((below + above)[points].mean()), float(wrong.mean()))


def rasch_verdicts(
    generator: np.random.Generator, n_persons: int, n_items: int, standard: float, items: str
) -> Verdicts:
    """Judge persons whose items differ in difficulty (SD 1 logit), as persons do in ability.

    items: "own" draws items for each person, the truth is the share known of all such items; "form" gives
    all the same ones, the truth is what is known of these; "bank" gives all the same ones, the truth is that
    of "own". The last two draw 200 forms.
    """
    forms = n_persons if items == "own" else 200
    ability = generator.normal(1.1, 0.8, (forms, n_persons // forms, 1))
    difficulty = generator.normal(0, 1, (forms, 1, n_items))
    chances = 1 / (1 + np.exp(difficulty - ability))
    right = (generator.random(chances.shape) < chances).sum(axis=2).astype(float)
    nodes = np.linspace(-5, 5, 101)
    density = np.exp(-(nodes**2) / 2) / np.exp(-(nodes**2) / 2).sum()
    whole = (1 / (1 + np.exp(nodes - ability))) @ density
    truth = chances.mean(axis=2) if items == "form" else whole
    return drawn_verdicts(right, truth, n_items, standard)


def surety(
    generator: np.random.Generator, rounds: int, n_persons: int, n_items: int, standard: float
) -> list[tuple[int, float, float]]:
    """Draw groups whose means lie anywhere in .45 to .95; compare `chance_below` with how many are below.

    Returns (groups, mean chance, share below) for chances up to .05, .2, .5, .8, .95, 1.
    """
    means = generator.uniform(0.45, 0.95, rounds)
    abilities = generator.beta(means * 9, (1 - means) * 9, (n_persons, rounds)).T
    right = generator.binomial(n_items, abilities)
    sure = np.array(
        [chance_below([(p, n_items) for p in row], standard) for row in right.tolist()], dtype=float
    )
    bins = np.searchsorted([0.05, 0.2, 0.5, 0.8, 0.95], sure)
    return [
        (int(here.sum()), float(sure[here].mean()), float((means[here] < standard).mean()))
        for here in (bins == one for one in range(6))
        if here.any()
    ]


def group_wrong(
    generator: np.random.Generator, rounds: int, people: Population, n_persons: int, standard: float
) -> Verdicts:
    """Draw groups of persons with five items each and tell how often their verdict is given, and wrong."""
    right = generator.binomial(5, people.draw(generator, (rounds, n_persons)))
    verdicts = [group_gap([(points, 5) for points in row], standard).status for row in right.tolist()]
    wrong = Status.ABOVE if people.mean < standard else Status.BELOW
    given = np.mean([status in (Status.ABOVE, Status.BELOW) for status in verdicts])
    return Verdicts(float(given), float(np.mean([status is wrong for status in verdicts])))
