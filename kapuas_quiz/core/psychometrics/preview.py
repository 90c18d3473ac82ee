"""What a pass rule will do to people, before it is adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kapuas_quiz.core.psychometrics.binomial import Numbers, chances, total_within_floors
from kapuas_quiz.core.psychometrics.decisions import Decisions, judge
from kapuas_quiz.core.psychometrics.true_scores import TrueScores
from kapuas_quiz.core.standard import ROUNDING, needed_points


@dataclass(frozen=True)
class Part:
    """A competency of the test: how many items, and how many of them must be right at least."""

    n_items: int
    floor: int = 0


@dataclass(frozen=True)
class Preview:
    """A rule with its floors and the same cut without them.

    Both are judged by the truth about the total, so that `lost_to_floors` is the share 0..1 of all people
    who truly reach the cut, would pass by the total, and fail by a floor alone.
    """

    with_floors: Decisions
    without_floors: Decisions

    @property
    def lost_to_floors(self) -> float:
        """Return how many more fail by bad luck because of the floors, 0..1 of all people."""
        return self.with_floors.false_negative - self.without_floors.false_negative


@dataclass(frozen=True)
class SecondForm:
    """What a second form for those near the cut gains; sitting: share 0..1 of people who take it."""

    sitting: float
    once: Decisions
    near: Decisions
    everyone: Decisions


def preview(true_scores: TrueScores, parts: Sequence[Part], cut: float, likeness: float = 0.0) -> Preview:
    """Foresee a rule of a cut for the total and floors for competencies.

    cut: proportion of all items, above 0 and up to 1.
    likeness: 0 for the binomial model, where somebody knows every competency equally well; above that (below
    1) the beta-binomial one, where what they know of each lies around their truth, as in `chances`.
    Raises ValueError for a cut or likeness outside these, and for no items.
    Source: Huynh (1976), Journal of Educational Measurement 13, 253-264, extended to several parts.
    """
    if not 0 < cut <= 1 or not sum(part.n_items for part in parts):
        raise ValueError("the cut must be above 0 and up to 1, and there must be items")
    bare = [Part(part.n_items) for part in parts]

    def judged(chosen: Sequence[Part]) -> Decisions:
        return judge(true_scores, cut, lambda true: pass_chance(true, chosen, cut, likeness))

    return Preview(judged(parts), judged(bare))


def pass_chance(true: Numbers, parts: Sequence[Part], cut: float, likeness: float = 0.0) -> Numbers:
    """Give the chance to reach the cut and all floors.

    true: shape (n_persons,), 0..1.  Returns the same shape.  cut: 0 asks for the floors alone.
    """
    shares = [chances(part.n_items, true, likeness) for part in parts]
    total = total_within_floors(shares, [part.floor for part in parts])
    passes: Numbers = total[_needed(len(total) - 1, cut) :].sum(axis=0)
    return np.minimum(passes, 1.0)


def foresee_second_form(
    true_scores: TrueScores, n_items: int, cut: float, error: float, n_second: int
) -> SecondForm:
    """Foresee a second form for people whose total lies within `error` of the cut.

    Both forms together decide about them, at the same proportion; the first alone about the others.
    error: proportion of the first form, for instance its standard error of measurement.
    Binomial errors, forms of equal difficulty, nothing learnt in between.
    Raises ValueError for a cut outside 0..1 or forms without items.
    """
    if not 0 < cut <= 1 or min(n_items, n_second) < 1:
        raise ValueError("the cut must be above 0 and up to 1, and both forms must have items")
    right = np.arange(n_items + 1)
    again = np.abs(right - cut * n_items) <= error * n_items + ROUNDING
    at_once = (right >= _needed(n_items, cut)) & ~again

    def near(true: Numbers) -> Numbers:
        first, second = chances(n_items, true), chances(n_second, true)
        # Row x of `later` is the chance to make up on the second form what x right answers lack.
        later = np.vstack([np.cumsum(second[::-1], axis=0)[::-1], np.zeros(len(true))])
        lack = np.clip(_needed(n_items + n_second, cut) - right, 0, n_second + 1)
        passes: Numbers = first[at_once].sum(axis=0) + (first * later[lack])[again].sum(axis=0)
        return np.minimum(passes, 1.0)

    true, weight, _ = true_scores.spread(cut)
    return SecondForm(
        sitting=float(weight @ chances(n_items, true)[again].sum(axis=0)),
        once=judge(true_scores, cut, lambda t: pass_chance(t, [Part(n_items)], cut)),
        near=judge(true_scores, cut, near),
        everyone=judge(true_scores, cut, lambda t: pass_chance(t, [Part(n_items + n_second)], cut)),
    )


def _needed(n_items: int, cut: float) -> int:
    return int(needed_points(0, n_items, cut)) if cut else 0
