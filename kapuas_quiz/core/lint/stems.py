"""Rules about stems: what they ask, how long they are, what they show."""

from __future__ import annotations

import re

from kapuas_quiz.core.lint.rule import BOOK, Batch, Remarks, Rule, words

LONGEST_STEM = 320
LONGEST_CASE = 640
HEAVIEST_PICTURE = 8 * 1024

_ASKING = re.compile(r"\b(?:apa|mana|siapa|berapa|kapan|bagaimana)(?:kah)?\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:tidak|bukan|belum|tanpa|kecuali|dilarang|salah)\b", re.IGNORECASE)
_BOLD = re.compile(r"\*\*.+?\*\*|__.+?__", re.DOTALL)
_SHOWS = re.compile(
    r"\b(gambar|denah|foto|bagan|sketsa|tabel|peta|formulir|surat suara|tampak|terlihat|berikut|ini)\b",
    re.IGNORECASE,
)


def negative_stem(batch: Batch) -> Remarks:
    """The sentence that asks has a negation which is neither bold nor in capitals."""
    for question in batch.questions:
        plain = _BOLD.sub("", question.stem)
        asking = [
            part for part in re.split(r"(?<=[.?!])\s+", plain) if part.rstrip().endswith(("?", "...", "…"))
        ]
        for sentence in asking:
            found = _NEGATION.search(sentence)
            if found and not found.group().isupper() and _asks_for_the_exception(sentence, found.start()):
                yield (
                    question.at("stem"),
                    f"'{found.group()}' mudah terlewat; tulis **{found.group()}** (tebal).",
                )
                break


def _asks_for_the_exception(sentence: str, negation: int) -> bool:
    """Tell 'mana yang tidak ...' from 'pemilih yang tidak terdaftar datang ...; apa langkahnya?'."""
    start = max((found.end() for found in _ASKING.finditer(sentence)), default=None)
    if start is None or negation < start:
        return sentence[negation:].casefold().startswith("kecuali")
    return len(sentence[start:negation].split()) <= 3


def long_stem(batch: Batch) -> Remarks:
    """More than fits beside four options on a small phone."""
    for question in batch.questions:
        limit = (
            LONGEST_CASE if getattr(question.item, "parts", None) and not question.is_part else LONGEST_STEM
        )
        if len(question.stem) > limit:
            yield (
                question.at("stem"),
                f"pokok soal {len(question.stem)} huruf, untuk layar ponsel paling banyak {limit}; ringkas.",
            )


def heavy_picture(batch: Batch) -> Remarks:
    """A picture that takes much of what a form may weigh."""
    for question in batch.questions:
        size = batch.picture_bytes.get(question.item.id, 0)
        if size > HEAVIEST_PICTURE and not question.is_part:
            weight = f"{size / 1024:.1f}".replace(".", ",")
            yield question.at("picture"), f"gambar {weight} kB, sebaiknya paling banyak 8 kB; sederhanakan."


def picture_unused(batch: Batch) -> Remarks:
    """A picture that no stem speaks of."""
    for question in batch.questions:
        if question.is_part or not getattr(question.item, "picture", None):
            continue
        stems = [question.stem, *(part.stem for part in getattr(question.item, "parts", ()))]
        if not any(_SHOWS.search(stem) for stem in stems):
            yield question.at("picture"), "pokok soal tidak menyebut gambarnya; sebutkan atau hapus gambar."


def picture_tells(batch: Batch) -> Remarks:
    """An alternative text that says the key and no distractor."""
    for question in batch.questions:
        picture = getattr(question.item, "picture", None)
        if not picture:
            continue
        said = f" {' '.join(words(picture.alt))} "
        told = {at for at, text in enumerate(question.options) if f" {' '.join(words(text))} " in said}
        if told and told <= question.right:
            yield question.of_item("picture", "alt"), "teks pengganti memuat kunci; gambarkan tanpa menjawab."


RULES = (
    Rule(
        "pokok-soal-negatif", "peringatan",
        "Kata ingkar dalam pertanyaan mudah terlewat; hindari, atau tulis tebal atau dengan huruf besar.",
        f"{BOOK}, pedoman 17", negative_stem,
    ),
    Rule(
        "pokok-soal-panjang", "peringatan",
        f"Satu baris pada layar 320 piksel memuat sekitar 34 huruf: {LONGEST_STEM} huruf sudah sepuluh "
        f"baris. Pokok kasus boleh {LONGEST_CASE} huruf karena dibaca sekali untuk beberapa pertanyaan.",
        f"{BOOK}, pedoman 13", long_stem,
    ),
    Rule(
        "gambar-berat", "peringatan",
        "Gambar ikut dikirim bersama paket soal; semua gambar satu paket dihitung bersama.",
        "", heavy_picture,
    ),
    Rule(
        "gambar-tak-dipakai", "peringatan",
        "Gambar yang tidak disebut pokok soal mengalihkan perhatian dan menambah berat halaman.",
        f"{BOOK}, pedoman 16", picture_unused,
    ),
    Rule(
        "gambar-membuka-kunci", "peringatan",
        "Teks pengganti dibacakan kepada peserta; ia harus menggambarkan, bukan menjawab.",
        "", picture_tells,
    ),
)  # fmt: skip
