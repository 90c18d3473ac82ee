"""One small content of every type."""

from __future__ import annotations

from typing import Any

from kapuas_quiz.banks.rendering import rendered
from kapuas_quiz.core.items import ITEM_TYPES
from tests.core.bank_samples import raw_item, registers

OPTIONS = [{"id": letter, "text": f"Pilihan {letter}"} for letter in "abcde"]

KEYS: dict[str, dict[str, Any]] = {
    "single_choice": {"options": OPTIONS, "key": "b"},
    "true_false": {"key": "salah"},
    "multiple_response": {"options": OPTIONS, "keys": ["a", "c"]},
    "ordering": {"steps": ["Buka", "Hitung", "Catat", "Segel"]},
    "matching": {
        "pairs": [{"left": f"Kiri {n}", "right": f"Kanan {n}"} for n in (1, 2, 3)],
        "extra": ["Kanan lain"],
    },
    "number": {"key": 1200, "unit": "pemilih"},
    "short_text": {"accepted": ["Kotak suara", "kotak"]},
    "case": {
        "parts": [
            {"id": "p1", "type": "single_choice", "options": OPTIONS, "key": "b"},
            {"id": "p2", "type": "number", "key": 12.5},
            {"id": "p3", "type": "multiple_response", "options": OPTIONS, "keys": ["a", "c"]},
            {"id": "p4", "type": "short_text", "accepted": ["Panwascam"]},
        ]
    },
}


DRAWN: dict[str, dict[str, Any]] = {
    "ballot": {"pairs": 2, "cells": ["pada-foto"]},
    "ballot_stack": {"pairs": 2, "cells": ["pada-foto", "dua-pasangan"], "ballots": 3},
    "result_form": {"layout": "c-hasil-suara", "task": "isi", "rules": ["suara-sah"], "pairs": 2},
}
"""Types of which each person gets an own one."""


def content(name: str, **changes: Any) -> dict[str, Any]:
    """Return the content of a type with some keys changed."""
    bare = {key: value for key, value in raw_item(type=name).items() if key not in ("options", "key")}
    written = {**bare, **(KEYS | DRAWN)[name], **changes}
    for part in written.get("parts", ()):
        part.update(stem="Apa?", rationale="Karena itu.")
    kind = ITEM_TYPES[name]
    return rendered(kind.content(kind.source.model_validate(written), registers()))
