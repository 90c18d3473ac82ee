"""One line of a decision list, as stored and as shown."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kapuas_quiz.certificates.models import Decision
from kapuas_quiz.core.standard import CERTIFIABLE_KINDS, Reason


@dataclass(frozen=True)
class LineView:
    """One line: who, the figures, what the rule proposes and why, what is decided and why."""

    id: uuid.UUID
    enrolment_id: uuid.UUID
    number: int
    facts: Mapping[str, Any]
    proposal: str
    reasons: tuple[Reason, ...]
    outcome: str
    reason: str

    @property
    def certifiable(self) -> bool:
        """Tell whether this person can be given a certificate at all."""
        return self.facts["kind"] in CERTIFIABLE_KINDS

    @property
    def against_rule(self) -> bool:
        """Tell whether the decision differs from what follows from the proposal."""
        return self.outcome != default_outcome(self.proposal)

    @property
    def verdict(self) -> str:
        """Return the outcome, or tanpa-sertifikat for whom there is nothing to decide."""
        return self.outcome if self.certifiable else "tanpa-sertifikat"

    def total(self, kind: str) -> tuple[float, float] | None:
        """Return (points, most possible) of the pre-test or post-test, None where there is none."""
        result = self.facts["results"].get(kind)
        return tuple(result["points"][""]) if result else None

    def on_paper(self, kind: str) -> bool:
        """Tell whether the pre-test or post-test was written on paper, wholly or in part."""
        return self.facts["results"].get(kind, {}).get("medium") == "kertas"


@dataclass(frozen=True)
class Counts:
    """How many lines a list has of each sort."""

    total: int
    passed: int
    failed: int
    without_proposal: int
    near_cut: int
    against_rule: int


def default_outcome(proposal: str) -> str:
    """Return what is decided unless the certifier says otherwise: without a proposal nobody passes."""
    return "lulus" if proposal == "lulus" else "belum"


def reasons_text(reasons: Collection[Reason]) -> str:
    """Write reasons as they are stored: codes and figures, no words."""
    return json.dumps([[reason.code, dict(reason.figures)] for reason in reasons], ensure_ascii=False)


def line_view(decision: Decision, number: int) -> LineView:
    """Return a stored line under its number in the list."""
    return LineView(
        id=decision.id,
        enrolment_id=decision.enrolment_id,
        number=number,
        facts=decision.facts,
        proposal=decision.proposal,
        reasons=tuple(Reason(code, figures) for code, figures in json.loads(decision.proposal_reason)),
        outcome=decision.outcome,
        reason=decision.reason,
    )


def count(lines: Collection[LineView]) -> Counts:
    """Count the lines of each sort."""
    passed = sum(line.outcome == "lulus" for line in lines)
    return Counts(
        total=len(lines),
        passed=passed,
        failed=len(lines) - passed,
        without_proposal=sum(line.proposal == "tanpa-usul" for line in lines),
        near_cut=sum(bool(line.facts["near_cut"]) for line in lines),
        against_rule=sum(line.against_rule for line in lines),
    )
