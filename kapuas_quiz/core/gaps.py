"""How far groups and persons are from the standard of a competency, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kapuas_quiz.core.intervals import Estimate, clustered, wilson

MIN_PERSONS = 4
"""A group of fewer persons gets no verdict: one more would turn it, and it would point at somebody."""

MIN_ITEMS = 5
"""Fewer items of a competency than this carry no verdict about a person."""

PERSON_LEVEL = 0.80
"""Five items can carry a verdict about a person at this level only; the pages say so."""


class Status(StrEnum):
    """A verdict against a standard."""

    BELOW = "di-bawah"
    ABOVE = "di-atas"
    UNSURE = "belum-pasti"
    TOO_LITTLE = "data-kurang"


@dataclass(frozen=True)
class Gap:
    """One group in one competency; `interval` is None where it cannot be computed."""

    n_persons: int
    n_items: int
    points: float
    max_points: float
    interval: Estimate | None
    standard: float
    status: Status

    @property
    def proportion(self) -> float | None:
        """Return the share of right answers, 0..1; None without answers."""
        return self.points / self.max_points if self.max_points else None

    @property
    def lean(self) -> str:
        """Return the status, and where that is unsure on which side the figure itself lies."""
        if self.status is not Status.UNSURE or self.proportion is None:
            return self.status.value
        return "mungkin-di-bawah" if self.proportion < self.standard else "mungkin-di-atas"

    @property
    def urgency(self) -> float:
        """Return how surely the group is below the standard, for sorting; larger is more urgent."""
        if self.status is Status.TOO_LITTLE or self.interval is None:
            return float("-inf")
        width = max(self.interval.high - self.interval.low, 1e-9)
        return (self.standard - self.interval.value) / width


def group_gap(persons: Sequence[tuple[float, float]], standard: float) -> Gap:
    """Compare a group with a standard.

    persons: (points, most possible points) of each in this competency.  standard: proportion 0..1.
    The group is below when the whole 95 % interval is, above when the whole interval reaches the standard.
    """
    taken = [person for person in persons if person[1] > 0]
    points, most = sum(p for p, _ in taken), sum(m for _, m in taken)
    interval = clustered(taken)
    enough = len(taken) >= MIN_PERSONS and interval is not None
    status = verdict(interval, standard) if enough else Status.TOO_LITTLE
    n_items = round(max((m for _, m in taken), default=0))
    return Gap(len(taken), n_items, points, most, interval, standard, status)


def person_gap(points: float, n_items: int, standard: float) -> Gap:
    """Compare one person with a standard, from MIN_ITEMS items upwards, at PERSON_LEVEL."""
    interval = wilson(points, n_items, PERSON_LEVEL)
    status = verdict(interval, standard) if n_items >= MIN_ITEMS else Status.TOO_LITTLE
    return Gap(1, n_items, points, float(n_items), interval, standard, status)


def verdict(interval: Estimate | None, standard: float) -> Status:
    """Tell on which side of the standard a whole interval lies."""
    if interval is None:
        return Status.TOO_LITTLE
    if interval.high < standard:
        return Status.BELOW
    return Status.ABOVE if interval.low >= standard else Status.UNSURE
