"""What an analysis needs of a file of answers, and how figures that are undefined are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kapuas_quiz.core.psychometrics.binomial import Numbers

Figures = dict[str, object]
"""By documented name; what is undefined is None, and `<name>_reason` beside it says why."""


class Answers(Protocol):
    """Answers of one test: points of shape (n_persons, n_items), 0 where an item was left out.

    ids: by person, each once.  items: names by item, each once.  most: greatest points by item, above 0.
    """

    @property
    def ids(self) -> Sequence[str]: ...

    @property
    def items(self) -> Sequence[str]: ...

    @property
    def points(self) -> Numbers: ...

    @property
    def most(self) -> Numbers: ...


REASONS = {
    "orang-kurang": "orang terlalu sedikit",
    "tanpa-sebaran": "semua nilai sama",
    "reliabilitas-tidak-positif": "reliabilitas tidak positif atau tidak ada",
    "tanpa-galat": "reliabilitas 1, tidak ada galat",
    "momen-mustahil": "sebaran nilai tidak cocok dengan model",
    "batas-di-luar-0-1": "batas nilai sejati berada di luar 0 sampai 1",
    "bukan-benar-salah": "metode ini hanya untuk soal benar atau salah",
    "nilai-penuh": "semua orang sudah mendapat nilai penuh sebelumnya",
    "tanpa-selisih": "tidak ada yang berubah",
    "tanpa-yang-hilang": "semua yang ikut tes pertama ikut tes kedua",
    "tanpa-orang": "tidak ada orang yang ikut kedua tes",
    "tidak-disajikan": "soal ini tidak disajikan kepada siapa pun",
    "satu-soal": "soal terlalu sedikit",
    "sisa-tanpa-sebaran": "nilai soal-soal lain sama bagi semua orang",
    "kovarians-negatif": "soal ini melawan nilai total",
    "tanpa-kunci": "berkas kunci tidak diberikan",
    "tanpa-paket": "kolom paket tidak disebut",
    "tanpa-poin-tertinggi": "nilai tertinggi tidak disebut",
    "bukan-hitungan-benar": "poin bukan banyaknya jawaban benar",
    "peserta-kurang": "kurang dari 200 orang",
    "soal-kurang": "kurang dari tiga soal yang nilainya berbeda-beda",
    "tanpa-kemampuan-bersama": "soal-soal ini tidak menunjukkan kemampuan yang sama",
    "tidak-konvergen": "perhitungan tidak selesai",
}
"""In the reader's words, by code."""


def put(figures: Figures, name: str, value: object, reason: str) -> None:
    """Set a figure, with the reason beside it if it is None."""
    figures[name] = value
    if value is None:
        figures[f"{name}_reason"] = reason


def number(value: object, decimals: int = 2) -> str:
    """Write a number with a decimal comma, and a dash for what is undefined."""
    return f"{value:.{decimals}f}".replace(".", ",") if isinstance(value, (int, float)) else "-"


def because(figures: Figures, name: str) -> str:
    """Say in words why a figure is undefined."""
    reason = str(figures.get(f"{name}_reason", ""))
    return REASONS.get(reason, reason)
