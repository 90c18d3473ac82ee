"""Facts behind items, and which legal citation each of them allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kapuas_quiz.core.items.base import Citation, ItemSource

WITH_ARTICLE = "siap-dengan-pasal"
WITHOUT_ARTICLE = "siap-tanpa-pasal"
AS_AMENDED = "sandingkan-perubahan-uu"
UNPROVEN_HERE = "cek-berlaku-untuk-pilkada-2024"
NOT_YET = "jangan-dulu"

ELECTION_LAW = "UU 1/2015"
"""The law that facts to be compared with its amendments were read in; cited as amended."""


@dataclass(frozen=True)
class Fact:
    """One statement of the fact register; `use` says how far an item may lean on it."""

    id: str
    area: str
    statement: str
    regulation: str
    article: str
    use: str
    sources: tuple[str, ...]
    note: str
    confidence: str = ""


def fact_faults(item: ItemSource, register: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Yield (field, what is wrong and how to repair it) for facts and citation of an item."""
    known = [register[name] for name in item.facts if name in register]
    for name in item.facts:
        if name not in register:
            yield "facts", f"fakta {name} tidak ada dalam daftar fakta; periksa nomornya."
        elif register[name].use == NOT_YET:
            yield (
                "facts",
                f"fakta {name} belum boleh menjadi dasar soal (jangan-dulu); pilih fakta lain.",
            )
    if len(known) == len(item.facts):
        yield from _citation_faults(item.citation, known)
        yield from _note_faults(item, known)


def _citation_faults(citation: Citation, facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    parts = (citation.article, citation.paragraph, citation.letter, citation.point)
    place = " ".join(part for part in parts if part)
    if not citation.instrument:
        if place:
            yield "citation", "pasal ditulis tanpa peraturan; isi instrument atau kosongkan semuanya."
    elif not any(allows_instrument(fact, citation.instrument) for fact in facts):
        yield (
            "citation",
            f"peraturan '{citation.instrument}' tidak didukung fakta soal ini; "
            "kosongkan atau perbaiki facts.",
        )
    elif place and not any(_allows_place(fact, citation.instrument, place) for fact in facts):
        yield (
            "citation",
            f"'{place}' tidak didukung fakta siap-dengan-pasal; "
            "kosongkan article, paragraph, letter, dan point, atau perbaiki facts.",
        )


def _note_faults(item: ItemSource, facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    if item.review_note:
        return
    if all(fact.use == UNPROVEN_HERE for fact in facts):
        yield "review_note", "semua fakta perlu dicek keberlakuannya; tulis itu pada review_note."
    elif any(fact.use == AS_AMENDED and allows_instrument(fact, item.citation.instrument) for fact in facts):
        yield "review_note", "tulis pada review_note di naskah mana pasalnya dibaca."


def allows_instrument(fact: Fact, instrument: str) -> bool:
    """Tell whether a fact rests on an instrument, by its id in the register of instruments."""
    if fact.use not in (WITH_ARTICLE, WITHOUT_ARTICLE, AS_AMENDED):
        return False
    if not instrument or (fact.use == AS_AMENDED and instrument != ELECTION_LAW):
        return False
    return any(f"{law} ".startswith(f"{instrument} ") for law in laws_of(fact.regulation))


@lru_cache(maxsize=1000)
def laws_of(regulation: str) -> tuple[str, ...]:
    """Return the names of the laws in a register entry, without remarks in brackets."""
    return tuple(re.sub(r"\s*\(.*?\)", "", law).strip() for law in regulation.split(";"))


def _allows_place(fact: Fact, instrument: str, place: str) -> bool:
    """Tell whether the fact was seen at that place or at a finer one inside it."""
    if fact.use != WITH_ARTICLE or not allows_instrument(fact, instrument):
        return False
    return any(f"{seen.strip()} ".startswith(f"{place} ") for seen in re.split("[,;]", fact.article))
