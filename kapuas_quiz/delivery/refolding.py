"""Count an attempt's journal anew after the committee changed its limits."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from kapuas_quiz.core.attempt import ending
from kapuas_quiz.delivery.attempts import ATTEMPT, RESPONSE, locked_attempt
from kapuas_quiz.delivery.ledger import stored_fold
from kapuas_quiz.delivery.refusals import NoSuchAttempt


def refold(session: Session, attempt_id: uuid.UUID, now: datetime) -> None:
    """Store what counts now, and whether and how the attempt has ended; no commit."""
    facts = locked_attempt(session, attempt_id)
    if facts is None:
        raise NoSuchAttempt
    folded = stored_fold(session, facts)
    connection = session.connection()
    connection.execute(delete(RESPONSE).where(RESPONSE.c.attempt_id == attempt_id))
    if folded.answers:
        rows = [
            {
                "attempt_id": attempt_id,
                "position": position,
                "answer": answer.answer,
                "flagged": int(answer.flagged),
                "at_ms": answer.at_ms,
                "unsure": answer.unsure,
            }
            for position, answer in folded.answers.items()
        ]
        connection.execute(insert(RESPONSE), rows)
    ended = ending(facts.course, handed_in_ms=folded.handed_in_ms, now=now)
    connection.execute(
        update(ATTEMPT)
        .where(ATTEMPT.c.id == attempt_id)
        .values(ended_at=ended.at if ended else None, end_reason=ended.reason if ended else "")
    )
