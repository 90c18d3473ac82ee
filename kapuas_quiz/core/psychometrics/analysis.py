"""A whole table of points: per form what belongs to a form, and the items joined over forms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics import reliability
from kapuas_quiz.core.psychometrics.binomial import Numbers
from kapuas_quiz.core.psychometrics.contrasts import Contrast, Obstacle
from kapuas_quiz.core.psychometrics.distribution import Distribution, describe_totals
from kapuas_quiz.core.psychometrics.forms import Form, split_forms
from kapuas_quiz.core.psychometrics.items import (
    ItemStatistics,
    contrast_items,
    count_left_out,
    curves,
    effective_weights,
    item_statistics,
)
from kapuas_quiz.core.psychometrics.score_table import ScoreTable, Spread, count_by_total


@dataclass(frozen=True)
class FormItem:
    """An item as a part of one form; `item` is its column.

    intended_weight: its share of the greatest points, 0..1.  effective_weight: its share in what makes
    totals differ.  alpha_if_dropped: alpha of all others.  curve: share of points by score group.
    """

    item: int
    statistics: ItemStatistics
    intended_weight: float
    effective_weight: float | None
    alpha_if_dropped: float | None
    curve: tuple[float, ...] | None


@dataclass(frozen=True)
class FormAnalysis:
    """One form: its totals, how reliable they are, and its items; sem, the standard error of measurement, is
    in points."""

    form: Form
    table: ScoreTable
    max_points: float
    totals: Distribution
    size: reliability.Size
    alpha: reliability.Alpha
    kr21: float | None
    kr21_obstacle: Obstacle | None
    halves: reliability.SplitHalf
    error_ratio: float | None
    sem: float | None
    items: tuple[FormItem, ...]


@dataclass(frozen=True)
class Analysis:
    """All forms, and each item by its column over all forms that hold it."""

    forms: tuple[FormAnalysis, ...]
    items: tuple[ItemStatistics, ...]


def analyse_items(points: Numbers, most: Numbers, answered: NDArray[np.bool_] | None = None) -> Analysis:
    """Analyse points of persons by items.

    points: shape (n_persons, n_items); NaN where an item was not presented.  An item left out has the points
    of its scoring rule, mostly 0.  most: shape (n_items,), greatest points, above 0.
    answered: shape (n_persons, n_items), whether there was an answer, in the order in which items were
    presented; without it nothing counts as left out.
    Persons who were presented the same items are one form; each form is analysed by itself, and items are
    joined by adding up their sums within forms.
    Raises ValueError if shapes differ, for infinite points, or for greatest points that are not above 0.
    """
    _refuse(points, most, answered)
    contrasts = [Contrast() for _ in most]
    left_out = np.zeros((2, len(most)), dtype=np.intp)
    forms = []
    for form in split_forms(points):
        table = np.asarray(form.cut_out(points), dtype=np.float64)
        empty = np.zeros((2, len(form.items)), dtype=np.intp)
        if answered is not None:
            empty = np.array(count_left_out(np.asarray(form.cut_out(answered), dtype=np.bool_)))
        left_out[:, form.items] += empty
        found, of_items = _analyse_form(form, table, most[form.items], empty)
        forms.append(found)
        for column, contrast in zip(form.items, of_items, strict=True):
            contrasts[column] += contrast
    return Analysis(
        tuple(forms),
        _join(contrasts, most, left_out),
    )


def _join(contrasts: list[Contrast], most: Numbers, left_out: NDArray[np.intp]) -> tuple[ItemStatistics, ...]:
    return tuple(
        item_statistics(contrast, float(greatest), int(omitted), int(stopped))
        for contrast, greatest, omitted, stopped in zip(contrasts, most, *left_out, strict=True)
    )


def _analyse_form(
    form: Form, points: Numbers, most: Numbers, left_out: NDArray[np.intp]
) -> tuple[FormAnalysis, list[Contrast]]:
    table = count_by_total(points)
    spread = table.spread
    contrasts = contrast_items(table, spread)
    totals = describe_totals(table.totals[table.place] + table.low.sum())
    alpha = reliability.estimate_alpha(spread)
    ratio = reliability.error_ratio(alpha.value)
    by_guess, obstacle = _kr21(table, most, alpha)
    found = FormAnalysis(
        form=form,
        table=table,
        max_points=float(most.sum()),
        totals=totals,
        size=reliability.judge_size(table.n_persons),
        alpha=alpha,
        kr21=by_guess,
        kr21_obstacle=obstacle,
        halves=reliability.split_halves(spread),
        error_ratio=ratio,
        sem=None if ratio is None or totals.sd is None else ratio * totals.sd,
        items=_form_items(form, table, spread, most, _join(contrasts, most, left_out)),
    )
    return found, contrasts


def _form_items(
    form: Form, table: ScoreTable, spread: Spread, most: Numbers, statistics: tuple[ItemStatistics, ...]
) -> tuple[FormItem, ...]:
    effective, dropped, curve = effective_weights(spread), reliability.drop_each(spread), curves(table, most)
    return tuple(
        FormItem(
            item=int(column),
            statistics=statistics[j],
            intended_weight=float(most[j] / most.sum()),
            effective_weight=effective[j],
            alpha_if_dropped=dropped[j],
            curve=None if curve is None else tuple(float(share) for share in curve[j]),
        )
        for j, column in enumerate(form.items)
    )


def _kr21(table: ScoreTable, most: Numbers, alpha: reliability.Alpha) -> tuple[float | None, Obstacle | None]:
    if alpha.obstacle:
        return None, alpha.obstacle
    n, one = table.n_persons, float(most[0])
    ends = np.isin(table.low, (0, one)) & np.isin(table.high, (0, one)) & table.two_valued
    if not (most == one).all() or not ends.all():
        return None, Obstacle.NOT_RIGHT_OR_WRONG
    right = float(table.sums.sum() / n + table.low.sum()) / one
    return reliability.kr21(right, table.spread.of_total / n / one**2, table.n_items), None


def _refuse(points: Numbers, most: Numbers, answered: NDArray[np.bool_] | None) -> None:
    if points.ndim != 2 or most.shape != points.shape[1:]:
        raise ValueError("points must be persons by items, and there must be greatest points for each item")
    if answered is not None and answered.shape != points.shape:
        raise ValueError("answered must have the shape of points")
    if not (np.isfinite(most) & (most > 0)).all():
        raise ValueError("greatest points must be above 0")
