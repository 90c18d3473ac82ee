"""A statement that is right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from kapuas_quiz.core.items.base import Content, Explanation, ItemSource, ItemType, Parts, Strict, explained

WORDS = {"benar": "Benar", "salah": "Salah"}


class TrueFalseKeys(Strict):
    """The keys of a statement, as an item or as a part of a case."""

    type: Literal["true_false"]
    key: Literal["benar", "salah"]


class TrueFalseSource(TrueFalseKeys, ItemSource):
    """A true-or-false item as an author writes it; the stem is the statement."""


class TrueFalse(ItemType):
    """An answer is "benar" or "salah"; the two are never shuffled."""

    source = TrueFalseSource

    def arrange(self, content: Content, seed: int) -> list[str]:
        """Return right before wrong, for everybody."""
        return list(WORDS)

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return the statement and the two words, drawn as a single choice."""
        options = [{"id": name, "text": text} for name, text in WORDS.items()]
        return {"type": "single_choice", "stem": content["stem_html"], "options": options}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether the answer is one of the two words, or None."""
        return answer is None or answer in list(WORDS)

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts:
        """Return the two words."""
        return [([""], list(WORDS))]

    def grade(self, content: Content, answer: object) -> float | None:
        """Return 1.0 for the key, 0.0 for the other word, None for anything else."""
        if answer is None or not self.accepts(content, answer):
            return None
        return float(answer == content["key"])

    def key_answer(self, content: Content) -> str:
        """Return the key."""
        return str(content["key"])

    def explain(self, content: Content) -> Explanation:
        """Return the key, the rationale and the citation."""
        return explained(content, WORDS[content["key"]], content["key"])

    def say(self, content: Content, answer: object) -> str:
        """Return the word."""
        return WORDS.get(answer, "") if isinstance(answer, str) else ""
