"""The PIN of a room: changed on demand, kept still during an outage."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.service import WrongState, free_pin, locked_sitting, record_act


class PinFrozen(WrongState):
    """The PIN stays as it is until somebody lets go of it: it may hang on the wall."""


def change_pin(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Give a sitting a new PIN; the one before it stays good for five minutes.

    Raises NoSuchSitting, WrongState when it is closed, PinFrozen.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None:
        raise WrongState
    if sitting.pin_frozen_at is not None:
        raise PinFrozen
    sitting.previous_pin, sitting.pin, sitting.pin_changed_at = sitting.pin, free_pin(session), now
    record_act(session, sitting, action="sesi.pin", actor=actor, now=now)
    session.commit()


def freeze_pin(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Keep the PIN, and the one before it if it still was good; a second tap changes nothing.

    Raises NoSuchSitting, WrongState when it is closed.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.closed_at is not None:
        raise WrongState
    if sitting.pin_frozen_at is None:
        sitting.pin_frozen_at = now
        record_act(session, sitting, action="sesi.pin-beku", actor=actor, now=now)
    session.commit()


def release_pin(session: Session, *, sitting_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Let the PIN be changed again; a second tap changes nothing.

    Raises NoSuchSitting.
    """
    sitting = locked_sitting(session, sitting_id)
    if sitting.pin_frozen_at is not None:
        sitting.pin_frozen_at = None
        record_act(session, sitting, action="sesi.pin-lepas", actor=actor, now=now)
    session.commit()
