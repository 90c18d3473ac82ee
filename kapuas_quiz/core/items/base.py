"""What every item type has to offer, and what it may leave as it stands here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from pydantic import Field

from kapuas_quiz.core.authored import Citation, Level, PictureSource, Shown, Strict, Waiver, WrittenState
from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.registers import Registers

__all__ = ["Citation", "Content", "Explanation", "ItemSource", "ItemType", "Level", "Strict"]

Content = Mapping[str, Any]
Answer = str | dict[str, str] | None
Parts = Sequence[tuple[Sequence[str], Sequence[str]]]
"""Fields of an answer and the values they may hold, as (names, values); the name of a lone value is ""."""

LONGEST_TEXT = 8000
"""Characters of a stem or a rationale; Markdown of hostile text takes quadratic time beyond."""

LONGEST_FIELD = 200
"""Characters that a trainee may type into one field."""

LABELS = frozenset({"id", "level", "review", "review_note", "waive"})
"""What belongs to an item and not to a wording of it."""


class Stem(Strict):
    """What is asked, and why the key is right; Markdown."""

    stem: Shown = Field(max_length=LONGEST_TEXT)
    rationale: Shown = Field(max_length=LONGEST_TEXT)


class ItemSource(Stem):
    """What an author writes for an item of any type."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*-[0-9]{3}$", max_length=60)
    level: Level
    citation: Citation
    facts: list[str] = Field(min_length=1)
    review: WrittenState
    review_note: str = Field(max_length=1000)
    picture: PictureSource | None = None
    waive: list[Waiver] = Field(default=[], max_length=20)


@dataclass(frozen=True)
class Explanation:
    """Why an answer is right: `option_rationales` by option id, only where the author wrote one.

    key: an option id where the answer is one, else empty.  key_text: the right answer in words.
    """

    key: str
    key_text: str
    rationale_html: str
    option_rationales: Mapping[str, str]
    citation: Mapping[str, str]

    @property
    def citation_text(self) -> str:
        """Write the citation in one line, place first; empty where none is known."""
        order = ("article", "paragraph", "letter", "point", "instrument")
        return " ".join(part for part in (self.citation.get(name, "") for name in order) if part)


class ItemType:
    """One kind of item. Contents handed in are of this type, and as one person saw them."""

    source: type[ItemSource]

    def faults(self, source: ItemSource, registers: Registers) -> Iterator[tuple[str, str]]:
        """Yield (field, what is wrong and how to repair it) that needs the registers to be seen."""
        yield from ()

    def content(self, source: ItemSource, registers: Registers) -> dict[str, Any]:
        """Return what a revision keeps of an item, as written; rendering adds HTML to it."""
        kept = source.model_dump(exclude=set(LABELS))
        if kept["picture"] is None:
            del kept["picture"]
        return kept

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        """Return the part of the content that is one person's own, ready for JSON; most types have none."""
        return {}

    def arrange(self, content: Content, seed: int) -> list[str]:
        """Return the option ids in the order in which one person sees them."""
        return shuffled(content.get("options", ()), seed)

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return what a trainee may receive: the name of a template, stem, and what that shows."""
        raise NotImplementedError

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether this could be an answer to the item, whatever was drawn; None is."""
        raise NotImplementedError

    def unread(self, content: Content, answer: object) -> bool:
        """Tell whether a field that takes a number holds something else; False for most types."""
        return False

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts | None:
        """Return what an answer may be, options as one person sees them; None where it is typed freely."""
        return None

    def grade(self, content: Content, answer: object) -> float | None:
        """Return the proportion that is right, 0..1; None if unanswered or not an answer to it."""
        raise NotImplementedError

    def key_answer(self, content: Content) -> Answer:
        """Return an answer that is wholly right."""
        raise NotImplementedError

    def explain(self, content: Content) -> Explanation:
        """Return key, rationale and citation."""
        raise NotImplementedError

    def say(self, content: Content, answer: object) -> str:
        """Return an answer in words; empty for None."""
        raise NotImplementedError


def shuffled(options: Iterable[Mapping[str, Any]], seed: int) -> list[str]:
    """Shuffle option ids by a seed; an option marked `last` stays at the end."""
    ordered = sorted(options, key=lambda option: (option.get("last", False), lot(seed, option["id"])))
    return [option["id"] for option in ordered]


def in_order(options: Iterable[Mapping[str, Any]], order: Sequence[str]) -> list[dict[str, str]]:
    """Return id and text of options in an order; without one, as they come."""
    shown = [{"id": option["id"], "text": option["text"]} for option in options]
    return sorted(shown, key=lambda option: order.index(option["id"])) if order else shown


def are_fields(answer: object, names: Collection[str]) -> TypeGuard[dict[str, str]]:
    """Tell whether an answer gives texts of sensible length to some of these fields."""
    return (
        isinstance(answer, dict)
        and bool(answer)
        and all(isinstance(text, str) and 0 < len(text) <= LONGEST_FIELD for text in answer.values())
        and all(name in names for name in answer)
    )


def explained(content: Content, key_text: str, key: str = "") -> Explanation:
    """Return the explanation of a content whose parts stand where most types have them."""
    reasons = {
        option["id"]: option["rationale"] for option in content.get("options", ()) if option["rationale"]
    }
    return Explanation(key, key_text, content["rationale_html"], reasons, content["citation"])
