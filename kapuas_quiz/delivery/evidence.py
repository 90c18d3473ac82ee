"""What the journals of a room show to the committee beside the answers. Reads only."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import MILLISECOND
from kapuas_quiz.core.outage import Arrival, Outage, Presence, outages
from kapuas_quiz.delivery.attempts import ATTEMPT, DEVICE, EVENT, AttemptFacts
from kapuas_quiz.delivery.handed_codes import complete_by_code
from kapuas_quiz.delivery.standing import stored_ending


@dataclass
class Evidence:
    """What one attempt's journal shows.

    complete: up to a hand-in of the live phone, or its code that was read out carried every question.
    n_late: choices after the limit, which do not count.  n_unsure: choices whose time only the phone knows.
    codes: time codes that a phone took.  seen_at: when the newest of these three kinds came.
    """

    complete: bool = False
    n_late: int = 0
    n_unsure: int = 0
    codes: list[str] = field(default_factory=list)
    seen_at: datetime | None = None
    arrivals: dict[datetime, datetime] = field(default_factory=dict)


def evidence_of(session: Session, attempts: Iterable[AttemptFacts]) -> dict[uuid.UUID, Evidence]:
    """Read the journals of a room once, in the order of arrival."""
    facts = {one.id: one for one in attempts if one.started_at}
    found: dict[uuid.UUID, Evidence] = defaultdict(Evidence)
    if not facts:
        return found
    sitting_id = next(iter(facts.values())).sitting_id
    for row in session.connection().execute(_entries(sitting_id)):
        if row.attempt_id in facts:
            _look_at(found[row.attempt_id], facts[row.attempt_id], row)
    for attempt_id in complete_by_code(session, sitting_id):
        found[attempt_id].complete = True
    return found


def outages_in(
    attempts: Iterable[AttemptFacts],
    evidence: Mapping[uuid.UUID, Evidence],
    *,
    after: datetime | None,
    now: datetime,
) -> list[Outage]:
    """Return the room's outages that ended after a moment."""
    phones = [
        _presence(one, evidence[one.id].arrivals if one.id in evidence else {}, now)
        for one in attempts
        if one.medium == "hp"
    ]
    found = outages([phone for phone in phones if phone], now)
    return [one for one in found if after is None or one.until > after]


def _entries(sitting_id: uuid.UUID) -> Select[Any]:
    return (
        select(
            EVENT.c.attempt_id,
            EVENT.c.kind,
            EVENT.c.via,
            EVENT.c.at_ms,
            EVENT.c.unsure,
            EVENT.c.answer,
            EVENT.c.received_at,
            DEVICE.c.since,
            DEVICE.c.superseded_at,
        )
        .join(ATTEMPT, ATTEMPT.c.id == EVENT.c.attempt_id)
        .join(DEVICE, (DEVICE.c.attempt_id == EVENT.c.attempt_id) & (DEVICE.c.device == EVENT.c.device))
        .where(ATTEMPT.c.sitting_id == sitting_id)
        .order_by(EVENT.c.attempt_id, EVENT.c.number)
    )


def _look_at(found: Evidence, facts: AttemptFacts, row: Any) -> None:
    if facts.started_at is None:
        return
    chosen_at = facts.started_at + row.at_ms * MILLISECOND
    if row.kind == "selesai" and row.superseded_at is None:
        found.complete = row.received_at >= row.since
    limit = facts.course.limit
    if row.kind == "tambah":
        found.codes.append(row.answer)
        found.seen_at = row.received_at
    elif row.kind == "jawab" and limit is not None and min(chosen_at, row.received_at) > limit:
        found.n_late += 1
        found.seen_at = row.received_at
    elif row.kind == "jawab" and row.unsure:
        found.n_unsure += 1
        found.seen_at = row.received_at
    if row.via == "jaringan":
        known = row.received_at if row.unsure else chosen_at
        found.arrivals[row.received_at] = min(known, found.arrivals.get(row.received_at, known))


def _presence(facts: AttemptFacts, arrivals: Mapping[datetime, datetime], now: datetime) -> Presence | None:
    if facts.started_at is None:
        return None
    ended = stored_ending(facts, now)
    until = ended.at if ended else now
    last = () if facts.last_contact_at in arrivals or ended else (_contact(facts.last_contact_at),)
    came = sorted([*(Arrival(at, chosen) for at, chosen in arrivals.items()), *last])
    return Presence(facts.started_at, until, tuple(came))


def _contact(at: datetime) -> Arrival:
    return Arrival(at, at)


def heard_of(facts: AttemptFacts, moment: datetime) -> bool:
    """Tell whether a phone was in touch after a moment."""
    return facts.last_contact_at > moment
