"""The rule table: which ballot counts for whom, and why. The first cell that fits decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from kapuas_quiz.core.authored import Citation, ReviewState, Strict
from kapuas_quiz.core.ballots.features import columns_hit, features, places_of
from kapuas_quiz.core.ballots.model import EMPTY, Ballot

INVALID = "tidak-sah"
UNDECIDED = "belum-diputuskan"

Many = Literal["nol", "satu", "banyak"]
Yes = Literal["ya", "tidak"]


class When(Strict):
    """What a ballot must show; a feature that is not named may be anything."""

    pairs: Literal["satu", "banyak"] | None = None
    signature: Literal["ada", "tidak-ada"] | None = None
    tool: Literal["tidak-ada", "paku", "lain", "campuran"] | None = None
    marks: Many | None = None
    columns: Many | None = None
    target: Literal["pasangan", "kosong", "tidak-ada"] | None = None
    outside: Yes | None = None
    line: Literal["tidak", "sendiri", "bersama"] | None = None
    spot: Literal["nomor", "foto", "nama", "ruang", "garis", "campuran", "tidak-ada"] | None = None
    fold: Literal["tidak", "simetris", "lain"] | None = None
    tear: Literal["tidak", "gambar", "lain"] | None = None
    writing: Yes | None = None

    @property
    def wishes(self) -> dict[str, str]:
        """Return the features that are named."""
        return self.model_dump(exclude_none=True)


class Rule(Strict):
    """What it takes to judge: a condition and a verdict."""

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)
    when: When
    verdict: Literal["sah", "kolom-kosong", "tidak-sah", "belum-diputuskan"]

    @model_validator(mode="after")
    def _who_it_counts_for_is_known(self) -> Self:
        needed = {"sah": "pasangan", "kolom-kosong": "kosong"}.get(self.verdict)
        if needed and self.when.target != needed:
            raise ValueError(f"sel '{self.id}': verdict {self.verdict} memerlukan target: {needed}")
        return self


class RuleCell(Rule):
    """A cell as the law officer reads it; a certain one may decide in a certifying test."""

    title: str = Field(min_length=1, max_length=100)
    sentence: str = Field(min_length=1, max_length=400)
    citation: Citation
    facts: tuple[str, ...] = Field(strict=False)
    certain: bool
    review: ReviewState
    note: str = Field(max_length=600)

    @model_validator(mode="after")
    def _an_undecided_cell_is_not_certain(self) -> Self:
        if self.certain and self.verdict == UNDECIDED:
            raise ValueError(f"sel '{self.id}': yang belum diputuskan tidak dapat certain: true")
        return self


class RuleTable(Strict):
    """All cells in order."""

    cells: tuple[RuleCell, ...] = Field(min_length=1, strict=False)

    @model_validator(mode="after")
    def _each_id_once(self) -> Self:
        twice = [name for name, count in Counter(cell.id for cell in self.cells).items() if count > 1]
        if twice:
            raise ValueError(f"sel '{twice[0]}' ada dua kali")
        return self

    def cell(self, name: str) -> RuleCell | None:
        """Return a cell by its id."""
        return next((cell for cell in self.cells if cell.id == name), None)


R = TypeVar("R", bound=Rule)


@dataclass(frozen=True)
class Judgement:
    """The cell that decides and the verdict: "p1".."p4", "kosong" or "tidak-sah"."""

    cell: str
    key: str


def matching(ballot: Ballot, rules: Sequence[R]) -> R | None:
    """Return the first rule that fits a ballot."""
    seen = features(ballot)
    return next((rule for rule in rules if rule.when.wishes.items() <= seen.items()), None)


def judge(ballot: Ballot, rules: Sequence[Rule]) -> Judgement | None:
    """Judge a ballot; None where no rule fits or the one that fits is not decided yet."""
    rule = matching(ballot, rules)
    if rule is None or rule.verdict == UNDECIDED:
        return None
    return Judgement(rule.id, verdict_key(ballot, rule.verdict))


def verdict_key(ballot: Ballot, verdict: str) -> str:
    """Return for whom a ballot counts under a verdict."""
    if verdict == "sah":
        return columns_hit(places_of(ballot))[0]
    return EMPTY if verdict == "kolom-kosong" else INVALID
