"""Things on the left, each with its partner on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from kapuas_quiz.core.authored import Line
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
    shuffled,
)
from kapuas_quiz.core.items.options import refuse_twice
from kapuas_quiz.core.items.ordering import opaque_id
from kapuas_quiz.core.registers import Registers


class PairSource(Strict):
    """A thing and its partner."""

    left: Line
    right: Line


class MatchingKeys(Strict):
    """The keys of a matching; `extra` are partners that belong to nothing."""

    type: Literal["matching"]
    pairs: list[PairSource] = Field(min_length=3, max_length=6)
    extra: list[Line] = Field(default=[], max_length=3)

    @model_validator(mode="after")
    def _both_sides_differ(self) -> Self:
        refuse_twice("pairs", "left", [pair.left for pair in self.pairs])
        rights = {pair.right for pair in self.pairs}
        refuse_twice("extra", "right", [*rights, *self.extra])
        return self


class MatchingSource(MatchingKeys, ItemSource):
    """A matching as an author writes it; things may share a partner."""


class Matching(ItemType):
    """An answer gives things on the left the id of a partner."""

    source = MatchingSource

    def content(self, source: ItemSource, registers: Registers) -> dict[str, Any]:
        """Give both sides ids that do not tell what belongs together."""
        kept = super().content(source, registers)
        pairs, extra = kept.pop("pairs"), kept.pop("extra")
        texts = dict.fromkeys([*(pair["right"] for pair in pairs), *extra])
        return {
            **kept,
            "rows": [
                {"id": opaque_id(f"<{pair['left']}"), "text": pair["left"], "key": opaque_id(pair["right"])}
                for pair in pairs
            ],
            "partners": [{"id": opaque_id(text), "text": text} for text in texts],
        }

    def arrange(self, content: Content, seed: int) -> list[str]:
        """Shuffle the right side; the left side stays."""
        return shuffled(content["partners"], seed)

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return stem, the left side and the partners to choose from."""
        return {
            "type": "matching",
            "stem": content["stem_html"],
            "rows": in_order(content["rows"], ()),
            "options": in_order(content["partners"], order or sorted(p["id"] for p in content["partners"])),
        }

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether things on the left have partners of the right, or the answer is None."""
        partners = {partner["id"] for partner in content["partners"]}
        rows = [row["id"] for row in content["rows"]]
        return answer is None or (are_fields(answer, rows) and set(answer.values()) <= partners)

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts:
        """Return each thing on the left with the partners."""
        return [
            (
                [row["id"] for row in content["rows"]],
                [partner["id"] for partner in in_order(content["partners"], order)],
            )
        ]

    def grade(self, content: Content, answer: object) -> float | None:
        """Return the share of things with the right partner."""
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return None
        rows = content["rows"]
        right = [row for row in rows if answer.get(row["id"]) == row["key"]]
        return len(right) / len(rows)

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return every thing with its partner."""
        return {row["id"]: row["key"] for row in content["rows"]}

    def explain(self, content: Content) -> Explanation:
        """Return all pairs, the rationale and the citation."""
        return explained(content, self.say(content, self.key_answer(content)))

    def say(self, content: Content, answer: object) -> str:
        """Return the pairs that were made."""
        given = answer if isinstance(answer, dict) else {}
        texts = {partner["id"]: partner["text"] for partner in content["partners"]}
        made = [
            (row["text"], texts.get(given[row["id"]], "")) for row in content["rows"] if row["id"] in given
        ]
        return "; ".join(f"{left} – {right}" for left, right in made)
