"""Rules about options: what gives the key away, and what makes two of them right."""

from __future__ import annotations

import re
from itertools import combinations

from kapuas_quiz.core.lint.rule import BOOK, Batch, Question, Remarks, Rule, words

LONGEST_OPTION = 120
KEY_TIMES, KEY_MORE = 1.5, 15

_ALL = re.compile(
    r"\b(?:semua(?:nya)?|seluruh(?:nya)?)\s+(?:\w+\s+){0,3}?(?:benar|betul|salah|keliru|tepat)\b"
    r"|\btidak ada (?:yang|pilihan yang|jawaban yang) (?:benar|betul|tepat)\b",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b(?:pilihan|jawaban|opsi|butir)\s+(?:[a-h1-8]|di (?:atas|bawah)|pertama|kedua|ketiga|terakhir)\b"
    r"|^\W*[a-h1-8]\s*(?:,|dan|atau)\s*[a-h]\b(?:\s+(?:benar|salah))?|\bdi atas (?:benar|salah)\b",
    re.IGNORECASE,
)
_NEGATIONS = {"tidak", "bukan", "belum", "tanpa"}
_RANGE = re.compile(r"^(\D*?)(\d+)\s*(?:sampai(?: dengan)?|hingga|s\.d\.|-|–)\s*(\d+)(\D*)$", re.IGNORECASE)


def _choices(batch: Batch) -> list[Question]:
    return [question for question in batch.questions if question.options]


def key_longest(batch: Batch) -> Remarks:
    """A single key that is by far the longest text."""
    for question in _choices(batch):
        if len(question.right) != 1 or not question.wrong:
            continue
        (at,) = question.right
        key, other = len(question.options[at]), max(len(question.options[index]) for index in question.wrong)
        if key >= KEY_TIMES * other and key - other >= KEY_MORE:
            yield (
                question.at("options", at, "text"),
                f"kunci {key} huruf, pengecoh terpanjang {other}; ringkas kunci atau lengkapi pengecoh.",
            )


def long_option(batch: Batch) -> Remarks:
    """An option of more than four lines on a small phone."""
    for question in _choices(batch):
        for at, text in enumerate(question.options):
            if len(text) > LONGEST_OPTION:
                yield (
                    question.at("options", at, "text"),
                    f"pilihan {len(text)} huruf, untuk layar ponsel paling banyak {LONGEST_OPTION}; ringkas.",
                )


def all_or_none(batch: Batch) -> Remarks:
    """'All of these' or 'none of these' as an option."""
    for question in _choices(batch):
        for at, text in enumerate(question.options):
            if _ALL.search(text):
                yield question.at("options", at, "text"), "ganti dengan satu jawaban yang berdiri sendiri."


def by_position(batch: Batch) -> Remarks:
    """An option that speaks of another by its place, though options are shuffled."""
    for question in _choices(batch):
        for at, text in enumerate(question.options):
            if _POSITION.search(text):
                yield question.at("options", at, "text"), "pilihan diacak; tulis isinya, bukan letaknya."


def overlapping(batch: Batch) -> Remarks:
    """Two options that can both be right: one inside the other, or ranges that meet."""
    for question in _choices(batch):
        said = [words(text) for text in question.options]
        for first, second in combinations(range(len(said)), 2):
            if _inside(said[first], said[second]) or _meet(question.options[first], question.options[second]):
                yield (
                    question.at("options", second, "text"),
                    f"tumpang tindih dengan pilihan ke-{first + 1} ('{question.options[first]}'); bedakan.",
                )
                break


def _inside(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Tell whether one word sequence lies in the other; a negation before it makes it another."""
    short, long = sorted((first, second), key=len)
    for at in range(len(long) - len(short) + 1):
        if short and long[at : at + len(short)] == short:
            return not (at and long[at - 1] in _NEGATIONS)
    return False


def _meet(first: str, second: str) -> bool:
    one, two = _RANGE.match(first.strip()), _RANGE.match(second.strip())
    if not one or not two or one.group(4).strip(" .") != two.group(4).strip(" ."):
        return False
    low, high = (max(int(one[2]), int(two[2])), min(int(one[3]), int(two[3])))
    return low <= high


def punctuation(batch: Batch) -> Remarks:
    """The key alone ends, or does not end, with a full stop."""
    for question in _choices(batch):
        if len(question.right) != 1 or len(question.options) < 3:
            continue
        ends = [text.rstrip().endswith(".") for text in question.options]
        (key,) = question.right
        if ends.count(ends[key]) == 1:
            yield question.at("options", key, "text"), "hanya kunci yang berbeda tanda titiknya; samakan."


RULES = (
    Rule(
        "kunci-terpanjang", "peringatan",
        "Kunci yang jauh paling panjang (satu setengah kali pengecoh terpanjang) tertebak tanpa pengetahuan.",
        f"{BOOK}, pedoman 24", key_longest,
    ),
    Rule(
        "pilihan-panjang", "peringatan",
        f"{LONGEST_OPTION} huruf sudah empat baris pada layar 320 piksel; pilihan harus terlihat bersama.",
        f"{BOOK}, pedoman 13", long_option,
    ),
    Rule(
        "semua-benar", "peringatan",
        "Dua pilihan yang dikenali benar sudah membuka 'semua benar'; 'semua salah' tidak menguji apa-apa.",
        f"{BOOK}, pedoman 25 dan 26", all_or_none,
    ),
    Rule(
        "pilihan-menyebut-letak", "galat",
        "Urutan pilihan berbeda bagi tiap peserta, sehingga 'di atas' atau 'a dan b' menunjuk ke yang lain.",
        "", by_position,
    ),
    Rule(
        "pilihan-tumpang-tindih", "peringatan",
        "Bila satu pilihan tercakup dalam yang lain, dua-duanya dapat benar.",
        f"{BOOK}, pedoman 22", overlapping,
    ),
    Rule(
        "tanda-titik-kunci", "peringatan",
        "Bentuk tulisan yang hanya dimiliki kunci menjadi petunjuk.",
        f"{BOOK}, pedoman 28", punctuation,
    ),
)  # fmt: skip
