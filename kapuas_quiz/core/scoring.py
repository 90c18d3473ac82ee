"""Answers of one attempt become points, in total and per reporting competency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kapuas_quiz.core import items

RULE = "satu-poin-per-soal-1"
"""Each item is worth one point; an omitted item counts 0."""

TOTAL = ""
"""The competency under which the points of a whole attempt stand."""

Grade = Callable[[Mapping[str, Any], Any], float | None]


class Question(Protocol):
    """One place of a form: its number, reporting competency and the frozen content of its item."""

    @property
    def position(self) -> int: ...

    @property
    def competency(self) -> str: ...

    @property
    def content(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Points:
    """Points of one attempt in one reporting competency, or in total."""

    competency: str
    points: float
    max_points: float
    n_items: int
    n_answered: int

    @property
    def proportion(self) -> float | None:
        """Return the points as a share of the possible ones, 0..1; None without items."""
        return self.points / self.max_points if self.max_points else None


def grade_answers(
    questions: Iterable[Question], answers: Mapping[int, Any], grade: Grade = items.grade
) -> dict[int, float | None]:
    """Grade every place of a form.

    answers: by position; positions that are not on the form are ignored.
    Returns by position a proportion 0..1, or None where nothing valid was answered.
    """
    return {q.position: grade(q.content, answers.get(q.position)) for q in questions}


def score(
    questions: Iterable[Question], answers: Mapping[int, Any], grade: Grade = items.grade
) -> tuple[Points, ...]:
    """Add up one attempt: the total first, then each competency in the order of the form."""
    questions = tuple(questions)
    graded = grade_answers(questions, answers, grade)
    competencies = dict.fromkeys(q.competency for q in questions)
    places = {name: [graded[q.position] for q in questions if q.competency == name] for name in competencies}
    return tuple(_add(name, values) for name, values in {TOTAL: list(graded.values()), **places}.items())


def _add(competency: str, graded: list[float | None]) -> Points:
    answered = [value for value in graded if value is not None]
    return Points(competency, sum(answered), float(len(graded)), len(graded), len(answered))
