"""Sort a small stack of ballots: for each, whom it counts for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Literal

from pydantic import Field

from kapuas_quiz.core.ballots.dice import Dice
from kapuas_quiz.core.ballots.drawing import svg
from kapuas_quiz.core.ballots.generator import names_for
from kapuas_quiz.core.ballots.model import Ballot
from kapuas_quiz.core.ballots.words import verdict_words
from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.items.ballot_cells import (
    EXAMPLE,
    cell_faults,
    cell_of,
    drawn_ballot,
    frozen_cells,
    listed,
)
from kapuas_quiz.core.items.base import Content, Explanation, ItemSource, ItemType, Parts, are_fields
from kapuas_quiz.core.registers import Registers


class BallotStackSource(ItemSource):
    """A stack as an author writes it: how many ballots, and from which cells."""

    type: Literal["ballot_stack"]
    pairs: int = Field(ge=1, le=4)
    cells: list[str] = Field(min_length=2, max_length=12)
    ballots: int = Field(ge=3, le=6)


class BallotStackType(ItemType):
    """One verdict for each ballot; an answer is {"1": "p2", "2": "tidak-sah", ...}."""

    source = BallotStackSource

    def faults(self, source: Any, registers: Registers) -> Iterator[tuple[str, str]]:
        """Yield cells that are unknown, undecided, or impossible with this number of pairs."""
        yield from cell_faults(source.pairs, source.cells, registers.ballot_rules)

    def content(self, source: Any, registers: Registers) -> dict[str, Any]:
        """Return the wording with its cells in full, so that a changed rule is another revision."""
        return {**super().content(source, registers), **frozen_cells(source.cells, registers.ballot_rules)}

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        """Return one person's stack: as many different cells as fit, the same pairs on each ballot."""
        dice, count = Dice(seed, "tumpukan"), content["ballots"]
        ids = [cell["id"] for cell in content["cells"]]
        first = dice.some(ids, min(count, len(ids)))
        chosen = dice.some([*first, *(dice.pick(ids) for _ in range(count - len(first)))], count)
        names = names_for(content["pairs"], seed)
        return {
            "stack": [
                drawn_ballot(content, cell, lot(seed, number), names) for number, cell in enumerate(chosen)
            ]
        }

    def arrange(self, content: Content, seed: int) -> list[str]:
        """Return the verdicts in the order of the columns; they are never shuffled."""
        return list(verdict_words(content["pairs"]))

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return the stem, a picture for each ballot, and the verdicts to choose from."""
        stack = self._stack(content)
        return {
            "type": "ballot_stack",
            "stem": content["stem_html"],
            "rows": [
                {"name": str(number), "picture": svg(Ballot.model_validate(drawn["ballot"]))}
                for number, drawn in enumerate(stack, 1)
            ],
            "choices": [{"id": name, "text": text} for name, text in verdict_words(content["pairs"]).items()],
        }

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether the answer gives possible verdicts to ballots of the stack, or is None."""
        numbers = [str(number + 1) for number in range(content["ballots"])]
        verdicts = verdict_words(content["pairs"])
        return answer is None or (are_fields(answer, numbers) and set(answer.values()) <= verdicts.keys())

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts:
        """Return each ballot with the verdicts."""
        return [([str(n + 1) for n in range(content["ballots"])], list(verdict_words(content["pairs"])))]

    def grade(self, content: Content, answer: object) -> float | None:
        """Return the share of the stack that was judged right; None for anything else than an answer.

        Without the stack that the person saw nothing is graded.
        """
        if not isinstance(answer, dict) or "stack" not in content or not self.accepts(content, answer):
            return None
        keys = self._keys(content)
        right = sum(answer.get(number) == key for number, key in keys.items())
        return float(right / len(keys))

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return the verdict of the rules on each ballot."""
        return self._keys(content)

    def explain(self, content: Content) -> Explanation:
        """Return the verdict on each ballot and why; all cells of the item where nothing was drawn."""
        stack, keys = self._stack(content), self._keys(content)
        reasons = "".join(f"<li>{escape(cell_of(content, drawn)['sentence'])}</li>" for drawn in stack)
        return Explanation(
            key="",
            key_text=self.say(content, keys),
            rationale_html=content["rationale_html"]
            + (f"<ol>{reasons}</ol>" if "stack" in content else listed(content)),
            option_rationales={},
            citation=content["citation"],
        )

    def say(self, content: Content, answer: object) -> str:
        """Return the verdicts in words, ballot by ballot."""
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return ""
        words = verdict_words(content["pairs"])
        return "; ".join(f"{number}. {words[verdict]}" for number, verdict in sorted(answer.items()))

    def _keys(self, content: Content) -> dict[str, str]:
        return {str(n): drawn["verdict"] for n, drawn in enumerate(self._stack(content), 1)}

    def _stack(self, content: Content) -> list[Mapping[str, Any]]:
        """Return what was drawn for a person, or an example where nothing was."""
        drawn = content if "stack" in content else self.draw(content, EXAMPLE)
        stack: list[Mapping[str, Any]] = drawn["stack"]
        return stack
