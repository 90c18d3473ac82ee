"""One-time links by which members of staff come in and choose a password of their own."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Invitation, Staff, StaffRole
from kapuas_quiz.accounts.service import HASHER, open_session, revoke_all
from kapuas_quiz.accounts.staff import find, operator_exists
from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor, Role
from kapuas_quiz.core.tokens import digest

INVITATION_HOURS = 24
FIRST_ROLES = (Role.OPERATOR, Role.TRAINER)
"""What the first operator may do; who reviews, certifies and observes is named by hand."""


class InvitationOverError(Exception):
    """The link was used, replaced, is older than a day, or never existed."""


class EmailTakenError(Exception):
    """Another account has this e-mail address."""


class AccountClosedError(Exception):
    """The account was closed; it must be opened before its owner can be invited."""


@dataclass(frozen=True)
class InvitationView:
    """For whom an open invitation is; both empty when it makes the first operator."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Newcomer:
    """What an invited person fills in; name and e-mail count for the first operator alone."""

    password: str
    name: str = ""
    email: str = ""


def first_invitation(session: Session, *, now: datetime) -> str | None:
    """Return a fresh one-time token that makes the first operator, replacing an earlier one.

    None when somebody can administer already.
    """
    if operator_exists(session):
        return None
    token = _add_invitation(session, staff_id=None, now=now)
    session.commit()
    return token


def invite(
    session: Session, *, name: str, email: str, roles: Iterable[Role], actor: Actor, now: datetime
) -> str:
    """Add a member of staff without a password and return the token of their one-time link.

    Raises EmailTakenError.
    """
    staff = _add_staff(session, name=name, email=email, roles=roles, now=now)
    token = _add_invitation(session, staff_id=staff.id, now=now)
    detail = {"petugas": staff.name, "peran": sorted(entry.role for entry in staff.roles)}
    record(session, at=now, actor=actor, action="petugas.undang", subject=str(staff.id), detail=detail)
    session.commit()
    return token


def invite_again(session: Session, *, staff_id: uuid.UUID, actor: Actor, now: datetime) -> str:
    """Return a new one-time link for somebody who never had or forgot the password.

    Earlier links stop working, the present password holds until the new one is chosen.
    Raises StaffNotFoundError, AccountClosedError.
    """
    staff = find(session, staff_id)
    if staff.disabled_at is not None:
        raise AccountClosedError
    token = _add_invitation(session, staff_id=staff_id, now=now)
    detail = {"petugas": staff.name}
    record(session, at=now, actor=actor, action="petugas.undang-ulang", subject=str(staff_id), detail=detail)
    session.commit()
    return token


def staff_id_of(session: Session, *, email: str) -> uuid.UUID | None:
    """Return whose e-mail address this is."""
    return session.scalar(select(Staff.id).where(Staff.email == email.strip().lower()))


def find_invitation(session: Session, *, token: str, now: datetime) -> InvitationView:
    """Return for whom an open invitation is.

    Raises InvitationOverError.
    """
    row = _open_invitation(session, token, now)
    if row.staff_id is None:
        return InvitationView()
    staff = find(session, row.staff_id)
    return InvitationView(staff.name, staff.email)


def accept_invitation(
    session: Session, *, token: str, newcomer: Newcomer, user_agent: str, now: datetime
) -> str:
    """Use up an invitation: set the password, make the first operator if it is that one, sign in.

    Returns the token of the new session. Raises InvitationOverError, EmailTakenError.
    """
    password_hash = HASHER.hash(newcomer.password)
    row = _open_invitation(session, token, now, lock=True)
    if row.staff_id is None:
        staff = _add_staff(session, name=newcomer.name, email=newcomer.email, roles=FIRST_ROLES, now=now)
    else:
        staff = find(session, row.staff_id)
    staff.password_hash = password_hash
    staff.failures, staff.locked_until = 0, None
    row.used_at = now
    revoke_all(session, staff_id=staff.id, now=now)
    session_token = open_session(session, staff_id=staff.id, user_agent=user_agent, now=now)
    actor = Actor(str(staff.id), staff.name)
    record(session, at=now, actor=actor, action="petugas.undangan-diterima", subject=str(staff.id))
    session.commit()
    return session_token


def _add_staff(session: Session, *, name: str, email: str, roles: Iterable[Role], now: datetime) -> Staff:
    address = email.strip().lower()
    if staff_id_of(session, email=address):
        raise EmailTakenError
    staff = Staff(name=name.strip(), email=address, created_at=now)
    staff.roles = [StaffRole(role=role.value) for role in sorted(roles)]
    session.add(staff)
    session.flush()
    return staff


def _add_invitation(session: Session, *, staff_id: uuid.UUID | None, now: datetime) -> str:
    same = Invitation.staff_id.is_(None) if staff_id is None else Invitation.staff_id == staff_id
    session.execute(delete(Invitation).where(same, Invitation.used_at.is_(None)))
    token = secrets.token_urlsafe(24)
    expires_at = now + timedelta(hours=INVITATION_HOURS)
    session.add(Invitation(digest=digest(token), staff_id=staff_id, created_at=now, expires_at=expires_at))
    session.flush()
    return token


def _open_invitation(session: Session, token: str, now: datetime, *, lock: bool = False) -> Invitation:
    row = session.get(Invitation, digest(token), with_for_update=lock)
    if row is None or row.used_at is not None or row.expires_at < now:
        raise InvitationOverError
    if row.staff_id is None and operator_exists(session):
        raise InvitationOverError
    return row
