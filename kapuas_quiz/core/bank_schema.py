"""The JSON Schema of a bank file, for editors that check while one types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from kapuas_quiz.core.bank import BankHead
from kapuas_quiz.core.items import ITEM_TYPES

TITLES = {
    "competency": "Materi: sama dengan nama berkas, tanpa .yaml.",
    "title": "Nama materi seperti tampil di layar.",
    "items": "Soal-soal materi ini.",
    "waive": "Aturan telaah yang dikesampingkan di sini, masing-masing dengan alasan.",
    "id": "Tetap dan tidak pernah dipakai ulang.",
    "type": "Jenis soal.",
    "level": "Jenjang: ingat, paham, atau terapkan.",
    "stem": "Pokok soal (Markdown).",
    "rationale": "Pembahasan: mengapa kuncinya benar.",
    "citation": "Dasar hukum; yang tidak diketahui diisi ''.",
    "facts": "Nomor fakta yang mendasari soal, misalnya F033.",
    "review": "Keadaan telaah.",
    "review_note": "Catatan bagi penelaah.",
    "picture": "Gambar dalam pokok soal.",
    "file": "Berkas gambar, dari folder bank soal.",
    "alt": "Teks pengganti: isi gambar, tanpa membuka kunci.",
    "options": "Pilihan jawaban.",
    "last": "Pilihan ini tetap paling akhir.",
    "key": "Kunci.",
    "keys": "Semua id pilihan yang benar.",
    "scoring": "sebagian: nilai per pilihan; semua: harus tepat semuanya.",
    "steps": "Langkah dalam urutan yang benar.",
    "pairs": "Pasangan.",
    "extra": "Pengecoh di sebelah kanan.",
    "tolerance": "Selisih yang masih benar.",
    "unit": "Satuan; boleh ''.",
    "accepted": "Jawaban yang diterima.",
    "text": "Teks pilihan.",
    "left": "Sisi kiri.",
    "right": "Pasangannya di kanan.",
    "ballots": "Banyaknya surat suara dalam tumpukan.",
    "layout": "Nama susunan formulir.",
    "task": "isi: melengkapi sel kosong; periksa: mencari kesalahan.",
    "rules": "Aturan jumlah yang diuji.",
    "blank": "Banyaknya sel kosong.",
    "errors": "Jenis kesalahan yang ditanam.",
    "places": "Banyaknya TPS atau kolom pada formulir.",
    "parts": "Pertanyaan dalam kasus.",
    "cells": "Sel tabel aturan surat suara.",
    "rule": "Nama aturan, lihat `flask --app app bank rules`.",
    "reason": "Alasan tertulis, paling sedikit sepuluh huruf.",
    "instrument": "Peraturan, menurut daftar peraturan.",
    "article": "Pasal.",
    "paragraph": "Ayat.",
    "letter": "Huruf.",
    "point": "Angka.",
}


def bank_schema() -> dict[str, Any]:
    """Return the schema: the loader's own models, told apart by `type`.

    An if-then for each type, not a oneOf: editors then speak of the fault and not of all types.
    """
    sources = {name: item_type.source for name, item_type in ITEM_TYPES.items()}
    models = [(model, "validation") for model in (BankHead, *sources.values())]
    names, whole = models_json_schema(models, ref_template="#/$defs/{model}")  # type: ignore[arg-type]
    parts = whole["$defs"]
    for part in parts.values():
        _describe(part)
    head = parts.pop("BankHead")
    head["properties"]["items"]["items"] = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(sources)}},
        "allOf": [
            {"if": {"properties": {"type": {"const": name}}}, "then": names[(source, "validation")]}
            for name, source in sources.items()
        ],
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": "Bank soal kapuas_quiz. Dibuat oleh: flask --app app bank schema",
        **head,
        "title": "Bank soal",
        "$defs": dict(sorted(parts.items())),
    }


def schema_text() -> str:
    """Return the schema as its committed file has it."""
    return json.dumps(bank_schema(), indent=1, ensure_ascii=False) + "\n"


def _describe(part: dict[str, Any]) -> None:
    """Put Indonesian descriptions in place of what the code says about itself."""
    for place in _within(part):
        place.pop("title", None)
        place.pop("description", None)
    for name, value in part.get("properties", {}).items():
        if name in TITLES:
            value["description"] = TITLES[name]


def _within(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema in a schema; names of properties are no schemas."""
    if not isinstance(part, dict):
        return
    yield part
    for inner in (*part.get("properties", {}).values(), part.get("items"), *part.get("anyOf", ())):
        yield from _within(inner)
