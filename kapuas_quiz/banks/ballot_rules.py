"""The rule table for ballots that comes with the program."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kapuas_quiz.banks import yaml_events
from kapuas_quiz.core.ballots.rules import RuleTable

RULES = Path(__file__).resolve().parent.parent / "data" / "ballot_rules.yaml"


@lru_cache(maxsize=2)
def load_ballot_rules(path: Path = RULES) -> RuleTable:
    """Read the rule table once per process.

    Raises ValueError if the file is not well-formed or no rule table.
    """
    document = yaml_events.parse(path.read_text(encoding="utf-8"))
    if document.faults:
        line, message = document.faults[0]
        raise ValueError(f"{path.name}:{line}: {message}")
    return RuleTable.model_validate(document.value)
