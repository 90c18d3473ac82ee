"""The register of instruments that comes with the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.core import items
from kapuas_quiz.core.instruments import Instrument, named, unknown_amendments
from kapuas_quiz.core.items import Explanation

REGISTER = Path(__file__).resolve().parent.parent / "data" / "instruments.yaml"


@lru_cache(maxsize=2)
def load_instruments(path: Path = REGISTER) -> Mapping[str, Instrument]:
    """Read the register once per process, in the order of the file.

    Raises ValueError if the file is not well-formed, a date is none, or an amendment is unknown.
    """
    document = yaml_events.parse(path.read_text(encoding="utf-8"))
    if document.faults:
        line, message = document.faults[0]
        raise ValueError(f"{path.name}:{line}: {message}")
    register = {str(row["id"]): _instrument(row) for row in document.value}
    if wrong := unknown_amendments(register):
        raise ValueError(f"{path.name}: {wrong[0][0]}: amended_by '{wrong[0][1]}' tidak ada dalam daftar.")
    return register


def _instrument(row: Mapping[str, Any]) -> Instrument:
    return Instrument(
        **{name: str(row[name] or "") for name in ("id", "kind", "number", "title", "note")},
        year=int(row["year"]),
        in_force_from=_day(row["in_force_from"]),
        in_force_to=_day(row["in_force_to"]),
        amended_by=tuple(str(name) for name in row["amended_by"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def explain(content: Mapping[str, Any]) -> Explanation:
    """Explain a wording; its citation names the instrument with the amendments that the register knows."""
    told = items.explain(content)
    name = named(told.citation.get("instrument", ""), load_instruments())
    return replace(told, citation={**told.citation, "instrument": name})
