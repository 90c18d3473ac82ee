"""What happened to the people of a locked list since: a list that no longer holds leads no further."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from kapuas_quiz.certificates.candidates import RefusedError, lines_of, refuse_unfinished
from kapuas_quiz.certificates.models import Decision, DecisionList
from kapuas_quiz.core.standard import CERTIFIABLE_KINDS, PassRule


class OutdatedError(RefusedError):
    """People do not stand as a locked list says; it needs a corrected list.

    people: names by what happened: keluar (withdrawn), tanpa-sertifikat (of a kind that cannot be
    certified any more), berubah (results or personal details are others).
    """

    def __init__(self, people: dict[str, list[str]]) -> None:
        super().__init__(people)
        self.people = people


def refuse_outdated(
    session: Session, row: DecisionList, decisions: Collection[Decision], now: datetime
) -> None:
    """Let pass only lines that say what is still so, in a training whose sittings are all sealed.

    decisions: the lines of the list that the next step rests on.
    Raises NotReadyError, OutdatedError.
    """
    refuse_unfinished(session, row.training_id, now)
    current = _facts_now(session, row, now)
    people: dict[str, list[str]] = {}
    for decision in decisions:
        if code := _change(decision.facts, current.get(decision.enrolment_id)):
            people.setdefault(code, []).append(decision.facts["name"])
    if people:
        raise OutdatedError({code: sorted(names) for code, names in people.items()})


def _facts_now(session: Session, row: DecisionList, now: datetime) -> dict[uuid.UUID, dict[str, Any]]:
    lines = lines_of(session, row.training_id, PassRule.model_validate(row.rule), now)
    return {line.enrolment_id: line.facts for line in lines}


def _change(frozen: dict[str, Any], current: dict[str, Any] | None) -> str:
    """Return the code of what happened to somebody, empty if nothing did."""
    if current is None:
        return "keluar"
    if frozen["kind"] in CERTIFIABLE_KINDS and current["kind"] not in CERTIFIABLE_KINDS:
        return "tanpa-sertifikat"
    return "berubah" if current != frozen else ""
