"""What only a person can settle: the committee sees it by name, with what to do."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kapuas_quiz.core.time_code import MOST_MINUTES, number_of, read_out, time_code
from kapuas_quiz.delivery.attempts import AttemptFacts, attempt_secret
from kapuas_quiz.delivery.evidence import Evidence, heard_of
from kapuas_quiz.delivery.grants import GrantView

Kind = Literal["kode", "lewat", "waktu"]


@dataclass(frozen=True)
class Case:
    """Something to look at.

    kind: 'kode', the phone took a time code that no gift here explains; 'lewat', choices after the limit;
    'waktu', choices whose time only the phone's own clock knows.  n: how many.
    noted: somebody wrote a note about the person since.
    """

    attempt_id: uuid.UUID
    kind: Kind
    n: int
    noted: bool


@dataclass(frozen=True)
class SpokenCode:
    """Minutes that a phone has not heard of yet, as they are read out to its owner."""

    minutes: int
    code: str


def cases_of(
    attempts: Iterable[AttemptFacts],
    evidence: Mapping[uuid.UUID, Evidence],
    grants: Sequence[GrantView],
    *,
    noted: Mapping[uuid.UUID, datetime],
    key: bytes,
) -> list[Case]:
    """Return what somebody should look at, in the order of the attempts.

    key: of the attempts' secrets.
    """
    found: list[Case] = []
    for facts in attempts:
        seen = evidence.get(facts.id)
        if seen is None or seen.seen_at is None:
            continue
        own = [grant for grant in grants if grant.attempt_id == facts.id]
        strange = [code for code in seen.codes if not _explains(own, code, key, facts.id)]
        is_noted = facts.id in noted and noted[facts.id] >= seen.seen_at
        counted: tuple[tuple[Kind, int], ...] = (
            ("kode", len(strange)),
            ("lewat", seen.n_late),
            ("waktu", seen.n_unsure),
        )
        found += [Case(facts.id, kind, n, is_noted) for kind, n in counted if n]
    return found


def codes_to_read_out(
    facts: AttemptFacts, grants: Sequence[GrantView], taken: Sequence[str], *, key: bytes
) -> tuple[SpokenCode, ...]:
    """Return the codes of gifts that were given since a phone was last heard of, the first first."""
    secret = attempt_secret(key, facts.id)
    unheard = [
        grant
        for grant in grants
        if grant.attempt_id == facts.id and grant.minutes <= MOST_MINUTES and not heard_of(facts, grant.at)
    ]
    codes = [(grant.minutes, time_code(secret, grant.number, grant.minutes)) for grant in unheard]
    return tuple(SpokenCode(minutes, read_out(code)) for minutes, code in codes if code not in taken)


def _explains(grants: Sequence[GrantView], code: str, key: bytes, attempt_id: uuid.UUID) -> bool:
    number = number_of(attempt_secret(key, attempt_id), code, [grant.number for grant in grants])
    return any(grant.number == number and grant.minutes == int(code[:2]) for grant in grants)
