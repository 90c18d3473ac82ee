"""What the items of the banks lean on, read once and handed to whoever checks an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapuas_quiz.core.ballots.rules import RuleTable
from kapuas_quiz.core.instruments import Instrument
from kapuas_quiz.core.result_forms.layout import Layout

if TYPE_CHECKING:
    from kapuas_quiz.core.facts import Fact


@dataclass(frozen=True)
class Registers:
    """Facts and instruments by id, the rule table of ballots, layouts of result forms by name."""

    facts: Mapping[str, Fact]
    instruments: Mapping[str, Instrument]
    ballot_rules: RuleTable
    layouts: Mapping[str, Layout]
