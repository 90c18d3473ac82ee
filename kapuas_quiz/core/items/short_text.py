"""A word or a few to be typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kapuas_quiz.core.items.base import (
    LONGEST_FIELD,
    Content,
    Explanation,
    ItemSource,
    ItemType,
    Strict,
    are_fields,
    explained,
)

FIELD = "teks"


class ShortTextKeys(Strict):
    """The keys of a short text, as an item or as a part of a case."""

    type: Literal["short_text"]
    accepted: list[str] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _each_can_be_typed(self) -> Self:
        for text in self.accepted:
            if not plain(text) or len(text) > LONGEST_FIELD:
                raise PydanticCustomError("not_typeable", "{value}", {"value": text, "field": "accepted"})
        return self


class ShortTextSource(ShortTextKeys, ItemSource):
    """A short text as an author writes it; the first accepted answer is shown as the key."""


class ShortText(ItemType):
    """An answer has one field with the words as typed."""

    source = ShortTextSource

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return the stem."""
        return {"type": "short_text", "stem": content["stem_html"], "field": FIELD}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether something was typed, or the answer is None."""
        return answer is None or are_fields(answer, (FIELD,))

    def grade(self, content: Content, answer: object) -> float | None:
        """Return 1.0 if the words are accepted, whatever their capitals, punctuation and spaces."""
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return None
        return float(plain(answer[FIELD]) in {plain(text) for text in content["accepted"]})

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return the first of the accepted texts."""
        return {FIELD: content["accepted"][0]}

    def explain(self, content: Content) -> Explanation:
        """Return what is accepted, the rationale and the citation."""
        return explained(content, " / ".join(content["accepted"]))

    def say(self, content: Content, answer: object) -> str:
        """Return what was typed."""
        return str(answer.get(FIELD, "")) if isinstance(answer, dict) else ""


def plain(text: str) -> str:
    """Reduce a text to its words: small letters and digits, one space between."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))
