"""A scene with several questions that stay together and count as one item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from kapuas_quiz.core.items.base import Content, Explanation, ItemSource, ItemType, Parts, Stem, explained
from kapuas_quiz.core.items.multiple_response import MultipleResponse, MultipleResponseKeys
from kapuas_quiz.core.items.number import Number, NumberKeys
from kapuas_quiz.core.items.options import refuse_twice
from kapuas_quiz.core.items.short_text import ShortText, ShortTextKeys
from kapuas_quiz.core.items.single_choice import SingleChoice, SingleChoiceKeys
from kapuas_quiz.core.items.true_false import TrueFalse, TrueFalseKeys

PART_TYPES: dict[str, ItemType] = {
    "single_choice": SingleChoice(),
    "multiple_response": MultipleResponse(),
    "true_false": TrueFalse(),
    "number": Number(),
    "short_text": ShortText(),
}
BETWEEN = "."
"""Stands in a field's name between the part and the part's own field."""


class Part(Stem):
    """What every part of a case has."""

    id: str = Field(pattern=r"^[a-z][a-z0-9]{0,7}$")


class SingleChoicePart(SingleChoiceKeys, Part):
    """A single choice within a case."""


class MultipleResponsePart(MultipleResponseKeys, Part):
    """A multiple response within a case."""


class TrueFalsePart(TrueFalseKeys, Part):
    """A statement within a case."""


class NumberPart(NumberKeys, Part):
    """A number within a case."""


class ShortTextPart(ShortTextKeys, Part):
    """A short text within a case."""


AnyPart = Annotated[
    SingleChoicePart | MultipleResponsePart | TrueFalsePart | NumberPart | ShortTextPart,
    Field(discriminator="type"),
]


class CaseSource(ItemSource):
    """A case as an author writes it; its stem is the scene."""

    type: Literal["case"]
    parts: list[AnyPart] = Field(min_length=2, max_length=5)

    @model_validator(mode="after")
    def _parts_differ(self) -> Self:
        refuse_twice("parts", "id", [part.id for part in self.parts])
        return self


@dataclass(frozen=True)
class ToldPart:
    """A question of a case with an answer to it ("" for none) and the right one, in words."""

    stem_html: str
    said: str
    key_text: str


class Case(ItemType):
    """An answer has the fields of all parts: "p1" for a choice, "p1.nilai" for a field of a part.

    The parts of a scene depend on each other, so they are one item scored by the mean of its parts
    (a testlet: Thissen, Steinberg & Mooney 1989, p. 248), not several.
    """

    source = CaseSource

    def arrange(self, content: Content, seed: int) -> list[str]:
        """Shuffle options within each part; the parts keep their order."""
        return [
            f"{part['id']}{BETWEEN}{option}"
            for part, kind in _parts(content)
            for option in kind.arrange(part, seed)
        ]

    def present(self, content: Content, order: Sequence[str] = ()) -> dict[str, Any]:
        """Return the scene, and each part as its type presents it, with its id."""
        shown = [
            {"id": part["id"], **kind.present(part, list(_within(part, order)))}
            for part, kind in _parts(content)
        ]
        return {"type": "case", "stem": content["stem_html"], "parts": shown}

    def accepts(self, content: Content, answer: object) -> bool:
        """Tell whether every field belongs to a part that accepts it, or the answer is None."""
        if answer is None:
            return True
        if not isinstance(answer, dict) or not answer:
            return False
        ids = {part["id"] for part in content["parts"]}
        return all(isinstance(name, str) and name.split(BETWEEN)[0] in ids for name in answer) and all(
            kind.accepts(part, _answer_of(part, answer)) for part, kind in _parts(content)
        )

    def unread(self, content: Content, answer: object) -> bool:
        """Tell whether a part asks for a number and got something else."""
        given = answer if isinstance(answer, dict) else {}
        return any(kind.unread(part, _answer_of(part, given)) for part, kind in _parts(content))

    def possible(self, content: Content, order: Sequence[str] = ()) -> Parts | None:
        """Return the fields of all parts; None where a part is typed freely."""
        found = []
        for part, kind in _parts(content):
            fields = kind.possible(part, list(_within(part, order)))
            if fields is None:
                return None
            found += [([_named(part, name) for name in names], values) for names, values in fields]
        return found

    def grade(self, content: Content, answer: object) -> float | None:
        """Return the mean over all parts, 0 for one without an answer."""
        if not isinstance(answer, dict) or not self.accepts(content, answer):
            return None
        grades = [kind.grade(part, _answer_of(part, answer)) or 0.0 for part, kind in _parts(content)]
        return sum(grades) / len(grades)

    def told_parts(self, content: Content, answer: object) -> Iterator[ToldPart]:
        """Yield each question with what was answered to it and what is right."""
        given = answer if isinstance(answer, dict) else {}
        for part, kind in _parts(content):
            said = kind.say(part, _answer_of(part, given))
            key = kind.explain({**part, "citation": content["citation"]}).key_text
            yield ToldPart(part["stem_html"], said, key)

    def key_answer(self, content: Content) -> dict[str, str]:
        """Return the right answers of all parts."""
        fields: dict[str, str] = {}
        for part, kind in _parts(content):
            given = kind.key_answer(part)
            if isinstance(given, str):
                fields[part["id"]] = given
            else:
                fields |= {f"{part['id']}{BETWEEN}{name}": text for name, text in (given or {}).items()}
        return fields

    def explain(self, content: Content) -> Explanation:
        """Return key and reason of each part, then the rationale of the whole."""
        told = [kind.explain({**part, "citation": content["citation"]}) for part, kind in _parts(content)]
        key_text = "; ".join(f"{number}. {each.key_text}" for number, each in enumerate(told, 1))
        reasons = "".join(f"<li>{each.rationale_html}</li>" for each in told)
        whole = explained(content, key_text)
        return Explanation(
            "", key_text, f"<ol>{reasons}</ol>{whole.rationale_html}", whole.option_rationales, whole.citation
        )

    def say(self, content: Content, answer: object) -> str:
        """Return the answers of the parts that have one, numbered."""
        given = answer if isinstance(answer, dict) else {}
        told = [kind.say(part, _answer_of(part, given)) for part, kind in _parts(content)]
        return "; ".join(f"{number}. {words}" for number, words in enumerate(told, 1) if words)


def _parts(content: Content) -> Iterator[tuple[Mapping[str, Any], ItemType]]:
    for part in content["parts"]:
        yield part, PART_TYPES[part["type"]]


def _named(part: Mapping[str, Any], name: str) -> str:
    return f"{part['id']}{BETWEEN}{name}" if name else part["id"]


def _within(part: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    start = f"{part['id']}{BETWEEN}"
    return (name.removeprefix(start) for name in names if name.startswith(start))


def _answer_of(part: Mapping[str, Any], answer: Mapping[str, str]) -> str | dict[str, str] | None:
    if part["id"] in answer:
        return answer[part["id"]]
    start = f"{part['id']}{BETWEEN}"
    fields = {name.removeprefix(start): text for name, text in answer.items() if name.startswith(start)}
    return fields or None
