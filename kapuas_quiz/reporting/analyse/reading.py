"""Files of answers and of totals as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kapuas_quiz.reporting.analyse.keys import ItemKey
from kapuas_quiz.reporting.analyse.refusals import RefusedFileError
from kapuas_quiz.reporting.analyse.tables import FIRST_ROW, Table, read_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kapuas_quiz.core.psychometrics.binomial import Numbers

EMPTY = -1


@dataclass(frozen=True)
class Layout:
    """Which columns are not items: nothing is guessed from their names."""

    id_column: str | None = None
    form_column: str | None = None
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class MaxPoints:
    """Greatest points: one figure for all items, or by item."""

    usual: float = 1.0
    by_item: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Responses:
    """Answers of persons to items, without those persons who answered nothing.

    ids: by person; numbers of rows where no column of ids was named.  items: names of columns.
    points: shape (n_persons, n_items), 0 where an item was left out, NaN where it was not presented.
    most: shape (n_items,).  answered: shape of points, whether there was an answer.
    forms: labels by person, None where all took one form.  n_empty: persons who answered nothing.
    keys, chosen: options by item and index of the one chosen, -1 for none; None for a file of points.
    """

    ids: Sequence[str]
    items: Sequence[str]
    points: Numbers
    most: Numbers
    answered: NDArray[np.bool_]
    forms: Sequence[str] | None
    n_empty: int
    keys: Sequence[ItemKey] | None
    chosen: NDArray[np.int16] | None

    @property
    def n_rows(self) -> int:
        """Return how many persons the file has, with those who answered nothing."""
        return len(self.ids) + self.n_empty


def read_responses(
    content: bytes,
    layout: Layout,
    most: MaxPoints,
    keys: Mapping[str, ItemKey] | None = None,
) -> Responses:
    """Read a CSV file of persons by items: points, or with keys the options that were chosen.

    Columns stand in the order in which items were presented. An empty cell is an item left out. With a
    column of forms, an item that nobody of a form answered was not presented in that form.
    Raises RefusedFileError.
    """
    import numpy as np

    table = read_table(content)
    items = _items(table, layout, keys)
    ids, labels = _ids(table, layout.id_column), _forms(table, layout.form_column)
    greatest = _greatest(items, most)
    if keys is not None:
        keys = {name: keys[name].with_options_of(table.column(name)) for name in items}
    points = np.zeros((table.n_rows, len(items)))
    chosen = np.full(points.shape, EMPTY, dtype=np.int16)
    for j, name in enumerate(items):
        if keys is None:
            points[:, j], filled = _read_points(table, name, greatest[j])
            chosen[filled, j] = 0
        else:
            chosen[:, j] = _read_choices(table, name, keys[name])
            points[:, j] = np.isin(chosen[:, j], list(keys[name].right)) * greatest[j]
    answered = chosen != EMPTY
    _refuse_empty(items, answered)
    taken = np.flatnonzero(answered.any(axis=1)).tolist()
    points, answered = points[taken], answered[taken]
    forms = None if labels is None else [labels[i] for i in taken]
    if forms is not None:
        points[~_presented(forms, answered)] = np.nan
    return Responses(
        ids=[ids[i] for i in taken],
        items=items,
        points=points,
        most=np.array(greatest),
        answered=answered,
        forms=forms,
        n_empty=table.n_rows - len(taken),
        keys=None if keys is None else [keys[name] for name in items],
        chosen=None if keys is None else chosen[taken],
    )


def read_totals(
    content: bytes, column: str | None, layout: Layout, most: float | None
) -> tuple[Numbers, int]:
    """Read one column of totals; return it with how many cells were empty.

    column: None for the only one that is left.  most: greatest total, None where it is not known.
    Raises RefusedFileError.
    """
    import numpy as np

    table = read_table(content)
    _ids(table, layout.id_column)
    if column is None:
        column, *others = _items(table, layout, None)
        if others:
            raise RefusedFileError("kolom-mana")
    texts = table.column(column)
    if not any(texts):
        raise RefusedFileError("tanpa-jawaban")
    totals, filled = _read_points(table, column, float("inf") if most is None else most)
    return np.asarray(totals[filled]), int((~filled).sum())


def _items(table: Table, layout: Layout, keys: Mapping[str, ItemKey] | None) -> tuple[str, ...]:
    apart = [name for name in (layout.id_column, layout.form_column, *layout.ignored) if name is not None]
    for name in apart:
        table.column(name)
        if apart.count(name) > 1:
            raise RefusedFileError("kolom-rangkap", value=name)
    items = tuple(name for name in table.header if name not in apart)
    if not items:
        raise RefusedFileError("tanpa-soal")
    for name in items:
        if keys is not None and name not in keys:
            raise RefusedFileError("kolom-tanpa-kunci", column=name)
    for name in keys or ():
        if name not in items:
            raise RefusedFileError("kunci-tanpa-kolom", column=name)
    return items


def _ids(table: Table, column: str | None) -> list[str]:
    if column is None:
        return [str(row) for row in range(FIRST_ROW, FIRST_ROW + table.n_rows)]
    first: dict[str, int] = {}
    for row, value in enumerate(table.column(column), FIRST_ROW):
        if not value:
            raise RefusedFileError("id-kosong", row=row, column=column)
        if value in first:
            raise RefusedFileError("id-kembar", row=row, column=column, value=value, first=first[value])
        first[value] = row
    return list(first)


def _forms(table: Table, column: str | None) -> Sequence[str] | None:
    if column is None:
        return None
    labels = table.column(column)
    for row, label in enumerate(labels, FIRST_ROW):
        if not label:
            raise RefusedFileError("paket-kosong", row=row, column=column)
    return labels


def _greatest(items: Sequence[str], most: MaxPoints) -> list[float]:
    for name in most.by_item:
        if name not in items:
            raise RefusedFileError("poin-tanpa-kolom", column=name)
    return [most.by_item.get(name, most.usual) for name in items]


def _refuse_empty(items: Sequence[str], answered: NDArray[np.bool_]) -> None:
    if not answered.any():
        raise RefusedFileError("tanpa-jawaban")
    for j, name in enumerate(items):
        if not answered[:, j].any():
            raise RefusedFileError("kolom-kosong", column=name)


def _read_points(table: Table, name: str, most: float) -> tuple[Numbers, NDArray[np.bool_]]:
    import numpy as np

    texts = table.column(name)
    known = {text: table.number(text) for text in set(texts) if text}
    wrong = {text for text, value in known.items() if value is None or not 0 <= value <= most}
    if wrong:
        row, text = next((row, text) for row, text in enumerate(texts, FIRST_ROW) if text in wrong)
        code = "bukan-angka" if known[text] is None else "di-luar-poin"
        raise RefusedFileError(code, row=row, column=name, value=text, most=most)
    values = {"": 0.0, **{text: value or 0.0 for text, value in known.items()}}
    points = np.fromiter((values[text] for text in texts), dtype=np.float64, count=len(texts))
    return points, np.fromiter((text != "" for text in texts), dtype=np.bool_, count=len(texts))


def _read_choices(table: Table, name: str, key: ItemKey) -> NDArray[np.int16]:
    import numpy as np

    texts = table.column(name)
    codes = {"": EMPTY, **{option: i for i, option in enumerate(key.options)}}
    for row, text in enumerate(texts, FIRST_ROW):
        if text not in codes:
            raise RefusedFileError("pilihan-tak-dikenal", row=row, column=name, value=text)
    return np.fromiter((codes[text] for text in texts), dtype=np.int16, count=len(texts))


def _presented(labels: Sequence[str], answered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which items belong to each person's form: those that somebody with that label answered."""
    import numpy as np

    presented = np.zeros_like(answered)
    label_of = np.array(labels)
    for label in set(labels):
        rows = label_of == label
        presented[rows] = answered[rows].any(axis=0)
    return presented
