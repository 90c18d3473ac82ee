"""Rules about a whole file: where its keys stand, and which levels it has."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt
from typing import get_args

from kapuas_quiz.core.items.base import Level
from kapuas_quiz.core.lint.rule import BOOK, BankView, Batch, Place, Remarks, Rule

FEWEST = 8
FARTHEST = 3.0
"""Standard deviations; by chance fewer than 3 in 1,000 positions lie farther out."""


def keys_gather(batch: Batch) -> Remarks:
    """One position has the key far more or less often than chance would put it there."""
    for bank in batch.banks:
        for position, count, expected in _far_positions(bank):
            yield (
                Place(bank.index, ("items",)),
                f"kunci ada di pilihan ke-{position + 1} pada {count} soal, wajarnya sekitar {expected:.0f}; "
                "tukar urutan pilihan beberapa soal.",
            )


def _far_positions(bank: BankView) -> list[tuple[int, int, float]]:
    seen: dict[int, int] = defaultdict(int)
    expected: dict[int, float] = defaultdict(float)
    variance: dict[int, float] = defaultdict(float)
    single = [question for question in bank.questions if len(question.right) == 1]
    for question in single:
        chance = 1 / len(question.options)
        seen[min(question.right)] += 1
        for position in range(len(question.options)):
            expected[position] += chance
            variance[position] += chance * (1 - chance)
    if len(single) < FEWEST:
        return []
    return [
        (position, seen[position], mean)
        for position, mean in sorted(expected.items())
        if abs(seen[position] - mean) > FARTHEST * sqrt(variance[position])
    ]


def longest_too_often(batch: Batch) -> Remarks:
    """The key is the longest option far more often than chance would make it."""
    for bank in batch.banks:
        single = [q for q in bank.questions if len(q.right) == 1]
        hits = sum(_is_longest([len(text) for text in q.options], min(q.right)) for q in single)
        mean = sum(1 / len(q.options) for q in single)
        deviation = sqrt(sum((1 - 1 / len(q.options)) / len(q.options) for q in single))
        if len(single) >= FEWEST and hits - mean > FARTHEST * deviation:
            yield (
                Place(bank.index, ("items",)),
                f"kunci menjadi pilihan terpanjang pada {hits} dari {len(single)} soal; lengkapi pengecoh.",
            )


def _is_longest(lengths: list[int], key: int) -> bool:
    return lengths[key] > max(length for at, length in enumerate(lengths) if at != key)


def level_missing(batch: Batch) -> Remarks:
    """A level at which the area has no items."""
    for bank in batch.banks:
        present = {item.level for item in bank.items}
        for level in get_args(Level):
            if level not in present:
                yield Place(bank.index, ("competency",)), f"belum ada soal jenjang '{level}'; tambahkan."


RULES = (
    Rule(
        "letak-kunci", "peringatan",
        "Kunci yang berkumpul di satu letak tertebak dari cetakan dan naskah; batasnya tiga simpangan baku.",
        f"{BOOK}, pedoman 20", keys_gather, about_file=True,
    ),
    Rule(
        "kunci-sering-terpanjang", "peringatan",
        "Bila kunci terlalu sering paling panjang, memilih yang terpanjang sudah cukup untuk lulus.",
        f"{BOOK}, pedoman 24", longest_too_often, about_file=True,
    ),
    Rule(
        "jenjang-kosong", "peringatan",
        "Paket soal mengambil dari setiap jenjang (ingat, paham, terapkan); materi tanpa salah satunya tidak "
        "dapat memenuhi kisi-kisi.",
        "", level_missing, about_file=True,
    ),
)  # fmt: skip
