"""Which phone writes for an attempt: one at a time, the newest."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.attempts import DEVICE
from kapuas_quiz.delivery.ledger import Journal
from kapuas_quiz.delivery.refolding import refold
from kapuas_quiz.delivery.refusals import OldDevice, OtherDevice

_DEVICES = (
    select(DEVICE.c.device, DEVICE.c.superseded_at)
    .where(DEVICE.c.attempt_id == bindparam("attempt"))
    .order_by(DEVICE.c.generation)
)
_ADMIT = insert(DEVICE)


def admit_device(session: Session, attempt_id: uuid.UUID, device: str, takeover: bool, now: datetime) -> None:
    """Let one phone write for an attempt: the only one, or the newest after a confirmation.

    Where the committee freed the attempt for another phone, nobody is asked, and the last one may come back:
    then what it sent meanwhile counts.
    Raises OldDevice, OtherDevice.
    """
    connection = session.connection()
    rows = connection.execute(_DEVICES, {"attempt": attempt_id}).all()
    live = next((name for name, superseded_at in rows if superseded_at is None), None)
    if device == live:
        return
    if rows and live is None and device == rows[-1].device:
        _set_superseded(session, attempt_id, device, None)
        refold(session, attempt_id, now)
        return
    if device in {name for name, _ in rows}:
        raise OldDevice
    if live is not None and not takeover:
        raise OtherDevice
    if live is not None:
        _set_superseded(session, attempt_id, live, now)
    values = {"attempt_id": attempt_id, "device": device, "generation": len(rows) + 1, "since": now}
    connection.execute(_ADMIT, values)


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


def check_device(journal: Journal, device: str) -> None:
    """Refuse a phone that never joined, or that another one superseded.

    Raises OtherDevice, OldDevice.
    """
    known = journal.device(device)
    if known is None:
        raise OtherDevice
    if known.superseded_ms is not None:
        raise OldDevice


def _set_superseded(session: Session, attempt_id: uuid.UUID, device: str, at: datetime | None) -> None:
    session.execute(
        update(DEVICE)
        .where(DEVICE.c.attempt_id == attempt_id, DEVICE.c.device == device)
        .values(superseded_at=at)
    )
