"""The answers of a question as lines that people type: `* ` marks what is right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kapuas_quiz.core.items.number import indonesian

_NUMBER = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)
_LONGEST_NUMBER = 30
_MEASURE = re.compile(r"(?P<key>-?[\d.,]+)(?:\s*(?:±|\+/-)\s*(?P<tolerance>[\d.,]+))?(?:\s+(?P<unit>\D.*))?")
LETTERS = "abcdefgh"


def number(text: str) -> int | float | str:
    """Read a number as Indonesians write it; a text that is none comes back, to be refused in words."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text.strip()):
        return text
    value = Decimal(text.strip().replace(".", "").replace(",", "."))
    return int(value) if value == value.to_integral_value() else float(value)


def text_of(value: object) -> str:
    """Write a number as Indonesians do; anything else as it is."""
    return indonesian(value) if isinstance(value, int | float) else str(value)


def lines_of(part: Mapping[str, Any]) -> str:
    """Write the answer of a question as lines."""
    kind = part.get("type")
    if kind in ("single_choice", "multiple_response"):
        right = part.get("keys") or [part.get("key")]
        return "\n".join(
            f"{'* ' if option['id'] in right else ''}{option['text']}" for option in part.get("options") or ()
        )
    if kind == "number":
        margin = f" ± {text_of(part['tolerance'])}" if part.get("tolerance") else ""
        return f"{text_of(part.get('key', ''))}{margin} {part.get('unit', '')}".strip()
    return "\n".join(part.get("accepted") or [str(part.get("key", ""))])


def keys_from(kind: str, text: str, old: Mapping[str, Any]) -> dict[str, Any]:
    """Read lines into the keys of a type; what an old option said beside its text stays with the text."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if kind in ("single_choice", "multiple_response"):
        return _options(kind, lines, old)
    if kind == "true_false":
        return {"key": lines[0].lower() if lines else ""}
    if kind == "short_text":
        return {"accepted": lines}
    found = _MEASURE.fullmatch(lines[0]) if lines else None
    if not found:
        return {"key": lines[0] if lines else ""}
    rest = {"tolerance": number(found["tolerance"] or ""), "unit": found["unit"] or ""}
    return {"key": number(found["key"]), **{name: value for name, value in rest.items() if value}}


def _options(kind: str, lines: list[str], old: Mapping[str, Any]) -> dict[str, Any]:
    known = {option["text"]: option for option in old.get("options") or ()}
    texts = [(line.lstrip("*").strip(), line.startswith("*")) for line in lines]
    taken = {known[text]["id"] for text, _ in texts if text in known}
    free = iter(letter for letter in LETTERS if letter not in taken)
    options = [known.get(text) or {"id": next(free, "z"), "text": text} for text, _ in texts]
    right = [option["id"] for option, (_, marked) in zip(options, texts, strict=True) if marked]
    scoring = {"scoring": old["scoring"]} if kind == "multiple_response" and old.get("scoring") else {}
    if kind == "multiple_response":
        return {"options": options, "keys": right, **scoring}
    return {"options": options, "key": right[0] if len(right) == 1 else ""}
