"""Which ballot rules and which layouts of result forms rest on a place in the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kapuas_quiz.banks.amendments import places_in
from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.layouts import load_layouts
from kapuas_quiz.core.norms import Touch, norms, touch

Content = Mapping[str, Any]


@dataclass(frozen=True)
class RegisterHit:
    """A rule or a layout by id and title; `places` are those in the instrument that changed."""

    id: str
    title: str
    touch: Touch
    places: tuple[str, ...]


def rules_hit(instrument: str, article: str) -> tuple[RegisterHit, ...]:
    """Return the ballot rules that rest on a place, by number and title, in their order."""
    cells = enumerate(load_ballot_rules().cells, 1)
    named = ((cell.id, f"{number}. {cell.title}", cell.model_dump()) for number, cell in cells)
    return tuple(_hits(named, instrument, article))


def layouts_hit(instrument: str, article: str) -> tuple[RegisterHit, ...]:
    """Return the layouts of result forms that rest on a place, by name."""
    named = ((layout.name, layout.title, {"form": layout.model_dump()}) for layout in load_layouts().values())
    return tuple(_hits(named, instrument, article))


def _hits(
    contents: Iterable[tuple[str, str, Content]], instrument: str, article: str
) -> Iterator[RegisterHit]:
    for name, title, content in contents:
        rested = norms(content, load_facts())
        if touched := touch(rested, instrument, article):
            yield RegisterHit(name, title, touched, places_in(rested, instrument))
