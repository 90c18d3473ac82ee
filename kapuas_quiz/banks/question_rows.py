"""Rows of a spreadsheet to items: which column means what, and what a row says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kapuas_quiz.core.tables import HEADER_WITHIN, Row, Sheet

KeyPath = tuple[str | int, ...]
LETTERS = "abcdef"
COLUMNS = {
    "jenis": "type", "jenissoal": "type", "jenjang": "level", "tingkat": "level",
    "pokoksoal": "stem", "soal": "stem", "pertanyaan": "stem",
    **{f"pilihan{letter}": f"option_{letter}" for letter in LETTERS},
    "kunci": "key", "kuncijawaban": "key", "jawaban": "key",
    "pembahasan": "rationale", "penjelasan": "rationale",
    "fakta": "facts", "peraturan": "instrument", "pasal": "article", "ayat": "paragraph",
    "huruf": "letter", "angka": "point", "catatan": "review_note",
}  # fmt: skip
NEEDED = ("stem", "key", "rationale", "facts")
KINDS = {
    "": "", "pilihanganda": "single_choice", "singlechoice": "single_choice",
    "benarsalah": "true_false", "truefalse": "true_false",
    "beberapabenar": "multiple_response", "multipleresponse": "multiple_response",
}  # fmt: skip


class NoHeaderError(Exception):
    """No row among the first twenty names the needed columns; `missing` lists them."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@dataclass(frozen=True)
class Refused:
    """Why a row cannot become an item, and in which cell that shows."""

    field: str
    message: str


def find_rows(sheets: Sequence[Sheet]) -> list[Row]:
    """Gather the rows below the headings of every sheet that has them.

    Raises NoHeaderError.
    """
    found = list[Row]()
    missing: tuple[str, ...] = NEEDED
    for sheet in sheets:
        index, columns = _header(sheet.rows)
        lacking = tuple(name for name in NEEDED if name not in columns)
        missing = min(missing, lacking, key=len)
        if not lacking:
            found += _below(sheet, index, columns, named=len(sheets) > 1)
    if missing:
        raise NoHeaderError(missing)
    return found


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the needed headings stand among the first rows."""
    return all(name in _header(rows)[1] for name in NEEDED)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for place, text in enumerate(row):
            name = COLUMNS.get(plain(text))
            if name:
                columns.setdefault(name, place)
        if len(columns) > len(best[1]):
            best = index, columns
    return best


def _below(sheet: Sheet, header: int, columns: Mapping[str, int], *, named: bool) -> list[Row]:
    rows = []
    for number, texts in enumerate(sheet.rows[header + 1 :], start=header + 2):
        cells = {name: texts[place] for name, place in columns.items() if place < len(texts)}
        if any(text.strip() for text in cells.values()):
            rows.append(Row(number, sheet.title if named else "", cells, columns))
    return rows


def plain(text: str) -> str:
    """Return the letters of a text alone, small."""
    return re.sub(r"[^a-z]", "", text.lower())


def item_of(row: Row) -> dict[str, Any] | Refused:
    """Return the item that a row describes, as a draft, or why there is none."""
    kind = _kind(row)
    if kind is None:
        return Refused("type", "jenis ini tidak dapat diimpor dari tabel; pakai Tulis soal baru.")
    citation = {name: row.text(name).strip() for name in ("instrument", "article", "paragraph", "letter")}
    point = {"point": row.text("point").strip()} if row.text("point").strip() else {}
    return {
        "type": kind,
        "level": row.text("level").strip().lower() or "paham",
        "stem": row.text("stem").strip(),
        **_answers(row, kind),
        "rationale": row.text("rationale").strip(),
        "citation": {**citation, **point},
        "facts": facts_of(row.text("facts")),
        "review": "draf",
        "review_note": row.text("review_note").strip(),
    }


def facts_of(text: str) -> list[str]:
    """Return the numbers of facts; F may be left out where nothing else stands beside them."""
    said = text.upper()
    bare = re.fullmatch(r"[\s,;./]*(F?\d{1,4}[\s,;./]*)+", said)
    numbers = re.findall(r"\d{1,4}" if bare else r"\bF(\d{1,4})\b", said)
    return list(dict.fromkeys(f"F{int(number):03}" for number in numbers))


def keys_without_option(item: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the keys that name no option that was filled in, with what there is."""
    known = [option["id"] for option in item.get("options") or ()]
    name = "keys" if "keys" in item else "key"
    for key in item["keys"] if "keys" in item else [item["key"]]:
        if known and key and key not in known:
            yield (name,), f"kunci '{key}' bukan id pilihan; pilih salah satu: {', '.join(known)}."


def _kind(row: Row) -> str | None:
    said = KINDS.get(plain(row.text("type")))
    if said != "":
        return said
    keys = _keys(row)
    if plain(row.text("key")) in ("benar", "salah"):
        return "true_false"
    return "multiple_response" if len(keys) > 1 else "single_choice"


def _keys(row: Row) -> list[str]:
    return [letter.lower() for letter in re.findall(r"[A-Za-z]+", row.text("key"))]


def _answers(row: Row, kind: str) -> dict[str, Any]:
    if kind == "true_false":
        return {"key": plain(row.text("key"))}
    options = [
        {"id": letter, "text": row.text(f"option_{letter}").strip()}
        for letter in LETTERS
        if row.text(f"option_{letter}").strip()
    ]
    keys = _keys(row)
    if kind == "multiple_response":
        return {"options": options, "keys": keys}
    return {"options": options, "key": keys[0] if len(keys) == 1 else ", ".join(keys)}


def field_of(path: Sequence[str | int], item: Mapping[str, Any]) -> str:
    """Return the column that a fault of the item is about."""
    name = str(path[0]) if path else "stem"
    if name == "citation":
        return str(path[1]) if len(path) > 1 else "instrument"
    if name == "options":
        at = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        options = item.get("options") or ()
        return f"option_{options[at]['id'] if at < len(options) else 'a'}"
    return "key" if name == "keys" else name
