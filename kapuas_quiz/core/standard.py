"""The cut score: what a rule proposes for one person, with the figures that led to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kapuas_quiz.core.scoring import TOTAL, Points

Outcome = Literal["lulus", "belum"]
Proposed = Literal["lulus", "belum", "tanpa-usul"]
Proportion = Annotated[float, Field(gt=0, le=1)]
Result = Mapping[str, Points]
"""Points of one attempt by reporting competency; the total stands under the empty name."""

CERTIFIABLE_KINDS = frozenset({"anggota", "paw"})
ROUNDING = 1e-9


class PassRule(BaseModel):
    """What a person must reach.

    cut: proportion of the total points.  floors: smallest proportion by competency key, or none.
    counts: the post-test alone, or the better of pre-test and post-test.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cut: Proportion = 0.7
    floors: dict[str, Proportion] | None = None
    counts: Literal["post", "best"] = "post"


@dataclass(frozen=True)
class Candidate:
    """Somebody in a training: how they take part, and their finished pre-test and post-test if any."""

    kind: str
    pre: Result | None = None
    post: Result | None = None

    @property
    def certifiable(self) -> bool:
        """Tell whether this kind of participant can be given a certificate at all."""
        return self.kind in CERTIFIABLE_KINDS


@dataclass(frozen=True)
class Reason:
    """Why, as a code and the figures it speaks of.

    Codes: tidak-disertifikasi, tanpa-tes-akhir, total-tercapai, total-kurang, batas-kurang (one competency),
    dari-tes-awal (the pre-test was the better one).
    """

    code: str
    figures: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """What the rule proposes; `near_cut` when the total lies within one error of measurement of the cut."""

    outcome: Proposed
    reasons: tuple[Reason, ...]
    near_cut: bool = False
    error: float | None = None


def error_of_measurement(total: Points) -> float | None:
    """Give the standard error of one person's total, in points.

    It is sqrt(x (n - x) / (n - 1)) for x of n right: the spread that other items of the same kind would
    give; 18 of 25 gives 2.29. It shrinks to 0 at both ends, where nothing can be said.
    None for fewer than two items.
    Source: Lord (1955), Educational and Psychological Measurement 15, 325-336.
    """
    n, proportion = total.n_items, total.proportion
    if n < 2 or proportion is None:
        return None
    right = proportion * n
    return math.sqrt(right * (n - right) / (n - 1)) * total.max_points / n


def propose(rule: PassRule, candidate: Candidate) -> Proposal:
    """Propose for one person; nothing for who cannot be certified or has no finished post-test."""
    if not candidate.certifiable:
        return Proposal("tanpa-usul", (Reason("tidak-disertifikasi", {"kind": candidate.kind}),))
    if candidate.post is None:
        return Proposal("tanpa-usul", (Reason("tanpa-tes-akhir"),))
    counted, note = _counted(rule, candidate.post, candidate.pre)
    total = counted[TOTAL]
    reached = _reaches(total, rule.cut)
    shortfalls = _shortfalls(rule, counted)
    error = error_of_measurement(total)
    return Proposal(
        "lulus" if reached and not shortfalls else "belum",
        (*note, _about("total-tercapai" if reached else "total-kurang", total, rule.cut), *shortfalls),
        near_cut=error is not None and abs(total.points - rule.cut * total.max_points) <= error,
        error=error,
    )


def needed_points(points: float, max_points: float, proportion: float) -> float:
    """Return the least points that reach a proportion: 70% of 25 is 18 for whole points, else 17.5."""
    exact = proportion * max_points
    return float(math.ceil(exact - ROUNDING)) if float(points).is_integer() else exact


def points_to_show(points: float) -> float:
    """Cut points off after two decimals, so that who is below a threshold also looks so.

    A threshold of whole per cent of whole points has no more decimals than that.
    """
    return math.floor((points + ROUNDING) * 100) / 100


def _counted(rule: PassRule, post: Result, pre: Result | None) -> tuple[Result, tuple[Reason, ...]]:
    if rule.counts == "best" and pre is not None:
        before, after = pre[TOTAL], post[TOTAL]
        if (before.proportion or 0) > (after.proportion or 0):
            figures = {"points": after.points, "max": after.max_points}
            return pre, (Reason("dari-tes-awal", figures),)
    return post, ()


def _shortfalls(rule: PassRule, counted: Result) -> tuple[Reason, ...]:
    floors = rule.floors or {}
    return tuple(
        _about("batas-kurang", points, floors[key])
        for key, points in counted.items()
        if key in floors and not _reaches(points, floors[key])
    )


def _reaches(points: Points, proportion: float) -> bool:
    return points.max_points > 0 and points.points >= proportion * points.max_points - ROUNDING


def _about(code: str, points: Points, proportion: float) -> Reason:
    needed = needed_points(points.points, points.max_points, proportion)
    figures = {"points": points.points, "max": points.max_points, "needed": needed, "proportion": proportion}
    named: dict[str, float | str] = (
        {**figures, "competency": points.competency} if points.competency else {**figures}
    )
    return Reason(code, named)
