"""Two matched forms out of the banks: same count in every cell, no item in common, repeatable by seed."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from kapuas_quiz.core.assignment import Label
from kapuas_quiz.core.canonical import lot
from kapuas_quiz.core.content_spec import LEVELS, Competency, ContentSpecification


@dataclass(frozen=True)
class Candidate:
    """An item that may be drawn; `approved` by a law officer in the wording it has now.

    family: what it asks people to do, such as judging a ballot; empty for questions in words.
    """

    item_id: str
    revision_id: uuid.UUID
    area: str
    level: str
    facts: frozenset[str] = frozenset()
    approved: bool = True
    family: str = ""


@dataclass(frozen=True)
class Cell:
    """A competency at a level: items that two forms need of it, that the banks have, that are approved."""

    competency: Competency
    level: str
    needed: int
    available: int
    approved: int


@dataclass(frozen=True)
class Place:
    """One place of a form, numbered from 1."""

    position: int
    candidate: Candidate
    competency: str


@dataclass(frozen=True)
class Supply:
    """How many forms without a common item a stock yields, and the cells of which one more needs more."""

    forms: int
    short: tuple[Cell, ...]


class CellsTooSmall(Exception):
    """The banks cannot fill these cells twice."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__(
            "; ".join(f"{c.competency.title}, {c.level}: {c.available}/{c.needed}" for c in cells)
        )
        self.cells = tuple(cells)


_Pools = dict[tuple[str, str], list[Candidate]]


@dataclass
class _Draft:
    """The two forms while they grow."""

    items: dict[Label, list[tuple[str, Candidate]]] = field(default_factory=lambda: {"A": [], "B": []})
    facts: dict[Label, set[str]] = field(default_factory=lambda: {"A": set(), "B": set()})
    areas: Counter[str] = field(default_factory=Counter)

    def add(self, label: Label, competency: str, candidate: Candidate) -> None:
        self.items[label].append((competency, candidate))
        self.facts[label] |= candidate.facts
        self.areas[candidate.area] += 1


def cells(candidates: Iterable[Candidate], spec: ContentSpecification) -> list[Cell]:
    """Return every cell of a specification with what two forms need and what there is."""
    known = list(candidates)
    stock = Counter((candidate.area, candidate.level) for candidate in known)
    approved = Counter((candidate.area, candidate.level) for candidate in known if candidate.approved)
    return [
        Cell(
            competency,
            level,
            2 * competency.counts.get(level, 0),
            sum(stock[area, level] for area in competency.areas),
            sum(approved[area, level] for area in competency.areas),
        )
        for competency in spec.competencies
        for level in LEVELS
    ]


def supply(cells_: Iterable[Cell], *, approved: bool = False) -> Supply:
    """Return how many disjoint forms of a specification there are items for.

    An area belongs to one competency, so cells do not compete: the scarcest cell decides.
    approved: count only approved items.
    """
    wanted = [cell for cell in cells_ if cell.needed]
    yields = {id(cell): 2 * (cell.approved if approved else cell.available) // cell.needed for cell in wanted}
    least = min(yields.values(), default=0)
    return Supply(least, tuple(cell for cell in wanted if yields[id(cell)] == least))


def assemble(
    candidates: Sequence[Candidate], spec: ContentSpecification, seed: int
) -> dict[Label, tuple[Place, ...]]:
    """Draw forms A and B.

    Items of a cell are drawn in pairs, from one area where it has two left, the area drawn from least
    so far first, so that the forms match area by area too, and of one family where there are two, so that one
    form has no more ballots than the other; within a form, items that rest on the same fact are avoided
    where the bank allows it.  The order of `candidates` does not matter.
    Raises CellsTooSmall that names every cell which cannot be filled.
    """
    short = [cell for cell in cells(candidates, spec) if cell.available < cell.needed]
    if short:
        raise CellsTooSmall(short)
    pools: _Pools = defaultdict(list)
    for candidate in sorted(candidates, key=lambda each: (lot(seed, each.item_id), each.item_id)):
        pools[candidate.area, candidate.level].append(candidate)
    draft = _Draft()
    for competency in spec.competencies:
        for level in LEVELS:
            for turn in range(competency.counts.get(level, 0)):
                _draw_pair(draft, pools, competency, level, lot(seed, competency.key, level, turn))
    return {label: _places(items) for label, items in draft.items.items()}


def _draw_pair(draft: _Draft, pools: _Pools, competency: Competency, level: str, coin: int) -> None:
    labels: tuple[Label, Label] = ("A", "B") if coin % 2 == 0 else ("B", "A")
    areas = _areas_of_pair(draft, pools, competency, level)
    of_two = Counter(candidate.family for area in set(areas) for candidate in pools[area, level])
    families = {name for name, count in of_two.items() if count > 1} or set(of_two)
    for label, area in zip(labels, areas, strict=True):
        chosen = _draw(pools[area, level], families, draft.facts[label])
        families = {chosen.family}
        draft.add(label, competency.key, chosen)


def _draw(pool: list[Candidate], families: Collection[str], known: set[str]) -> Candidate:
    """Take an item of one of the families where there is one, with as few known facts as possible."""
    chosen = min(pool, key=lambda each: (each.family not in families, len(each.facts & known)))
    pool.remove(chosen)
    return chosen


def _areas_of_pair(draft: _Draft, pools: _Pools, competency: Competency, level: str) -> tuple[str, str]:
    """Return one area twice where it has two items left, else two areas that have one each."""
    by_turn = sorted(competency.areas, key=lambda area: (draft.areas[area], lot(level, area)))
    for area in by_turn:
        if len(pools[area, level]) >= 2:
            return area, area
    first, second, *_ = (area for area in by_turn if pools[area, level])
    return first, second


def _places(items: Sequence[tuple[str, Candidate]]) -> tuple[Place, ...]:
    return tuple(
        Place(number, candidate, competency) for number, (competency, candidate) in enumerate(items, start=1)
    )
