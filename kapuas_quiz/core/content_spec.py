"""The content specification: how many items per reporting competency and level a form holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kapuas_quiz.core.items.base import Level

LEVELS: tuple[Level, ...] = ("ingat", "paham", "terapkan")
FEWEST_COMPETENCIES, MOST_COMPETENCIES = 4, 6
FEWEST_ITEMS_EACH = 5
FEWEST_ITEMS, MOST_ITEMS = 20, 30


class Competency(BaseModel):
    """A group of bank areas on which people are told how they do.

    areas: names of bank files without ending.  counts: items per level in each form.
    standard: proportion 0..1 to reach.  study: what to read, shown to who is below the standard.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    title: str = Field(min_length=1, max_length=80)
    areas: tuple[str, ...]
    counts: dict[Level, int]
    standard: float = Field(gt=0, le=1)
    study: str = Field(default="", max_length=300)

    @property
    def n_items(self) -> int:
        """Count the items of this competency in one form."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class SpecificationFault:
    """One rule that a specification breaks; `subject` is a competency's title, an area, or empty."""

    code: str
    subject: str = ""
    value: int = 0


def specification_faults(competencies: Sequence[Competency]) -> list[SpecificationFault]:
    """Return every rule that the competencies break together, none for a usable specification."""
    return [*_faults_each(competencies), *_faults_together(competencies)]


def _faults_each(competencies: Sequence[Competency]) -> Iterator[SpecificationFault]:
    for competency in competencies:
        if not competency.areas:
            yield SpecificationFault("no_area", competency.title)
        if any(count < 0 for count in competency.counts.values()):
            yield SpecificationFault("negative_count", competency.title)
        if competency.n_items < FEWEST_ITEMS_EACH:
            yield SpecificationFault("too_few_items_each", competency.title, competency.n_items)


def _faults_together(competencies: Sequence[Competency]) -> Iterator[SpecificationFault]:
    if not FEWEST_COMPETENCIES <= len(competencies) <= MOST_COMPETENCIES:
        yield SpecificationFault("number_of_competencies", value=len(competencies))
    total = sum(competency.n_items for competency in competencies)
    if not FEWEST_ITEMS <= total <= MOST_ITEMS:
        yield SpecificationFault("number_of_items", value=total)
    for code, names in (
        ("area_twice", [area for competency in competencies for area in competency.areas]),
        ("title_twice", [competency.title for competency in competencies]),
        ("key_twice", [competency.key for competency in competencies]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield SpecificationFault(code, name)


class ContentSpecification(BaseModel):
    """Four to six competencies of at least five items, 20 to 30 items together, no area in two of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    competencies: tuple[Competency, ...]

    @model_validator(mode="after")
    def _usable(self) -> Self:
        faults = specification_faults(self.competencies)
        if faults:
            raise ValueError("; ".join(f"{fault.code} {fault.subject}".strip() for fault in faults))
        return self

    @property
    def n_items(self) -> int:
        """Count the items of one form."""
        return sum(competency.n_items for competency in self.competencies)

    def competency(self, key: str) -> Competency:
        """Return one competency; raises KeyError if there is none of that key."""
        return {competency.key: competency for competency in self.competencies}[key]


def _five(key: str, title: str, *areas: str) -> Competency:
    return Competency(
        key=key, title=title, areas=areas, counts={"ingat": 1, "paham": 2, "terapkan": 2}, standard=0.7
    )


DEFAULT = ContentSpecification(
    competencies=(
        _five(
            "pemungutan",
            "Pemungutan suara dan masalah lapangan",
            "02-pemungutan-suara",
            "06-masalah-lapangan",
        ),
        _five(
            "penghitungan",
            "Penghitungan dan rekapitulasi",
            "03-penghitungan-sah-tidak-sah",
            "04-rekapitulasi-ppk",
        ),
        _five(
            "dasar",
            "Regulasi, badan adhoc, dan data pemilih",
            "01-regulasi-tahapan",
            "10-data-pemilih",
            "11-badan-adhoc",
        ),
        _five(
            "pengawasan",
            "Pengawasan, integritas, dan kode etik",
            "05-pengawasan-bawaslu",
            "07-integritas-kode-etik",
        ),
        _five("dukungan", "Logistik dan koordinasi", "08-logistik", "09-koordinasi"),
    )
)
