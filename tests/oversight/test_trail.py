"""What those who supervise read of the trail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from kapuas_quiz.accounts.models import Staff
from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import SYSTEM, Actor, Role
from kapuas_quiz.oversight.trail import seal_of
from kapuas_quiz.oversight.words import ACTIONS, GROUPS, THINGS
from kapuas_quiz.settings import ROOT
from tests.audit.test_chain import unguarded  # noqa: F401 - a fixture
from tests.certificates.hall import finished_training, published

ACTOR = Actor("7", "Aruna Buana")


def numbers(page) -> list[str]:
    return [cell.text for cell in page.select("td[data-label=Nomor]")]


def fill(session: Session, clock, length: int) -> None:
    for _ in range(length):
        record(session, at=clock(), actor=ACTOR, action="sesi.pin", subject="Aula")
    session.commit()


def test_an_empty_trail_says_so(sign_in) -> None:
    page = sign_in(Role.OBSERVER).get("/jejak")
    assert "Tidak ada catatan" in page.text and not page.select(".notice")


def test_the_newest_comes_first_fifty_on_a_page(sign_in, session: Session, clock) -> None:
    fill(session, clock, 101)
    observer = sign_in(Role.OBSERVER)
    page = observer.get("/jejak")
    assert numbers(page)[0] == "101" and len(numbers(page)) == 50
    page = observer.get(page.find("a", string="Lebih lama")["href"])
    page = observer.get(page.find("a", string="Lebih lama")["href"])
    assert numbers(page) == ["1"] and "Halaman 3 dari 3" in page.text
    assert page.find("a", string="Lebih lama") is None
    assert numbers(observer.get("/jejak?halaman=999")) == ["1"]
    assert numbers(observer.get("/jejak?halaman=-1"))[0] == "101"
    assert numbers(observer.get("/jejak?halaman=dua"))[0] == "101"


def test_the_chain_is_checked_and_its_head_can_be_written_down(sign_in, session: Session, clock) -> None:
    fill(session, clock, 3)
    head = session.get_one(AuditEvent, 3).hash
    session.rollback()
    notice = sign_in(Role.OBSERVER).get("/jejak").select_one(".notice").text
    assert "Rantai utuh: 3 catatan" in notice
    assert seal_of(head) in notice and len(seal_of(head)) == 19


def test_a_broken_chain_names_the_first_number(sign_in, unguarded: Session, clock) -> None:  # noqa: F811
    fill(unguarded, clock, 5)
    unguarded.execute(update(AuditEvent).where(AuditEvent.number == 4).values(subject="lain"))
    unguarded.commit()
    notice = sign_in(Role.CERTIFIER).get("/jejak").select_one(".notice").text
    assert "Rantai putus di catatan nomor 4" in notice


def test_the_trail_narrows_down_by_kind_person_and_day(sign_in, session: Session, clock) -> None:
    browser = sign_in(Role.OPERATOR, name="Gita Permata")
    gita = Actor(str(session.query(Staff.id).filter(Staff.name == "Gita Permata").scalar()), "Gita Permata")
    midnight = clock().replace(hour=17, minute=0)
    events = [
        (midnight - timedelta(seconds=1), gita, "sesi.buka"),
        (midnight, gita, "sesi.tutup"),
        (midnight, SYSTEM, "sesi_lain.x"),
        (midnight + timedelta(days=1), SYSTEM, "nilai.catat"),
    ]
    for at, actor, action in events:
        record(session, at=at, actor=actor, action=action, subject="")
    session.commit()
    for query, expected in {
        "": ["4", "3", "2", "1"],
        "?kelompok=sesi": ["2", "1"],
        f"?pelaku={gita.id}": ["2", "1"],
        "?pelaku=sistem": ["4", "3"],
        "?sejak=2024-11-05": ["4", "3", "2"],
        "?sampai=2024-11-04": ["1"],
        "?sejak=2024-11-05&sampai=2024-11-05": ["3", "2"],
        f"?kelompok=sesi&pelaku={gita.id}&sejak=2024-11-05": ["2"],
        "?kelompok=&pelaku=&sejak=&sampai=": ["4", "3", "2", "1"],
    }.items():
        assert numbers(browser.get(f"/jejak{query}")) == expected, query


@pytest.mark.parametrize(
    "query", ["kelompok=%25", "pelaku=%27%20OR%201=1", "sejak=kemarin", "sampai=2024-13-01"]
)
def test_a_filter_that_cannot_be_read_shows_everything_and_says_so(sign_in, session, clock, query) -> None:
    fill(session, clock, 1)
    page = sign_in(Role.OBSERVER).get(f"/jejak?{query}")
    assert numbers(page) == ["1"]
    assert "semua catatan ditampilkan" in page.select_one(".fault").text


def test_the_filter_stays_while_pages_are_turned(sign_in, session: Session, clock) -> None:
    fill(session, clock, 60)
    record(session, at=clock(), actor=ACTOR, action="nilai.catat", subject="")
    session.commit()
    observer = sign_in(Role.OBSERVER)
    page = observer.get("/jejak?kelompok=sesi&pelaku=")
    page = observer.get(page.find("a", string="Lebih lama")["href"])
    assert numbers(page)[0] == "10"
    assert page.select_one("select[name=kelompok] option[selected]")["value"] == "sesi"


def test_acts_and_things_are_in_words_and_no_trainee_is_named(sign_in, session: Session, clock) -> None:
    room = finished_training(session, clock())
    enrolment = next(iter(room.people.values()))
    record(
        session,
        at=clock(),
        actor=ACTOR,
        action="peserta.keluarkan",
        subject=str(enrolment),
        reason="pindah tugas",
    )
    published(room)
    session.rollback()
    page = sign_in(Role.OBSERVER).get("/jejak").select_one("table").text
    assert "Mengeluarkan peserta dari kegiatan" in page and "Satu peserta, TOT gelombang III" in " ".join(
        page.split()
    )
    assert "Alasan: pindah tugas" in page
    assert "Mengumumkan daftar kelulusan" in page and "nomor berita acara: 12/BA" in page
    for name in room.people:
        assert name not in page


def test_an_erased_detail_is_said_to_be_erased(sign_in, unguarded: Session, clock) -> None:  # noqa: F811
    fill(unguarded, clock, 1)
    unguarded.execute(text("UPDATE audit_event SET detail = NULL"))
    unguarded.commit()
    page = sign_in(Role.OBSERVER).get("/jejak")
    assert "rincian sudah dihapus" in page.text and "Rantai utuh" in page.text


def test_nested_details_stay_in_the_database(sign_in, session: Session, clock) -> None:
    detail = {"aturan": {"cut": 0.7}, "jumlah": 3, "peran": ["a", "b"], "sidik": "ab12" * 16}
    record(session, at=clock(), actor=ACTOR, action="x.y", subject="z", detail=detail)
    session.commit()
    page = sign_in(Role.OBSERVER).get("/jejak").select_one("table").text
    assert "jumlah: 3" in page and "peran: a, b" in page and "cut" not in page
    assert "sidik: ab12 ab12 ab12 ab12" in page
    assert "ab12ab12" not in page


def test_every_act_of_the_code_has_words() -> None:
    written = set()
    for path in (ROOT / "kapuas_quiz").rglob("*.py"):
        if path.parent.name != "oversight":
            found = re.findall(r'(?:action=|_record\([^)]*?)"([a-z-]+\.[a-z-]+)"', path.read_text())
            written |= set(found)
    assert written >= {"petugas.masuk", "petugas.tutup", "sesi.buka", "sertifikat.cabut"}
    assert written <= set(ACTIONS), "give each new act its words in kapuas_quiz/oversight/words.py"
    assert {action.partition(".")[0] for action in ACTIONS} == set(GROUPS)
    assert all(str(words) for words in [*ACTIONS.values(), *GROUPS.values(), *THINGS.values()])
