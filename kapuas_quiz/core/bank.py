"""A bank file's data to a bank, or to all its faults at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.facts import Fact, fact_faults
from kapuas_quiz.core.items import ITEM_TYPES
from kapuas_quiz.core.items.base import ItemSource, Strict

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class BankFault:
    """One fault, at a path such as ("items", 3, "key"); the message says how to repair it."""

    path: KeyPath
    message: str


@dataclass(frozen=True)
class Bank:
    """All items of one area."""

    competency: str
    title: str
    items: tuple[ItemSource, ...]


class BankHead(Strict):
    """The keys of a bank file; items are looked at one by one."""

    competency: str = Field(pattern=r"^\d{2}(-[a-z0-9]+)+$", max_length=60)
    title: str = Field(min_length=1, max_length=200)
    items: list[Any] = Field(min_length=1)


def parse_bank(value: object, facts: Mapping[str, Fact]) -> tuple[Bank | None, list[BankFault]]:
    """Check everything about one bank file that does not need the other files.

    Returns the bank, or None and every fault found.
    """
    try:
        head = BankHead.model_validate(value)
    except ValidationError as error:
        return None, [_translate(detail, ()) for detail in error.errors()]
    items, faults = [], []
    for index, raw in enumerate(head.items):
        item, wrong = _parse_item(raw, ("items", index), facts)
        faults += wrong
        items.append(item)
    known = [item for item in items if item]
    faults += _id_faults(head.competency, items)
    return (None if faults else Bank(head.competency, head.title, tuple(known))), faults


def _parse_item(
    raw: object, path: KeyPath, facts: Mapping[str, Fact]
) -> tuple[ItemSource | None, list[BankFault]]:
    if not isinstance(raw, dict):
        return None, [BankFault(path, "soal harus berupa kumpulan kunci dan nilai.")]
    item_type = ITEM_TYPES.get(str(raw.get("type")))
    if item_type is None:
        known = ", ".join(ITEM_TYPES)
        return None, [BankFault((*path, "type"), f"jenis soal tidak dikenal; tulis salah satu: {known}.")]
    try:
        item = item_type.source.model_validate(raw)
    except ValidationError as error:
        return None, [_translate(detail, path) for detail in error.errors()]
    return item, [BankFault((*path, field), message) for field, message in fact_faults(item, facts)]


def _id_faults(competency: str, items: list[ItemSource | None]) -> Iterator[BankFault]:
    slug = competency[3:]
    seen: Counter[str] = Counter()
    for index, item in enumerate(items):
        if item is None:
            continue
        seen[item.id] += 1
        path: KeyPath = ("items", index, "id")
        if seen[item.id] > 1:
            yield BankFault(path, f"id '{item.id}' dipakai dua kali; beri nomor baru.")
        if item.id[:-4] != slug:
            yield BankFault(path, f"id '{item.id}' harus berawalan '{slug}-' lalu tiga angka.")


def _translate(detail: ErrorDetails, prefix: KeyPath) -> BankFault:
    path = (*prefix, *detail["loc"])
    name = str(path[-1]) if path else ""
    values = {
        "name": name,
        "input": _short(detail["input"]),
        **{key: str(value) for key, value in (detail.get("ctx") or {}).items()},
    }
    if (detail["type"], name) == ("string_type", "key"):
        return BankFault(path, "kunci hanya satu; tulis satu id pilihan, bukan daftar.")
    if detail["type"] == "option_twice":
        path = (*path, "options")
    elif detail["type"] == "key_without_option":
        path = (*path, "key")
    words = WORDS.get(detail["type"])
    return BankFault(path, words.format(**values) if words else f"{name}: {detail['msg']}")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


WORDS = {
    "extra_forbidden": "kunci '{name}' tidak dikenal; periksa ejaannya atau hapus.",
    "missing": "kunci '{name}' belum ada; tambahkan.",
    "string_type": "'{name}' harus berupa teks; jika berisi angka atau kosong, beri tanda kutip.",
    "string_unicode": "'{name}' berisi huruf yang rusak; tulis ulang.",
    "list_type": "'{name}' harus berupa daftar.",
    "model_type": "'{name}' harus berupa kumpulan kunci dan nilai.",
    "dict_type": "'{name}' harus berupa kumpulan kunci dan nilai.",
    "literal_error": "'{name}: {input}' tidak dikenal; pilih salah satu: {expected}.",
    "string_pattern_mismatch": "'{name}: {input}' tidak sesuai pola {pattern}.",
    "string_too_short": "'{name}' masih kosong; isi.",
    "string_too_long": "'{name}' terlalu panjang; paling banyak {max_length} huruf.",
    "too_short": "'{name}' berisi {actual_length}; paling sedikit {min_length}.",
    "too_long": "'{name}' berisi {actual_length}; paling banyak {max_length}.",
    "option_twice": "dua pilihan memakai {part} '{value}'; bedakan.",
    "key_without_option": "kunci '{value}' bukan id pilihan; pilih salah satu: {ids}.",
}


def revision_content(item: ItemSource) -> dict[str, Any]:
    """Return what a revision keeps of an item, as written; rendering adds HTML to it.

    Level, area and review state are the item's own and no part of a wording.
    """
    content = item.model_dump(exclude={"id", "level", "review", "review_note"})
    content["options"] = [dict(option) for option in content.get("options", [])]
    return content


def content_digest(content: Mapping[str, Any]) -> str:
    """Digest a wording by what its author wrote; rendered HTML does not count."""
    return fingerprint({key: value for key, value in content.items() if not key.endswith("_html")})
