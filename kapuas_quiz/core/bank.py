"""A bank file's data to a bank, or to all its faults at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from kapuas_quiz.core.authored import Strict, Waiver
from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.facts import fact_faults
from kapuas_quiz.core.instruments import instrument_faults
from kapuas_quiz.core.items import ITEM_TYPES
from kapuas_quiz.core.items.base import ItemSource
from kapuas_quiz.core.registers import Registers
from kapuas_quiz.core.unseen import unseen_characters

KeyPath = tuple[str | int, ...]

MOST_ITEMS = 3000
"""In one file; more would bury an author in faults."""
MOST_FAULTS = 1000
"""Of the head of a file that are told."""


@dataclass(frozen=True)
class BankFault:
    """One fault, at a path such as ("items", 3, "key"); the message says how to repair it."""

    path: KeyPath
    message: str


@dataclass(frozen=True)
class Bank:
    """All items of one area; `pictures` by item id, as their files were read."""

    competency: str
    title: str
    items: tuple[ItemSource, ...]
    waive: tuple[Waiver, ...] = ()
    pictures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class BankHead(Strict):
    """The keys of a bank file; items are looked at one by one."""

    competency: str = Field(pattern=r"^[0-9]{2}(-[a-z0-9]+)+$", max_length=60)
    title: str = Field(min_length=1, max_length=200)
    items: list[Any] = Field(min_length=1, max_length=MOST_ITEMS)
    waive: list[Waiver] = Field(default=[], max_length=20)


def parse_bank(value: object, registers: Registers) -> tuple[Bank | None, list[BankFault]]:
    """Check everything about one bank file that does not need the other files.

    Returns the bank, or None and every fault found.
    """
    try:
        head = BankHead.model_validate(value)
    except ValidationError as error:
        return None, [_translate(detail, ()) for detail in error.errors(include_url=False)[:MOST_FAULTS]]
    items, faults = [], []
    for index, raw in enumerate(head.items):
        item, wrong = _parse_item(raw, ("items", index), registers)
        faults += wrong
        items.append(item)
    known = [item for item in items if item]
    faults += _id_faults(head.competency, items)
    return (None if faults else Bank(head.competency, head.title, tuple(known), tuple(head.waive))), faults


def _parse_item(
    raw: object, path: KeyPath, registers: Registers
) -> tuple[ItemSource | None, list[BankFault]]:
    if not isinstance(raw, dict):
        return None, [BankFault(path, "soal harus berupa kumpulan kunci dan nilai.")]
    unseen = [BankFault(where, UNSEEN.format(sign)) for where, sign in unseen_characters(raw, path)]
    if unseen:
        return None, unseen
    item_type = ITEM_TYPES.get(str(raw.get("type")))
    if item_type is None:
        known = ", ".join(ITEM_TYPES)
        return None, [BankFault((*path, "type"), f"jenis soal tidak dikenal; tulis salah satu: {known}.")]
    try:
        item = item_type.source.model_validate(raw)
    except ValidationError as error:
        return None, [_translate(detail, path) for detail in error.errors()]
    cited = instrument_faults(item.citation.instrument, registers.instruments)
    wrong = (
        *fact_faults(item, registers.facts),
        *(("citation", message) for message in cited),
        *item_type.faults(item, registers),
    )
    return item, [BankFault((*path, field), message) for field, message in wrong]


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
    loc = detail["loc"]
    name = next((part for part in reversed((*prefix, *loc)) if isinstance(part, str)), "")
    path = (*prefix, *(step for step in loc if step not in ITEM_TYPES))
    values = {
        "name": name,
        "input": _short(detail["input"]),
        **{key: str(value) for key, value in (detail.get("ctx") or {}).items()},
    }
    if (detail["type"], name) == ("string_type", "key"):
        return BankFault(path, "kunci hanya satu; tulis satu id pilihan, bukan daftar.")
    if (name, detail["input"]) == ("review", "disetujui"):
        return BankFault(path, APPROVED_ELSEWHERE)
    if detail["type"] in NAME_THEIR_FIELD:
        path = (*path, values["field"])
    words = WORDS.get(detail["type"])
    return BankFault(path, words.format(**values) if words else f"{name}: {detail['msg']}")


UNSEEN = "ada huruf yang tidak tampak di layar ({}); hapus, lalu ketik ulang bagian itu."
APPROVED_ELSEWHERE = "persetujuan diberikan penelaah di web, bukan di berkas; tulis siap-ditelaah."


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
    "twice": "{part} '{value}' ditulis dua kali; bedakan.",
    "all_keys": "semua pilihan menjadi kunci; sisakan paling sedikit satu pengecoh.",
    "not_typeable": "'{value}' tidak dapat diketik; tulis kata atau angka, paling banyak 200 huruf.",
    "union_tag_invalid": "jenis '{tag}' tidak dikenal di sini; pilih salah satu: {expected_tags}.",
    "union_tag_not_found": "kunci 'type' belum ada; tambahkan.",
    "int_type": "'{name}' harus berupa bilangan tanpa tanda kutip.",
    "float_type": "'{name}' harus berupa bilangan tanpa tanda kutip.",
    "bool_type": "'{name}' harus true atau false.",
    "finite_number": "'{name}' harus berupa bilangan biasa.",
    "greater_than_equal": "'{name}' paling kecil {ge}.",
    "less_than_equal": "'{name}' paling besar {le}.",
    "key_without_option": "kunci '{value}' bukan id pilihan; pilih salah satu: {ids}.",
}

BY_SOURCE = {item_type.source: item_type for item_type in ITEM_TYPES.values()}
NAME_THEIR_FIELD = ("twice", "key_without_option", "all_keys", "not_typeable")


def revision_content(
    item: ItemSource, registers: Registers, picture: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what a revision keeps of an item, as written; rendering adds HTML to it.

    picture: its file as read, in place of the file's name.

    Level, area and review state are the item's own and no part of a wording.
    """
    content = BY_SOURCE[type(item)].content(item, registers)
    return {**content, "picture": dict(picture)} if picture else content


def content_digest(content: Mapping[str, Any]) -> str:
    """Digest a wording by what its author wrote and drew; rendered HTML and compression do not count."""
    picture = content.get("picture")
    drawn = {key: picture[key] for key in ("alt", "sha256") if key in picture} if picture else None
    return fingerprint(_written({**content, "picture": drawn} if picture else content))


def _written(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _written(part) for key, part in value.items() if not key.endswith("_html")}
    return [_written(part) for part in value] if isinstance(value, list | tuple) else value
