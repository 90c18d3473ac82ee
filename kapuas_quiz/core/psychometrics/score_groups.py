"""Persons counted by form and total: all that the Rasch model asks of their answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ScoreGroups:
    """Groups of persons who answered the same items and have the same number right.

    forms: shape (n_forms, n_items), 1 where the form holds the item.
    form, total, count: shape (n_groups,), sorted by form and total; form is a row of `forms`.
    right: shape (n_groups, n_items), how many of the group have the item right.
    group_of: shape (n_persons,), the group of each person, -1 for who answered none of the items.
    """

    forms: Floats
    form: NDArray[np.intp]
    total: NDArray[np.intp]
    count: NDArray[np.intp]
    right: Floats
    group_of: NDArray[np.intp]

    @property
    def n_persons(self) -> int:
        """Return the number of persons with an answer."""
        return int(self.count.sum())

    @property
    def answers(self) -> Floats:
        """Return how many persons answered each item."""
        return np.asarray(self.count @ self.forms[self.form], dtype=float)

    def sum_by_form(self, values: Floats) -> Floats:
        """Add up rows of groups, shape (n_groups, k), to rows of forms, shape (n_forms, k)."""
        return np.add.reduceat(values, np.searchsorted(self.form, np.arange(len(self.forms))), axis=0)


def read_answers(responses: ArrayLike) -> Floats:
    """Check a table of answers and return it as an array.

    responses: shape (n_persons, n_items); 1 right, 0 wrong, NaN for an item that the person's form lacks.
    Raises ValueError for another shape or another value.
    """
    table = np.asarray(responses, dtype=float)
    if table.ndim != 2:
        raise ValueError("responses must be a table of persons by items")
    if not np.all((table == 0) | (table == 1) | np.isnan(table)):
        raise ValueError("responses must be 0, 1 or NaN")
    return table


def group_by_score(table: Floats) -> ScoreGroups:
    """Count persons by form and total.

    table: as `read_answers` returns it, with at least one answer in it.
    """
    answered = ~np.isnan(table)
    persons = np.flatnonzero(answered.any(axis=1))
    taken, points = answered[persons], np.nan_to_num(table[persons])
    n_items = table.shape[1]
    _, first, form_of = np.unique(np.packbits(taken, axis=1), axis=0, return_index=True, return_inverse=True)
    keys = form_of.reshape(-1) * (n_items + 1) + points.sum(axis=1).astype(np.intp)
    found, group, count = np.unique(keys, return_inverse=True, return_counts=True)
    right = [np.bincount(group, weights=points[:, j], minlength=len(found)) for j in range(n_items)]
    group_of = np.full(len(table), -1, dtype=np.intp)
    group_of[persons] = group
    return ScoreGroups(
        forms=taken[first].astype(float),
        form=found // (n_items + 1),
        total=found % (n_items + 1),
        count=count,
        right=np.stack(right, axis=1),
        group_of=group_of,
    )
