"""Who is behind a request: the signed cookie names a session, the table says whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import session as cookie
from flask_login import LoginManager, UserMixin, login_user
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff, StaffSession
from kapuas_quiz.accounts.service import LONGEST_DAY
from kapuas_quiz.core.roles import Actor, Role
from kapuas_quiz.core.tokens import digest
from kapuas_quiz.web.context import now
from kapuas_quiz.web.context import session as database


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The signed-in member of staff as Flask-Login sees them; `id` is the random session token."""

    id: str
    actor: Actor


def load(session: Session, token: str, at: datetime) -> SignedIn | None:
    """Return who is signed in by this token.

    None when the session was revoked or is too old, or the account is closed.
    """
    row = session.get(StaffSession, digest(token))
    if row is None or row.revoked_at is not None or at - row.created_at > LONGEST_DAY:
        return None
    staff = session.get_one(Staff, row.staff_id)
    if staff.disabled_at is not None:
        return None
    roles = frozenset(Role(entry.role) for entry in staff.roles)
    return SignedIn(token, Actor(str(staff.id), staff.name, roles))


def enter(token: str) -> None:
    """Put a new session into this browser's cookie."""
    cookie.permanent = True
    login_user(load(database(), token, now()))


def install_user_loader(manager: LoginManager) -> None:
    """Teach Flask-Login to find the member of staff by the session in the cookie."""
    manager.user_loader(lambda token: load(database(), token, now()))
    manager.session_protection = None
