"""The test as one plain form, for browsers without scripts: every save is a stretch of the same journal."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import elapsed_ms
from kapuas_quiz.core.items import present, seen, unread
from kapuas_quiz.core.items.base import Answer as Given
from kapuas_quiz.core.items.base import Content
from kapuas_quiz.core.journal import Answer, Event, Kind
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.delivery.attempts import (
    ATTEMPT,
    DEVICE,
    AttemptFacts,
    facts_from,
    facts_query,
    locked_attempt,
)
from kapuas_quiz.delivery.journal import Entry, record_entries
from kapuas_quiz.delivery.ledger import fold_of, stored_journal
from kapuas_quiz.delivery.refusals import NoSuchAttempt, OtherDevice
from kapuas_quiz.delivery.sheet import own
from kapuas_quiz.delivery.standing import Standing, standing_of
from kapuas_quiz.forms.service import form_of
from kapuas_quiz.trainings.models import Enrolment
from kapuas_quiz.trainings.service import enrolment_view

PREFIX = "polos-"


@dataclass(frozen=True)
class PlainSheet:
    """A trainee's questions in order with what is chosen; `deadline` None before the start.

    base: the number of the last entry that the sheet shows.  uncounted: how many answers came too late.
    """

    standing: Standing
    deadline: datetime | None
    items: tuple[dict[str, Any], ...]
    base: int
    uncounted: int

    @property
    def missing(self) -> list[int]:
        """Return the running numbers, from 1, that are not answered."""
        return [number for number, item in enumerate(self.items, 1) if item["chosen"] is None]

    @property
    def unread(self) -> list[int]:
        """Return the running numbers, from 1, where words stand in place of a number."""
        return [number for number, item in enumerate(self.items, 1) if item["unread"]]


@dataclass(frozen=True)
class Saved:
    """What became of a page's answers; `kept`: positions answered otherwise after the page was made."""

    kept: tuple[int, ...]
    late: bool


def plain_sheet(session: Session, *, attempt_id: uuid.UUID, now: datetime) -> PlainSheet:
    """Return what the plain page shows.

    Raises NoSuchAttempt.
    """
    query = facts_query().where(ATTEMPT.c.id == attempt_id)
    row = session.connection().execute(query).mappings().one_or_none()
    if row is None:
        raise NoSuchAttempt
    facts = facts_from(row)
    standing = standing_of(session, enrolment_view(session, facts.enrolment_id), now=now, only=facts)
    journal = stored_journal(session, facts)
    counted = fold_of(facts, journal).answers
    sent = _answers_in(journal.live)
    return PlainSheet(
        standing,
        facts.course.limit if facts.started_at else None,
        _items(session, facts, counted),
        base=len(journal.live),
        uncounted=sum(counted.get(n, Answer()).answer != answer for n, answer in sent.items()),
    )


def plain_device(session: Session, *, token: str) -> str:
    """Return the name of the plain page on which the bearer of a badge is at work, or a fresh one."""
    live = session.scalar(
        select(DEVICE.c.device)
        .join(ATTEMPT, ATTEMPT.c.id == DEVICE.c.attempt_id)
        .join(Enrolment, Enrolment.id == ATTEMPT.c.enrolment_id)
        .where(Enrolment.badge_digest == digest(token))
        .where(DEVICE.c.superseded_at.is_(None), ATTEMPT.c.ended_at.is_(None))
        .where(DEVICE.c.device.startswith(PREFIX))
    )
    return live or PREFIX + secrets.token_urlsafe(9)


def live_plain_device(session: Session, attempt_id: uuid.UUID) -> str:
    """Return the name of the plain page that is live for an attempt.

    Raises OtherDevice when the test goes on elsewhere.
    """
    live = session.scalar(
        select(DEVICE.c.device).where(DEVICE.c.attempt_id == attempt_id, DEVICE.c.superseded_at.is_(None))
    )
    if live is None or not live.startswith(PREFIX):
        raise OtherDevice
    return live


def save_answers(
    session: Session,
    *,
    attempt_id: uuid.UUID,
    base: int,
    answers: Mapping[int, Given],
    hand_in: bool,
    receipt_key: bytes,
    now: datetime,
) -> Saved:
    """Store what was changed on a page, and the hand-in; the same page sent twice changes nothing.

    base: the number of the last entry that the page showed; what was answered after it stays.
    Raises a Refusal.
    """
    facts = locked_attempt(session, attempt_id)
    if facts is None:
        raise NoSuchAttempt
    device = live_plain_device(session, attempt_id)
    journal = stored_journal(session, facts)
    stored = journal.of(device)
    before, newer = fold_of(facts, journal), _answers_in(stored[base:])
    changes: list[tuple[Kind, int | None, Given]] = [
        ("jawab", position, answer)
        for position, answer in sorted(answers.items())
        if position not in newer and before.answers.get(position, Answer()).answer != answer
    ]
    if hand_in and before.handed_in_ms is None:
        changes.append(("selesai", None, None))
    entries = [
        Entry(number, kind, position, answer, elapsed_ms(facts.course, now), 0)
        for number, (kind, position, answer) in enumerate(changes, len(stored) + 1)
    ]
    done = record_entries(
        session, attempt_id=attempt_id, device=device, entries=entries, receipt_key=receipt_key, now=now
    )
    return Saved(tuple(n for n, answer in answers.items() if newer.get(n, answer) != answer), done.late)


def _answers_in(events: Sequence[Event]) -> dict[int, Any]:
    return {e.position: e.answer for e in events if e.kind == "jawab" and e.position is not None}


def _items(
    session: Session, facts: AttemptFacts, answers: Mapping[int, Answer]
) -> tuple[dict[str, Any], ...]:
    if facts.started_at is None:
        return ()
    order = session.connection().scalar(select(ATTEMPT.c.presentation).where(ATTEMPT.c.id == facts.id)) or {}
    contents = {item.position: item.content for item in form_of(session, facts.form_id).items}
    return tuple(
        _item(n, seen(contents[n], own(order, n)), order["options"][str(n)], answers.get(n, Answer()).answer)
        for n in order["items"]
    )


def _item(position: int, content: Content, order: Sequence[str], answer: Given) -> dict[str, Any]:
    shown = present(content, order)
    return {**shown, "n": position, "chosen": answer, "unread": unread(content, answer)}
