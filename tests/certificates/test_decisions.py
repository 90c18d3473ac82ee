"""Lists are drafted by the rule, decided by people, frozen, and approved by a second person."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import first_broken_event
from kapuas_quiz.certificates import approval, decisions
from kapuas_quiz.certificates.candidates import NotReadyError
from kapuas_quiz.certificates.lists import list_view, lists_of
from kapuas_quiz.certificates.models import Decision, DecisionList
from kapuas_quiz.core.standard import PassRule
from kapuas_quiz.forms.models import AssessmentForm
from kapuas_quiz.trainings.models import Enrolment, Person
from tests.certificates.hall import (
    CHAIR,
    SECOND,
    drafted,
    enrol_as,
    finished_training,
    line_of,
    locked,
    published,
    put,
    spread,
)
from tests.conftest import MORNING
from tests.scoring.classroom import make_classroom


def test_the_rule_proposes_for_everybody_and_only_a_proposed_pass_passes(session: Session) -> None:
    room = finished_training(session, MORNING)
    shown = list_view(session, drafted(room))
    assert {line.facts["name"]: (line.proposal, line.outcome) for line in shown.lines} == {
        "Tirta Andara": ("lulus", "lulus"),
        "Puspa Nirmala": ("belum", "belum"),
        "Gita Permata": ("lulus", "lulus"),
        "Rimba Samudra": ("tanpa-usul", "belum"),
        "Kirana Dahlia": ("tanpa-usul", "belum"),
    }
    counts = shown.counts
    assert (counts.total, counts.passed, counts.without_proposal, counts.near_cut) == (5, 2, 2, 1)
    assert line_of(room, shown.id, "Tirta Andara").total("post") == (20, 25)


def test_floors_and_the_better_test_reach_the_proposal(session: Session) -> None:
    room = finished_training(session, MORNING)
    strict = PassRule(floors={"dukungan": 0.6})
    assert line_of(room, drafted(room, strict), "Tirta Andara").proposal == "belum"
    before = room.open("pre")
    room.sit("Puspa Nirmala", before, spread(24))
    room.close(before, seal=True)
    assert line_of(room, drafted(room, PassRule(counts="best")), "Puspa Nirmala").proposal == "lulus"


def test_no_list_without_a_post_test(session: Session) -> None:
    room = make_classroom(session, MORNING)
    room.close(room.open("pre"), seal=True)
    with pytest.raises(NotReadyError, match="tanpa-tes-akhir"):
        drafted(room)
    room.close(room.open("post"), seal=True)
    assert drafted(room)


def test_no_list_while_somebody_is_working_or_a_sitting_is_not_sealed(session: Session) -> None:
    room = finished_training(session, MORNING)
    enrol_as(room, "Aruna Buana", "anggota")
    late = room.open("post")
    room.sit("Aruna Buana", late, ended=False)
    with pytest.raises(NotReadyError, match="masih-mengerjakan: 1"):
        drafted(room)
    room.close(late)
    with pytest.raises(NotReadyError, match="belum-disegel: 1"):
        drafted(room)
    room.close(late, seal=True)
    assert drafted(room)


def test_a_decision_against_the_rule_needs_a_reason_and_keeps_it(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = drafted(room)
    with pytest.raises(decisions.ReasonMissingError):
        put(room, list_id, "Puspa Nirmala", "lulus", "  ")
    put(room, list_id, "Puspa Nirmala", "lulus", "Listrik padam saat tes")
    line = line_of(room, list_id, "Puspa Nirmala")
    assert (line.outcome, line.reason, line.against_rule) == ("lulus", "Listrik padam saat tes", True)
    put(room, list_id, "Puspa Nirmala", "belum", "tidak jadi")
    assert line_of(room, list_id, "Puspa Nirmala").reason == ""
    acts = session.scalars(select(AuditEvent).where(AuditEvent.action == "penetapan.putuskan")).all()
    assert [act.detail["alasan"] for act in acts if act.detail] == ["Listrik padam saat tes", None]


def test_a_stand_in_cannot_pass_whatever_the_reason(session: Session) -> None:
    room = finished_training(session, MORNING)
    with pytest.raises(decisions.UncertifiableError):
        put(room, drafted(room), "Rimba Samudra", "lulus", "Nilainya sempurna")


def test_renewing_a_draft_keeps_decisions_whose_proposal_still_holds(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = drafted(room)
    put(room, list_id, "Puspa Nirmala", "lulus", "Alasan satu")
    put(room, list_id, "Gita Permata", "belum", "Alasan dua")
    made = decisions.draft(
        session, training_id=room.training_id, rule=PassRule(cut=0.76), actor=CHAIR, now=MORNING
    )
    assert (made.list_id, made.number, made.dropped) == (list_id, 1, 1)
    assert line_of(room, list_id, "Puspa Nirmala").reason == "Alasan satu"
    gita = line_of(room, list_id, "Gita Permata")
    assert (gita.proposal, gita.outcome, gita.reason) == ("belum", "belum", "")


def test_a_locked_list_changes_no_more_and_shows_any_tampering(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = locked(room, notes="Listrik padam 10 menit")
    with pytest.raises(decisions.ListLockedError):
        put(room, list_id, "Puspa Nirmala", "lulus", "Terlambat")
    with pytest.raises(decisions.ListLockedError):
        locked(room, list_id)
    assert list_view(session, list_id).intact
    session.execute(update(Decision).values(outcome="lulus"))
    session.commit()
    session.expire_all()
    assert not list_view(session, list_id).intact
    with pytest.raises(approval.AlteredError):
        approval.approve(session, list_id=list_id, actor=SECOND, now=MORNING)


def test_a_draft_that_no_longer_matches_the_data_cannot_be_locked(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = drafted(room)
    person = session.scalars(select(Person).where(Person.name == "Tirta Andara")).one()
    person.name = "Tirta Andaru"
    session.commit()
    with pytest.raises(approval.StaleDraftError):
        locked(room, list_id)
    session.rollback()
    assert locked(room, drafted(room)) == list_id


def test_whoever_locks_cannot_approve(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = locked(room)
    with pytest.raises(approval.SamePersonError):
        approval.approve(session, list_id=list_id, actor=CHAIR, now=MORNING)
    session.rollback()
    row = session.get_one(DecisionList, list_id)
    row.approved_at, row.approved_by = MORNING, CHAIR.id
    with pytest.raises(IntegrityError):
        session.commit()


def test_steps_come_in_order_and_once(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = drafted(room)
    with pytest.raises(approval.WrongStateError):
        approval.approve(session, list_id=list_id, actor=SECOND, now=MORNING)
    locked(room, list_id)
    with pytest.raises(approval.WrongStateError):
        approval.publish(session, list_id=list_id, minutes_number="", actor=CHAIR, now=MORNING)
    approval.approve(session, list_id=list_id, actor=SECOND, now=MORNING)
    with pytest.raises(approval.WrongStateError):
        approval.approve(session, list_id=list_id, actor=SECOND, now=MORNING)
    approval.publish(session, list_id=list_id, minutes_number=" 12/BA ", actor=CHAIR, now=MORNING)
    shown = list_view(session, list_id)
    assert (shown.state, shown.minutes_number) == ("diumumkan", "12/BA")
    with pytest.raises(approval.WrongStateError):
        approval.publish(session, list_id=list_id, minutes_number="", actor=CHAIR, now=MORNING)
    assert first_broken_event(session) is None


def test_a_correction_is_a_new_number_that_takes_over_when_published(session: Session) -> None:
    room = finished_training(session, MORNING)
    first = published(room)
    second = drafted(room)
    assert [shown.number for shown in lists_of(session, room.training_id)] == [2, 1]
    assert list_view(session, first).superseded_by is None
    published(room, second)
    assert list_view(session, first).superseded_by == 2


def test_a_list_not_yet_approved_gives_way_to_any_later_one(session: Session) -> None:
    room = finished_training(session, MORNING)
    first = locked(room)
    drafted(room)
    with pytest.raises(approval.SupersededError):
        approval.approve(session, list_id=first, actor=SECOND, now=MORNING)


def test_who_withdrew_is_not_on_the_list(session: Session) -> None:
    room = finished_training(session, MORNING)
    session.get_one(Enrolment, room.people["Puspa Nirmala"]).withdrawn_at = MORNING
    session.commit()
    names = [line.facts["name"] for line in list_view(session, drafted(room)).lines]
    assert "Puspa Nirmala" not in names


def test_a_list_says_whether_its_items_were_verified(session: Session) -> None:
    room = finished_training(session, MORNING)
    assert list_view(session, drafted(room)).facts["verified"] is False
    session.execute(update(AssessmentForm).values(verified=1))
    session.commit()
    assert list_view(session, drafted(room)).facts["verified"] is True


def test_a_renewed_draft_keeps_its_lines_so_that_an_open_page_can_still_be_sent(session: Session) -> None:
    room = finished_training(session, MORNING)
    list_id = drafted(room)
    before = {line.enrolment_id: line.id for line in list_view(session, list_id).lines}
    session.get_one(Enrolment, room.people["Kirana Dahlia"]).withdrawn_at = MORNING
    session.commit()
    enrol_as(room, "Aruna Buana", "anggota")
    drafted(room)
    after = {line.enrolment_id: line.id for line in list_view(session, list_id).lines}
    assert set(before) - set(after) == {room.people["Kirana Dahlia"]}
    assert set(after) - set(before) == {room.people["Aruna Buana"]}
    assert all(before[who] == after[who] for who in set(before) & set(after))
