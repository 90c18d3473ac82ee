"""Judge single items and small banks by one rule."""

from __future__ import annotations

from typing import Any

from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.items.single_choice import SingleChoiceSource
from kapuas_quiz.core.lint import RULES, Batch, Remark, lint, view
from tests.core.bank_samples import fact, raw_item


def single(number: int = 1, **values: Any) -> SingleChoiceSource:
    """A single-choice item that no rule objects to, unless bent."""
    return SingleChoiceSource.model_validate(raw_item(number, **values))


def options(*texts: str) -> list[dict[str, str]]:
    """Options a, b, c, ... with these texts; the key of an item is b."""
    return [{"id": letter, "text": text} for letter, text in zip("abcdef", texts, strict=False)]


def judged(*items: Any, waive: Any = (), complete: bool = True, **batch: Any) -> list[Remark]:
    """All remarks about one bank of these items."""
    facts: dict[str, Fact] = batch.pop("facts", {"F001": fact()})
    return lint(Batch([view(0, "08-logistik", items, waive)], facts, **batch), complete=complete)


def found(rule: str, *items: Any, **batch: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """The places and messages of one rule's remarks."""
    assert rule in RULES
    return [(r.place.path, r.message) for r in judged(*items, **batch) if r.rule.id == rule]
