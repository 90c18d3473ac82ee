"""This room has no pages: it listens, and stores a version of the scores when a test is over."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger("kapuas_quiz")


def install(app: Flask) -> None:
    """Record scores whenever a sitting closes or an answer reaches a closed one."""
    from kapuas_quiz.delivery.signals import attempt_changed, sitting_closed
    from kapuas_quiz.scoring import models  # noqa: F401 - the table belongs to the application

    sitting_closed.connect(_sitting_closed)
    attempt_changed.connect(_attempt_changed)


def _sitting_closed(_app: Flask, *, sitting_id: uuid.UUID) -> None:
    _record(sitting_id=sitting_id)


def _attempt_changed(_app: Flask, *, attempt_id: uuid.UUID) -> None:
    _record(attempt_ids=[attempt_id])


def _record(**which: Any) -> None:
    from kapuas_quiz.scoring.service import record_scores
    from kapuas_quiz.web.context import now, session

    try:
        record_scores(session(), now=now(), **which)
    except Exception:
        # The closing itself is committed, and pages compute what is not stored: it must not look failed.
        session().rollback()
        log.exception("scores were not stored")
