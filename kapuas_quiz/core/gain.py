"""What changed between the pre-test and the post-test, on people who took both."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import TypeVar

from kapuas_quiz.core.gaps import MIN_PERSONS
from kapuas_quiz.core.intervals import Estimate, difference, mean

Person = TypeVar("Person", bound=Hashable)

CEILING = 0.85
"""Above this average before, little room is left to show a gain."""


class Change(StrEnum):
    """A verdict on a change."""

    UP = "naik"
    DOWN = "turun"
    UNSURE = "belum-pasti"
    TOO_LITTLE = "data-kurang"


@dataclass(frozen=True)
class Missing:
    """People with a pre-test and no post-test; means are proportions, None without people."""

    n: int
    mean_before: float | None
    mean_before_of_matched: float | None

    @property
    def scored_lower(self) -> bool:
        """Tell whether those who are missing had the lower average before."""
        if self.mean_before is None or self.mean_before_of_matched is None:
            return False
        return self.mean_before < self.mean_before_of_matched


@dataclass(frozen=True)
class Gain:
    """Change of one group; proportions 0..1, None where undefined."""

    n: int
    before: float | None
    after: float | None
    change: Estimate | None
    normalised: float | None
    status: Change
    missing: Missing
    n_post_only: int

    @property
    def near_ceiling(self) -> bool:
        """Tell whether the group was so good before that little could be gained."""
        return self.before is not None and self.before > CEILING


def group_gain(before: Mapping[Person, float], after: Mapping[Person, float]) -> Gain:
    """Compare a group with itself.

    before, after: proportion 0..1 by person; only persons in both count as matched.
    `change` is the mean paired difference with its 95 % t interval; `normalised` is the gain of averages,
    (after - before) / (1 - before).
    Source of the latter: Hake (1998), American Journal of Physics 66, 64-74.
    """
    matched = [person for person in before if person in after]
    first = fmean(before[p] for p in matched) if matched else None
    second = fmean(after[p] for p in matched) if matched else None
    change = mean([after[p] - before[p] for p in matched])
    absent = [before[p] for p in before if p not in after]
    return Gain(
        n=len(matched),
        before=first,
        after=second,
        change=change,
        normalised=normalised_gain(first, second),
        status=verdict(change) if len(matched) >= MIN_PERSONS else Change.TOO_LITTLE,
        missing=Missing(len(absent), fmean(absent) if absent else None, first),
        n_post_only=len(after.keys() - before.keys()),
    )


def normalised_gain(before: float | None, after: float | None) -> float | None:
    """Return the share of what could be gained that was; None where nothing could be."""
    if before is None or after is None or before >= 1:
        return None
    return (after - before) / (1 - before)


def person_change(before: tuple[float, float], after: tuple[float, float]) -> tuple[Estimate | None, Change]:
    """Compare one person's two tests; a change counts only beyond the error of measurement.

    before, after: (points, number of items).
    """
    change = difference(before, after)
    return change, verdict(change)


def verdict(change: Estimate | None) -> Change:
    """Tell whether a whole interval lies on one side of zero."""
    if change is None:
        return Change.TOO_LITTLE
    if change.low > 0:
        return Change.UP
    return Change.DOWN if change.high < 0 else Change.UNSURE
