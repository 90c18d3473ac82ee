"""What changed between two tests of the same people, beyond what `core.gain` says on the pages.

`core.gain.group_gain` matches people and gives the mean difference with its interval, the normalised gain of
averages, who is missing, and whether the group was near the ceiling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from kapuas_quiz.core.gain import Change, verdict
from kapuas_quiz.core.intervals import LEVEL, Estimate
from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.student_t import cumulative, quantile

ROUNDING = 1e-12


@dataclass(frozen=True)
class AverageGain:
    """Hake's gain averaged over people; full_marks: people left out who had nothing to gain."""

    value: float | None
    n: int
    full_marks: int


@dataclass(frozen=True)
class EffectSizes:
    """The mean difference in standard deviations: of the differences (dz), of the two tests (d_av)."""

    dz: float | None
    d_av: float | None


@dataclass(frozen=True)
class PairedT:
    """Student's paired test; p is two-sided."""

    t: float
    freedom: int
    p: float


@dataclass(frozen=True)
class McNemar:
    """One item both before and after: gained (wrong, then right), lost; two-sided p, None without change."""

    gained: int
    lost: int
    p_exact: float | None
    p_mid: float | None


def average_of_gains(before: Numbers, after: Numbers) -> AverageGain:
    """Average each person's normalised gain, (after - before) / (1 - before).

    before, after: shape (n_persons,), proportions 0..1 of the same people.  Value: 1 at most, no lower limit;
    None without people who had something to gain. Losses weigh heavily for those who were nearly perfect,
    which is why the gain of averages is named first.
    Raises ValueError if lengths differ.
    Source: Hake (1998), American Journal of Physics 66, 64-74.
    """
    _refuse(before, after)
    room = before < 1 - ROUNDING
    gains = (after[room] - before[room]) / (1 - before[room])
    value = float(gains.mean()) if len(gains) else None
    return AverageGain(value, len(gains), int((~room).sum()))


def effect_sizes(before: Numbers, after: Numbers) -> EffectSizes:
    """Divide the mean difference by standard deviations (divisor n - 1).

    before, after: shape (n_persons,), same people.  None for fewer than two people, and without spread.
    Raises ValueError if lengths differ.
    Source: Lakens (2013), Frontiers in Psychology 4, 863.
    """
    _refuse(before, after)
    if len(before) < 2:
        return EffectSizes(None, None)
    change = after - before
    between = (before.std(ddof=1) + after.std(ddof=1)) / 2
    return EffectSizes(_over(change.mean(), change.std(ddof=1)), _over(change.mean(), between))


def compare_by_t(before: Numbers, after: Numbers) -> PairedT | None:
    """Test whether the mean difference is 0.

    before, after: shape (n_persons,), same people.  None for fewer than two people, and where all
    differences are one.
    Raises ValueError if lengths differ.
    Source: Student (1908), Biometrika 6, 1-25.
    """
    sizes = effect_sizes(before, after)
    if sizes.dz is None:
        return None
    t = sizes.dz * math.sqrt(len(before))
    return PairedT(t, len(before) - 1, 2 * cumulative(-abs(t), len(before) - 1))


def compare_item(before: Numbers, after: Numbers) -> McNemar:
    """Test whether as many people lost an item as gained it.

    before, after: shape (n_persons,), points 0 or 1 on one item, NaN where it was not presented; people with
    both count. p_exact is the binomial one, which errs on the careful side; p_mid counts the outcome that was
    found by half and is nearer to the level it states.
    Raises ValueError if lengths differ, or for points that are neither 0 nor 1.
    Source: McNemar (1947), Psychometrika 12, 153-157; Fagerland et al. (2013), BMC Medical Research
    Methodology 13, 91.
    """
    _refuse(before, after)
    both = ~(np.isnan(before) | np.isnan(after))
    first, second = before[both], after[both]
    if not np.all(np.isin(np.concatenate([first, second]), (0, 1))):
        raise ValueError("points of a shared item must be 0 or 1")
    gained, lost = int(np.sum(second > first)), int(np.sum(second < first))
    n, fewer = gained + lost, min(gained, lost)
    if not n:
        return McNemar(0, 0, None, None)
    tail, found = sum(math.comb(n, k) for k in range(fewer + 1)), math.comb(n, fewer)
    # Whole numbers divided once: 2 ** n overflows a float from n = 1024.
    # With as many gained as lost both tails hold the outcome that was found, and it counts once.
    p_mid = 1 - found / 2 ** (n + 1) if gained == lost else (2 * tail - found) / 2**n
    return McNemar(gained, lost, min(1.0, 2 * tail / 2**n), p_mid)


def compare_groups(first: Numbers, second: Numbers, level: float = LEVEL) -> Estimate | None:
    """Estimate by how much the mean of one group lies above that of another, people being different.

    first, second: shapes (n,) and (m,), in one unit. Those who missed the second test against those who took
    both, by what they scored before: below 0 the missing were weaker. Form A against form B, where chance
    decided who took which: above 0 form A is easier.
    None for fewer than two people on either side, and without any spread.
    Source: Welch (1938), Biometrika 29, 350-362.
    """
    if min(len(first), len(second)) < 2:
        return None
    parts = [float(side.var(ddof=1)) / len(side) for side in (first, second)]
    square = sum(parts)
    if square <= ROUNDING**2:
        return None
    shares = [part / square for part in parts]
    freedom = 1 / sum(s**2 / (len(side) - 1) for s, side in zip(shares, (first, second), strict=True))
    middle = float(first.mean() - second.mean())
    half = quantile((1 + level) / 2, freedom) * math.sqrt(square)
    return Estimate(middle, middle - half, middle + half)


def noticeable_change(error_before: float, error_after: float, level: float = LEVEL) -> float:
    """Give the least change of one person that is more than error of measurement.

    error_before, error_after: standard errors of measurement of the two forms, in one unit; also the unit of
    the answer.
    Source: Lord and Novick (1968), chapter 7; Jacobson and Truax (1991), Journal of Consulting and
    Clinical Psychology 59, 12-19.
    """
    return NormalDist().inv_cdf((1 + level) / 2) * math.hypot(error_before, error_after)


def judge_persons(
    before: Numbers, after: Numbers, error_before: float | None, error_after: float | None
) -> tuple[Change, ...]:
    """Tell for each person whether the change is beyond error of measurement, at 95 %.

    before, after: shape (n_persons,), proportions.  Errors: standard errors of measurement as proportions;
    without them nobody can be judged.
    Raises ValueError if lengths differ.
    """
    _refuse(before, after)
    if error_before is None or error_after is None:
        return (Change.TOO_LITTLE,) * len(before)
    least = noticeable_change(error_before, error_after)
    changes = (float(change) for change in after - before)
    return tuple(verdict(Estimate(each, each - least, each + least)) for each in changes)


def _over(difference: float, deviation: float) -> float | None:
    return float(difference / deviation) if deviation > ROUNDING else None


def _refuse(before: Numbers, after: Numbers) -> None:
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError("before and after must be one figure for each of the same people")
