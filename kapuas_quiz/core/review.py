"""The review state of an item, from what its file says and what reviewers decided about its wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

State = Literal["draf", "siap-ditelaah", "disetujui", "ditarik"]

READY: State = "siap-ditelaah"


class Decision(StrEnum):
    """What a reviewer did with a wording; AMEND: the law that it rests on was changed."""

    APPROVE = "approve"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    AMEND = "amend"


STATE_AFTER: Mapping[Decision, State] = {
    Decision.APPROVE: "disetujui",
    Decision.SEND_BACK: "draf",
    Decision.WITHDRAW: "ditarik",
    Decision.REOPEN: READY,
    Decision.AMEND: "draf",
}


OPEN_IN: Mapping[str, tuple[Decision, ...]] = {
    READY: (Decision.APPROVE, Decision.SEND_BACK, Decision.WITHDRAW),
    "disetujui": (Decision.SEND_BACK, Decision.WITHDRAW, Decision.REOPEN),
    "draf": (Decision.APPROVE, Decision.WITHDRAW),
    "ditarik": (Decision.REOPEN,),
}


@dataclass(frozen=True)
class Decided:
    """One decision, about a wording by its digest and at a level."""

    decision: Decision
    digest: str
    level: str


def last_about(decided: Sequence[Decided], digest: str, level: str) -> Decided | None:
    """Return the last decision about this very wording at this level, oldest first; None if there is none."""
    about = [one for one in decided if (one.digest, one.level) == (digest, level)]
    return about[-1] if about else None


def since_amendment(decided: Sequence[Decided]) -> Sequence[Decided]:
    """Return the decisions taken after the law under the item last changed; all if it never did."""
    changes = [place for place, one in enumerate(decided) if one.decision is Decision.AMEND]
    return decided[changes[-1] + 1 :] if changes else decided


def is_held(decided: Sequence[Decided]) -> bool:
    """Tell whether the law under an item changed and nobody has approved any wording of it since."""
    since = since_amendment(decided)
    changed = len(since) < len(decided)
    return changed and all(one.decision is not Decision.APPROVE for one in since)


def effective_state(written: str, digest: str, level: str, decided: Sequence[Decided]) -> State:
    """Return the state that holds; an author's draft or withdrawal stands whatever was decided before.

    A change of the law voids what was decided before it, and only an approval lifts it, not a new wording.
    written: the state in the file.  decided: oldest first.
    """
    if written == "draf":
        return "draf"
    if written == "ditarik":
        return "ditarik"
    last = last_about(since_amendment(decided), digest, level)
    state = STATE_AFTER[last.decision] if last else READY
    return "draf" if state == READY and is_held(decided) else state


def open_decisions(written: str, state: str) -> tuple[Decision, ...]:
    """Return what a reviewer may decide; nothing about what the author holds back.

    written: the state in the file.  state: the effective state.
    """
    return OPEN_IN[state] if written == READY else ()
