"""The room stores scores when delivery says that a test is over."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.delivery.signals import attempt_changed, sitting_closed
from kapuas_quiz.scoring.models import Score
from tests.conftest import Clock
from tests.scoring.classroom import make_classroom


def versions(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Score).where(Score.competency == "")) or 0


def test_closing_and_late_answers_store_scores(app: Flask, session: Session, clock: Clock) -> None:
    room = make_classroom(session, clock())
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    attempt = room.sit("Nila Pertiwi", sitting)
    room.close(sitting)
    with app.test_request_context():
        sitting_closed.send(app, sitting_id=sitting)
        assert versions(session) == 1
        attempt_changed.send(app, attempt_id=attempt)
        assert versions(session) == 1
        room.answer(attempt, {4: "a"})
        attempt_changed.send(app, attempt_id=attempt)
        assert versions(session) == 2


def test_a_failure_to_score_does_not_undo_the_closing(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object, **_values: object) -> int:
        raise RuntimeError("no disk")

    monkeypatch.setattr("kapuas_quiz.scoring.service.record_scores", fail)
    with app.test_request_context():
        sitting_closed.send(app, sitting_id="x")
    assert "scores were not stored" in caplog.text
