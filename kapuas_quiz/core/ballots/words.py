"""A ballot in words, for whoever does not see the picture; what is to be seen, never what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kapuas_quiz.core.ballots.features import Place, features, place_of
from kapuas_quiz.core.ballots.model import EMPTY, Ballot
from kapuas_quiz.core.ballots.rules import INVALID

NUMBERS = ("nol", "satu", "dua", "tiga", "empat", "lima")
TOOLS = {"paku": "lubang paku", "rokok": "bekas rokok", "pulpen": "tanda pulpen"}
SPOTS = {"nomor": "pada", "foto": "pada foto", "nama": "pada nama", "ruang": "di ruang polos kolom"}
CONDITIONS = {
    "pairs": {"satu": "satu pasangan calon", "banyak": "dua pasangan calon atau lebih"},
    "signature": {"ada": "ada tanda tangan Ketua KPPS", "tidak-ada": "tidak ada tanda tangan Ketua KPPS"},
    "tool": {
        "tidak-ada": "tidak ada tanda",
        "paku": "hanya lubang alat coblos",
        "lain": "hanya tanda alat lain",
        "campuran": "lubang alat coblos dan tanda alat lain",
    },
    "marks": {"nol": "tidak ada tanda", "satu": "satu tanda", "banyak": "lebih dari satu tanda"},
    "columns": {
        "nol": "tidak ada kolom yang terkena",
        "satu": "satu kolom terkena",
        "banyak": "lebih dari satu kolom terkena",
    },
    "target": {
        "pasangan": "hanya satu kolom pasangan calon yang terkena",
        "kosong": "hanya kolom kosong yang terkena",
        "tidak-ada": "bukan tepat satu kolom yang terkena",
    },
    "outside": {"ya": "ada tanda di luar semua kolom", "tidak": "tidak ada tanda di luar kolom"},
    "line": {
        "tidak": "tidak mengenai garis",
        "sendiri": "mengenai garis kolom",
        "bersama": "mengenai garis milik dua kolom",
    },
    "spot": {
        "nomor": "hanya pada nomor urut",
        "foto": "hanya pada foto",
        "nama": "hanya pada nama",
        "ruang": "hanya di ruang polos kolom",
        "garis": "hanya pada garis",
        "campuran": "pada beberapa bagian kolom",
        "tidak-ada": "tidak di dalam kolom",
    },
    "fold": {
        "tidak": "tidak ada lubang tembus lipatan",
        "simetris": "ada lipatan dan semua lubang simetris terhadapnya",
        "lain": "ada lipatan dan lubang-lubangnya tidak simetris terhadapnya",
    },
    "tear": {
        "tidak": "tidak robek",
        "gambar": "robek pada gambar pasangan calon",
        "lain": "robek di tempat lain",
    },
    "writing": {"ya": "ada tulisan atau coretan", "tidak": "tidak ada tulisan"},
}
"""What each value of each feature means, for whoever reads or writes the rules."""


def describe(ballot: Ballot) -> str:
    """Return what can be seen on a ballot, in a few sentences."""
    return " ".join(
        [_who_stands(ballot), _signature(ballot), *_marks(ballot), *_fold(ballot), *_damage(ballot)]
    )


def verdicts(ballot: Ballot) -> list[tuple[str, str]]:
    """Return all verdicts that may be given on a ballot, (key, words), in the order of its columns."""
    names = {f"p{n}": f" ({one}–{other})" for n, (one, other) in enumerate(ballot.names, 1)}
    return [(key, words + names.get(key, "")) for key, words in verdict_words(ballot.pairs).items()]


def verdict_words(pairs: int) -> dict[str, str]:
    """Return the words of all verdicts by key, without names, for a number of pairs."""
    if pairs == 1:
        counted = {"p1": "Sah untuk pasangan calon", EMPTY: "Sah untuk kolom kosong"}
    else:
        counted = {f"p{n}": f"Sah untuk nomor urut {n}" for n in range(1, pairs + 1)}
    return {**counted, INVALID: "Tidak sah"}


def _pair(ballot: Ballot, number: int) -> str:
    return "pasangan calon" if ballot.pairs == 1 else f"nomor urut {number + 1}"


def _column(ballot: Ballot, name: str) -> str:
    return "kolom kosong" if name == EMPTY else _pair(ballot, int(name[1:]) - 1)


def _who_stands(ballot: Ballot) -> str:
    if ballot.pairs == 1:
        first, second = ballot.names[0]
        return (
            f"Surat suara latihan dengan dua kolom: pasangan calon {first} dan {second}, lalu kolom kosong."
        )
    listed = "; ".join(f"nomor urut {n + 1} {a} dan {b}" for n, (a, b) in enumerate(ballot.names))
    return f"Surat suara latihan dengan {NUMBERS[ballot.pairs]} pasangan calon: {listed}."


def _signature(ballot: Ballot) -> str:
    there = "Ada" if ballot.signed else "Tidak ada"
    return f"{there} tanda tangan Ketua KPPS."


def _marks(ballot: Ballot) -> Iterator[str]:
    if not ballot.marks:
        yield "Tidak ada lubang atau tanda."
    found = Counter((TOOLS[mark.tool], _where(ballot, place_of(ballot, mark))) for mark in ballot.marks)
    for (what, where), count in found.items():
        number = NUMBERS[count] if count < len(NUMBERS) else str(count)
        yield f"{number} {what} {where}.".capitalize()


def _where(ballot: Ballot, place: Place) -> str:
    if not place.columns:
        return "di luar semua kolom"
    names = [_column(ballot, name) for name in place.columns]
    if len(names) > 1:
        return f"di garis antara kolom {names[0]} dan {names[1].removeprefix('kolom ')}"
    name = names[0]
    if place.on_line:
        return f"tepat di garis kolom {name.removeprefix('kolom ')}"
    return f"di dalam {name}" if place.columns[0] == EMPTY else f"{SPOTS[place.spot]} {name}"


def _fold(ballot: Ballot) -> Iterator[str]:
    if ballot.fold is None:
        return
    yield f"Ada bekas lipatan {ballot.fold.axis} di tengah."
    if len(ballot.marks) > 1:
        faced = "saling berhadapan" if features(ballot)["fold"] == "simetris" else "tidak saling berhadapan"
        yield f"Lubangnya {faced} terhadap lipatan."


def _damage(ballot: Ballot) -> Iterator[str]:
    if ballot.tear:
        on_photo = [
            _column(ballot, column.id)
            for column in ballot.columns
            if (box := ballot.spots(column).get("foto")) and box.depth(ballot.tear.x, ballot.tear.y) >= 0
        ]
        yield f"Kertas robek pada foto {on_photo[0]}." if on_photo else "Kertas robek sedikit di tepinya."
    if ballot.writing:
        text = ballot.writing.text
        yield f"Ada tulisan tangan: {text}." if text else "Ada coretan tangan."
