"""What a rule of the bank review is, and what it looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, Protocol

from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.items.base import ItemSource

KeyPath = tuple[str | int, ...]
Severity = Literal["galat", "peringatan"]
Remarks = Iterator[tuple["Place", str]]

BOOK = "Haladyna, Downing & Rodriguez 2002"


class Waiver(Protocol):
    """A rule that an author sets aside, and why."""

    @property
    def rule(self) -> str:
        """Return the rule's name."""

    @property
    def reason(self) -> str:
        """Return the written reason."""


@dataclass(frozen=True)
class Place:
    """Where something was seen: which of the banks handed in, and a path in its file."""

    bank: int
    path: KeyPath


@dataclass(frozen=True)
class Question:
    """One stem and what may be chosen; an item has one, a case one for each part as well.

    `options` are the texts in the author's order, `right` the positions of the keys in them.
    """

    item: ItemSource
    place: Place
    stem: str
    options: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()

    @property
    def is_part(self) -> bool:
        """Tell whether this is a part of a case."""
        return len(self.place.path) > 2

    def at(self, *path: str | int) -> Place:
        """Return the place of one of its keys."""
        return Place(self.place.bank, (*self.place.path, *path))

    def of_item(self, *path: str | int) -> Place:
        """Return the place of one of the keys of its item."""
        return Place(self.place.bank, (*self.place.path[:2], *path))

    @property
    def wrong(self) -> list[int]:
        """Return the positions of the distractors."""
        return [index for index in range(len(self.options)) if index not in self.right]


@dataclass(frozen=True)
class BankView:
    """One bank as the review sees it."""

    index: int
    competency: str
    items: Sequence[ItemSource]
    questions: Sequence[Question]
    waive: Sequence[Waiver]


@dataclass(frozen=True)
class Batch:
    """Everything the rules look at; `instruments` by id, `picture_bytes` by item id."""

    banks: Sequence[BankView]
    facts: Mapping[str, Fact]
    instruments: Collection[str] = ()
    picture_bytes: Mapping[str, int] = field(default_factory=dict)

    @property
    def questions(self) -> Iterator[Question]:
        """Yield the questions of all banks."""
        for bank in self.banks:
            yield from bank.questions


@dataclass(frozen=True)
class Rule:
    """One rule: its name, whether it stops, why it is one and who says so, and how it is checked.

    `about_file`: its remarks concern a whole file and are waived at the top of it.
    `across`: its remarks depend on the other files, too.
    """

    id: str
    severity: Severity
    reason: str
    source: str
    check: Callable[[Batch], Remarks]
    about_file: bool = False
    across: bool = False


def view(index: int, competency: str, items: Sequence[ItemSource], waive: Sequence[Waiver] = ()) -> BankView:
    """Take a bank apart into its questions."""
    questions = [question for at, item in enumerate(items) for question in _questions(index, at, item)]
    return BankView(index, competency, items, questions, waive)


def _questions(bank: int, at: int, item: ItemSource) -> Iterator[Question]:
    place = Place(bank, ("items", at))
    yield _question(item, place, item)
    for number, part in enumerate(getattr(item, "parts", ())):
        yield _question(item, Place(bank, (*place.path, "parts", number)), part)


def _question(item: ItemSource, place: Place, part: Any) -> Question:
    options = getattr(part, "options", ())
    keys = {getattr(part, "key", None), *getattr(part, "keys", ())}
    right = frozenset(index for index, option in enumerate(options) if option.id in keys)
    return Question(item, place, part.stem, tuple(option.text for option in options), right)


_WORD = re.compile(r"[^\W_]+(?:[.,:/][^\W_]+)*")


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, small, without punctuation; 07.00 and C.Hasil are one word."""
    return tuple(_WORD.findall(text.casefold()))
