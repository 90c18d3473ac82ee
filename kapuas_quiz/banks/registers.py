"""All registers that come with the program."""

from __future__ import annotations

from functools import cache

from kapuas_quiz.banks.ballot_rules import load_ballot_rules
from kapuas_quiz.banks.facts import load_facts
from kapuas_quiz.banks.instruments import load_instruments
from kapuas_quiz.banks.layouts import load_layouts
from kapuas_quiz.core.registers import Registers


@cache
def load_registers() -> Registers:
    """Read every register once per process.

    Raises ValueError where one is not well-formed.
    """
    return Registers(load_facts(), load_instruments(), load_ballot_rules(), load_layouts())
