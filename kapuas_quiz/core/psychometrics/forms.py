"""Persons who were presented the same items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapuas_quiz.core.psychometrics.binomial import Numbers

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Form:
    """One form: which rows of the table of points took it, and which columns it has."""

    persons: Places
    items: Places

    def cut_out(self, table: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return this form's part of a table of persons by items, without copying one that is whole."""
        if table.shape == (len(self.persons), len(self.items)):
            return table
        return table[np.ix_(self.persons, self.items)]


def split_forms(points: Numbers) -> tuple[Form, ...]:
    """Group persons by the items they were presented, in the order in which forms first occur.

    points: shape (n_persons, n_items); NaN where an item was not presented, which is another thing than an
    item left out: that has the points of its scoring rule, mostly 0.
    Persons who were presented nothing belong to no form.
    Raises ValueError for another shape or for infinite points.
    """
    if points.ndim != 2 or np.isinf(points).any():
        raise ValueError("points must be a table of persons by items, finite or NaN")
    n_persons, n_items = points.shape
    presented = ~np.isnan(points)
    if n_persons and n_items and presented.all():
        return (Form(np.arange(n_persons), np.arange(n_items)),)
    some = np.flatnonzero(presented.any(axis=1))
    if not len(some):
        return ()
    patterns = np.packbits(presented[some], axis=1)
    _, first, pattern = np.unique(patterns, axis=0, return_index=True, return_inverse=True)
    kind = pattern.reshape(-1)
    return tuple(
        Form(some[kind == kind[row]], np.flatnonzero(presented[some[row]])) for row in np.sort(first)
    )
