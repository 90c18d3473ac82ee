"""Steps to be put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from kapuas_quiz.core.authored import Line
from kapuas_quiz.core.canonical import fingerprint, lot
from kapuas_quiz.core.items.base import (
    Content,
    Explanation,
    ItemSource,
    ItemType,
    Parts,
    Strict,
    are_fields,
    explained,
    in_order,
)
from kapuas_quiz.core.items.options import refuse_twice
from kapuas_quiz.core.registers import Registers


class OrderingKeys(Strict):
    """The keys of an ordering."""

    type: Literal["ordering"]
    steps: list[Line] = Field(min_length=3, max_length=7)

    @model_validator(mode="after")
    def _steps_differ(self) -> Self:
        refuse_twice("steps", "text", self.steps)
        return self


class OrderingSource(OrderingKeys, ItemSource):
    """An ordering as an author writes it: the steps in the right order."""


class Ordering(ItemType):
    """An answer gives each step its rank, "1" the first."""

    source = OrderingSource

    def content(self, source: ItemSource, registers: Registers) -> dict[str, Any]:
        """Give each step an id that tells nothing of its place."""
        kept = super().content(source, registers)
        return {**kept, "steps": [{"id": opaque_id(text), "text": text} for text in kept["steps"]]}

    def arrange(self, content: Content, seed: int) -> list[str]:
        """Shuffle the steps; nobody sees them in the right order already."""
        right = [step["id"] for step in content["steps"]]
        mixed = sorted(right, key=lambda step: lot(seed, step))
        return mixed if mixed != right else [*mixed[1:], mixed[0]]

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return stem and steps; without an order, by their ids."""
        steps = in_order(content["steps"], order or sorted(step["id"] for step in content["steps"]))
        return {"type": "ordering", "stem": content["stem_html"], "steps": steps}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether the fields are steps with ranks among them, or the answer is None."""
        ids = [step["id"] for step in content["steps"]]
        ranks = {str(rank) for rank in range(1, len(ids) + 1)}
        return answer is None or (are_fields(answer, ids) and set(answer.values()) <= ranks)

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts:
        """Return each step with the ranks."""
        return [
            (
                [step["id"] for step in in_order(content["steps"], order)],
                [str(rank) for rank in range(1, len(content["steps"]) + 1)],
            )
        ]

    def grade(self, content: Content, answer: object) -> float | None:
        """Return pairs in the right order minus pairs in the wrong one, as a share of all, never below 0.

        That is Kendall's tau (Kendall 1938, p. 81) cut off at 0; a step without a rank, or with the rank
        of another, is in no order to it.
        """
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return None
        pairs = list(combinations([step["id"] for step in content["steps"]], 2))
        return max(0.0, sum(_agreement(answer, before, after) for before, after in pairs) / len(pairs))

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return the ranks in the right order."""
        return {step["id"]: str(rank) for rank, step in enumerate(content["steps"], 1)}

    def explain(self, content: Content) -> Explanation:
        """Return the steps in the right order, the rationale and the citation."""
        return explained(content, self.say(content, self.key_answer(content)))

    def say(self, content: Content, answer: object) -> str:
        """Return the steps with their ranks, the first rank first."""
        ranks = answer if isinstance(answer, dict) else {}
        ranked = [(ranks[step["id"]], step["text"]) for step in content["steps"] if step["id"] in ranks]
        return "; ".join(f"{rank}. {text}" for rank, text in sorted(ranked))


def opaque_id(text: str) -> str:
    """Return an id that a text alone decides, and that tells nothing of its place."""
    return f"s{fingerprint(text)[:7]}"


def _agreement(ranks: Mapping[str, str], before: str, after: str) -> int:
    if before not in ranks or after not in ranks:
        return 0
    first, second = int(ranks[before]), int(ranks[after])
    return (first < second) - (first > second)
