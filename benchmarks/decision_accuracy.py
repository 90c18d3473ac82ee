"""How near the stated decision accuracy comes to the true one, by number of people.

python3 -m benchmarks.decision_accuracy [--samples 200]
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.decisions import Judgement, livingston_lewis
from kapuas_quiz.core.standard import needed_points

CUT, POPULATION, TIMES = 0.7, 100_000, 4
LENGTHS, PEOPLE = (25, 30, 40), (30, 60, 120, 389, 778)


def draw_population(rng: np.random.Generator, n_items: int) -> NDArray[np.float64]:
    """Draw people's chances at items that differ in difficulty, shape (POPULATION, n_items)."""
    ability = 0.35 + 0.6 * rng.beta(3, 2, POPULATION)
    odds = np.log(ability / (1 - ability))[:, None] + rng.normal(0, 0.9, n_items)
    return 1 / (1 + np.exp(-odds))


def true_accuracy(rng: np.random.Generator, chance: NDArray[np.float64], needed: float) -> float:
    """Let everybody sit the test several times, and count the right decisions."""
    masters = chance.mean(axis=1) >= CUT
    decided = [((rng.random(chance.shape) < chance).sum(axis=1) >= needed) == masters for _ in range(TIMES)]
    return float(np.mean(decided))


def estimate(rng: np.random.Generator, chance: NDArray[np.float64], n: int) -> Judgement | None:
    """Judge one sample of n people by their answers alone."""
    right = rng.random((n, chance.shape[1])) < chance[rng.integers(0, len(chance), n)]
    points, k = right.sum(axis=1), chance.shape[1]
    alpha = k / (k - 1) * (1 - right.var(axis=0).sum() / points.var())
    found = livingston_lewis(points, k, CUT, float(alpha))
    return found if isinstance(found, Judgement) else None


def measure(rng: np.random.Generator, n_items: int, samples: int) -> None:
    """Print a line for each number of people."""
    chance = draw_population(rng, n_items)
    truth = true_accuracy(rng, chance, needed_points(0, n_items, CUT))
    print(f"{n_items} items, true accuracy {truth:.3f}")
    for n in PEOPLE:
        found = [each for each in (estimate(rng, chance, n) for _ in range(samples)) if each]
        errors = np.array([each.decisions.accuracy for each in found]) - truth
        fallback = sum(each.true_scores.fallback is not None for each in found)
        print(
            f"  {n:4} people: mean error {errors.mean():+.3f}, SD {errors.std():.3f}, "
            f"within 2 points {np.mean(np.abs(errors) <= 0.02):.0%}, "
            f"undefined {samples - len(found)}, fewer than four parameters {fallback} of {samples}"
        )


def main() -> None:
    """Measure every length, always with the same random numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=200)
    samples = parser.parse_args().samples
    rng = np.random.default_rng(1995)
    for n_items in LENGTHS:
        measure(rng, n_items, samples)


if __name__ == "__main__":
    main()
