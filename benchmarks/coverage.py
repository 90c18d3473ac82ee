"""Print the tables of docs/developer/cakupan.md: what intervals and verdicts do where the truth is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np

from benchmarks.known_truth import (
    TRUTHS,
    Floats,
    Population,
    difference_coverage,
    difficulty_coverage,
    gain_coverage,
    group_coverage,
    group_wrong,
    proportion_coverage,
    rasch_verdicts,
    surety,
    worst_wrong,
)
from kapuas_quiz.core.intervals import Estimate
from kapuas_quiz.core.student_t import incomplete_beta

SEED = 20261201
ROUNDS = 20_000
CALIBRATIONS = 300
LOW, HIGH = 0.93, 0.97
SIZES = (5, 6, 10, 15, 20, 25, 30, 40, 50, 75, 100, 200)

GROUPS = [
    Population(0.5, 0.2),
    Population(0.75, 0.12),
    Population(0.75, 0.2),
    Population(0.9, 0.1),
    Population(0.95, 0.05),
]
GAINS = [
    (Population(0.6, 0.12), 0.10),
    (Population(0.75, 0.12), 0.10),
    (Population(0.9, 0.08), 0.05),
    (Population(0.95, 0.05), 0.03),
]


def clopper_pearson(right: float, n: float) -> Estimate:
    """Give the exact interval. Source: Clopper and Pearson (1934), Biometrika 26, 404-413."""
    low = beta_quantile(0.025, right, n - right + 1) if right else 0.0
    high = beta_quantile(0.975, right + 1, n - right) if right < n else 1.0
    return Estimate(right / n, low, high)


def jeffreys(right: float, n: float) -> Estimate:
    """Give Jeffreys' interval. Source: Brown, Cai and DasGupta (2001), Statistical Science 16, 101-133."""
    low = beta_quantile(0.025, right + 0.5, n - right + 0.5) if right else 0.0
    high = beta_quantile(0.975, right + 0.5, n - right + 0.5) if right < n else 1.0
    return Estimate(right / n, low, high)


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return the quantile of a beta distribution by bisection."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if incomplete_beta(middle, a, b) < probability else (low, middle)
    return (low + high) / 2


def per_cent(share: float) -> str:
    """Write a share as per cent with one decimal."""
    return f"{100 * share:.1f}"


def marked(share: float) -> str:
    """Write a coverage, bold where it lies outside 93 to 97 per cent."""
    return per_cent(share) if LOW <= share <= HIGH else f"**{per_cent(share)}**"


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print one table in Markdown."""
    print(f"### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print()


def summary(coverage: Floats) -> list[str]:
    """Give mean, least, most, and the share of truths inside 93 to 97 per cent."""
    inside = float(((coverage >= LOW) & (coverage <= HIGH)).mean())
    return [marked(coverage.mean()), marked(coverage.min()), marked(coverage.max()), f"{100 * inside:.0f}"]


def print_intervals(generator: np.random.Generator) -> None:
    """Print the coverage of each interval."""
    head = ["n", "mean", "least", "most", "% of truths within 93 to 97"]
    table(
        "wilson",
        head,
        (
            [str(n), *summary(proportion_coverage(n))]
            for n in (5, 6, 10, 15, 20, 25, 30, 40, 50, 75, 100, 200)
        ),
    )
    rivals = {"Jeffreys": jeffreys, "Clopper-Pearson": clopper_pearson}
    table(
        "Other published intervals of a proportion",
        ["interval", *head],
        (
            [name, str(n), *summary(proportion_coverage(n, rivals[name]))]
            for name, n in product(rivals, (30, 50, 100))
        ),
    )
    table("difference", head, ([str(n), *summary(difference_coverage(n))] for n in (5, 10, 20, 30, 50)))
    table(
        "clustered",
        ["items", "persons", *(f"{one.mean} ± {one.sd}" for one in GROUPS)],
        (
            [str(m), str(n), *(marked(group_coverage(generator, ROUNDS, one, n, m)) for one in GROUPS)]
            for m, n in product((1, 5, 25), (4, 8, 15, 30, 60))
        ),
    )
    table(
        "mean",
        ["persons", *(f"{one.mean} + {gain}" for one, gain in GAINS)],
        (
            [str(n), *(marked(gain_coverage(generator, ROUNDS, one, n, gain)) for one, gain in GAINS)]
            for n in (4, 8, 15, 30, 60)
        ),
    )
    table(
        "calibrate: difficulty within 1.96 errors, 20 items",
        ["persons", "coverage"],
        ([str(n), marked(difficulty_coverage(generator, CALIBRATIONS, n))] for n in (200, 500, 1000)),
    )


def print_verdicts(generator: np.random.Generator) -> None:
    """Print how often verdicts are given and wrong, and whether surety is what it says."""
    standards = (0.6, 0.7, 0.75, 0.8)
    table(
        "person_gap at the standard: called below, called above",
        ["items", *map(str, standards)],
        (
            [str(n), *(" / ".join(map(per_cent, worst_wrong(n, standard))) for standard in standards)]
            for n in (5, 6, 7, 8, 10, 15, 20, 25, 30, 50)
        ),
    )
    kinds = ("own", "form", "bank")
    table(
        "person_gap, standard .7, trainees as they come: verdict given, wrong of all",
        ["items", *kinds],
        (
            [str(n), *(f"{per_cent(v.given)} / {per_cent(v.wrong)}" for v in found)]
            for n in (5, 10, 25)
            for found in [[rasch_verdicts(generator, 10 * ROUNDS, n, 0.7, kind) for kind in kinds]]
        ),
    )
    means = (0.6, 0.65, 0.69, 0.7, 0.75, 0.8)
    table(
        "group_gap, standard .7, 5 items: verdict given, wrong of all",
        ["persons", *(f"truth {one}" for one in means)],
        (
            [str(n), *(f"{per_cent(v.given)} / {per_cent(v.wrong)}" for v in found)]
            for n in (4, 8, 15, 30, 60)
            for found in [[group_wrong(generator, ROUNDS, Population(m, 0.15), n, 0.7) for m in means]]
        ),
    )
    table(
        "chance_below, standard .7, 5 items: said, found",
        ["persons", "to .05", "to .2", "to .5", "to .8", "to .95", "to 1"],
        (
            [str(n), *(f"{per_cent(said)} / {per_cent(true)}" for _, said, true in row)]
            for n in (4, 8, 30)
            for row in [surety(generator, ROUNDS, n, 5, 0.7)]
        ),
    )


def main() -> None:
    """Print all tables; the seed is fixed, so that they come out the same again."""
    print(f"Truths {TRUTHS[0]:.2f} to {TRUTHS[-1]:.2f}; {ROUNDS:,} draws a cell; numpy {np.__version__}.\n")
    print_intervals(np.random.default_rng(SEED))
    print_verdicts(np.random.default_rng(SEED))


if __name__ == "__main__":
    main()
