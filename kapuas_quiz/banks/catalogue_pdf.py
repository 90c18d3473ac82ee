"""The catalogue of every rule on valid and invalid ballots, on paper, for the law officer's signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.instruments import load_instruments
from kapuas_quiz.core.ballots.drawing import svg
from kapuas_quiz.core.ballots.generator import generate, is_possible
from kapuas_quiz.core.ballots.model import EMPTY
from kapuas_quiz.core.ballots.rules import UNDECIDED, RuleCell, RuleTable, judge
from kapuas_quiz.core.ballots.words import CONDITIONS, describe, verdicts
from kapuas_quiz.core.canonical import fingerprint
from kapuas_quiz.core.facts import Fact
from kapuas_quiz.core.instruments import Instrument, named
from kapuas_quiz.web.typesetting import typeset

TEMPLATE = Path(__file__).with_name("ballot_catalogue.typ")
FEWEST, FEWEST_EACH = 6, 2
"""Pictures of a cell, and pictures for each number of pairs on which it can occur."""
FONT = "Libertinus Serif"
VERDICTS = {
    "sah": "Sah untuk kolom yang dicoblos",
    "kolom-kosong": "Sah untuk kolom kosong",
    "tidak-sah": "Tidak sah",
    UNDECIDED: "Belum diputuskan",
}


def catalogue_pdf(*, now: datetime) -> bytes:
    """Typeset every cell with ballots for each number of pairs on which it can occur."""
    data = catalogue_data(load_ballot_rules(), load_facts(), load_instruments())
    return typeset(TEMPLATE, data, now=now)


def catalogue_data(
    rules: RuleTable, facts: Mapping[str, Fact], instruments: Mapping[str, Instrument]
) -> dict[str, Any]:
    """Return what the catalogue prints; `table` names the rules, `contents` also facts and pictures."""
    cells = [
        {
            "number": number,
            **_words(cell, instruments),
            "facts": [f"{name}: {facts[name].statement}" for name in cell.facts],
            "ballots": list(_ballots(cell, rules)),
        }
        for number, cell in enumerate(rules.cells, 1)
    ]
    return {"cells": cells, "table": table_fingerprint(rules), "contents": fingerprint(cells)}


def table_fingerprint(rules: RuleTable) -> str:
    """Name a rule table by what it says; review states are no part of it."""
    return fingerprint([cell.model_dump(exclude={"review", "note"}) for cell in rules.cells])


def _words(cell: RuleCell, instruments: Mapping[str, Instrument]) -> dict[str, Any]:
    instrument, *place = cell.citation.model_dump().values()
    return {
        **cell.model_dump(include={"id", "title", "sentence", "certain", "note"}),
        "verdict": VERDICTS[cell.verdict],
        "undecided": cell.verdict == UNDECIDED,
        "conditions": [CONDITIONS[name][value] for name, value in cell.when.wishes.items()],
        "citation": " ".join(part for part in (named(instrument, instruments), *place) if part),
    }


def _ballots(cell: RuleCell, rules: RuleTable) -> Iterator[dict[str, str]]:
    possible = [pairs for pairs in (1, 2, 3, 4) if is_possible(cell.id, pairs, rules.cells)]
    for pairs in possible:
        for variant in range(max(FEWEST_EACH, FEWEST // len(possible))):
            yield _ballot(cell, pairs, variant + 1, rules)


def _ballot(cell: RuleCell, pairs: int, variant: int, rules: RuleTable) -> dict[str, str]:
    ballot = generate(cell.id, pairs, variant, rules.cells)
    judgement = judge(ballot, rules.cells)
    words = dict(verdicts(ballot))
    return {
        "picture": svg(ballot).replace("sans-serif", FONT),
        "words": describe(ballot).split(". ", 1)[1],
        "pairs": "satu pasangan calon" if EMPTY in words else f"{pairs} pasangan calon",
        "verdict": words[judgement.key] if judgement else VERDICTS[UNDECIDED],
    }
