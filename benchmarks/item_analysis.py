"""What analysing 100,000 persons by 50 items costs: all that `analyse items` says but the Rasch model.

python3 -m benchmarks.item_analysis [--rounds 15]
"""

from __future__ import annotations

import argparse
import statistics
import time

import numpy as np

from kapuas_quiz.reporting.analyse.items import item_figures
from kapuas_quiz.reporting.analyse.keys import ItemKey
from kapuas_quiz.reporting.analyse.reading import Responses

PERSONS, ITEMS, OPTIONS = 100_000, 50, "ABCD"


def draw_responses() -> Responses:
    """Draw choices of persons who know the subject by degrees; one in a hundred answers is left out."""
    rng = np.random.default_rng(2024)
    knows = rng.random((PERSONS, ITEMS)) < rng.beta(6, 3, (PERSONS, 1))
    chosen = np.where(knows, 0, rng.integers(0, len(OPTIONS), knows.shape)).astype(np.int16)
    chosen[rng.random(chosen.shape) < 0.01] = -1
    return Responses(
        ids=[str(i) for i in range(PERSONS)],
        items=[f"s{i}" for i in range(ITEMS)],
        points=(chosen == 0).astype(np.float64),
        most=np.ones(ITEMS),
        answered=chosen >= 0,
        forms=None,
        n_empty=0,
        keys=[ItemKey(tuple(OPTIONS), frozenset({0}))] * ITEMS,
        chosen=chosen,
    )


def main() -> None:
    """Print the median and the spread of CPU time over some rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    responses = draw_responses()
    item_figures(responses, rasch=False)
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        item_figures(responses, rasch=False)
        spent.append(1000 * (time.process_time() - started))
    print(
        f"{PERSONS} persons, {ITEMS} items of {len(OPTIONS)} options: CPU {statistics.median(spent):.0f} ms "
        f"({min(spent):.0f} to {max(spent):.0f}), {rounds} rounds"
    )


if __name__ == "__main__":
    main()
