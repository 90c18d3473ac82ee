"""Preview a roster: who is ready, what has to be decided, what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.comparison import Comparison, Known, Line, values_of
from kapuas_quiz.core.participants import read_row
from kapuas_quiz.core.places import Gazetteer
from kapuas_quiz.core.tables import Table


@dataclass(frozen=True)
class Preview:
    """What importing would do; `absent` are enrolled people whom the file does not name."""

    ready: tuple[Line, ...]
    to_check: tuple[Line, ...]
    refused: tuple[Line, ...]
    left_out: tuple[Line, ...]
    absent: tuple[Known, ...]
    compared_with: str

    def count(self, action: str) -> int:
        """Count the ready rows of one action."""
        return sum(line.action == action for line in self.ready)


def preview(
    table: Table, *, places: Gazetteer, known: Sequence[Known], answers: Mapping[str, str]
) -> Preview:
    """Sort the rows of a table.

    answers: the value chosen for each question by its id; an empty value leaves the row out.
    """
    drafts = [read_row(row, places, answers) for row in table.rows]
    lines = Comparison(known, answers).lines(drafts)
    ready = tuple(line for line in lines if line.action)
    matched = {line.known.id for line in lines if line.known}
    return Preview(
        ready=ready,
        to_check=tuple(line for line in lines if line.questions),
        refused=tuple(line for line in lines if line.reasons and not line.questions),
        left_out=tuple(line for line in lines if not (line.action or line.questions or line.reasons)),
        absent=tuple(one for one in known if one.id not in matched and not one.withdrawn),
        compared_with=state_of(known),
    )


def state_of(known: Iterable[Known]) -> str:
    """Digest who is enrolled, so that a preview can be recognised as outdated."""
    return fingerprint(sorted([one.id, one.withdrawn, *values_of(one.participant).values()] for one in known))
