"""One right option among two to six."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from kapuas_quiz.core.items.base import (
    Content,
    Explanation,
    ItemSource,
    ItemType,
    Parts,
    Strict,
    explained,
    in_order,
)
from kapuas_quiz.core.items.options import OptionSource, refuse_strangers, refuse_twins


class SingleChoiceKeys(Strict):
    """The keys of a single choice, as an item or as a part of a case."""

    type: Literal["single_choice"]
    options: list[OptionSource] = Field(min_length=2, max_length=6)
    key: str

    @model_validator(mode="after")
    def _options_differ_and_one_is_right(self) -> Self:
        refuse_twins(self.options)
        refuse_strangers("key", [self.key], self.options)
        return self


class SingleChoiceSource(SingleChoiceKeys, ItemSource):
    """A single-choice item as an author writes it."""


class SingleChoice(ItemType):
    """An answer is an option id."""

    source = SingleChoiceSource

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return type, stem and options alone."""
        options = in_order(content["options"], order)
        return {"type": "single_choice", "stem": content["stem_html"], "options": options}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether the answer names one of the options, or is None."""
        return answer is None or answer in [option["id"] for option in content["options"]]

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts:
        """Return the options."""
        return [([""], [option["id"] for option in in_order(content["options"], order)])]

    def grade(self, content: Content, answer: object) -> float | None:
        """Return 1.0 for the key, 0.0 for another option, None for anything else."""
        if answer is None or not self.accepts(content, answer):
            return None
        return 1.0 if answer == content["key"] else 0.0

    def key_answer(self, content: Content) -> str:
        """Return the key."""
        return str(content["key"])

    def explain(self, content: Content) -> Explanation:
        """Return the key with its text, the rationales and the citation."""
        return explained(content, self.say(content, content["key"]), content["key"])

    def say(self, content: Content, answer: object) -> str:
        """Return the text of an option."""
        return next((option["text"] for option in content["options"] if option["id"] == answer), "")
