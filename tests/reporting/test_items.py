"""Items are counted without being shown; opening one early is written down."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.banks.models import ItemRevision
from kapuas_quiz.core.roles import Role
from kapuas_quiz.reporting.items import item_report
from tests.conftest import Clock
from tests.core.items.samples import content
from tests.reporting.day import after_post_test, after_pre_test
from tests.scoring.classroom import Classroom, make_classroom

ITEM = "penghitungan-007"


@pytest.fixture
def between(session: Session, clock: Clock) -> Classroom:
    return after_pre_test(session, clock())


def opened(session: Session) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).where(AuditEvent.action == "soal.buka-dini")))


def test_the_worst_item_stands_first_with_who_was_wrong(between: Classroom, session: Session) -> None:
    """Form A was sat by 12, of whom the 6 of Timpah have one counting item right and the others four."""
    report = item_report(session, training_id=between.training_id, kind="pre", now=between.now)
    assert len(report.lines) == 50
    lines = {line.item_id: line for line in report.lines}
    assert (lines[ITEM].n, lines[ITEM].wrong, lines[ITEM].omitted) == (12, 6, 0)
    assert report.lines[0].facility == min(line.facility or 0 for line in report.lines)
    assert not any(line.released for line in report.lines)


def test_an_unanswered_item_is_wrong_and_said_to_be_unanswered(between: Classroom, session: Session) -> None:
    between.sit("Absen Contoh", between.open("pre"), None)
    report = item_report(session, training_id=between.training_id, kind="pre", now=between.now)
    line = next(line for line in report.lines if line.item_id == ITEM)
    assert (line.n, line.wrong, line.omitted) == (13, 7, 1)


def test_the_list_shows_no_text_and_no_key(between: Classroom, sign_in) -> None:
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{between.training_id}/butir")
    assert "6 dari 12 peserta keliru" in page.text
    for secret in ("Pokok soal", "Pilihan benar", "Pembahasan ", "PKPU 17"):
        assert secret not in page.text


def test_a_shut_item_asks_for_a_reason_and_shows_nothing(
    between: Classroom, session: Session, sign_in
) -> None:
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{between.training_id}/butir/{ITEM}")
    assert page.h1.text == "Soal ini belum boleh dibuka untuk peserta"
    assert "Pokok soal" not in page.text
    assert opened(session) == []


def test_opening_it_early_shows_it_and_writes_down_who_and_why(
    between: Classroom, session: Session, sign_in
) -> None:
    browser = sign_in(Role.TRAINER, name="Puspa Nirmala")
    page = browser.get(f"/kegiatan/{between.training_id}/butir/{ITEM}")
    item = browser.submit(page, "main form", reason="  Menyiapkan pembahasan  ")
    assert "Pokok soal penghitungan-007?" in item.text
    rows = {row.th.text: [cell.text.strip() for cell in row.select("td")] for row in item.select("tbody tr")}
    assert rows["Pilihan benar penghitungan-007"] == ["kunci", "6"]
    assert rows["Pilihan keliru penghitungan-007"] == ["pilihan keliru terbanyak Ini aturan Pemilu.", "6"]
    assert "sudah dicatat di jejak" in item.text
    (event,) = opened(session)
    assert event.subject == str(between.training_id)
    assert event.detail == {
        "nama": "Puspa Nirmala",
        "alasan": "Menyiapkan pembahasan",
        "soal": ITEM,
        "paket": "A",
    }


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_usable_reason_nothing_opens(
    between: Classroom, session: Session, sign_in, reason: str
) -> None:
    browser = sign_in(Role.OPERATOR)
    page = browser.get(f"/kegiatan/{between.training_id}/butir/{ITEM}")
    again = browser.submit(page, "main form", reason=reason)
    assert again.select_one(".fault") is not None
    assert "Pokok soal" not in again.text
    assert opened(session) == []


def test_after_release_an_item_opens_without_ado(session: Session, clock: Clock, sign_in) -> None:
    room = after_post_test(session, clock())
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{room.training_id}/butir/{ITEM}")
    assert "Pokok soal penghitungan-007?" in page.text
    assert opened(session) == []


def test_an_item_of_no_form_here_is_not_found(between: Classroom, sign_in) -> None:
    browser = sign_in(Role.TRAINER)
    browser.get(f"/kegiatan/{between.training_id}/butir/tidak-ada-001", status=404)


@pytest.fixture
def choosing_several(session: Session, clock: Clock) -> Classroom:
    """Six people meet an item with two keys: two are right, three half right, one is wrong."""
    room = make_classroom(session, clock())
    wording = session.scalars(select(ItemRevision).where(ItemRevision.item_id == ITEM)).one()
    wording.content = content("multiple_response")
    place = int(ITEM[-3:])
    sitting = room.open("pre")
    for number, chosen in enumerate(("ac", "ca", "a", "a", "acb", "bd")):
        room.enrol(f"Orang {number}")
        attempt = room.sit(f"Orang {number}", sitting)
        room.answer(attempt, {place: dict.fromkeys(chosen, "1")})
    room.close(sitting, seal=True)
    return room


def test_who_earns_a_part_is_not_called_wrong(choosing_several: Classroom, session: Session, sign_in) -> None:
    room = choosing_several
    report = item_report(session, training_id=room.training_id, kind="pre", now=room.now)
    line = next(line for line in report.lines if line.item_id == ITEM)
    assert (line.n, line.wrong, line.partial, line.points) == (6, 1, 3, 3.5)
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{room.training_id}/butir")
    cells = [cell.text for cell in page.select("td[data-label=Keliru]")]
    assert "1 dari 6 peserta keliru3 lagi benar sebagian" in cells


def test_answers_in_words_are_headed_so_and_parts_are_not_wrong(
    choosing_several: Classroom, session: Session, sign_in
) -> None:
    browser = sign_in(Role.TRAINER)
    page = browser.get(f"/kegiatan/{choosing_several.training_id}/butir/{ITEM}")
    item = browser.submit(page, "main form", reason="Menyiapkan pembahasan")
    assert item.select_one("thead th").text == "Jawaban"
    rows = {row.th.text: [cell.text.strip() for cell in row.select("td")] for row in item.select("tbody tr")}
    assert rows["Pilihan a; Pilihan c"] == ["benar", "2"]
    assert rows["Pilihan a"] == ["benar sebagian", "2"]
    assert rows["Pilihan b; Pilihan d"] == ["jawaban keliru terbanyak", "1"]
