"""Trainees report a released item, trainers any item of their training; no names reach the reviewer."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.models import ItemReport
from kapuas_quiz.banks.reports import reports_about
from kapuas_quiz.core.roles import Role
from kapuas_quiz.forms.service import FormItemView, form_of
from tests.conftest import Clock
from tests.pages import PageClient
from tests.reporting.day import after_post_test, after_pre_test
from tests.scoring.classroom import Classroom, token

WORDS = "Menurut saya jawaban c juga benar."


@pytest.fixture
def room(session: Session, clock: Clock) -> Classroom:
    return after_post_test(session, clock())


def own_page(name: str = "Intan Contoh") -> str:
    return f"/hasil/{token(name)}"


def first_item(room: Classroom) -> FormItemView:
    """Return the first item of form A, and let go of the database."""
    item = form_of(room.session, room.forms["A"]).items[0]
    room.session.rollback()
    return item


def kept(session: Session) -> list[tuple[str, str]]:
    return [(row.source, row.text) for row in session.scalars(select(ItemReport))]


def test_a_trainee_reports_an_item_from_the_review_page(
    room: Classroom, session: Session, phone: PageClient
) -> None:
    page = phone.get(own_page())
    after = phone.submit(page, "article form", text=f"  {WORDS}\r\n")
    assert kept(session) == [("peserta", WORDS)]
    assert "Laporan Anda sudah diterima" in after.select_one("article").text
    assert len(after.select("article form")) == len(page.select("article form")) - 1


def test_a_trainee_reports_an_item_that_was_answered_rightly(
    room: Classroom, session: Session, phone: PageClient
) -> None:
    after = phone.submit(phone.get(own_page()), "details section form", text=WORDS)
    assert kept(session) == [("peserta", WORDS)]
    assert "Laporan Anda sudah diterima" in after.select_one("details[open] > section").text
    assert "Laporan Anda" not in "".join(article.text for article in after.select("article"))


def test_a_second_report_of_the_same_person_changes_nothing(
    room: Classroom, session: Session, phone: PageClient
) -> None:
    page = phone.get(own_page())
    phone.submit(page, "article form", text=WORDS)
    phone.submit(page, "article form", text="Lagi.")
    assert kept(session) == [("peserta", WORDS)]


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_an_empty_or_endless_report_is_not_kept(
    room: Classroom, session: Session, phone: PageClient, text: str
) -> None:
    phone.submit(phone.get(own_page()), "article form", text=text)
    assert kept(session) == []


def test_the_reviewer_learns_no_name(room: Classroom, session: Session, phone: PageClient) -> None:
    phone.submit(phone.get(own_page()), "article form", text=WORDS)
    row = session.scalars(select(ItemReport)).one()
    (shown,) = reports_about(session, row.item_id)
    assert "Intan" not in str(shown)
    assert row.reporter not in str(shown)
    assert not session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.lapor")).all()


def test_an_item_that_is_still_shut_cannot_be_reported(
    session: Session, clock: Clock, phone: PageClient
) -> None:
    shut = after_pre_test(session, clock())
    item = first_item(shut)
    fields = {"wording": str(item.revision_id), "text": WORDS}
    assert phone.open(f"{own_page('Nila Contoh')}/keliru", "POST", data=fields).status_code == 404
    assert kept(session) == []


@pytest.mark.parametrize("wording", ["", "x", "0192d3f8-1111-7000-8000-000000000000"])
def test_what_the_page_does_not_show_cannot_be_reported(
    room: Classroom, session: Session, phone: PageClient, wording: str
) -> None:
    assert (
        phone.open(f"{own_page()}/keliru", "POST", data={"wording": wording, "text": WORDS}).status_code
        == 404
    )
    assert kept(session) == []


def test_an_unknown_badge_reports_nothing(room: Classroom, session: Session, phone: PageClient) -> None:
    item = first_item(room)
    assert (
        phone.open(
            f"/hasil/{'x' * 32}/keliru", "POST", data={"wording": str(item.revision_id), "text": WORDS}
        ).status_code
        == 404
    )
    assert kept(session) == []


def test_a_trainer_reports_an_item_once_on_record(room: Classroom, session: Session, sign_in) -> None:
    item = first_item(room)
    browser = sign_in(Role.TRAINER, name="Gita Permata")
    page = browser.get(f"/kegiatan/{room.training_id}/butir/{item.item_id}")
    after = browser.submit(page, "form[action$=keliru]", text=WORDS)
    assert "masuk antrean penelaah" in after.text
    again = browser.submit(page, "form[action$=keliru]", text="Lagi.")
    assert "masih menunggu jawaban" in again.text
    assert kept(session) == [("pengajar", WORDS)]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.lapor")).one()
    assert (event.subject, event.detail["nama"]) == (item.item_id, "Gita Permata")


def test_a_trainer_cannot_report_an_item_of_another_training(room: Classroom, sign_in) -> None:
    item = first_item(room)
    browser = sign_in(Role.TRAINER)
    page = browser.get(f"/kegiatan/{room.training_id}/butir/{item.item_id}")
    form = page.select_one("form[action$=keliru]")
    form["action"] = form["action"].replace(item.item_id, "tidak-ada-001")
    browser.submit(page, "form[action$=keliru]", status=404, text=WORDS)
