"""One right option among two to six."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kapuas_quiz.core.items.base import Content, Explanation, ItemSource, Strict


class OptionSource(Strict):
    """An option as an author writes it; the id stays when the text changes."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]{0,7}$")
    text: str = Field(min_length=1, max_length=400)
    rationale: str = Field(default="", max_length=1000)


class SingleChoiceSource(ItemSource):
    """A single-choice item as an author writes it."""

    type: Literal["single_choice"]
    options: list[OptionSource] = Field(min_length=2, max_length=6)
    key: str

    @model_validator(mode="after")
    def _options_differ_and_one_is_right(self) -> Self:
        for name in ("id", "text"):
            said = Counter(getattr(option, name).strip().casefold() for option in self.options)
            again = [value for value, count in said.items() if count > 1]
            if again:
                raise PydanticCustomError("option_twice", "{value}", {"part": name, "value": again[0]})
        if self.key not in {option.id for option in self.options}:
            ids = ", ".join(option.id for option in self.options)
            raise PydanticCustomError("key_without_option", "{value}", {"value": self.key, "ids": ids})
        return self


class SingleChoice:
    """Presentation, grading and explanation of single-choice items; an answer is an option id."""

    source: type[ItemSource] = SingleChoiceSource

    def present(self, content: Content) -> dict[str, Any]:
        """Return type, stem and options alone."""
        options = [{"id": option["id"], "text": option["text"]} for option in content["options"]]
        return {"type": content["type"], "stem": content["stem_html"], "options": options}

    def option_ids(self, content: Content) -> tuple[str, ...]:
        """Return the option ids in the bank's order."""
        return tuple(option["id"] for option in content["options"])

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether the answer names one of the options, or is None."""
        return answer is None or (isinstance(answer, str) and answer in self.option_ids(content))

    def grade(self, content: Content, answer: object) -> float | None:
        """Return 1.0 for the key, 0.0 for another option, None for anything else."""
        if answer is None or not self.accepts(content, answer):
            return None
        return 1.0 if answer == content["key"] else 0.0

    def explain(self, content: Content) -> Explanation:
        """Return the key with its text, the rationales and the citation."""
        texts = {option["id"]: option["text"] for option in content["options"]}
        reasons = {option["id"]: option["rationale"] for option in content["options"] if option["rationale"]}
        return Explanation(
            key=content["key"],
            key_text=texts[content["key"]],
            rationale_html=content["rationale_html"],
            option_rationales=reasons,
            citation=content["citation"],
        )
