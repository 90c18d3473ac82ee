"""What every item type has to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

Content = Mapping[str, Any]
Level = Literal["ingat", "paham", "terapkan"]
ReviewState = Literal["draf", "siap-ditelaah", "disetujui", "ditarik"]

LONGEST_TEXT = 8000
"""Characters of a stem or a rationale; Markdown of hostile text takes quadratic time beyond."""


class Strict(BaseModel):
    """A part of a bank file: unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Citation(Strict):
    """Where the law says so; a field that is not known, or may not be cited, is empty."""

    instrument: str = Field(max_length=200)
    article: str = Field(max_length=60)
    paragraph: str = Field(max_length=60)
    letter: str = Field(max_length=60)


class ItemSource(Strict):
    """What an author writes for an item of any type."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*-\d{3}$", max_length=60)
    level: Level
    stem: str = Field(min_length=1, max_length=LONGEST_TEXT)
    rationale: str = Field(min_length=1, max_length=LONGEST_TEXT)
    citation: Citation
    facts: list[str] = Field(min_length=1)
    review: ReviewState
    review_note: str = Field(max_length=1000)


@dataclass(frozen=True)
class Explanation:
    """Why an answer is right: `option_rationales` by option id, only where the author wrote one."""

    key: str
    key_text: str
    rationale_html: str
    option_rationales: Mapping[str, str]
    citation: Mapping[str, str]

    @property
    def citation_text(self) -> str:
        """Write the citation in one line; empty where none is known."""
        order = ("instrument", "article", "paragraph", "letter")
        return " ".join(part for part in (self.citation.get(name, "") for name in order) if part)


class ItemType(Protocol):
    """One kind of item. Contents handed in are of this type."""

    source: type[ItemSource]

    def present(self, content: Content) -> dict[str, Any]:
        """Return what a trainee may receive."""

    def option_ids(self, content: Content) -> tuple[str, ...]:
        """Return the option ids in the bank's order."""

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether this could be an answer; None is."""

    def grade(self, content: Content, answer: object) -> float | None:
        """Return the proportion right, 0..1, or None."""

    def explain(self, content: Content) -> Explanation:
        """Return key, rationale and citation."""
