"""From the code typed off a badge to the token behind its QR."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kapuas_quiz.core.badge import badge_token
from kapuas_quiz.database import write_intent
from kapuas_quiz.trainings.service import enrolment_by_code


def token_of_code(session: Session, *, code: str, secret: bytes) -> str | None:
    """Return the token of the badge with this typed code, None when no valid badge has it."""
    write_intent.set(False)
    person = enrolment_by_code(session, code, secret=secret)
    return badge_token(secret, person.id, person.badge_version) if person else None
