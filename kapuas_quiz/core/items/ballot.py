"""Judge one ballot: each person gets another one of the same cells, and the rules compute the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Literal

from pydantic import Field

from kapuas_quiz.core.ballots.drawing import svg
from kapuas_quiz.core.ballots.model import Ballot
from kapuas_quiz.core.ballots.words import verdict_words, verdicts
from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.items.ballot_cells import (
    EXAMPLE,
    cell_faults,
    cell_of,
    citation_of,
    drawn_ballot,
    frozen_cells,
    listed,
)
from kapuas_quiz.core.items.base import Content, Explanation, ItemSource, ItemType, Parts
from kapuas_quiz.core.registers import Registers


class BallotSource(ItemSource):
    """A ballot item as an author writes it: which cells of the rule table it may draw from."""

    type: Literal["ballot"]
    pairs: int = Field(ge=1, le=4)
    cells: list[str] = Field(min_length=1, max_length=12)


class BallotType(ItemType):
    """A picture and all verdicts to choose from; an answer is the id of a verdict."""

    source = BallotSource

    def faults(self, source: Any, registers: Registers) -> Iterator[tuple[str, str]]:
        """Yield cells that are unknown, undecided, or impossible with this number of pairs."""
        yield from cell_faults(source.pairs, source.cells, registers.ballot_rules)

    def content(self, source: Any, registers: Registers) -> dict[str, Any]:
        """Return the wording with its cells in full, so that a changed rule is another revision."""
        return {**super().content(source, registers), **frozen_cells(source.cells, registers.ballot_rules)}

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        """Return one person's ballot and the cell it belongs to."""
        cells = content["cells"]
        return drawn_ballot(content, cells[lot(seed, "sel") % len(cells)]["id"], seed)

    def arrange(self, content: Content, seed: int) -> list[str]:
        """Return the verdicts in the order of the columns; they are never shuffled."""
        return list(verdict_words(content["pairs"]))

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return the stem with the picture, and every verdict."""
        ballot = self._ballot(content)
        options = [{"id": name, "text": text} for name, text in verdicts(ballot)]
        return {"type": "single_choice", "stem": content["stem_html"] + svg(ballot), "options": options}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether the answer is a verdict that a ballot with so many columns can get, or None."""
        return answer is None or answer in list(verdict_words(content["pairs"]))

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts:
        """Return the verdicts."""
        return [([""], list(verdict_words(content["pairs"])))]

    def grade(self, content: Content, answer: object) -> float | None:
        """Return 1.0 for the verdict of the rules, 0.0 for another, None for anything else.

        Without the ballot that the person saw nothing is graded.
        """
        if answer is None or "ballot" not in content or not self.accepts(content, answer):
            return None
        return 1.0 if answer == content["verdict"] else 0.0

    def key_answer(self, content: Content) -> str:
        """Return the verdict of the rules."""
        key: str = self._drawn(content)["verdict"]
        return key

    def explain(self, content: Content) -> Explanation:
        """Return the verdict and why; all cells of the item where no ballot was drawn."""
        drawn = self._drawn(content)
        cell, key = cell_of(content, drawn), drawn["verdict"]
        reason = f"<p>{escape(cell['sentence'])}</p>" if "ballot" in content else listed(content)
        return Explanation(
            key=key,
            key_text=self.say(content, key),
            rationale_html=content["rationale_html"] + reason,
            option_rationales={},
            citation=citation_of(content, cell),
        )

    def say(self, content: Content, answer: object) -> str:
        """Return a verdict in words."""
        return next((text for name, text in verdicts(self._ballot(content)) if name == answer), "")

    def _ballot(self, content: Content) -> Ballot:
        return Ballot.model_validate(self._drawn(content)["ballot"])

    def _drawn(self, content: Content) -> Mapping[str, Any]:
        """Return what was drawn for a person, or an example where nothing was."""
        return content if "ballot" in content else self.draw(content, EXAMPLE)
