"""Signing in and out; passwords are hashed by argon2id at OWASP's minimum (19 MiB, 2 passes, 1 lane).

Hashing takes tens of milliseconds, so it happens outside of any transaction: phones do not wait for it.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff, StaffSession
from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import SYSTEM, Actor
from kapuas_quiz.core.tokens import digest

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$TaWFOs6QCNJvqJHZjCsFOw$QUOWW13xPgYJIUYM/FTziEGqr/AuinN2Vm6OZOL2+aw"
"""The hash of a random password that was thrown away: work for addresses without an account."""

FREE_FAILURES = 8
PAUSE = timedelta(minutes=5)
LONGEST_DAY = timedelta(hours=14)


class WrongCredentialsError(Exception):
    """The e-mail and the password do not belong together; which of them is not said."""


@dataclass
class PausedError(Exception):
    """Too many failures on one account; sign-in is possible again at `until`."""

    until: datetime


def sign_in(session: Session, *, email: str, password: str, user_agent: str, now: datetime) -> str:
    """Check the credentials and return the random token of a new session.

    Raises WrongCredentialsError after the same amount of work for a known and an unknown address,
    PausedError while the account rests after repeated failures.
    """
    columns = (Staff.id, Staff.password_hash, Staff.disabled_at, Staff.locked_until)
    found = session.execute(select(*columns).where(Staff.email == email.strip().lower())).one_or_none()
    session.rollback()
    if found and found.locked_until and found.locked_until > now:
        raise PausedError(found.locked_until)
    password_hash = found.password_hash if found and found.disabled_at is None else None
    matches = password_matches(password_hash or NOBODY, password)
    if not (found and password_hash and matches):
        if found:
            _count_failure(session, staff_id=found.id, now=now)
        raise WrongCredentialsError
    staff = session.get_one(Staff, found.id, with_for_update=True)
    staff.failures, staff.locked_until = 0, None
    token = open_session(session, staff_id=staff.id, user_agent=user_agent, now=now)
    record(session, at=now, actor=_actor(staff), action="petugas.masuk", subject=str(staff.id))
    session.commit()
    return token


def password_matches(password_hash: str, password: str) -> bool:
    """Compare a password with its hash, in constant time."""
    try:
        return HASHER.verify(password_hash, password)
    except VerificationError:
        return False


def open_session(session: Session, *, staff_id: uuid.UUID, user_agent: str, now: datetime) -> str:
    """Add a session for somebody whose identity is established; the caller commits."""
    token = secrets.token_urlsafe(24)
    session.add(
        StaffSession(digest=digest(token), staff_id=staff_id, created_at=now, user_agent=user_agent[:200])
    )
    return token


def sign_out(session: Session, *, token: str, actor: Actor, now: datetime) -> None:
    """Revoke the session, so that a copy of its cookie is worth nothing."""
    session.execute(update(StaffSession).where(StaffSession.digest == digest(token)).values(revoked_at=now))
    record(session, at=now, actor=actor, action="petugas.keluar", subject=actor.id)
    session.commit()


def revoke_all(session: Session, *, staff_id: uuid.UUID, now: datetime, but: str = "") -> None:
    """Revoke every session of a member of staff except the one with the token `but`; the caller commits."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.revoked_at.is_(None))
        .where(StaffSession.digest != digest(but))
        .values(revoked_at=now)
    )


def sign_out_elsewhere(session: Session, *, token: str, actor: Actor, now: datetime) -> None:
    """Revoke one's own sessions in every other browser."""
    revoke_all(session, staff_id=uuid.UUID(actor.id), now=now, but=token)
    record(session, at=now, actor=actor, action="petugas.akhiri-sesi", subject=actor.id)
    session.commit()


def change_password(
    session: Session, *, actor: Actor, old: str, new: str, user_agent: str, now: datetime
) -> str:
    """Replace one's own password, end every session, and return the token of a fresh one.

    Raises WrongCredentialsError when the old password does not fit.
    """
    staff_id = uuid.UUID(actor.id)
    current = session.scalar(select(Staff.password_hash).where(Staff.id == staff_id))
    session.rollback()
    if current is None or not password_matches(current, old):
        raise WrongCredentialsError
    fresh = HASHER.hash(new)
    session.get_one(Staff, staff_id, with_for_update=True).password_hash = fresh
    revoke_all(session, staff_id=staff_id, now=now)
    token = open_session(session, staff_id=staff_id, user_agent=user_agent, now=now)
    record(session, at=now, actor=actor, action="petugas.sandi", subject=actor.id)
    session.commit()
    return token


def _count_failure(session: Session, *, staff_id: uuid.UUID, now: datetime) -> None:
    staff = session.get_one(Staff, staff_id, with_for_update=True)
    staff.failures += 1
    if staff.failures >= FREE_FAILURES:
        staff.failures, staff.locked_until = 0, now + PAUSE
        record(session, at=now, actor=SYSTEM, action="petugas.jeda", subject=str(staff_id))
    session.commit()


def _actor(staff: Staff) -> Actor:
    return Actor(str(staff.id), staff.name)
