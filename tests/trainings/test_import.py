"""A roster comes in: uploaded, previewed, confirmed; all of it or nothing."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.spreadsheets.waiting import AT_MOST, FOLDER, UploadGoneError
from kapuas_quiz.trainings.example import example_roster
from kapuas_quiz.trainings.imports import (
    RosterChangedError,
    UndecidedError,
    Waiting,
    apply_import,
    preview_import,
    start_import,
)
from kapuas_quiz.trainings.models import Enrolment, Person
from kapuas_quiz.trainings.service import enrolments_of
from tests.conftest import MORNING, Clock
from tests.pages import PageClient
from tests.trainings.making import HEAD, NILA, SECRET, enrol, make_training, xlsx

WAVE_3 = [
    ["Nila Pertiwi", "Ketua", "PPK", "Timpah", ""],
    ["Gita Permata", "Anggota", "PPK", "Kaps. Tengah", ""],
    ["Bayu Wirata", "Ketua", "PPS", "Kapuas Hulu", "Barunang 2"],
    ["D'Rimba", "Anggota", "PPS", "Mandau Talawang", "Karetau Mantaa"],
    ["Hj. Kirana Dahlia, S.Sos", "Sekretaris", "PPS", "Pasak Tlwg", "Tbg. Diring"],
    ["Aruna", "Anggota", "PPS", "Kec. Mantangai", "Ds. Sidomulyo"],
]


def started(
    session: Session, training_id: uuid.UUID, data: Path, *rows: Sequence[object], now: datetime = MORNING
) -> Waiting:
    key = start_import(
        session,
        data=data,
        training_id=training_id,
        filename="daftar.xlsx",
        content=xlsx([HEAD, *rows]),
        now=now,
    )
    return Waiting(data, training_id, key, filled=False, demo=False)


def applied(session: Session, waiting: Waiting, **answers: str):
    seen = preview_import(session, waiting=waiting, answers={}, now=MORNING).preview
    return apply_import(
        session,
        waiting=waiting,
        answers={name.replace("_", "|"): value for name, value in answers.items()},
        compared_with=seen.compared_with,
        accept_refused=False,
        secret=SECRET,
        actor=SYSTEM,
        now=MORNING,
    )


def people(session: Session) -> int:
    count = session.scalar(select(func.count()).select_from(Enrolment))
    session.rollback()
    return count or 0


def uploaded(
    browser: PageClient, training_id: uuid.UUID, content: bytes, name: str = "daftar.xlsx"
) -> BeautifulSoup:
    form = browser.get(f"/kegiatan/{training_id}/peserta/impor")
    return browser.submit(form, "#unggah", file=(io.BytesIO(content), name))


def test_the_third_wave_comes_in_as_people_write_it(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    outcome = applied(session, started(session, training_id, tmp_path, *WAVE_3))
    assert (outcome.added, outcome.updated, outcome.kept, outcome.left_out) == (6, 0, 0, 0)
    assert {one.kecamatan_name for one in enrolments_of(session, training_id)} == {
        "Timpah",
        "Kapuas Tengah",
        "Kapuas Hulu",
        "Mandau Talawang",
        "Pasak Talawang",
        "Mantangai",
    }


def test_importing_again_updates_instead_of_doubling(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    applied(session, started(session, training_id, tmp_path, *WAVE_3))
    changed = [["Nila Pertiwi", "Anggota", "PPK", "Timpah", ""], *WAVE_3[1:]]
    outcome = applied(session, started(session, training_id, tmp_path, *changed))
    assert (outcome.added, outcome.updated, outcome.kept) == (0, 1, 5)
    assert session.scalar(select(func.count()).select_from(Person)) == 6
    positions = {one.name: one.position for one in enrolments_of(session, training_id)}
    assert positions["Nila Pertiwi"] == "Anggota"


def test_a_thousand_rows_come_in_with_a_badge_each(session: Session, tmp_path: Path) -> None:
    letters = "abcdefghij"
    names = [" ".join(letters[int(digit)] * 5 for digit in f"{n:03}") for n in range(1000)]
    training_id = make_training(session)
    rows = [[name, "Anggota", "PPK", place[3], ""] for name, place in zip(names, WAVE_3 * 200, strict=False)]
    outcome = applied(session, started(session, training_id, tmp_path, *rows))
    assert outcome.added == 1000
    assert session.scalar(select(func.count(Enrolment.badge_digest.distinct()))) == 1000


def test_nothing_is_written_while_something_is_undecided(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    waiting = started(session, training_id, tmp_path, *WAVE_3, ["Gita", "Ketua", "PPK", "Mantangi", ""])
    with pytest.raises(UndecidedError):
        applied(session, waiting)
    session.rollback()
    assert people(session) == 0
    assert applied(session, waiting, **{"8_tempat": "62.03.09"}).added == 7


def test_nothing_is_written_while_refused_rows_are_not_accepted(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    waiting = started(session, training_id, tmp_path, *WAVE_3, ["", "Ketua", "PPK", "Timpah", ""])
    with pytest.raises(UndecidedError):
        applied(session, waiting)
    session.rollback()
    assert people(session) == 0


def test_a_preview_of_an_older_roster_is_not_applied(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    waiting = started(session, training_id, tmp_path, *WAVE_3)
    seen = preview_import(session, waiting=waiting, answers={}, now=MORNING).preview
    enrol(session, training_id)
    with pytest.raises(RosterChangedError):
        apply_import(
            session,
            waiting=waiting,
            answers={},
            compared_with=seen.compared_with,
            accept_refused=True,
            secret=SECRET,
            actor=SYSTEM,
            now=MORNING,
        )
    session.rollback()
    assert people(session) == 1


def test_a_withdrawn_person_comes_back_with_the_old_badge(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    row = session.get_one(Enrolment, nila)
    row.withdrawn_at = MORNING
    badge = row.badge_digest
    session.commit()
    waiting = started(session, training_id, tmp_path, ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"])
    assert applied(session, waiting, **{"2_orang": f"sama:{nila}"}).updated == 1
    session.refresh(row)
    assert row.withdrawn_at is None and row.badge_digest == badge


def test_the_trail_counts_and_names_nobody(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    applied(session, started(session, training_id, tmp_path, *WAVE_3))
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event is not None and event.action == "peserta.impor"
    assert event.detail["ditambah"] == 6 and event.detail["berkas"] == "daftar.xlsx"
    assert "Nila" not in str(event.detail)


def test_private_columns_never_reach_the_disk(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    content = xlsx([["Nama", "NIK", "Jabatan", "No. HP"], ["Nila", "6203101504850001", "Ketua PPK", "08125"]])
    start_import(session, data=tmp_path, training_id=training_id, filename="x", content=content, now=MORNING)
    (kept,) = (tmp_path / FOLDER).glob("*.json")
    assert "6203101504850001" not in kept.read_text() and "08125" not in kept.read_text()


def test_uploads_are_few_and_live_a_day(session: Session, tmp_path: Path) -> None:
    training_id = make_training(session)
    for second in range(AT_MOST + 3):
        now = MORNING + timedelta(seconds=second)
        waiting = started(session, training_id, tmp_path, *WAVE_3, now=now)
    assert len(list((tmp_path / FOLDER).glob("*.json"))) == AT_MOST
    preview_import(session, waiting=waiting, answers={}, now=now + timedelta(hours=24))
    with pytest.raises(UploadGoneError):
        preview_import(session, waiting=waiting, answers={}, now=now + timedelta(hours=25))


@pytest.mark.parametrize("key", ["", "../../rahasia", "1730000000-" + "0" * 32, "x" * 500])
def test_no_other_file_can_be_asked_for(session: Session, tmp_path: Path, key: str) -> None:
    waiting = Waiting(tmp_path, make_training(session), key, filled=False, demo=False)
    with pytest.raises(UploadGoneError):
        preview_import(session, waiting=waiting, answers={}, now=MORNING)


def test_an_upload_belongs_to_its_training(session: Session, tmp_path: Path) -> None:
    key = started(session, make_training(session), tmp_path, *WAVE_3).key
    other = Waiting(tmp_path, make_training(session, wave="IV"), key, filled=False, demo=False)
    with pytest.raises(UploadGoneError):
        preview_import(session, waiting=other, answers={}, now=MORNING)


def test_the_operator_imports_a_file(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    preview = uploaded(browser, training_id, xlsx([HEAD, *WAVE_3]))
    assert "6 siap" in preview.text and "0 ditolak" in preview.text
    assert people(session) == 0
    listed = browser.submit(preview, "#impor")
    assert "6 peserta baru" in listed.text
    assert people(session) == 6


def test_confirming_twice_imports_once(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    preview = uploaded(browser, training_id, xlsx([HEAD, *WAVE_3]))
    browser.submit(preview, "#impor")
    again = browser.submit(preview, "#impor")
    assert "sudah diimpor" in again.text
    assert people(session) == 6


def test_each_fault_names_its_cell_and_what_to_do(session: Session, sign_in) -> None:
    training_id = make_training(session)
    enrol(session, training_id)
    rows = [
        ["Nila 7", "Ketua", "PPS", "Timpah", "Aruk"],
        ["Bayu", "Ketua", "KPPS", "Timpah", "Aruk"],
        ["Gita", "Ketua", "PPK", "Mantangi", ""],
        ["Nila Pertiwy", "Ketua", "PPS", "Timpah", "Aruk"],
        ["Rimba", "", "PPK", "Timpah", ""],
        ["Tirta", "Ketua", "", "Timpah", ""],
    ]
    page = uploaded(sign_in(Role.OPERATOR), training_id, xlsx([HEAD, *rows]))
    assert "Sel A2: nama memuat angka" in page.text
    assert "Sel C3: badan ini bukan PPK atau PPS" in page.text
    labels = [label.text.strip() for label in page.select("label[for^=q-]")]
    assert [label[:7] for label in labels] == ["Sel D4:", "Sel A5:", "Sel B6:", "Sel C7:"]
    assert "Bandingkan: Nila Pertiwi, Ketua PPS, Aruk, Timpah" in page.text
    assert "4 perlu diperiksa" in page.text and "2 ditolak" in page.text


def test_decisions_on_the_page_are_carried_out(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    rows = [*WAVE_3, ["Gita", "Ketua", "PPK", "Mantangi", ""], ["Rimba", "", "PPK", "Timpah", ""]]
    preview = uploaded(browser, training_id, xlsx([HEAD, *rows]))
    assert preview.select_one("select[name='putusan:8|tempat'] option[selected]")["value"] == "62.03.09"
    listed = browser.submit(preview, "#impor", **{"putusan:9|jabatan": ""})
    assert "7 peserta baru" in listed.text and "1 baris dilewati" in listed.text


def test_a_question_that_follows_from_an_answer_is_asked_before_anything_is_written(
    session: Session, sign_in
) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    rows = [["Gita", "Ketua", "PPK", "Mantangai", ""], ["Gita", "Anggota", "PPK", "Mantangi", ""]]
    preview = uploaded(browser, training_id, xlsx([HEAD, *rows]))
    second = browser.submit(preview, "#impor", **{"putusan:3|tempat": "62.03.09"})
    assert "Belum ada yang diimpor" in second.text and people(session) == 0
    assert second.select_one("input[name='putusan:3|tempat']")["value"] == "62.03.09"
    browser.submit(second, "#impor", **{"putusan:3|orang": "baru"})
    assert people(session) == 2


def test_refused_rows_are_left_out_only_with_a_tick(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    preview = uploaded(browser, training_id, xlsx([HEAD, *WAVE_3, ["", "Ketua", "PPK", "Timpah", ""]]))
    again = browser.submit(preview, "#impor")
    assert "Belum ada yang diimpor" in again.text and people(session) == 0
    browser.submit(again, "#impor", accept_refused="y")
    assert people(session) == 6


def test_merged_cells_are_filled_after_a_press(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    rows = [
        ["Nila", "Ketua", "PPS", "Timpah", "Aruk"],
        ["Gita", "Anggota", "", "", ""],
        ["Bayu", "Anggota", "", "", ""],
    ]
    preview = uploaded(browser, training_id, xlsx([HEAD, *rows]))
    assert "2 ditolak" in preview.text
    filled = browser.get(preview.select_one("a[href$='?sel=atas']")["href"])
    assert "3 siap" in filled.text
    token = filled.select_one("input[name=csrf_token]")["value"]
    compared = filled.select_one("input[name=compared_with]")["value"]
    browser.open(
        filled.address + "?sel=atas", method="POST", data={"csrf_token": token, "compared_with": compared}
    )
    assert people(session) == 3


def test_a_changed_roster_is_shown_again(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    preview = uploaded(browser, training_id, xlsx([HEAD, ["Nila Pertiwi", "Ketua", "PPS", "Timpah", "Aruk"]]))
    enrol(session, training_id)
    again = browser.submit(preview, "#impor")
    assert "berubah sejak halaman ini dibuka" in again.text and "1 tetap" in again.text


def test_too_many_questions_send_back_to_the_file(session: Session, sign_in) -> None:
    rows = [[f"Gita {chr(97 + n % 26)}{chr(97 + n // 26)}", "", "PPK", "Timpah", ""] for n in range(201)]
    page = uploaded(sign_in(Role.OPERATOR), make_training(session), xlsx([HEAD, *rows]))
    assert "Terlalu banyak baris yang perlu diputuskan" in page.text
    assert not page.select("#impor button")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "gambar, bukan tabel"),
        (xlsx([["Nama", "Kecamatan"], ["Nila", "Timpah"]]), "Kolom Jabatan tidak ditemukan"),
        (xlsx([HEAD]), "tidak ada peserta"),
    ],
)
def test_an_unreadable_file_is_refused_in_words(
    session: Session, sign_in, content: bytes, words: str
) -> None:
    page = uploaded(sign_in(Role.OPERATOR), make_training(session), content)
    assert words in page.select_one(".fault").text


def test_no_file_is_said_to_be_missing(session: Session, sign_in) -> None:
    browser = sign_in(Role.OPERATOR)
    form = browser.get(f"/kegiatan/{make_training(session)}/peserta/impor")
    assert "Pilih berkas dahulu" in browser.submit(form, "#unggah").text


def test_an_old_preview_leads_back_to_the_upload(session: Session, sign_in, clock: Clock) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    address = uploaded(browser, training_id, xlsx([HEAD, *WAVE_3])).address
    clock.forward(hours=25)
    browser = sign_in(Role.OPERATOR)
    assert "lewat sehari" in browser.get(address).text


def test_names_are_shown_as_text(session: Session, sign_in) -> None:
    page = uploaded(
        sign_in(Role.OPERATOR), make_training(session), xlsx([HEAD, ["<b>Nila</b>", "Ketua", "PPK"]])
    )
    assert "<b>Nila</b>" in page.text and not page.select("main b")


def test_the_example_can_be_imported_as_it_is(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.OPERATOR)
    example = browser.open(f"/kegiatan/{training_id}/peserta/contoh.xlsx").data
    assert len(example) == len(example_roster())
    assert "4 siap" in uploaded(browser, training_id, example).text


def test_the_demo_knows_invented_places_only(session: Session, tmp_path: Path, app: Flask) -> None:
    training_id = make_training(session)
    rows = [["Nila", "Ketua", "PPK", "Rimba Elok", ""], ["Gita", "Ketua", "PPK", "Timpah", ""]]
    waiting = started(session, training_id, tmp_path, *rows)
    demo = Waiting(waiting.data, training_id, waiting.key, filled=False, demo=True)
    for seen, name in ((demo, "Nila"), (waiting, "Gita")):
        ready = preview_import(session, waiting=seen, answers={}, now=MORNING).preview.ready
        assert [line.participant.name for line in ready if line.participant] == [name]


def test_a_known_person_is_told_beside_the_file(session: Session, sign_in) -> None:
    training_id = make_training(session)
    enrol(session, training_id, NILA)
    page = uploaded(sign_in(Role.OPERATOR), training_id, xlsx([HEAD, *WAVE_3]))
    assert "1 peserta terdaftar tidak ada di berkas" in page.text


def test_every_code_of_the_core_has_words(app: Flask) -> None:
    core = Path(app.root_path) / "core"
    modules = ("names", "participants", "residence", "comparison", "questions")
    source = "".join((core / f"{name}.py").read_text(encoding="utf-8") for name in modules)
    known = set(
        re.findall(r"\"((?:nama|jabatan|badan|kecamatan|desa|paw|kembar|mungkin|pernah)-[a-z-]+)\"", source)
    )
    words = (Path(app.root_path).parent / "templates" / "trainings" / "reasons.html").read_text(
        encoding="utf-8"
    )
    assert len(known) == 20
    assert not [code for code in known if f"r.code == '{code}'" not in words]
