"""What happened in the demo's rooms beside the answers: a power cut, a note, more time for one person."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kapuas_quiz.core.roles import Actor
from kapuas_quiz.delivery.acts import pause_room, resume_room
from kapuas_quiz.delivery.grants import give_time_to_one
from kapuas_quiz.delivery.incidents import note_incident
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.delivery.pins import freeze_pin, release_pin

MORE_MINUTES = 5


def cut_power(session: Session, *, sitting_id: uuid.UUID, actor: Actor, opened: datetime) -> None:
    """Let the power fail for a few minutes before anybody began."""

    def after(minutes: int) -> datetime:
        return opened + timedelta(minutes=minutes)

    pause_room(session, sitting_id=sitting_id, reason="Listrik padam", actor=actor, now=after(2))
    freeze_pin(session, sitting_id=sitting_id, actor=actor, now=after(3))
    resume_room(session, sitting_id=sitting_id, actor=actor, now=after(7))
    release_pin(session, sitting_id=sitting_id, actor=actor, now=after(8))
    text = "Listrik padam lima menit sebelum tes dimulai; genset menyala."
    note_incident(session, sitting_id=sitting_id, text=text, actor=actor, now=after(8))


def help_reader(session: Session, *, attempt: Attempt, actor: Actor, now: datetime) -> None:
    """Give one person time because somebody had to read the questions aloud."""
    give_time_to_one(
        session,
        sitting_id=attempt.sitting_id,
        attempt_id=attempt.id,
        minutes=MORE_MINUTES,
        reason="Perlu bantuan membaca",
        actor=actor,
        now=now,
    )
    note_incident(
        session,
        sitting_id=attempt.sitting_id,
        attempt_id=attempt.id,
        text="Kacamata tertinggal; soal dibacakan panitia.",
        actor=actor,
        now=now,
    )
