"""A training in counts."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.oversight.summary import summarize
from tests.certificates.hall import drafted, finished_training, issued, locked, put


def test_the_counts_of_a_finished_training(session: Session, clock) -> None:
    room = finished_training(session, clock())
    list_id = drafted(room)
    put(room, list_id, "Puspa Nirmala", "lulus", reason="keputusan pleno")
    issued(room, list_id)
    found = summarize(session, training_id=room.training_id, now=clock())
    assert found.training.enrolled == 5
    assert dict(found.kinds) == {"anggota": 3, "paw": 1, "mewakili": 1}
    assert sum(line.enrolled for line in found.places) == 5
    assert sum(line.finished_post for line in found.places) == 4
    assert sum(line.finished_pre for line in found.places) == 0
    (sitting,) = found.sittings
    assert (sitting.kind, sitting.joined, sitting.started) == ("post", 4, 4)
    assert sitting.handed_in + sitting.time_over + sitting.closed == 4
    assert sitting.sealed_at is not None
    (decided,) = found.lists
    assert decided.passed + decided.failed == 5 and decided.against_rule == 1
    assert decided.published_at and decided.minutes_number == "12/BA"
    assert found.issued == 3 and found.revoked == 0
    assert found.opened_early == 0


def test_a_draft_counts_as_a_list_without_moments(session: Session, clock) -> None:
    room = finished_training(session, clock())
    drafted(room)
    (first,) = summarize(session, training_id=room.training_id, now=clock()).lists
    assert first.locked_at is None and first.approved_at is None
    locked(room)
    lists = summarize(session, training_id=room.training_id, now=clock()).lists
    assert lists[-1].locked_at is not None


def test_an_attempt_past_its_deadline_is_over_before_anybody_wrote_it_down(session: Session, clock) -> None:
    from kapuas_quiz.delivery.models import Attempt

    room = finished_training(session, clock())
    attempt = session.query(Attempt).first()
    attempt.sealed_at = attempt.ended_at = None
    attempt.end_reason = ""
    attempt.deadline_at = clock() + timedelta(minutes=20)
    session.commit()
    before = summarize(session, training_id=room.training_id, now=clock())
    after = summarize(session, training_id=room.training_id, now=clock() + timedelta(minutes=21))
    assert after.sittings[0].time_over == before.sittings[0].time_over + 1
    assert sum(line.finished_post for line in before.places) == 3
    assert sum(line.finished_post for line in after.places) == 4


def test_items_opened_early_are_counted(session: Session, clock) -> None:
    room = finished_training(session, clock())
    record(session, at=clock(), actor=SYSTEM, action="soal.buka-dini", subject=str(room.training_id))
    record(session, at=clock(), actor=SYSTEM, action="soal.buka-dini", subject=str(uuid.uuid4()))
    session.commit()
    assert summarize(session, training_id=room.training_id, now=clock()).opened_early == 1


def test_an_observer_sees_figures_and_no_names(session: Session, clock, sign_in) -> None:
    room = finished_training(session, clock())
    issued(room)
    session.rollback()
    observer = sign_in(Role.OBSERVER, name="Pengamat")
    page = observer.get("/pengawasan")
    page = observer.get(page.find("a", string="TOT gelombang III")["href"])
    text = page.select_one("main").text
    for name in room.people:
        assert name not in text
    assert "Sertifikat terbit: 2" in text and "Tidak ada soal yang dibuka sebelum waktunya" in text


def test_before_anything_happened_the_pages_say_so(sign_in, session: Session, clock) -> None:
    from tests.scoring.classroom import make_classroom

    observer = sign_in(Role.OBSERVER)
    assert "Belum ada kegiatan" in observer.get("/pengawasan").text
    room = make_classroom(session, clock())
    session.rollback()
    text = observer.get(f"/pengawasan/{room.training_id}").text
    assert "Belum ada tes yang dibuka" in text and "Belum ada daftar kelulusan" in text


def test_an_unknown_training(sign_in) -> None:
    sign_in(Role.OBSERVER).get(f"/pengawasan/{uuid.uuid4()}", status=404)
