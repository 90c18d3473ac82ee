"""The rules on valid and invalid ballots as a page shows them: in order, with a picture, and by sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.instruments import load_instruments
from kapuas_quiz.core.ballots.drawing import svg
from kapuas_quiz.core.ballots.generator import generate, is_possible
from kapuas_quiz.core.ballots.rules import UNDECIDED, RuleCell
from kapuas_quiz.core.ballots.words import CONDITIONS
from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.instruments import named

SIGHTS: Mapping[str, tuple[str, ...]] = {
    "tanda-tangan": ("signature",),
    "tulisan": ("writing",),
    "robek": ("tear",),
    "tanpa-tanda": ("marks=nol",),
    "alat": ("tool",),
    "lipatan": ("fold",),
    "garis": ("line",),
    "luar": ("outside", "columns=nol"),
    "beberapa": ("marks=banyak", "columns=banyak", "fold"),
    "kosong": ("target=kosong", "pairs=satu"),
    "bagian": ("spot",),
}
"""What one sees on a ballot, and the features (of any value, or of one) by which rules speak of it."""
PAIRS_SHOWN = (2, 1, 3, 4)


@dataclass(frozen=True)
class RuleLine:
    """A rule by its place in the order; `use`: tes (and exercises), latihan, or tidak-digambar."""

    number: int
    id: str
    title: str
    verdict: str
    use: str
    sentence: str
    conditions: tuple[str, ...]
    citation: str
    facts: tuple[Fact, ...]
    note: str
    picture: str
    sights: frozenset[str]


@lru_cache(maxsize=1)
def rule_lines() -> tuple[RuleLine, ...]:
    """Return every rule in the order in which they are read."""
    return tuple(_line(number, cell) for number, cell in enumerate(load_ballot_rules().cells, 1))


def _line(number: int, cell: RuleCell) -> RuleLine:
    instrument, *place = cell.citation.model_dump().values()
    law = named(instrument, load_instruments())
    return RuleLine(
        number=number,
        id=cell.id,
        title=cell.title,
        verdict=cell.verdict,
        use="tidak-digambar" if cell.verdict == UNDECIDED else "tes" if cell.certain else "latihan",
        sentence=cell.sentence,
        conditions=tuple(CONDITIONS[name][value] for name, value in cell.when.wishes.items()),
        citation=" ".join(part for part in (*place, law) if part),
        facts=tuple(load_facts()[name] for name in cell.facts),
        note=cell.note,
        picture=_picture(cell),
        sights=_sights(cell),
    )


def _picture(cell: RuleCell) -> str:
    rules = load_ballot_rules().cells
    pairs = next(pairs for pairs in PAIRS_SHOWN if is_possible(cell.id, pairs, rules))
    return svg(generate(cell.id, pairs, 1, rules))


def _sights(cell: RuleCell) -> frozenset[str]:
    spoken_of = {*cell.when.wishes, *(f"{name}={value}" for name, value in cell.when.wishes.items())}
    return frozenset(sight for sight, features in SIGHTS.items() if spoken_of.intersection(features))
