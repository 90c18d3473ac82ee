"""Members of staff: their roles, closing an account, ending its sessions."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Invitation, Staff, StaffRole, StaffSession
from kapuas_quiz.accounts.service import LONGEST_DAY, revoke_all
from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor, Role
from kapuas_quiz.core.user_agent import describe


class LastOperatorError(Exception):
    """The act would leave nobody who can administer the installation."""


class StaffNotFoundError(Exception):
    """No such member of staff."""


@dataclass(frozen=True)
class SessionView:
    """One browser in which somebody is signed in; `browser` is empty when it does not say what it is."""

    created_at: datetime
    browser: str


@dataclass(frozen=True)
class StaffView:
    """A member of staff as the pages show them, with the sessions that still hold."""

    id: uuid.UUID
    name: str
    email: str
    roles: tuple[Role, ...]
    disabled_at: datetime | None
    has_password: bool
    sessions: tuple[SessionView, ...]


def operator_exists(session: Session) -> bool:
    """Tell whether somebody can sign in and administer."""
    statement = (
        select(func.count())
        .select_from(StaffRole)
        .join(Staff, Staff.id == StaffRole.staff_id)
        .where(StaffRole.role == Role.OPERATOR, Staff.disabled_at.is_(None))
        .where(Staff.password_hash.is_not(None))
    )
    return bool(session.scalar(statement))


def list_staff(session: Session, *, now: datetime) -> tuple[StaffView, ...]:
    """Return everybody, open accounts first, by name."""
    rows = list(session.scalars(select(Staff).order_by(Staff.name)))
    sessions = _open_sessions(session, [staff.id for staff in rows], now)
    views = [_view(staff, sessions[staff.id]) for staff in rows]
    return tuple(sorted(views, key=lambda view: view.disabled_at is not None))


def show(session: Session, *, staff_id: uuid.UUID, now: datetime) -> StaffView:
    """Return one member of staff.

    Raises StaffNotFoundError.
    """
    staff = find(session, staff_id)
    return _view(staff, _open_sessions(session, [staff_id], now)[staff_id])


def change_roles(
    session: Session, *, staff_id: uuid.UUID, roles: Iterable[Role], actor: Actor, now: datetime
) -> None:
    """Replace somebody's roles.

    Raises StaffNotFoundError, and LastOperatorError when nobody could administer afterwards.
    """
    staff = find(session, staff_id)
    before = sorted(entry.role for entry in staff.roles)
    wanted = sorted(role.value for role in roles)
    staff.roles = [entry for entry in staff.roles if entry.role in wanted] + [
        StaffRole(role=role) for role in wanted if role not in before
    ]
    _keep_an_operator(session)
    detail = {"petugas": staff.name, "sebelum": before, "sesudah": wanted}
    record(session, at=now, actor=actor, action="petugas.peran", subject=str(staff_id), detail=detail)
    session.commit()


def disable(session: Session, *, staff_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Close an account, end its sessions and its open invitations; the trail keeps the name.

    Raises StaffNotFoundError, LastOperatorError.
    """
    staff = find(session, staff_id)
    staff.disabled_at = now
    _keep_an_operator(session)
    revoke_all(session, staff_id=staff_id, now=now)
    session.execute(delete(Invitation).where(Invitation.staff_id == staff_id, Invitation.used_at.is_(None)))
    _record(session, staff, "petugas.tutup", actor, now)


def enable(session: Session, *, staff_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Open a closed account again.

    Raises StaffNotFoundError.
    """
    staff = find(session, staff_id)
    staff.disabled_at = None
    _record(session, staff, "petugas.buka", actor, now)


def end_sessions(session: Session, *, staff_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Sign somebody out everywhere.

    Raises StaffNotFoundError.
    """
    staff = find(session, staff_id)
    revoke_all(session, staff_id=staff_id, now=now)
    _record(session, staff, "petugas.akhiri-sesi", actor, now)


def find(session: Session, staff_id: uuid.UUID) -> Staff:
    """Return the row of a member of staff; raises StaffNotFoundError."""
    staff = session.get(Staff, staff_id)
    if staff is None:
        raise StaffNotFoundError
    return staff


def _record(session: Session, staff: Staff, action: str, actor: Actor, now: datetime) -> None:
    detail = {"petugas": staff.name}
    record(session, at=now, actor=actor, action=action, subject=str(staff.id), detail=detail)
    session.commit()


def _keep_an_operator(session: Session) -> None:
    session.flush()
    if not operator_exists(session):
        session.rollback()
        raise LastOperatorError


def _open_sessions(
    session: Session, staff_ids: list[uuid.UUID], now: datetime
) -> defaultdict[uuid.UUID, list[SessionView]]:
    rows = session.scalars(
        select(StaffSession)
        .where(StaffSession.staff_id.in_(staff_ids), StaffSession.revoked_at.is_(None))
        .where(StaffSession.created_at >= now - LONGEST_DAY)
        .order_by(StaffSession.created_at.desc())
    )
    found: defaultdict[uuid.UUID, list[SessionView]] = defaultdict(list)
    for row in rows:
        found[row.staff_id].append(SessionView(row.created_at, describe(row.user_agent)))
    return found


def _view(staff: Staff, sessions: list[SessionView]) -> StaffView:
    return StaffView(
        id=staff.id,
        name=staff.name,
        email=staff.email,
        roles=tuple(role for role in Role if role in {entry.role for entry in staff.roles}),
        disabled_at=staff.disabled_at,
        has_password=staff.password_hash is not None,
        sessions=tuple(sessions),
    )
