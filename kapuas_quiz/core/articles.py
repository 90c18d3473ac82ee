"""Places within an instrument of law, as people write them: `Pasal 120 ayat (1)–(2) huruf c`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

KINDS = ("pasal", "ayat", "huruf", "angka")
Place = Mapping[str, str]
"""One place: the value of each kind that is said, such as {"pasal": "120", "ayat": "1"}."""

_KIND = re.compile(r"\b(pasal|ps\.?|ayat|huruf|angka)\s*", re.IGNORECASE)
_VALUE = r"\(?([0-9]{1,4}[a-z]?|[a-z])\)?"
_LIST = re.compile(rf"{_VALUE}(?:\s*(–|-|,|;|dan|s\.?d\.?)\s*{_VALUE})*\s*", re.IGNORECASE)
_STEP = re.compile(rf"\s*(–|-|,|;|dan|s\.?d\.?)?\s*{_VALUE}", re.IGNORECASE)
_REMARK = re.compile(r"\s*\((?![0-9])[A-Za-z ]{2,}\)")
_TO = ("–", "-", "s.d.", "sd", "s.d", "sd.")


def places(text: str) -> list[dict[str, str]] | None:
    """Return every place that a text names, ranges and lists spelt out; None if it cannot be read.

    `Pasal 155 dan Pasal 159` is two places, `Pasal 89 ayat (3)–(4)` is two as well.
    """
    rest = _REMARK.sub("", text).strip()
    found: list[dict[str, str]] = []
    for segment in re.split(r"(?i)(?:[,;]|\bdan\b)?\s*(?=\b(?:pasal|ps\.?)\s)", rest):
        if not segment.strip():
            continue
        read = _segment(segment)
        if read is None:
            return None
        found += read
    return found or None


def written(place: Place) -> str:
    """Write a place as the register does: `Pasal 120 ayat (1) huruf c angka 2`."""
    shown = {kind: f"({value})" if kind == "ayat" else value for kind, value in place.items()}
    return " ".join(f"{kind.capitalize() if kind == 'pasal' else kind} {shown[kind]}" for kind in place)


def typed_place(text: str) -> str | None:
    """Bring one place as somebody typed it to the register's way of writing; None if it cannot be read.

    `94`, `120 ayat (2)`, `pasal 120 ayat 2` and `Ps. 120` are understood.
    """
    words = " ".join(text.split())
    found = places(f"Pasal {words}" if words[:1].isdigit() else words)
    return written(found[0]) if found and len(found) == 1 else None


def overlap(one: Place, other: Place) -> bool:
    """Tell whether one place lies within the other; Pasal 9 is no part of Pasal 94."""
    return all(one[kind] == other[kind] for kind in one.keys() & other.keys())


def _segment(text: str) -> list[dict[str, str]] | None:
    parts = _KIND.split(text.strip())
    if parts[0].strip() or len(parts) < 3:
        return None
    values: dict[str, list[str]] = {}
    for kind, listed in zip(parts[1::2], parts[2::2], strict=True):
        name = "pasal" if kind.lower().startswith("p") else kind.lower()
        read = list(_values(listed.strip()))
        if not read or name in values or None in read:
            return None
        values[name] = [value for value in read if value is not None]
    if "pasal" not in values:
        return None
    return [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]


def _values(text: str) -> Iterator[str | None]:
    """Yield the values of a list such as `(1)–(3) dan (5)`; None where it cannot be read."""
    if not _LIST.fullmatch(text):
        yield None
        return
    before = ""
    for step in _STEP.finditer(text):
        value = _norm(step.group(2))
        if (step.group(1) or "").lower() in _TO and before:
            yield from _between(before, value)
        yield value
        before = value


def _between(first: str, last: str) -> Iterator[str]:
    if first.isdigit() and last.isdigit() and int(last) - int(first) < 100:
        yield from (str(number) for number in range(int(first) + 1, int(last)))
    elif len(first) == len(last) == 1:
        yield from (chr(code) for code in range(ord(first) + 1, ord(last)))


def _norm(value: str) -> str:
    return value.upper() if value[0].isdigit() else value.lower()
