"""Small well-formed pieces of banks for tests to bend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kapuas_quiz.banks.registers import load_registers
from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.registers import Registers


def fact(name: str = "F001", **values: Any) -> Fact:
    """A fact on which an item may cite PKPU 8/2022 Pasal 10 ayat (1)."""
    defaults = {
        "area": "08-logistik",
        "statement": "Kotak suara dikunci.",
        "regulation": "PKPU 8/2022",
        "article": "Pasal 10 ayat (1)",
        "use": "siap-dengan-pasal",
        "sources": (),
        "note": "",
    }
    return Fact(name, **{**defaults, **values})


def registers(*facts: Fact) -> Registers:
    """The registers of the program, with facts of a test."""
    return replace(load_registers(), facts={fact.id: fact for fact in facts})


def raw_item(number: int = 1, **values: Any) -> dict[str, Any]:
    """An item of 08-logistik as a parsed YAML mapping; the key is b."""
    return {
        "id": f"logistik-{number:03}",
        "type": "single_choice",
        "level": "paham",
        "stem": f"Kotak suara nomor {number} tiba. Apa yang **pertama** dilakukan?",
        "options": [
            {"id": "a", "text": "Menyimpannya."},
            {"id": "b", "text": "Memeriksa segelnya.", "rationale": "Segel menjaga isi."},
            {"id": "c", "text": "Membukanya."},
        ],
        "key": "b",
        "rationale": "Segel diperiksa lebih dahulu.",
        "citation": {"instrument": "", "article": "", "paragraph": "", "letter": ""},
        "facts": ["F001"],
        "review": "siap-ditelaah",
        "review_note": "",
        **values,
    }


def raw_bank(*items: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A bank file as a parsed YAML mapping."""
    return {
        "competency": "08-logistik",
        "title": "Logistik",
        "items": list(items) or [raw_item()],
        **values,
    }


def citation(
    instrument: str = "", article: str = "", paragraph: str = "", letter: str = ""
) -> dict[str, str]:
    """A legal citation as a parsed YAML mapping."""
    return {"instrument": instrument, "article": article, "paragraph": paragraph, "letter": letter}
