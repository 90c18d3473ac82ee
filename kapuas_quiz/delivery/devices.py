"""Which phone writes for an attempt: one at a time, the newest."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.attempts import DEVICE, EVENT
from kapuas_quiz.delivery.refusals import OldDevice, OtherDevice


def admit_device(session: Session, attempt_id: uuid.UUID, device: str, takeover: bool, now: datetime) -> None:
    """Let one phone write for an attempt: the only one, or the newest after a confirmation.

    Where the committee freed the attempt for another phone, nobody is asked, and the last one may come back.
    Raises OldDevice, OtherDevice.
    """
    rows = session.execute(
        select(DEVICE.c.device, DEVICE.c.superseded_at)
        .where(DEVICE.c.attempt_id == attempt_id)
        .order_by(DEVICE.c.generation)
    ).all()
    live = next((name for name, superseded_at in rows if superseded_at is None), None)
    if device == live:
        return
    if rows and live is None and device == rows[-1].device:
        _set_superseded(session, attempt_id, device, None)
        return
    if device in {name for name, _ in rows}:
        raise OldDevice
    if live is not None and not takeover:
        raise OtherDevice
    if live is not None:
        _set_superseded(session, attempt_id, live, now)
    session.execute(
        insert(DEVICE).values(attempt_id=attempt_id, device=device, generation=len(rows) + 1, since=now)
    )


def free_for_another(session: Session, attempt_id: uuid.UUID, now: datetime) -> None:
    """Let the next phone of a person take over without being asked."""
    live = session.scalar(
        select(DEVICE.c.device).where(DEVICE.c.attempt_id == attempt_id, DEVICE.c.superseded_at.is_(None))
    )
    if live is not None:
        _set_superseded(session, attempt_id, live, now)


def take_back_hand_in(session: Session, attempt_id: uuid.UUID, now: datetime) -> None:
    """Let the live phone write on: hand-ins that came before now are void."""
    session.execute(
        update(DEVICE)
        .where(DEVICE.c.attempt_id == attempt_id, DEVICE.c.superseded_at.is_(None))
        .values(since=now)
    )


def check_device(session: Session, attempt_id: uuid.UUID, device: str) -> None:
    """Refuse a phone that never joined, or that another one superseded.

    Raises OtherDevice, OldDevice.
    """
    row = session.execute(
        select(DEVICE.c.superseded_at).where(DEVICE.c.attempt_id == attempt_id, DEVICE.c.device == device)
    ).one_or_none()
    if row is None:
        raise OtherDevice
    if row.superseded_at is not None:
        raise OldDevice


def _set_superseded(session: Session, attempt_id: uuid.UUID, device: str, at: datetime | None) -> None:
    session.execute(
        update(DEVICE)
        .where(DEVICE.c.attempt_id == attempt_id, DEVICE.c.device == device)
        .values(superseded_at=at)
    )


def highest_number(session: Session, attempt_id: uuid.UUID, device: str) -> int:
    """Return the highest journal number stored for a phone, 0 for none."""
    highest = select(func.max(EVENT.c.seq)).where(EVENT.c.attempt_id == attempt_id, EVENT.c.device == device)
    return session.connection().scalar(highest) or 0
