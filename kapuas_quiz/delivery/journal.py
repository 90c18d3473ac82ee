"""Take in what phones chose: one transaction, one sync, each entry once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import Ending, elapsed_ms, ending, remaining_ms
from kapuas_quiz.core.journal import Clash, Event, Gap, Kind, continues
from kapuas_quiz.core.receipts import Stored, next_link, receipt
from kapuas_quiz.delivery.attempts import EVENT, AttemptFacts
from kapuas_quiz.delivery.commits import Commits
from kapuas_quiz.delivery.ledger import Ledger, keep, locked_ledger, unlocked_ledger
from kapuas_quiz.delivery.refusals import (
    AttemptSealed,
    ContentClash,
    InvalidEvent,
    NoSuchAttempt,
    NotStarted,
    NumberGap,
    OtherDevice,
    Refusal,
)
from kapuas_quiz.delivery.sheet import Sheet, kept_sheet
from kapuas_quiz.delivery.storing import Change, changed_responses, store, stored_at_once

MOST_EVENTS = 5000
RECEIPTS = "tanda-terima"
"""The purpose for which the key of receipts is derived."""
SPOKEN_CODE = re.compile(r"[0-9]{6}", re.ASCII)
CONTACT_EVERY = timedelta(seconds=15)


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


@dataclass(frozen=True)
class Batch:
    """What a phone hands over at once.

    left: how many more entries it still holds.  via: how they came.
    mark: the highest row of the journal that a spare laptop holds, None without a spare.
    """

    attempt_id: uuid.UUID
    device: str
    entries: Sequence[Entry]
    receipt_key: bytes
    now: datetime
    left: int = 0
    via: str = "jaringan"
    mark: int | None = None


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

    No entries: only a sign of life. For the rest see Batch.
    Raises a Refusal, and then no entry was stored.
    """
    batch = Batch(attempt_id, device, entries, receipt_key, now, left, via, mark)
    outcome = take_in(session.connection(), batch)
    session.commit()
    return outcome.told()


def record_batch(commits: Commits, batch: Batch) -> Acknowledgement:
    """Do the same by the shortest way that the database offers; return after the commit.

    Raises a Refusal, and then no entry was stored.
    """
    outcome = commits.run_at_once(lambda connection: take_in_at_once(connection, batch))
    if outcome is None:
        outcome = commits.run(lambda connection: take_in(connection, batch))
    return outcome.told()


@dataclass(frozen=True)
class Outcome:
    """What came of a batch; to be told after the commit."""

    ledger: Ledger
    said: Acknowledgement | Refusal

    def with_safe(self, safe: int) -> Outcome:
        """Return the same, with up to which number a spare laptop holds the entries."""
        said = self.said if isinstance(self.said, Refusal) else replace(self.said, safe=safe)
        return Outcome(self.ledger, said)

    def told(self) -> Acknowledgement:
        """Remember what is stored now, and return what the phone hears; raises its Refusal."""
        keep(self.ledger)
        if isinstance(self.said, Refusal):
            raise self.said
        return self.said


def take_in(connection: Connection, batch: Batch) -> Outcome:
    """Store what is new of a batch; no commit.

    Raises a Refusal that changes nothing; one that leaves a trace is in the Outcome.
    """
    ledger = locked_ledger(connection, batch.attempt_id)
    if ledger is None:
        raise NoSuchAttempt
    outcome, change = judge(connection, ledger, batch)
    store(connection, batch.attempt_id, change)
    return outcome if batch.mark is None else outcome.with_safe(_safe(connection, batch))


def take_in_at_once(connection: Connection, batch: Batch) -> Outcome | None:
    """Look without a lock, then store by one statement that only works if nobody touched the attempt since.

    The connection commits each statement by itself. None, and nothing stored, where the other way is needed:
    the attempt has ended, somebody else wrote for it meanwhile, or there is more to store than one answer.
    """
    seen = unlocked_ledger(connection, batch.attempt_id)
    if seen is None or seen.ledger.facts.ended_at is not None:
        return None
    outcome, change = judge(connection, seen.ledger, batch)
    return outcome if stored_at_once(connection, batch.attempt_id, change, seen.version) else None


def judge(connection: Connection, ledger: Ledger, batch: Batch) -> tuple[Outcome, Change]:
    """Return what comes of a batch and what is to be stored for it; nothing is stored yet.

    Raises a Refusal that changes nothing; one that leaves a trace is in the Outcome.
    """
    facts = ledger.facts
    try:
        new = _new_events(connection, ledger, batch)
    except (ContentClash, InvalidEvent) as refusal:
        unsent = batch.left + sum(entry.seq > refusal.ack for entry in batch.entries)
        return Outcome(ledger, refusal), Change(state={"unsent": unsent})
    after = ledger.with_entries(_linked(batch, ledger, new))
    first = len(ledger.journal.stored)
    entries = [
        _row(facts.id, one, number, batch.via)
        for number, one in enumerate(after.journal.stored[first:], first + 1)
    ]
    ended = ending(facts.course, handed_in_ms=after.fold.handed_in_ms, now=batch.now)
    state = _new_state(facts, ended, batch, unsent=_unsent(batch, after))
    outcome = Outcome(after, _acknowledge(after, batch, len(new), ended))
    return outcome, Change(entries, changed_responses(facts.id, ledger.fold, after.fold), state)


def _unsent(batch: Batch, after: Ledger) -> int:
    """Return how many entries the phone holds that are not stored; a picture may have brought some."""
    if not batch.entries:
        return batch.left
    last = max(entry.seq for entry in batch.entries)
    return max(0, last + batch.left - len(after.journal.of(batch.device)))


def _safe(connection: Connection, batch: Batch) -> int:
    asked = {"attempt": batch.attempt_id, "device": batch.device, "mark": batch.mark}
    return connection.scalar(_SAFE, asked) or 0


def _linked(batch: Batch, ledger: Ledger, new: Sequence[Event]) -> list[Stored]:
    """Give each new entry its receipt, in the order of arrival."""
    before = ledger.journal.stored
    previous = before[-1].link if before else ""
    stored = []
    for event in new:
        previous = next_link(batch.receipt_key, previous, batch.attempt_id, event, batch.now)
        stored.append(Stored(event, batch.now, previous))
    return stored


def _new_events(connection: Connection, ledger: Ledger, batch: Batch) -> list[Event]:
    facts, stored = ledger.facts, ledger.journal.of(batch.device)
    if facts.sealed_at is not None:
        raise AttemptSealed(len(stored), receipt=_proof(ledger.journal.stored_of(batch.device)))
    if ledger.journal.device(batch.device) is None:
        raise OtherDevice
    if facts.started_at is None:
        raise NotStarted
    received = elapsed_ms(facts.course, batch.now)
    arrived = [
        Event(batch.device, e.seq, e.kind, e.position, e.answer, e.at_ms, received, e.unsure)
        for e in batch.entries
    ]
    try:
        new = continues(stored, arrived)
    except Clash as error:
        raise ContentClash(len(stored)) from error
    except Gap as error:
        raise NumberGap(len(stored)) from error
    if not new:
        return new
    sheet = kept_sheet(connection, facts.form_id)
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


def _new_state(facts: AttemptFacts, ended: Ending | None, batch: Batch, *, unsent: int) -> dict[str, Any]:
    values: dict[str, Any] = {} if unsent == facts.unsent else {"unsent": unsent}
    # The board reads out a code to whom time was given and who was not heard of since. A phone whose picture
    # was scanned heard nothing by it.
    late = batch.now - facts.last_contact_at >= CONTACT_EVERY or facts.n_grants
    if late and batch.via != "qr":
        values["last_contact_at"] = batch.now
    if ended and (facts.ended_at, facts.end_reason) != (ended.at, ended.reason):
        values |= {"ended_at": ended.at, "end_reason": ended.reason}
    return values


def _acknowledge(ledger: Ledger, batch: Batch, n_new: int, ended: Ending | None) -> Acknowledgement:
    facts, journal = ledger.facts, ledger.journal
    live = journal.device(batch.device)
    own = journal.stored_of(batch.device)
    return Acknowledgement(
        ack=len(own),
        elapsed_ms=elapsed_ms(facts.course, batch.now),
        remaining_ms=remaining_ms(facts.course, batch.now) or 0,
        ending=ended,
        closed=facts.closed_at is not None,
        superseded=live is not None and live.superseded_ms is not None,
        n_answered=sum(answer.answer is not None for answer in ledger.fold.answers.values()),
        late=n_new > 0 and facts.closed_at is not None,
        sitting_id=facts.sitting_id,
        safe=None,
        receipt=_proof(own),
        paused=facts.is_paused and ended is None,
        grants=facts.n_grants,
    )


def _proof(own: Sequence[Stored]) -> str:
    """Return the receipt of a device's hand-in, before it that of the newest entry, '' without one."""
    handed_in = [one.link for one in own if one.event.kind == "selesai"]
    links = handed_in[-1:] or [one.link for one in own[-1:]]
    return receipt(links[0]) if links else ""
