"""Badges and attendance lists on paper."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from kapuas_quiz.core.badge import badge_code, badge_token, written_code
from kapuas_quiz.core.participants import Participant
from kapuas_quiz.core.roles import Role
from kapuas_quiz.trainings.badges import (
    NobodyError,
    attendance_pdf,
    badge_of,
    badges_pdf,
    breakable,
    dates_words,
)
from kapuas_quiz.trainings.service import enrolment_view, training_view
from kapuas_quiz.web.typesetting import qr_svg
from tests.conftest import MORNING
from tests.trainings.making import NILA, SECRET, enrol, make_training

NAMES = [
    "Nila",
    'D\'Rimba #strong[x] $y$ *z* \\ "q"',
    "Gita " * 24,
    "a" * 120,
    "Ny. Kirana Dahlia, S.Sos., M.Si.",
]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def everybody(session: Session, count: int = 60):
    training_id = make_training(session)
    for number in range(count):
        name = NAMES[number % 5][:110].strip() + " " + "abcdefghijklmnop"[number // 5] * 3
        person = replace(NILA, name=name, desa=f"62.03.10.200{number % 9 + 1}")
        enrol(session, training_id, person, other_person=True)
    return training_id


def test_sixty_badges_with_every_kind_of_name_fill_eight_pages(session: Session) -> None:
    training_id = everybody(session)
    pdf = badges_pdf(session, training_id=training_id, secret=SECRET, demo=False, now=MORNING)
    assert pdf.startswith(b"%PDF-") and pages(pdf) == 8


def test_a_sheet_printed_again_is_the_same(session: Session) -> None:
    training_id = everybody(session, 3)
    sheets = {
        badges_pdf(session, training_id=training_id, secret=SECRET, demo=False, now=MORNING) for _ in range(2)
    }
    assert len(sheets) == 1


def test_threads_print_at_the_same_time(session: Session) -> None:
    training_id = make_training(session)
    enrol(session, training_id)
    template = {"training_id": training_id, "secret": SECRET, "demo": True, "now": MORNING}
    alone = badges_pdf(session, **template)
    bind = session.get_bind()
    session.rollback()

    def print_badges(_: int) -> bytes:
        with Session(bind) as own:
            return badges_pdf(own, **template)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(print_badges, range(8))) == {alone}


def test_the_badge_carries_address_token_and_typed_code(session: Session) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    badge = badge_of(training_view(session, training_id), enrolment_view(session, nila), secret=SECRET)
    assert badge.url == f"http://192.168.1.10:8000/k/{badge_token(SECRET, nila, 1)}"
    assert badge.code == written_code(badge_code(SECRET, nila, 1))


def test_only_one_kecamatan_is_printed_when_asked(session: Session) -> None:
    training_id = everybody(session, 9)
    enrol(session, training_id, Participant("Gita", "PPK", "Ketua", "62.03.09", ""))
    common = {"training_id": training_id, "secret": SECRET, "demo": False, "now": MORNING}
    assert pages(badges_pdf(session, **common)) == 2
    assert pages(badges_pdf(session, kecamatan="62.03.09", **common)) == 1
    with pytest.raises(NobodyError):
        badges_pdf(session, kecamatan="62.03.01", **common)


@pytest.mark.parametrize(("last", "columns"), [(4, 1), (6, 3), (9, 1)])
def test_the_attendance_list_is_typeset(session: Session, last: int, columns: int) -> None:
    training_id = make_training(session, ends_on=date(2024, 11, last))
    for name in ("Nila", "a" * 120):
        enrol(session, training_id, replace(NILA, name=name))
    pdf = attendance_pdf(session, training_id=training_id, demo=True, now=MORNING)
    assert pages(pdf) == 1


def test_a_qr_is_a_picture_with_a_quiet_zone() -> None:
    picture = qr_svg("http://192.168.1.10:8000/k/" + "x" * 32)
    assert 'viewBox="0 0 41 41"' in picture
    assert min(int(x) for x in re.findall(r"M(\d+) ", picture.partition("#000")[2])) == 4


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 11, 4), date(2024, 11, 4), "4 November 2024"),
        (date(2024, 11, 4), date(2024, 11, 6), "4–6 November 2024"),
        (date(2024, 10, 30), date(2024, 11, 2), "30 Oktober – 2 November 2024"),
        (date(2024, 12, 30), date(2025, 1, 2), "30 Desember 2024 – 2 Januari 2025"),
    ],
)
def test_days_are_written_as_in_indonesia(first: date, last: date, words: str) -> None:
    assert dates_words(first, last) == words


def test_only_very_long_words_may_break() -> None:
    assert breakable("Nila Pertiwi") == "Nila Pertiwi"
    assert breakable("a" * 50).count("\u200b") == 2


def test_staff_download_badges_and_lists(session: Session, sign_in) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    browser = sign_in(Role.TRAINER)
    for path in ("kartu.pdf", f"peserta/{nila}/kartu.pdf", "daftar-hadir.pdf"):
        response = browser.open(f"/kegiatan/{training_id}/{path}")
        assert response.mimetype == "application/pdf" and response.data.startswith(b"%PDF-")


def test_with_nobody_to_print_for_the_page_says_what_comes_first(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.TRAINER)
    for path in ("kartu.pdf", "daftar-hadir.pdf"):
        assert "Belum ada peserta aktif" in browser.get(f"/kegiatan/{training_id}/{path}").text
