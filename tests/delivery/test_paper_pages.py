"""Pages and files of a test on paper, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.core.badge import badge_code, code_digest
from kapuas_quiz.core.items import key_answer
from kapuas_quiz.core.paper import written
from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery.models import Attempt, Response, ResponseEvent
from kapuas_quiz.delivery.paper_forms import booklet_of
from kapuas_quiz.forms.models import FormItem
from kapuas_quiz.forms.service import _forms
from kapuas_quiz.scoring.seen import seen_items
from kapuas_quiz.settings import Secrets
from kapuas_quiz.trainings.models import Enrolment
from tests.conftest import Clock
from tests.core.items.samples import DRAWN, KEYS, content
from tests.delivery.handset import Hall, look, open_hall
from tests.pages import PageClient

ONE_DATABASE = True
NILA = "Nila Pertiwi"
TYPES = [*KEYS, *DRAWN]


@pytest.fixture
def hall(session: Session, clock: Clock) -> Hall:
    hall = open_hall(session, clock(), NILA, "Nila Kencana")
    places = select(FormItem).where(FormItem.form_id == hall.classroom.forms["A"])
    for place in session.scalars(places.order_by(FormItem.position)).all()[: len(TYPES)]:
        session.get_one(ItemRevision, place.revision_id).content = content(TYPES[place.position - 1])
    session.commit()
    clock.forward(minutes=30)
    return hall


@pytest.fixture
def staff(sign_in: Callable[..., PageClient]) -> PageClient:
    return sign_in(Role.TRAINER)


def right_places(session: Session, hall: Hall) -> dict[str, str]:
    """Return the fields of the page with every right answer in its place."""
    booklet = booklet_of(session, training_id=hall.classroom.training_id, name="A1")
    keys = {
        item.position: key_answer(item.content)
        for item in seen_items(booklet.form, booklet.presentation["drawn"])
    }
    session.rollback()
    return {f"s-{slot.label}": written(slot, keys[slot.position]) for slot in booklet.slots}


def typing_page(staff: PageClient, hall: Hall) -> BeautifulSoup:
    return staff.get(f"/sesi/{hall.sitting_id}/kertas?cari=nila+pertiwi&buku=A1")


def n_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_sheet_is_typed_stored_and_given_a_receipt(session: Session, hall: Hall, staff: PageClient) -> None:
    page = typing_page(staff, hall)
    receipt = staff.submit(page, "form[data-sheet]", cek="a1", **right_places(session, hall))
    assert f"Tersimpan: {NILA}" in receipt.h1.text
    code = receipt.select_one("dd.big").text
    assert len(code) == 9
    answered = [row for row in look(session, select(Response)) if row.answer is not None]
    assert f"{len(answered)} dari {len(answered)} soal dijawab" in receipt.text
    slip = staff.open(receipt.select_one("a[href$='bukti.pdf']")["href"])
    assert n_pages(slip.data) == 1


def test_the_badge_code_on_the_sheet_leads_to_the_person(
    session: Session, hall: Hall, staff: PageClient
) -> None:
    secret = Secrets(bytes(32)).badge
    person = session.get_one(Enrolment, hall.classroom.people[NILA])
    code = badge_code(secret, person.id, 1)
    person.code_digest = code_digest(secret, code)
    session.commit()
    page = staff.get(f"/sesi/{hall.sitting_id}/kertas?cari={code[:4]}-{code[4:].lower()}")
    assert page.h1.text == NILA


def test_a_letter_that_is_no_option_is_named_and_nothing_is_stored(
    session: Session, hall: Hall, staff: PageClient
) -> None:
    page = typing_page(staff, hall)
    again = staff.submit(page, "form[data-sheet]", status=422, cek="A1", **{"s-1": "Q", "s-2": "A"})
    assert "Tidak dapat dibaca: nomor 1." in again.text
    assert again.select_one("[name=s-2]")["value"] == "A"
    assert look(session, select(Attempt)) == []


def test_a_sheet_of_another_booklet_is_refused_on_the_page_of_this_one(
    session: Session, hall: Hall, staff: PageClient
) -> None:
    page = typing_page(staff, hall)
    for read_off in ("A2", ""):
        refused = staff.submit(page, "form[data-sheet]", status=422, cek=read_off, **{"s-1": "A"})
        assert "Ketik buku yang tertulis besar pada lembar" in refused.text
    assert look(session, select(Attempt)) == []


def test_times_are_read_as_people_write_them(session: Session, hall: Hall, staff: PageClient) -> None:
    page = typing_page(staff, hall)
    refused = staff.submit(page, "form[data-sheet]", status=422, cek="A1", mulai="delapan")
    assert "Tulis jam dengan angka" in refused.text
    staff.submit(page, "form[data-sheet]", mulai="8:05", selesai="0817", cek="A1", **{"s-1": "A"})
    attempt = look(session, select(Attempt))[0]
    assert f"{attempt.started_at:%H.%M} {attempt.ended_at:%H.%M}" == "01.05 01.17"


@pytest.mark.parametrize(
    ("began", "ended", "status"), [("23.50", "00.15", 200), ("17.00", "23.30", 200), ("23.00", "07.00", 409)]
)
def test_a_sheet_of_a_test_past_midnight_is_taken_and_a_slip_of_the_pen_is_not(
    session: Session,
    hall: Hall,
    clock: Clock,
    sign_in: Callable[..., PageClient],
    began: str,
    ended: str,
    status: int,
) -> None:
    clock.forward(days=3)
    staff = sign_in(Role.TRAINER)
    page = typing_page(staff, hall)
    staff.submit(page, "form[data-sheet]", status, mulai=began, selesai=ended, cek="A1", **{"s-1": "A"})
    spans = [one.ended_at - one.started_at for one in look(session, select(Attempt))]
    assert len(spans) == (status == 200)
    assert all(span.total_seconds() > 0 for span in spans)


def test_the_same_page_sent_twice_is_told_and_changes_nothing(
    session: Session, hall: Hall, staff: PageClient
) -> None:
    page = typing_page(staff, hall)
    staff.submit(page, "form[data-sheet]", cek="A1", **{"s-1": "A"})
    before = len(look(session, select(ResponseEvent)))
    again = staff.submit(page, "form[data-sheet]", status=409, cek="A1", **{"s-1": "B"})
    assert "sudah diketik" in again.text
    assert len(look(session, select(ResponseEvent))) == before


def test_a_correction_needs_a_reason_and_a_second_typing_names_differences(
    session: Session, hall: Hall, staff: PageClient
) -> None:
    staff.submit(typing_page(staff, hall), "form[data-sheet]", cek="A1", **{"s-1": "A"})
    here = f"/sesi/{hall.sitting_id}/kertas/{hall.classroom.people[NILA]}"
    second = staff.get(f"{here}/kedua")
    assert second.select_one("[name=s-1]")["value"] == ""
    differs = staff.submit(second, "form[data-sheet]", status=409, **{"s-1": "B"})
    assert [cell.text for cell in differs.select("tbody td")] == ["1", "A", "B"]
    mend = staff.get(f"{here}/perbaiki")
    staff.submit(mend, "form[data-sheet]", status=422, **{"s-1": "B"})
    mended = staff.submit(mend, "form[data-sheet]", alasan="Salah ketik.", **{"s-1": "B"})
    assert "Baru diketik sekali." in mended.text
    agreed = staff.submit(staff.get(f"{here}/kedua"), "form[data-sheet]", **{"s-1": "b"})
    assert "Diketik dua kali, sama" in agreed.text


def test_without_a_sheet_there_is_no_receipt(hall: Hall, staff: PageClient) -> None:
    page = staff.get(f"/sesi/{hall.sitting_id}/kertas/{hall.classroom.people[NILA]}/bukti", status=404)
    assert "belum diketik" in page.text


def test_the_page_of_printed_matter_leads_to_booklets_and_sheets_of_one_page(
    hall: Hall, staff: PageClient
) -> None:
    page = staff.get(f"/kegiatan/{hall.classroom.training_id}/tes/kertas")
    files = [link["href"] for link in page.select("main a[href$='.pdf']")]
    assert len(files) == 16
    assert n_pages(staff.open(next(f for f in files if "pre/kertas/soal-A1" in f)).data) > 2
    assert n_pages(staff.open(next(f for f in files if "pre/kertas/lembar-A1" in f)).data) == 1


def test_what_is_printed_does_not_depend_on_keys_and_reasons(
    session: Session, hall: Hall, staff: PageClient
) -> None:
    address = f"/kegiatan/{hall.classroom.training_id}/tes/pre/kertas/soal-A1.pdf"
    before = staff.open(address).data
    for revision in session.scalars(select(ItemRevision)):
        if revision.content["type"] == "single_choice":
            other = next(o["id"] for o in revision.content["options"] if o["id"] != revision.content["key"])
            revision.content = {**revision.content, "key": other, "rationale_html": "<p>Lain.</p>"}
    session.commit()
    _forms.clear()
    assert staff.open(address).data == before


def test_an_unknown_booklet_is_not_found(hall: Hall, staff: PageClient) -> None:
    address = f"/kegiatan/{hall.classroom.training_id}/tes/pre/kertas/soal-C9.pdf"
    assert staff.open(address).status_code == 404
