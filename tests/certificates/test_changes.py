"""A locked list that no longer says how people stand is neither approved nor published nor issued."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.certificates import approval, issuing
from kapuas_quiz.certificates.candidates import NotReadyError
from kapuas_quiz.certificates.changes import OutdatedError
from kapuas_quiz.certificates.models import Certificate, DecisionList
from kapuas_quiz.core.roles import Role
from kapuas_quiz.trainings.models import Enrolment, Person
from tests.certificates.hall import (
    ADDRESS,
    CHAIR,
    SECOND,
    enrol_as,
    finished_training,
    issued,
    locked,
    published,
    spread,
)
from tests.conftest import MORNING
from tests.scoring.classroom import Classroom

STEPS: dict[str, Callable[[Session, uuid.UUID], object]] = {
    "approve": lambda session, list_id: approval.approve(session, list_id=list_id, actor=SECOND, now=MORNING),
    "publish": lambda session, list_id: approval.publish(
        session, list_id=list_id, minutes_number="1", actor=SECOND, now=MORNING
    ),
    "issue": lambda session, list_id: issuing.issue(
        session, list_id=list_id, address=ADDRESS, actor=CHAIR, now=MORNING
    ),
}
before_each_step = pytest.mark.parametrize("step", STEPS)


def up_to(room: Classroom, step: str) -> uuid.UUID:
    """Lock a list and take every step before the named one."""
    list_id = locked(room)
    for name, take in STEPS.items():
        if name == step:
            break
        take(room.session, list_id)
    return list_id


def enrolment(room: Classroom, person: str) -> Enrolment:
    return room.session.get_one(Enrolment, room.people[person])


def certificates(session: Session) -> int:
    return len(session.scalars(select(Certificate)).all())


@before_each_step
def test_who_was_withdrawn_or_became_uncertifiable_stops_the_step_by_name(
    session: Session, step: str
) -> None:
    room = finished_training(session, MORNING)
    list_id = up_to(room, step)
    enrolment(room, "Tirta Andara").kind = "mewakili"
    enrolment(room, "Gita Permata").withdrawn_at = MORNING
    session.commit()
    with pytest.raises(OutdatedError) as refused:
        STEPS[step](session, list_id)
    assert refused.value.people == {"tanpa-sertifikat": ["Tirta Andara"], "keluar": ["Gita Permata"]}
    assert certificates(session) == 0


@before_each_step
def test_a_test_room_opened_since_stops_the_step_until_it_is_sealed(session: Session, step: str) -> None:
    room = finished_training(session, MORNING)
    list_id = up_to(room, step)
    sitting = room.open("post")
    with pytest.raises(NotReadyError, match="belum-disegel: 1"):
        STEPS[step](session, list_id)
    room.close(sitting, seal=True)
    STEPS[step](session, list_id)


def test_a_result_that_came_in_since_stops_the_approval(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = locked(room)
    sitting = room.open("post")
    room.sit("Kirana Dahlia", sitting, spread(25))
    room.close(sitting, seal=True)
    with pytest.raises(OutdatedError) as refused:
        STEPS["approve"](session, list_id)
    assert refused.value.people == {"berubah": ["Kirana Dahlia"]}


def test_who_does_not_wait_for_a_certificate_holds_up_nobody_elses(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = published(room)
    enrolment(room, "Puspa Nirmala").withdrawn_at = MORNING
    session.commit()
    assert STEPS["issue"](session, list_id) == 2


def test_who_comes_in_later_does_not_outdate_the_list(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = locked(room)
    enrol_as(room, "Wulan Pratama", "anggota")
    STEPS["approve"](session, list_id)
    assert session.get_one(DecisionList, list_id).approved_at == MORNING


def test_a_corrected_list_leads_on(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = published(room)
    enrolment(room, "Gita Permata").withdrawn_at = MORNING
    session.commit()
    with pytest.raises(OutdatedError):
        STEPS["issue"](session, list_id)
    issued(room)
    assert certificates(session) == 1


def test_the_page_names_the_people_and_says_what_to_do(session: Session, sign_in) -> None:
    room = finished_training(session, MORNING)
    list_id = locked(room)
    enrolment(room, "Gita Permata").withdrawn_at = MORNING
    for person in session.scalars(select(Person).where(Person.name == "Puspa Nirmala")):
        person.name = "Puspa Nirmala Sari"
    session.commit()
    second = sign_in(Role.CERTIFIER, name="Intan Larasita")
    page = second.submit(second.get(f"/keputusan/{list_id}"), "#setujui form", status=409)
    words = page.select_one("[role=alert]").text
    assert "Sudah dikeluarkan dari kegiatan: Gita Permata." in words
    assert "Nilai atau data berubah: Puspa Nirmala." in words
    assert "Susun daftar koreksi" in words


def test_a_long_row_of_names_is_cut_short(session: Session, sign_in) -> None:
    people = {f"Orang {letter}": ("anggota", 20) for letter in "ABCDEFGHIJKL"}
    room = finished_training(session, MORNING, people)
    list_id = locked(room)
    for person in people:
        enrolment(room, person).withdrawn_at = MORNING
    session.commit()
    second = sign_in(Role.CERTIFIER, name="Intan Larasita")
    page = second.submit(second.get(f"/keputusan/{list_id}"), "#setujui form", status=409)
    assert "Orang J, dan 2 orang lain." in page.select_one("[role=alert]").text
