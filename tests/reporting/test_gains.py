"""The gain report compares people with themselves and names who is missing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kapuas_quiz.core.gain import Change
from kapuas_quiz.core.roles import Role
from kapuas_quiz.reporting.gains import gain_report
from tests.conftest import Clock
from tests.reporting.day import after_post_test, after_pre_test
from tests.scoring.classroom import Classroom


@pytest.fixture
def room(session: Session, clock: Clock) -> Classroom:
    return after_post_test(session, clock())


def test_only_people_with_both_tests_are_compared(room: Classroom, session: Session) -> None:
    report = gain_report(session, training_id=room.training_id, now=room.now)
    assert (report.overall.n, report.overall.missing.n) == (21, 3)
    assert [person.name for person in report.missing] == ["Nila Contoh", "Bayu Contoh", "Tirta Contoh"]
    assert report.overall.missing.scored_lower
    assert len(report.people) == 21


def test_what_grew_is_told_by_competency_and_kecamatan(room: Classroom, session: Session) -> None:
    report = gain_report(session, training_id=room.training_id, now=room.now)
    status = {row.name: row.gain.status for row in report.competencies}
    assert status["Penghitungan dan rekapitulasi"] is Change.UP
    places = {row.name: row.gain for row in report.kecamatan}
    assert places["Timpah"].status is Change.UP
    assert places["Timpah"].n == 9
    assert {row.name for row in report.bodies} == {"PPK", "PPS"}


def test_the_page_shows_the_gain_and_the_warning(room: Classroom, sign_in) -> None:
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{room.training_id}/peningkatan")
    text = " ".join(page.text.split())
    assert "21 peserta mengikuti kedua tes" in text
    assert "3 peserta mengikuti tes awal tetapi belum menyelesaikan tes akhir." in text
    assert "tampak lebih baik daripada keadaan seluruh peserta" in text
    assert len(page.select("svg[role=img]")) == 3
    timpah = next(row for row in page.select("tbody tr") if row.th.text == "Timpah")
    assert timpah.select("td")[0].text == "9"
    assert "naik" in timpah.select("td")[-1].text


def test_between_the_tests_the_page_says_what_is_missing(session: Session, clock: Clock, sign_in) -> None:
    room = after_pre_test(session, clock())
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{room.training_id}/peningkatan")
    assert "Tes awal: 24 selesai. Tes akhir: 0 selesai." in page.text
    assert page.select("svg[role=img]") == []
