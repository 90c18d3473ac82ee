"""Who is behind a request: the signed cookie names a session, the table says whether it still holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask_login import LoginManager, UserMixin
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff, StaffSession
from kapuas_quiz.core.roles import Actor, Role
from kapuas_quiz.web.context import session as database


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The signed-in member of staff as Flask-Login sees them; `id` is the random session token."""

    id: str
    actor: Actor

    def get_id(self) -> str:
        return self.id


def digest(token: str) -> str:
    """Return what the table keeps of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def load(session: Session, token: str) -> SignedIn | None:
    """Return who is signed in by this session, None when it was revoked or the account disabled."""
    row = session.get(StaffSession, digest(token))
    staff = session.get(Staff, row.staff_id) if row and row.revoked_at is None else None
    if staff is None or staff.disabled_at is not None:
        return None
    roles = frozenset(Role(entry.role) for entry in staff.roles)
    return SignedIn(token, Actor(str(staff.id), staff.name, roles))


def install_user_loader(manager: LoginManager) -> None:
    """Teach Flask-Login to find the member of staff by the session in the cookie."""
    manager.user_loader(lambda token: load(database(), token))
    manager.session_protection = None
