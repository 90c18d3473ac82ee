"""A number to be typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from kapuas_quiz.core.indonesian_numbers import indonesian_number
from kapuas_quiz.core.items.base import (
    Content,
    Explanation,
    ItemSource,
    ItemType,
    Strict,
    are_fields,
    explained,
)

FIELD = "nilai"


class NumberKeys(Strict):
    """The keys of a number, as an item or as a part of a case; `tolerance` is absolute."""

    type: Literal["number"]
    key: int | float = Field(ge=-1e12, le=1e12, allow_inf_nan=False)
    tolerance: int | float = Field(default=0, ge=0, le=1e12, allow_inf_nan=False)
    unit: str = Field(default="", max_length=30)


class NumberSource(NumberKeys, ItemSource):
    """A number item as an author writes it."""


class Number(ItemType):
    """An answer has one field with the number as typed, with its unit or without."""

    source = NumberSource

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return the stem and the unit."""
        return {"type": "number", "stem": content["stem_html"], "field": FIELD, "unit": content["unit"]}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether something was typed, a number or not, or the answer is None."""
        return answer is None or are_fields(answer, (FIELD,))

    def unread(self, content: Content, answer: object) -> bool:
        """Tell whether something other than a number was typed."""
        return are_fields(answer, (FIELD,)) and indonesian_number(answer[FIELD], content["unit"]) is None

    def grade(self, content: Content, answer: object) -> float | None:
        """Return 1.0 within the tolerance, 0.0 beyond it or for what is no number."""
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return None
        typed = indonesian_number(answer[FIELD], content["unit"])
        key, tolerance = Decimal(str(content["key"])), Decimal(str(content["tolerance"]))
        return float(typed is not None and abs(typed - key) <= tolerance)

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return the number as it is written here."""
        return {FIELD: indonesian(content["key"])}

    def explain(self, content: Content) -> Explanation:
        """Return the number with its tolerance and unit, the rationale and the citation."""
        margin = f" ± {indonesian(content['tolerance'])}" if content["tolerance"] else ""
        return explained(content, f"{indonesian(content['key'])}{margin} {content['unit']}".strip())

    def say(self, content: Content, answer: object) -> str:
        """Return what was typed, with the unit where none was typed."""
        typed: str = answer.get(FIELD, "") if isinstance(answer, dict) else ""
        bare = typed and not re.search(r"[^\W\d]|%", typed)
        return f"{typed} {content['unit']}".strip() if bare else typed


def indonesian(number: float) -> str:
    """Write a number with points between thousands and a decimal comma."""
    return f"{Decimal(str(number)):,f}".translate(str.maketrans(",.", ".,"))
