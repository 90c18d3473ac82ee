"""The fact register that comes with the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.core.facts import Fact

REGISTER = Path(__file__).resolve().parent.parent / "data" / "facts.yaml"

FIELDS = ("id", "area", "statement", "regulation", "article", "confidence", "use")


@lru_cache(maxsize=2)
def load_facts(path: Path = REGISTER) -> Mapping[str, Fact]:
    """Read the fact register once per process.

    Raises ValueError if the file is not well-formed.
    """
    document = yaml_events.parse(path.read_text(encoding="utf-8"))
    if document.faults:
        line, message = document.faults[0]
        raise ValueError(f"{path.name}:{line}: {message}")
    return {row["id"]: _fact(row) for row in document.value}


def _fact(row: Mapping[str, object]) -> Fact:
    sources = row["sources"]
    return Fact(
        **{name: str(row[name]) for name in FIELDS},
        sources=tuple(str(source) for source in sources) if isinstance(sources, list) else (),
        note=str(row["note"] or ""),
    )
