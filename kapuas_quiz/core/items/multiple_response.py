"""Several right options among three to seven."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

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
from kapuas_quiz.core.items.options import OptionSource, refuse_strangers, refuse_twice, refuse_twins

CHOSEN = "1"


class MultipleResponseKeys(Strict):
    """The keys of a multiple response, as an item or as a part of a case."""

    type: Literal["multiple_response"]
    options: list[OptionSource] = Field(min_length=3, max_length=7)
    keys: list[str] = Field(min_length=1)
    scoring: Literal["sebagian", "semua"] = "sebagian"

    @model_validator(mode="after")
    def _options_differ_and_some_are_right(self) -> Self:
        refuse_twins(self.options)
        refuse_strangers("keys", self.keys, self.options)
        refuse_twice("keys", "id", self.keys)
        if len(self.keys) == len(self.options):
            raise PydanticCustomError("all_keys", "", {"field": "keys"})
        return self


class MultipleResponseSource(MultipleResponseKeys, ItemSource):
    """A multiple-response item as an author writes it."""


class MultipleResponse(ItemType):
    """An answer has a field with "1" for each option chosen."""

    source = MultipleResponseSource

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return stem and options; how many are right is not told."""
        options = in_order(content["options"], order)
        return {"type": "multiple_response", "stem": content["stem_html"], "options": options}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether every field is an option that was chosen, or the answer is None."""
        ids = [option["id"] for option in content["options"]]
        return answer is None or (are_fields(answer, ids) and set(answer.values()) == {CHOSEN})

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts:
        """Return each option, chosen or not."""
        return [([option["id"] for option in in_order(content["options"], order)], [CHOSEN])]

    def grade(self, content: Content, answer: object) -> float | None:
        """Return right minus wrong choices as a share of the keys, never below 0; or all or nothing."""
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return None
        keys, chosen = set(content["keys"]), set(answer)
        if content["scoring"] == "semua":
            return float(chosen == keys)
        return max(0.0, (len(chosen & keys) - len(chosen - keys)) / len(keys))

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return all keys, chosen."""
        return dict.fromkeys(content["keys"], CHOSEN)

    def explain(self, content: Content) -> Explanation:
        """Return the texts of all keys, the rationales and the citation."""
        return explained(content, self.say(content, self.key_answer(content)))

    def say(self, content: Content, answer: object) -> str:
        """Return the texts of the options chosen, in the bank's order."""
        chosen = answer if isinstance(answer, dict) else {}
        return "; ".join(option["text"] for option in content["options"] if option["id"] in chosen)
