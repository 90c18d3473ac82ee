"""A result form as an author writes it, and what may be wrong with that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kapuas_quiz.core.items.base import ItemSource
from kapuas_quiz.core.result_forms.layout import MOST_PAIRS, MOST_PLACES, Layout

SlipKind = Literal["tukar-angka", "selisih-sepuluh", "salah-jumlah", "salah-baris"]


class ResultFormSource(ItemSource):
    """A result form as an author writes it; docs/pejabat-hukum/formulir-hasil.md explains the keys."""

    type: Literal["result_form"]
    layout: str
    task: Literal["isi", "periksa"]
    rules: list[str] = []
    blank: int | None = Field(default=None, ge=1, le=12)
    errors: list[SlipKind] = []
    pairs: int | None = Field(default=None, ge=1, le=MOST_PAIRS)
    places: int | None = Field(default=None, ge=2, le=MOST_PLACES)


def key_faults(source: ResultFormSource, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield (field, what is wrong) where keys do not fit the layout or each other."""
    known = [rule.name for rule in layout.rules]
    for name in source.rules:
        if name not in known:
            yield "rules", f"aturan '{name}' tidak ada pada susunan ini; pilih dari: {', '.join(known)}."
    for key, needed in (("pairs", layout.per_pair), ("places", layout.per_place)):
        if needed != (getattr(source, key) is not None):
            yield key, f"susunan ini {'memerlukan' if needed else 'tidak memakai'} {key}."
    if source.task == "isi":
        yield from _filling_faults(source, len(source.rules or known))
    else:
        yield from _checking_faults(source)


def _filling_faults(source: ResultFormSource, least: int) -> Iterator[tuple[str, str]]:
    if source.errors:
        yield "errors", "errors hanya untuk task: periksa; hapus."
    if source.blank is not None and source.blank < least:
        yield "blank", f"paling sedikit satu sel untuk tiap aturan: {least}."


def _checking_faults(source: ResultFormSource) -> Iterator[tuple[str, str]]:
    if source.blank is not None:
        yield "blank", "blank hanya untuk task: isi; hapus."
    if not source.rules:
        yield "rules", "tulis aturan yang dilanggar angka yang salah itu."
