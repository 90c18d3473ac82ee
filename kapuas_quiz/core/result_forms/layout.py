"""A layout as an author writes it; docs/pejabat-hukum/formulir-hasil.md explains every key.

A cell is called `row` in a section without columns, else `row-column`. In rules and numbers, `*` in
place of a row or a column stands for each of them in turn, and the name of a row or column that is
repeated stands for all its repetitions.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kapuas_quiz.core.authored import ReviewState, Strict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,11}$")]
RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Pattern = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9]*)(-(\*|[a-z][a-z0-9]*))?$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=400)]

MOST_PAIRS = 4
MOST_PLACES = 3


class Column(Strict):
    """A column: `label` stands on the form, `spoken` in sentences; `{n}` is the number of a repetition."""

    id: Name
    label: Text
    spoken: Text
    each: Literal["places"] | None = None


class Row(Strict):
    """A line; one for each pair of candidates has `alone`, the label of the column without a pair."""

    id: Name
    label: Text
    each: Literal["pairs"] | None = None
    alone: Text | None = None


class Section(Strict):
    """A table of the form; without columns it has one, headed `heading`."""

    title: Text
    heading: Text = "Jumlah"
    columns: list[Column] = []
    rows: list[Row] = Field(min_length=1)


class Rule(Strict):
    """A cross-total: the cells of `sum` added give the cell `total`."""

    name: RuleName
    sum: list[Pattern] = Field(min_length=1)
    total: Pattern
    sentence: Sentence
    facts: list[str] = []


class Numbers(Strict):
    """How exercise numbers are drawn; cells that the rules already give are left to the rules.

    `between` is least and most; `share` is least and most per cent of the cell `of`; neither: `of` is
    split among the cells.
    """

    cells: list[Pattern] = Field(min_length=1)
    between: list[int] | None = Field(default=None, min_length=2, max_length=2)
    share: list[float] | None = Field(default=None, min_length=2, max_length=2)
    of: Pattern | None = None


class Layout(Strict):
    """One official form, or the part of it that is practised."""

    name: RuleName
    title: Text
    review: ReviewState
    review_note: str = Field(max_length=1000)
    facts: list[str] = Field(min_length=1)
    sections: list[Section] = Field(min_length=1)
    rules: list[Rule] = Field(min_length=1)
    numbers: list[Numbers] = Field(min_length=1)

    @property
    def per_pair(self) -> bool:
        """Tell whether the number of pairs has to be said."""
        return any(row.each for section in self.sections for row in section.rows)

    @property
    def per_place(self) -> bool:
        """Tell whether the number of places, polling stations or villages, has to be said."""
        return any(column.each for section in self.sections for column in section.columns)
