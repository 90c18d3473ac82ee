"""How well each item keeps to the Rasch model: infit and outfit mean squares given the total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapuas_quiz.core.psychometrics.score_groups import Floats, ScoreGroups


@dataclass(frozen=True)
class ItemFit:
    """Mean squares of one item, 1 where it keeps to the model; below 1 it fits too well to be true.

    The errors are the spread that the mean squares have when the model holds. None where nobody who has
    neither none nor all right answered the item, or where the spread is nil.
    """

    infit: float | None
    infit_error: float | None
    outfit: float | None
    outfit_error: float | None


def item_fits(groups: ScoreGroups, easiness: Floats) -> tuple[ItemFit, ...]:
    """Compare right answers with those expected among persons of the same form and total.

    easiness: shape (n_items,).  The expected share conditions on the total and needs no ability, so the
    mean squares average 1 under the model, which those from estimated abilities do not.
    Source: Mueller (2020), Journal of Statistical Distributions and Applications 7:5; the errors are
    those of Wright and Masters (1982), Rating Scale Analysis, p. 100.
    """
    tables = [right_given_total(easiness[form > 0]) for form in groups.forms]
    expected = np.zeros_like(groups.right)
    for group, (form, total) in enumerate(zip(groups.form, groups.total, strict=True)):
        expected[group, groups.forms[form] > 0] = tables[form][:, total]
    return tuple(
        _fit(groups.right[:, item], expected[:, item], groups.count * groups.forms[groups.form, item])
        for item in range(len(easiness))
    )


def right_given_total(easiness: Floats) -> Floats:
    """Return P(item right | total) for totals 0..n_items, shape (n_items, n_items + 1).

    Adds one item after the other to the distribution of the total on all other items.
    Source: Lord and Wingersky (1984), Applied Psychological Measurement 8, 453-461.
    """
    n = len(easiness)
    chances = 1 / (1 + np.exp(easiness.mean() - easiness))
    others = np.zeros((n, n + 1))
    others[:, 0] = 1
    for item, chance in enumerate(chances):
        added = others * (1 - chance)
        added[:, 1:] += others[:, :-1] * chance
        added[item] = others[item]
        others = added
    right, wrong = np.zeros_like(others), others * (1 - chances[:, None])
    right[:, 1:] = others[:, :-1] * chances[:, None]
    return np.asarray(right / (right + wrong))


def _fit(right: Floats, expected: Floats, count: Floats) -> ItemFit:
    telling = (count > 0) & (expected > 0) & (expected < 1)
    right, expected, count = right[telling], expected[telling], count[telling]
    spread = expected * (1 - expected)
    squares = right * (1 - expected) ** 2 + (count - right) * expected**2
    surprise = (1 - 2 * expected) ** 2
    n, whole = float(count.sum()), float((count * spread).sum())
    if not n:
        return ItemFit(None, None, None, None)
    return ItemFit(
        infit=float(squares.sum()) / whole,
        infit_error=_error(float((count * spread * surprise).sum()), whole),
        outfit=float((squares / spread).sum()) / n,
        outfit_error=_error(float((count * surprise / spread).sum()), n),
    )


def _error(variance: float, divisor: float) -> float | None:
    return float(np.sqrt(variance)) / divisor if variance > 0 else None
