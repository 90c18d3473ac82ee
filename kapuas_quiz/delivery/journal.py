"""Take in what phones chose: one transaction, one sync, each entry once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, func, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import Ending, elapsed_ms, ending, remaining_ms
from kapuas_quiz.core.journal import Answer, Clash, Event, Fold, Gap, Kind, continues
from kapuas_quiz.core.receipts import Stored, next_link, receipt
from kapuas_quiz.delivery.attempts import (
    ATTEMPT,
    EVENT,
    RESPONSE,
    AttemptFacts,
    locked_attempt,
)
from kapuas_quiz.delivery.ledger import Journal, fold_of, stored_journal
from kapuas_quiz.delivery.refusals import (
    AttemptSealed,
    ContentClash,
    InvalidEvent,
    NoSuchAttempt,
    NotStarted,
    NumberGap,
    OtherDevice,
)
from kapuas_quiz.delivery.sheet import Sheet, sheet_of

MOST_EVENTS = 5000
RECEIPTS = "tanda-terima"
"""The purpose for which the key of receipts is derived."""
SPOKEN_CODE = re.compile(r"[0-9]{6}", re.ASCII)
CONTACT_EVERY = timedelta(seconds=5)


def _upsert(statement: postgresql.Insert | sqlite.Insert) -> Executable:
    fresh = {name: statement.excluded[name] for name in ("answer", "flagged", "at_ms", "unsure")}
    return statement.on_conflict_do_update(index_elements=["attempt_id", "position"], set_=fresh)


# Built once: building a statement costs as much as running it.
_APPEND = insert(EVENT)
_KEEP = {"postgresql": _upsert(postgresql.insert(RESPONSE)), "sqlite": _upsert(sqlite.insert(RESPONSE))}
_STATE = update(ATTEMPT).where(ATTEMPT.c.id == bindparam("attempt"))
_SAFE = select(func.count()).where(
    EVENT.c.attempt_id == bindparam("attempt"),
    EVENT.c.device == bindparam("device"),
    literal_column("response_event.rowid") <= bindparam("mark"),
)


@dataclass(frozen=True)
class Entry:
    """One journal entry as a phone sends it; `at_ms` since the attempt's start."""

    seq: int
    kind: Kind
    position: int | None
    answer: Any
    at_ms: int
    unsure: int


@dataclass(frozen=True)
class Acknowledgement:
    """What is on disk now: `ack` is the highest number stored for this device.

    safe: the highest number that a spare laptop holds too, None without a spare.
    receipt: of the newest entry of this device, '' without one.  grants: how often time was given.
    """

    ack: int
    elapsed_ms: int
    remaining_ms: int
    ending: Ending | None
    closed: bool
    superseded: bool
    n_answered: int
    late: bool
    sitting_id: uuid.UUID
    safe: int | None
    receipt: str
    paused: bool
    grants: int


def record_entries(
    session: Session,
    *,
    attempt_id: uuid.UUID,
    device: str,
    entries: Sequence[Entry],
    receipt_key: bytes,
    now: datetime,
    left: int = 0,
    via: str = "jaringan",
    mark: int | None = None,
) -> Acknowledgement:
    """Store the entries that are new, fold, end the attempt if that is its course, and commit.

    No entries: only a sign of life.  left: how many more the phone still holds.  via: how they came.
    mark: the highest row of the journal that a spare laptop holds, None without a spare.
    Raises a Refusal, and then no entry was stored.
    """
    facts = locked_attempt(session, attempt_id)
    if facts is None:
        raise NoSuchAttempt
    journal = stored_journal(session, facts)
    connection = session.connection()
    try:
        new = _new_events(session, facts, journal, device, entries, now)
    except (ContentClash, InvalidEvent) as refusal:
        _store_unsent(session, facts, left + sum(entry.seq > refusal.ack for entry in entries))
        raise
    stored = _linked(receipt_key, facts.id, journal, new, now)
    if stored:
        first = len(journal.stored) + 1
        rows = [_row(facts.id, one, number, via) for number, one in enumerate(stored, first)]
        connection.execute(_APPEND, rows)
    before = fold_of(facts, journal)
    journal = replace(journal, stored=(*journal.stored, *stored))
    after = fold_of(facts, journal)
    store_responses(connection, facts.id, before, after)
    ended = ending(facts.course, handed_in_ms=after.handed_in_ms, now=now)
    _store_state(connection, facts, ended, now, contact=bool(new), unsent=left)
    safe = (
        None
        if mark is None
        else connection.scalar(_SAFE, {"attempt": facts.id, "device": device, "mark": mark})
    )
    session.commit()
    return _acknowledge(facts, journal, device, new, after, ended, now, safe)


def _store_unsent(session: Session, facts: AttemptFacts, unsent: int) -> None:
    """Remember how many entries a phone could not hand over, though none was taken."""
    session.connection().execute(_STATE, {"attempt": facts.id, "unsent": unsent})
    session.commit()


def _linked(
    key: bytes, attempt_id: uuid.UUID, journal: Journal, new: Sequence[Event], now: datetime
) -> list[Stored]:
    """Give each new entry its receipt, in the order of arrival."""
    previous = journal.stored[-1].link if journal.stored else ""
    stored = []
    for event in new:
        previous = next_link(key, previous, attempt_id, event, now)
        stored.append(Stored(event, now, previous))
    return stored


def _new_events(
    session: Session,
    facts: AttemptFacts,
    journal: Journal,
    device: str,
    entries: Sequence[Entry],
    now: datetime,
) -> list[Event]:
    stored = journal.of(device)
    if facts.sealed_at is not None:
        raise AttemptSealed(len(stored))
    if journal.device(device) is None:
        raise OtherDevice
    if facts.started_at is None:
        raise NotStarted
    received = elapsed_ms(facts.course, now)
    arrived = [
        Event(device, e.seq, e.kind, e.position, e.answer, e.at_ms, received, e.unsure) for e in entries
    ]
    try:
        new = continues(stored, arrived)
    except Clash as error:
        raise ContentClash(len(stored)) from error
    except Gap as error:
        raise NumberGap(len(stored)) from error
    sheet = sheet_of(session, facts.form_id)
    if not all(_is_valid(sheet, event) for event in new):
        raise InvalidEvent(len(stored))
    return new


def _is_valid(sheet: Sheet, event: Event) -> bool:
    if event.seq > MOST_EVENTS:
        return False
    if event.kind == "tambah":
        spoken = isinstance(event.answer, str) and SPOKEN_CODE.fullmatch(event.answer)
        return event.position is None and bool(spoken)
    if event.kind == "selesai":
        return event.position is None and event.answer is None
    if event.kind == "ragu":
        return isinstance(event.answer, bool) and sheet.takes(event.position, None)
    return sheet.takes(event.position, event.answer)


def _row(attempt_id: uuid.UUID, one: Stored, number: int, via: str) -> dict[str, Any]:
    event = one.event
    return {
        "attempt_id": attempt_id,
        "number": number,
        "device": event.device,
        "seq": event.seq,
        "link": one.link,
        "via": via,
        "kind": event.kind,
        "position": event.position,
        "answer": event.answer,
        "at_ms": event.at_ms,
        "unsure": event.unsure,
        "received_at": one.received_at,
    }


def store_responses(connection: Connection, attempt_id: uuid.UUID, before: Fold, after: Fold) -> None:
    """Bring the responses up to date; what counted only by a code, and does no more, becomes unanswered."""
    gone = {n: Answer() for n in before.answers if n not in after.answers}
    changed = gone | {n: a for n, a in after.answers.items() if before.answers.get(n) != a}
    if not changed:
        return
    connection.execute(
        _KEEP[connection.dialect.name],
        [_response(attempt_id, position, answer) for position, answer in changed.items()],
    )


def _response(attempt_id: uuid.UUID, position: int, answer: Answer) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "position": position,
        "answer": answer.answer,
        "flagged": int(answer.flagged),
        "at_ms": answer.at_ms,
        "unsure": answer.unsure,
    }


def _store_state(
    connection: Connection,
    facts: AttemptFacts,
    ended: Ending | None,
    now: datetime,
    *,
    contact: bool,
    unsent: int,
) -> None:
    values: dict[str, Any] = {} if unsent == facts.unsent else {"unsent": unsent}
    if contact or now - facts.last_contact_at >= CONTACT_EVERY:
        values["last_contact_at"] = now
    if ended and (facts.ended_at, facts.end_reason) != (ended.at, ended.reason):
        values |= {"ended_at": ended.at, "end_reason": ended.reason}
    if values:
        connection.execute(_STATE, {"attempt": facts.id, **values})


def _acknowledge(
    facts: AttemptFacts,
    journal: Journal,
    device: str,
    new: Sequence[Event],
    after: Fold,
    ended: Ending | None,
    now: datetime,
    safe: int | None,
) -> Acknowledgement:
    live = journal.device(device)
    links = [one.link for one in journal.stored if one.event.device == device]
    return Acknowledgement(
        ack=len(links),
        elapsed_ms=elapsed_ms(facts.course, now),
        remaining_ms=remaining_ms(facts.course, now) or 0,
        ending=ended,
        closed=facts.closed_at is not None,
        superseded=live is not None and live.superseded_ms is not None,
        n_answered=sum(answer.answer is not None for answer in after.answers.values()),
        late=bool(new) and facts.closed_at is not None,
        sitting_id=facts.sitting_id,
        safe=safe,
        receipt=receipt(links[-1]) if links else "",
        paused=facts.is_paused and ended is None,
        grants=facts.n_grants,
    )
