"""Scores are computed from answers, kept by version, and never go stale on a page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import first_broken_event
from kapuas_quiz.delivery.models import Attempt
from kapuas_quiz.scoring.models import Score
from kapuas_quiz.scoring.service import latest_scores, record_scores
from tests.conftest import Clock
from tests.scoring.classroom import Classroom, make_classroom


@pytest.fixture
def room(session: Session, clock: Clock) -> Classroom:
    return make_classroom(session, clock())


def totals(room: Classroom, kind: str | None = None) -> dict[str, float]:
    names = {enrolment_id: name for name, enrolment_id in room.people.items()}
    scores = latest_scores(room.session, room.training_id, now=room.now, kind=kind)
    return {names[s.enrolment_id]: s.points for s in scores if s.competency == ""}


def touch(room: Classroom, attempt_id: object, moment: object) -> None:
    attempt = room.session.get_one(Attempt, attempt_id)
    attempt.last_contact_at = moment  # type: ignore[assignment]
    room.session.commit()


def test_scores_are_read_without_having_been_stored(room: Classroom, session: Session) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    room.sit("Nila Pertiwi", sitting, {"pemungutan": 4, "dasar": 1})
    scores = latest_scores(session, room.training_id, now=room.now)
    assert {s.competency: (s.points, s.max_points, s.n_items, s.n_answered) for s in scores} == {
        "": (5, 25, 25, 25),
        "pemungutan": (4, 5, 5, 5),
        "penghitungan": (0, 5, 5, 5),
        "dasar": (1, 5, 5, 5),
        "pengawasan": (0, 5, 5, 5),
        "dukungan": (0, 5, 5, 5),
    }
    assert {(s.assessment_kind, s.form_id) for s in scores} == {("pre", room.forms["A"])}
    assert session.scalar(select(func.count()).select_from(Score)) == 0


def test_somebody_who_is_still_working_has_no_score(room: Classroom) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    room.sit("Nila Pertiwi", sitting, ended=False)
    assert totals(room) == {}
    room.close(sitting)
    assert totals(room) == {"Nila Pertiwi": 15}


def test_time_that_ran_out_ends_an_attempt_though_nobody_wrote_it_down(room: Classroom) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    attempt = session_attempt(room, room.sit("Nila Pertiwi", sitting, ended=False))
    attempt.deadline_at = room.now
    room.session.commit()
    assert totals(room) == {"Nila Pertiwi": 15}


def session_attempt(room: Classroom, attempt_id: object) -> Attempt:
    return room.session.get_one(Attempt, attempt_id)


def test_a_trial_by_staff_is_kept_out(room: Classroom) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    room.sit("Nila Pertiwi", sitting, kind="uji-coba")
    assert totals(room) == {}


def test_nobody_who_answered_nothing_is_forgotten(room: Classroom) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    room.sit("Nila Pertiwi", sitting, None)
    assert totals(room) == {"Nila Pertiwi": 0}


def test_the_last_ended_attempt_of_a_person_counts(room: Classroom) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    first = room.sit("Nila Pertiwi", sitting, 1)
    session_attempt(room, first).number = 2
    room.session.commit()
    room.sit("Nila Pertiwi", sitting, 4)
    assert totals(room) == {"Nila Pertiwi": 5}


def test_the_two_assessments_are_told_apart(room: Classroom, session: Session) -> None:
    room.enrol("Nila Pertiwi")
    room.sit("Nila Pertiwi", room.open("pre"), 1)
    room.sit("Nila Pertiwi", room.open("post"), 4)
    assert totals(room, "pre") == {"Nila Pertiwi": 5}
    assert totals(room, "post") == {"Nila Pertiwi": 20}
    assert len(latest_scores(session, room.training_id, now=room.now)) == 12


def test_recording_twice_stores_once(room: Classroom, session: Session) -> None:
    sitting = room.open("pre")
    for name in ("Nila Pertiwi", "Tirta Andara"):
        room.enrol(name)
        room.sit(name, sitting)
    assert record_scores(session, sitting_id=sitting, now=room.now) == 2
    assert record_scores(session, sitting_id=sitting, now=room.now) == 0
    assert session.scalar(select(func.count()).select_from(Score)) == 12
    assert [e.action for e in session.scalars(select(AuditEvent))] == ["nilai.catat"]
    assert first_broken_event(session) is None


def test_a_late_answer_adds_a_version_and_keeps_the_old_one(room: Classroom, session: Session) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    attempt = room.sit("Nila Pertiwi", sitting, 3)
    room.close(sitting)
    record_scores(session, sitting_id=sitting, now=room.now)
    room.answer(attempt, {4: "a"})
    touch(room, attempt, room.now + timedelta(seconds=9))
    assert totals(room) == {"Nila Pertiwi": 16}
    assert record_scores(session, attempt_ids=[attempt], now=room.now + timedelta(seconds=10)) == 1
    versions = session.execute(
        select(Score.version, Score.points).where(Score.competency == "").order_by(Score.version)
    )
    assert [tuple(row) for row in versions] == [(1, 15), (2, 16)]
    assert totals(room) == {"Nila Pertiwi": 16}


def test_a_stored_score_is_taken_as_long_as_nothing_arrived_since(room: Classroom, session: Session) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    attempt = room.sit("Nila Pertiwi", sitting, 3)
    record_scores(session, sitting_id=sitting, now=room.now)
    room.answer(attempt, {4: "a"})
    assert totals(room) == {"Nila Pertiwi": 15}
    touch(room, attempt, room.now)
    assert totals(room) == {"Nila Pertiwi": 16}


def test_only_ended_attempts_are_recorded(room: Classroom, session: Session) -> None:
    sitting = room.open("pre")
    room.enrol("Nila Pertiwi")
    attempt = room.sit("Nila Pertiwi", sitting, ended=False)
    assert record_scores(session, attempt_ids=[attempt], now=room.now) == 0
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0
