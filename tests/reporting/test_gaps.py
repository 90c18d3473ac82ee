"""The gap report, in values and on the page."""

from __future__ import annotations

import csv
import io
import uuid

import openpyxl
import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kapuas_quiz.core.gaps import Status
from kapuas_quiz.core.roles import Role
from kapuas_quiz.delivery.models import Attempt, Response
from kapuas_quiz.reporting.gaps import gap_report
from kapuas_quiz.reporting.service import NothingPlannedError
from kapuas_quiz.scoring.service import record_scores
from kapuas_quiz.trainings.models import Enrolment
from kapuas_quiz.trainings.service import UnknownTrainingError
from tests.conftest import Clock
from tests.reporting.day import after_post_test, after_pre_test
from tests.scoring.classroom import Classroom, make_classroom


@pytest.fixture
def room(session: Session, clock: Clock) -> Classroom:
    return after_pre_test(session, clock())


def test_the_surest_gap_of_the_room_stands_first(room: Classroom, session: Session) -> None:
    report = gap_report(session, training_id=room.training_id, kind="pre", now=room.now)
    first = report.room[0]
    assert (first.competency.key, first.gap.points, first.gap.max_points) == ("penghitungan", 60, 120)
    assert first.gap.status is Status.BELOW
    assert (report.progress.enrolled, report.progress.finished, report.progress.absent) == (25, 24, 1)


def test_each_kecamatan_is_compared_for_itself(room: Classroom, session: Session) -> None:
    report = gap_report(session, training_id=room.training_id, kind="pre", now=room.now)
    counting = {row.name: row.cells[1].gap for row in report.kecamatan}
    assert list(counting) == ["Mantangai", "Timpah"]
    assert (counting["Timpah"].points, counting["Timpah"].status) == (12, Status.BELOW)
    assert (counting["Mantangai"].points, counting["Mantangai"].status) == (48, Status.UNSURE)
    voting = {row.name: row.cells[0].gap for row in report.kecamatan}
    assert (voting["Mantangai"].points, voting["Mantangai"].status) == (60, Status.ABOVE)
    assert {row.name: row.n_persons for row in report.bodies} == {"PPK": 8, "PPS": 16}


def test_stored_scores_give_the_same_report(room: Classroom, session: Session) -> None:
    before = gap_report(session, training_id=room.training_id, kind="pre", now=room.now)
    attempts = list(session.scalars(select(Attempt.id)))
    assert record_scores(session, attempt_ids=attempts, now=room.now) == 24
    session.execute(delete(Response))
    session.commit()
    assert gap_report(session, training_id=room.training_id, kind="pre", now=room.now) == before


def test_somebody_who_withdrew_is_left_out(room: Classroom, session: Session) -> None:
    session.get_one(Enrolment, room.people["Nila Contoh"]).withdrawn_at = room.now
    session.commit()
    report = gap_report(session, training_id=room.training_id, kind="pre", now=room.now)
    assert (report.progress.enrolled, report.progress.finished) == (24, 23)


def test_the_post_test_is_empty_before_it_was_held(room: Classroom, session: Session) -> None:
    report = gap_report(session, training_id=room.training_id, kind="post", now=room.now)
    assert report.progress.finished == 0
    assert {cell.gap.status for cell in report.room} == {Status.TOO_LITTLE}


def test_a_training_that_does_not_exist_or_has_no_plan_is_named(session: Session, clock: Clock) -> None:
    room = make_classroom(session, clock(), planned=False)
    with pytest.raises(UnknownTrainingError):
        gap_report(session, training_id=uuid.UUID(int=0), kind="pre", now=room.now)
    with pytest.raises(NothingPlannedError):
        gap_report(session, training_id=room.training_id, kind="pre", now=room.now)


def test_without_a_plan_the_page_says_what_to_do_first(session: Session, clock: Clock, sign_in) -> None:
    room = make_classroom(session, clock(), planned=False)
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{room.training_id}/materi")
    assert page.h1.text == "Kisi-kisi kegiatan ini belum dibuat"
    assert page.select_one("a.button")["href"].endswith("/kisi-kisi")


def test_the_page_says_counts_first_and_marks_by_shape_and_words(room: Classroom, sign_in) -> None:
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{room.training_id}/materi")
    first = page.select_one("ol.ranked li")
    text = " ".join(first.text.split())
    assert text.startswith("Penghitungan dan rekapitulasi 60 dari 120 benar")
    assert "24 peserta, masing-masing 5 soal" in text
    assert "di bawah standar" in text
    assert first.select_one("svg path") is not None
    assert "24 dari 25 peserta selesai." in page.text
    assert "Soal belum diverifikasi" in page.text
    assert page.select_one("details table") is not None
    assert len(page.select("svg[role=img]")) == 6


def test_the_page_links_each_kecamatan_to_its_people(room: Classroom, sign_in) -> None:
    browser = sign_in(Role.TRAINER)
    page = browser.get(f"/kegiatan/{room.training_id}/materi")
    link = next(a for a in page.select("tbody th a") if a.text == "Timpah")
    people = browser.get(link["href"])
    assert people.h1.text == "Hasil peserta: Timpah"
    assert len(people.select("tbody tr")) == 13


def test_before_any_result_the_page_says_what_will_come(session: Session, clock: Clock, sign_in) -> None:
    room = make_classroom(session, clock())
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{room.training_id}/materi?tes=post")
    assert "Belum ada peserta yang selesai" in page.select_one(".notice + .notice, .notice:last-of-type").text


def test_an_unknown_training_is_not_found(room: Classroom, sign_in) -> None:
    sign_in(Role.TRAINER).get(f"/kegiatan/{room.spec_id}/materi", status=404)


def test_the_files_carry_the_figures_of_the_page(session: Session, clock: Clock, sign_in) -> None:
    room = after_post_test(session, clock())
    browser = sign_in(Role.OPERATOR)
    page = browser.get(f"/kegiatan/{room.training_id}/materi")
    on_screen = {
        row.th.text: [row.select("td")[1].text, row.select("td")[2].text]
        for row in page.select_one("details table").select("tbody tr")
    }
    content = browser.open(f"/kegiatan/{room.training_id}/unduh/materi.csv").get_data()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    room_rows = [r for r in rows if r["Tes"].startswith("Tes awal") and r["Kelompok"] == "seluruh ruangan"]

    def percent(text: str) -> str:
        return f"{round(float(text.replace(',', '.')))}%"

    in_file = {
        row["Materi"]: [
            percent(row["Bagian benar (%)"]),
            f"{percent(row['Batas bawah rentang 95 persen (%)'])}"
            f"–{percent(row['Batas atas rentang 95 persen (%)'])}",
        ]
        for row in room_rows
    }
    assert in_file == on_screen
    book = openpyxl.load_workbook(
        io.BytesIO(browser.open(f"/kegiatan/{room.training_id}/unduh/materi.xlsx").get_data())
    )
    values = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=5, max_row=9)]
    assert {row[3]: row[6] for row in values} == {r["Materi"]: int(r["Jawaban benar"]) for r in room_rows}


def test_the_files_say_verdicts_and_kinds_in_the_words_of_the_pages(
    session: Session, clock: Clock, sign_in
) -> None:
    room = after_post_test(session, clock())
    session.get_one(Enrolment, room.people["Absen Contoh"]).kind = "paw"
    session.get_one(Enrolment, room.people["Absen Contoh"]).decree = "SK 1"
    session.commit()
    browser = sign_in(Role.OPERATOR)

    def column(what: str, heading: str) -> set[str]:
        content = browser.open(f"/kegiatan/{room.training_id}/unduh/{what}.csv").get_data()
        return {
            row[heading] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        }

    assert column("materi", "Kesimpulan") == {
        "di bawah standar",
        "belum pasti, mungkin di bawah standar",
        "belum pasti, mungkin mencapai standar",
        "mencapai standar",
    }
    assert column("peningkatan", "Kesimpulan") == {"naik"}
    assert column("peserta", "Keikutsertaan") == {"anggota", "pengganti antarwaktu (PAW)"}
    assert column("nilai", "Keikutsertaan") == {"anggota", "pengganti antarwaktu (PAW)"}


def test_the_normalised_gain_is_rounded_as_on_the_page(session: Session, clock: Clock, sign_in) -> None:
    room = after_post_test(session, clock())
    content = sign_in(Role.OPERATOR).open(f"/kegiatan/{room.training_id}/unduh/peningkatan.xlsx").get_data()
    heads, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=4, values_only=True)
    gains = [row[heads.index("Peningkatan ternormalisasi")] for row in rows]
    assert len(gains) == 10
    assert gains == [round(gain, 2) for gain in gains]


@pytest.mark.parametrize("what", ["peserta", "nilai", "peningkatan", "materi"])
def test_every_report_comes_as_both_kinds_of_file(session: Session, clock: Clock, sign_in, what: str) -> None:
    room = after_post_test(session, clock())
    browser = sign_in(Role.CERTIFIER)
    for ending, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        response = browser.open(f"/kegiatan/{room.training_id}/unduh/{what}.{ending}")
        assert response.status_code == 200
        assert response.get_data().startswith(start)
        assert response.headers["Content-Disposition"] == f'attachment; filename="{what}.{ending}"'
    assert browser.open(f"/kegiatan/{room.training_id}/unduh/rahasia.csv").status_code == 404
    assert browser.open(f"/kegiatan/{room.training_id}/unduh/nilai.exe").status_code == 404
