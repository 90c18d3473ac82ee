"""The pages: a list from the rule to the register, who sees what, and what anybody can check."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.certificates.lists import list_view, lists_of
from kapuas_quiz.certificates.minutes import minutes_content
from kapuas_quiz.certificates.register import valid_of
from kapuas_quiz.certificates.revocation import revoke
from kapuas_quiz.core.roles import Role
from kapuas_quiz.core.standard import PassRule
from kapuas_quiz.trainings.models import Person
from tests.certificates.hall import CHAIR, drafted, finished_training, issued, locked, published, put
from tests.conftest import MORNING
from tests.pages import PageClient
from tests.scoring.classroom import Classroom


@pytest.fixture
def room(session: Session) -> Classroom:
    """A training whose post-test is over and sealed."""
    made = finished_training(session, MORNING)
    session.commit()
    return made


def pages_of(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_list_goes_from_the_rule_to_the_register_by_two_persons(
    room: Classroom, session: Session, sign_in, phone: PageClient
) -> None:
    chair = sign_in(Role.CERTIFIER, name="Bayu Wirata")
    page = chair.get(f"/kegiatan/{room.training_id}/keputusan")
    page = chair.submit(page, "#aturan", cut="70")
    assert "2 dari 5 peserta lulus" in page.text
    assert "Benar 12 dari 25; ambang 18 (70%) belum tercapai." in page.text
    assert "soal belum diverifikasi" in page.text.lower()

    line = chair.get(page.select_one("tr:-soup-contains('Puspa Nirmala') a.choice")["href"])
    again = chair.submit(line, "#putuskan", status=422, outcome="lulus", reason="")
    assert "berbeda dari usul. Tulis alasannya" in again.text
    page = chair.submit(line, "#putuskan", outcome="lulus", reason="Listrik padam saat tes")
    assert "3 dari 5 peserta lulus" in page.text

    page = chair.submit(page, "#kunci", notes="Listrik padam 10 menit")
    assert "Menunggu orang kedua" in page.text
    assert page.select_one("#setujui") is None

    operator = sign_in(Role.OPERATOR, name="Intan Larasita")
    page = operator.get(page.address)
    page = operator.submit(page, "#setujui form")
    page = operator.submit(page, "#umumkan", minutes_number="12/BA/2024")
    page = operator.submit(page, "#terbitkan form")
    assert "3 sertifikat diterbitkan" in page.text

    session.expire_all()
    held = {str(one.facts["name"]): one for one in valid_of(session, room.training_id)}
    session.commit()
    assert set(held) == {"Tirta Andara", "Puspa Nirmala", "Gita Permata"}
    seen = phone.get(f"/sertifikat/{held['Puspa Nirmala'].public_id}")
    assert "Berlaku" in seen.text
    assert "12/BA/2024" in seen.text


def test_the_public_page_shows_every_printed_fact(
    room: Classroom, session: Session, phone: PageClient
) -> None:
    issued(room)
    one = valid_of(session, room.training_id)[0]
    session.commit()
    text = phone.get(f"/sertifikat/{one.public_id}").text
    spoken = {
        "starts_on": "4 November 2024",
        "ends_on": "5 November 2024",
        "voting_day": "27 November 2024",
        "decided_on": "4 November 2024",
        "issued_on": "4 November 2024",
        "outcome": "Lulus",
    }
    unprinted = {"body", "kecamatan_name", "desa_name", "institution_short"}
    for name, fact in one.facts.items():
        if name not in unprinted:
            assert str(spoken.get(name, fact)) in text, name


def test_a_revoked_certificate_says_so_to_anybody(
    room: Classroom, session: Session, sign_in, phone: PageClient
) -> None:
    issued(room)
    one = valid_of(session, room.training_id)[0]
    session.commit()
    chair = sign_in(Role.CERTIFIER)
    ask = chair.get(f"/sertifikat/{one.public_id}/cabut")
    chair.submit(ask, "#cabut", status=422, reason=" ")
    register = chair.submit(ask, "#cabut", reason="terbukti diwakili orang lain")
    assert "1 dicabut" in register.text
    seen = phone.get(f"/sertifikat/{one.public_id}").text
    assert "Dicabut pada 4 November 2024 karena terbukti diwakili orang lain" in seen
    assert "Berlaku" not in seen
    assert chair.open(f"/sertifikat/{one.public_id}/lembar.pdf").status_code == 404


def test_an_unknown_certificate_is_told_in_words(phone: PageClient) -> None:
    page = phone.get("/sertifikat/abcdefghijklmnopqrstuvwxyz", status=404)
    assert "Tidak ada sertifikat dengan alamat ini" in page.text


def test_guessing_certificates_is_slowed(phone: PageClient) -> None:
    answers = [phone.open(f"/sertifikat/{n}").status_code for n in range(125)]
    assert answers[119] == 404
    assert answers[-1] == 429


def test_an_observer_sees_persons_only_after_publication(room: Classroom, session: Session, sign_in) -> None:
    list_id = locked(room)
    observer = sign_in(Role.OBSERVER, name="Taruna Sagara")
    page = observer.get(f"/keputusan/{list_id}")
    assert "2 dari 5 peserta lulus" in page.text
    assert "Tirta Andara" not in page.text
    assert not page.select("main form")
    assert observer.open(f"/keputusan/{list_id}/berita-acara.pdf").status_code == 403
    assert observer.open(f"/keputusan/{list_id}/unduh.xlsx").status_code == 403
    session.commit()
    published_id = published(room, drafted(room))
    session.commit()
    page = observer.get(f"/keputusan/{published_id}")
    assert "Tirta Andara" in page.text
    assert not page.select("main form")
    assert observer.open(f"/keputusan/{published_id}/berita-acara.pdf").status_code == 200


def test_an_unfinished_training_is_refused_in_words(room: Classroom, session: Session, sign_in) -> None:
    room.open("post", minutes_ago=1)
    session.commit()
    chair = sign_in(Role.CERTIFIER)
    page = chair.get(f"/kegiatan/{room.training_id}/keputusan")
    page = chair.submit(page, "#aturan", status=409, cut="65")
    assert "1 sesi tes belum disegel" in page.text
    assert page.select_one("#cut")["value"] == "65"


def test_a_refused_lock_keeps_the_notes(room: Classroom, session: Session, sign_in) -> None:
    list_id = drafted(room)
    person = session.scalars(select(Person).where(Person.name == "Tirta Andara")).one()
    person.name = "Tirta Andaru"
    session.commit()
    chair = sign_in(Role.CERTIFIER)
    page = chair.submit(chair.get(f"/keputusan/{list_id}"), "#kunci", status=409, notes="Hujan deras")
    assert "Perbarui rancangan, lalu kunci lagi" in page.text
    assert "Hujan deras" in page.select_one("#notes").text


def test_the_second_step_by_the_first_person_is_refused_in_words(
    room: Classroom, session: Session, sign_in
) -> None:
    list_id = drafted(room)
    session.commit()
    chair = sign_in(Role.CERTIFIER)
    page = chair.submit(chair.get(f"/keputusan/{list_id}"), "#kunci")
    token = page.select_one("input[name=csrf_token]")["value"]
    answer = chair.open(f"/keputusan/{list_id}/setujui", method="POST", data={"csrf_token": token})
    assert answer.status_code == 409
    assert "Minta orang kedua masuk dengan akunnya sendiri" in answer.get_data(as_text=True)


def test_a_rule_out_of_range_is_refused_in_words(room: Classroom, sign_in) -> None:
    chair = sign_in(Role.CERTIFIER)
    page = chair.get(f"/kegiatan/{room.training_id}/keputusan")
    page = chair.submit(page, "#aturan", status=422, **{"cut": "170", "batas-dasar": "0"})
    assert page.text.count("bilangan bulat 1 sampai 100") == 2


def test_lines_can_be_picked(room: Classroom, session: Session, sign_in) -> None:
    list_id = drafted(room)
    session.commit()
    chair = sign_in(Role.CERTIFIER)
    for wanted, names in (("semua", 5), ("lulus", 2), ("belum", 3), ("dekat", 1), ("berbeda", 0), ("x", 5)):
        page = chair.get(f"/keputusan/{list_id}?tampil={wanted}")
        assert len(page.select("tbody tr")) == names, wanted


def test_spreadsheets_hold_the_lines_of_the_page(room: Classroom, session: Session, sign_in) -> None:
    list_id = drafted(room)
    put(room, list_id, "Puspa Nirmala", "lulus", "=HYPERLINK(1)")
    issued(room, list_id)
    shown = list_view(session, list_id)
    session.commit()
    operator = sign_in(Role.OPERATOR)
    text = operator.open(f"/keputusan/{list_id}/unduh.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Nama"] for row in rows] == [line.facts["name"] for line in shown.lines]
    assert [row["Keputusan"] == "lulus" for row in rows] == [line.outcome == "lulus" for line in shown.lines]
    puspa = next(row for row in rows if row["Nama"] == "Puspa Nirmala")
    assert puspa["Alasan keputusan"] == "'=HYPERLINK(1)"
    assert puspa["Tes akhir benar"] == "12"
    book = load_workbook(io.BytesIO(operator.open(f"/keputusan/{list_id}/unduh.xlsx").data))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s"]
    assert operator.open(f"/keputusan/{list_id}/unduh.pdf").status_code == 404


def test_sheets_are_one_page_each_by_kecamatan(room: Classroom, session: Session, sign_in) -> None:
    issued(room)
    valid = valid_of(session, room.training_id)
    session.commit()
    operator = sign_in(Role.OPERATOR)
    everyone = operator.open(f"/kegiatan/{room.training_id}/sertifikat.pdf")
    assert everyone.mimetype == "application/pdf"
    assert pages_of(everyone.data) == len(valid) == 2
    single = operator.open(f"/sertifikat/{valid[0].public_id}/lembar.pdf")
    assert pages_of(single.data) == 1
    again = operator.open(f"/sertifikat/{valid[0].public_id}/lembar.pdf")
    assert pages_of(again.data) == 1


def test_the_minutes_say_rule_figures_departures_and_marks(
    room: Classroom, session: Session, sign_in
) -> None:
    list_id = drafted(room)
    put(room, list_id, "Puspa Nirmala", "lulus", "Listrik padam saat tes")
    published(room, list_id)
    said = minutes_content(session, list_id=list_id, demo=False)
    head = lists_of(session, room.training_id)[0]
    session.commit()
    assert said["rule"].startswith("Lulus bila benar paling sedikit 70% dari soal tes akhir.")
    assert ["Ditetapkan lulus", "3"] in said["counts"]
    assert said["verified"] is False
    assert said["departures"] == [
        {
            "who": "Nomor 3, Puspa Nirmala",
            "proposal": "belum memenuhi ambang",
            "outcome": "lulus",
            "figures": "Benar 12 dari 25; ambang 18 (70%) belum tercapai.",
            "reason": "Listrik padam saat tes",
        }
    ]
    assert ["Sidik daftar (SHA-256)", head.fingerprint] in said["marks"]
    assert said["minutes_number"] == "12/BA"
    assert said["sittings"][0][0] == "Tes akhir"
    answer = sign_in(Role.OPERATOR).open(f"/keputusan/{list_id}/berita-acara.pdf")
    assert pages_of(answer.data) >= 2


def test_every_page_answers_nobody_when_there_is_nothing(app: Flask, sign_in) -> None:
    nothing = "00000000-0000-7000-8000-000000000000"
    chair = sign_in(Role.CERTIFIER)
    for path in (
        f"/kegiatan/{nothing}/keputusan",
        f"/keputusan/{nothing}",
        f"/keputusan/{nothing}/baris/{nothing}",
        f"/keputusan/{nothing}/berita-acara.pdf",
        f"/kegiatan/{nothing}/sertifikat.pdf",
        "/sertifikat/tidak-ada/cabut",
        "/sertifikat/tidak-ada/lembar.pdf",
    ):
        assert chair.open(path).status_code == 404, path


def test_the_figures_speak_english_too(room: Classroom, session: Session, sign_in) -> None:
    list_id = drafted(room, PassRule(floors={"dukungan": 0.6}))
    session.commit()
    page = sign_in(Role.CERTIFIER).get(f"/keputusan/{list_id}?bahasa=en")
    assert page.find("html")["lang"] == "en"
    assert "18 (70%)" in page.text


def test_who_held_a_revoked_certificate_is_marked_in_the_next_draft(
    room: Classroom, session: Session, sign_in
) -> None:
    issued(room)
    one = valid_of(session, room.training_id)[0]
    revoke(session, public_id=one.public_id, reason="terbukti diwakili", actor=CHAIR, now=MORNING)
    list_id = drafted(room)
    session.commit()
    page = sign_in(Role.CERTIFIER).get(f"/keputusan/{list_id}")
    assert "dicabut: terbukti diwakili" in page.text
