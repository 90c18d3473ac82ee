"""Who chose which option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.analysis import Analysis
from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.contrasts import Contrast, Obstacle
from kapuas_quiz.core.psychometrics.score_table import ENDS, NOTHING, ScoreTable

LEFT_OUT = -1


@dataclass(frozen=True)
class OptionStatistics:
    """One option over all forms that hold its item; None where undefined.

    option: its index, LEFT_OUT for no answer.  n: persons who chose it.  share: of those who were presented
    the item.  correlation: of choosing it (1 or 0) with the points of all other items.  lower, upper: share
    of the lower and of the upper 27 % by total who chose it.  obstacle: why the correlation is undefined.
    """

    option: int
    n: int
    share: float | None
    correlation: float | None
    lower: float | None
    upper: float | None
    obstacle: Obstacle | None


def tabulate_options(
    analysis: Analysis, chosen: NDArray[np.integer], worth: Sequence[Sequence[float]]
) -> list[list[OptionStatistics]]:
    """Tabulate, for each item, its options in their order and then who left it out.

    analysis: of the points that the choices earned.  chosen: shape (n_persons, n_items), the index of the
    option, LEFT_OUT for none; not looked at where the item was not presented.
    worth: by item the points of each option; leaving out is worth 0.
    Raises ValueError if there are not options for each item, for an index that does not exist, and for
    points that are not those of the options.
    Source: Haladyna (2004), Developing and Validating Multiple-Choice Test Items, chapter 9.
    """
    if chosen.ndim != 2 or not len(worth) == len(analysis.items) == chosen.shape[1]:
        raise ValueError("choices and options must be of the items that were analysed")
    joined = [[Contrast() for _ in range(len(options) + 1)] for options in worth]
    for found in analysis.forms:
        table = found.table
        picks = np.array(found.form.cut_out(chosen).T, order="C")
        ends = table.weigh_ends()
        for j, item in enumerate(found.form.items):
            counts = _count_options(table, picks[j], len(worth[item]))
            values = np.array([*worth[item], 0.0])
            earned = table.sums[j] + table.n_persons * table.low[j]
            if not np.isclose(counts.sum(axis=1) @ values, earned, rtol=1e-9):
                raise ValueError("points must be those of the option that was chosen")
            more = _contrast_options(table, counts, values, ends)
            joined[item] = [one + other for one, other in zip(joined[item], more, strict=True)]
    return [
        [_statistics(option, contrast) for option, contrast in zip(_order(len(options)), row, strict=True)]
        for options, row in zip(worth, joined, strict=True)
    ]


def _order(n_options: int) -> list[int]:
    return [*range(n_options), LEFT_OUT]


def _statistics(option: int, contrast: Contrast) -> OptionStatistics:
    lower, upper = contrast.in_ends or (None, None)
    n = round(contrast.points)
    return OptionStatistics(option, n, contrast.mean, contrast.correlation, lower, upper, contrast.obstacle)


def _count_options(table: ScoreTable, picks: NDArray[np.integer], n_options: int) -> Numbers:
    """Count persons by option, the last one being none, and by total."""
    if picks.min() < LEFT_OUT or picks.max() >= n_options:
        raise ValueError("a choice must be the index of an option")
    n_totals = len(table.totals)
    cells = (picks.astype(np.intp) + 1) * n_totals + table.place
    counts = np.bincount(cells, minlength=(n_options + 1) * n_totals).reshape(n_options + 1, n_totals)
    return np.roll(counts, -1, axis=0).astype(np.float64)


def _contrast_options(table: ScoreTable, counts: Numbers, values: Numbers, ends: Numbers) -> list[Contrast]:
    n, some = table.n_persons, len(table.totals) > 1
    rest = table.totals + table.low.sum() - values[:, None]
    rest -= (counts * rest).sum() / n
    around = float((counts * rest**2).sum())
    if around <= NOTHING * float(table.squares.sum()):
        around = 0.0
    together, at_ends = (counts * rest).sum(axis=1), counts @ ends.T
    return [
        Contrast(
            n=n,
            freedom=n - 1,
            compared=n if 0 < chose < n and around else 0,
            points=float(chose),
            spread=float(chose * (n - chose) / n),
            rest_spread=around,
            together=float(together[i]),
            lower=float(at_ends[i, 0]),
            upper=float(at_ends[i, 1]),
            ends=ENDS * n if some else 0.0,
        )
        for i, chose in enumerate(counts.sum(axis=1))
    ]
