"""People in a training: at the door, changed, withdrawn, found by their badges."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.audit.service import first_broken_event
from kapuas_quiz.core.badge import badge_code, badge_token, written_code
from kapuas_quiz.core.participants import Participant
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.trainings.enrolling import (
    AlreadySoError,
    DecreeMissingError,
    Newcomer,
    TwinError,
    add_newcomer,
    renew_badge,
    restore,
    withdraw,
)
from kapuas_quiz.trainings.models import Enrolment, Person
from kapuas_quiz.trainings.registrar import Registrar
from kapuas_quiz.trainings.service import (
    UnknownEnrolmentError,
    enrolment_by_code,
    enrolment_by_token,
    enrolment_view,
    enrolments_of,
)
from tests.conftest import MORNING
from tests.trainings.making import NILA, SECRET, enrol, make_training

DOOR = {"name": "D'Rimba Samudra", "place": "62.03.10.2002", "position": "Anggota", "kind": "anggota"}


def token(enrolment_id: uuid.UUID, version: int = 1) -> str:
    return badge_token(SECRET, enrolment_id, version)


def renew(session: Session, training_id: uuid.UUID, enrolment_id: uuid.UUID) -> int:
    return renew_badge(
        session,
        training_id=training_id,
        enrolment_id=enrolment_id,
        reason="hilang",
        secret=SECRET,
        actor=SYSTEM,
        now=MORNING,
    )


def test_a_badge_leads_to_its_person_by_token_and_by_typed_code(session: Session) -> None:
    nila = enrol(session, make_training(session))
    code = written_code(badge_code(SECRET, nila, 1)).lower()
    for found in (
        enrolment_by_token(session, token(nila)),
        enrolment_by_code(session, code, secret=SECRET),
    ):
        assert found is not None
        assert (found.id, found.name, found.office, found.place) == (
            nila,
            "Nila Pertiwi",
            "Ketua PPS",
            "Aruk, Timpah",
        )


@pytest.mark.parametrize("text", ["", "x" * 32, "AAAA-AAAA", "\x00", "é" * 400])
def test_what_is_no_badge_leads_to_nobody(session: Session, text: str) -> None:
    enrol(session, make_training(session))
    assert enrolment_by_token(session, text) is None
    assert enrolment_by_code(session, text, secret=SECRET) is None


def test_no_token_and_no_code_is_kept(session: Session) -> None:
    nila = enrol(session, make_training(session))
    row = session.get_one(Enrolment, nila)
    kept = {row.badge_digest, row.code_digest}
    assert not kept & {token(nila), badge_code(SECRET, nila, 1)}


def test_a_new_badge_kills_the_old_one(session: Session) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    assert renew(session, training_id, nila) == 2
    assert enrolment_by_token(session, token(nila)) is None
    found = enrolment_by_token(session, token(nila, 2))
    assert found is not None and found.badge_version == 2


def test_a_typed_code_that_somebody_has_is_never_given_twice(session: Session) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    row = session.get_one(Enrolment, nila)
    registrar = Registrar(session, training_id=training_id, secret=SECRET, now=MORNING)
    registrar.issue(row, 1)
    assert row.badge_version == 2


def test_a_withdrawn_person_has_no_badge_until_restored(session: Session) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    act = {"training_id": training_id, "enrolment_id": nila, "actor": SYSTEM, "now": MORNING}
    withdraw(session, reason="mengundurkan diri", **act)
    assert enrolment_by_token(session, token(nila)) is None
    assert enrolments_of(session, training_id) == ()
    assert [one.id for one in enrolments_of(session, training_id, withdrawn=True)] == [nila]
    with pytest.raises(AlreadySoError):
        withdraw(session, reason="lagi", **act)
    restore(session, **act)
    assert enrolment_by_token(session, token(nila)) is not None
    with pytest.raises(AlreadySoError):
        restore(session, **act)


def test_a_person_belongs_to_one_training_only_by_its_address(session: Session) -> None:
    here, there = make_training(session), make_training(session, wave="IV")
    nila = enrol(session, here)
    with pytest.raises(UnknownEnrolmentError):
        enrolment_view(session, nila, training_id=there)
    with pytest.raises(UnknownEnrolmentError):
        renew(session, there, nila)
    with pytest.raises(UnknownEnrolmentError):
        enrolment_view(session, uuid.uuid4())


def test_people_stand_in_the_order_of_their_offices(session: Session) -> None:
    training_id = make_training(session)
    for name, body, position, desa in (
        ("Gita", "PPS", "Anggota", "62.03.10.2002"),
        ("Bayu", "PPS", "Ketua", "62.03.10.2002"),
        ("Aruna", "PPK", "Sekretaris", ""),
        ("Kirana", "PPK", "Anggota", ""),
    ):
        enrol(session, training_id, Participant(name, body, position, "62.03.10", desa))
    assert [one.name for one in enrolments_of(session, training_id)] == ["Kirana", "Aruna", "Bayu", "Gita"]


def test_the_same_person_in_a_later_training_is_not_doubled(session: Session) -> None:
    enrol(session, make_training(session))
    enrol(session, make_training(session, wave="IV"), replace(NILA, name="Hj. Nila Pertiwi, S.Sos"))
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_namesake_in_the_same_training_is_another_person(session: Session) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    with pytest.raises(TwinError) as error:
        enrol(session, training_id)
    assert error.value.twins == (nila,)
    add_newcomer(
        session,
        training_id=training_id,
        newcomer=Newcomer(NILA, other_person=True),
        secret=SECRET,
        actor=SYSTEM,
        now=MORNING,
    )
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_a_replacement_needs_a_decree_and_withdraws_whom_it_replaces(session: Session) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    paw = replace(NILA, name="Gita Permata", kind="paw")
    with pytest.raises(DecreeMissingError):
        enrol(session, training_id, paw)
    gita = add_newcomer(
        session,
        training_id=training_id,
        newcomer=Newcomer(replace(paw, decree="12/2024"), replaces_id=nila),
        secret=SECRET,
        actor=SYSTEM,
        now=MORNING,
    )
    assert enrolment_view(session, nila).withdrawn_at == MORNING
    assert enrolment_view(session, gita).replaces_id == nila


def test_every_act_stands_in_an_unbroken_trail_without_names(session: Session) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    renew(session, training_id, nila)
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert [event.action for event in events] == ["kegiatan.tambah", "peserta.tambah", "kartu.ganti"]
    assert all("Nila" not in str(event.detail) for event in events)
    assert first_broken_event(session) is None


def test_the_trainer_adds_somebody_at_the_door(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.TRAINER)
    person = browser.submit(browser.get(f"/kegiatan/{training_id}/peserta/baru"), "#peserta", **DOOR)
    assert person.h1.text == "D'Rimba Samudra"
    assert "Anggota PPS, Aruk, Timpah" in person.text
    assert person.select_one("#layar svg")


def test_a_double_tap_adds_nobody_twice(session: Session, sign_in) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.TRAINER)
    form = browser.get(f"/kegiatan/{training_id}/peserta/baru")
    browser.submit(form, "#peserta", **DOOR)
    again = browser.submit(form, "#peserta", **DOOR)
    assert "Sudah ada peserta dengan nama ini" in again.text
    assert len(enrolments_of(session, training_id)) == 1
    session.rollback()
    browser.submit(again, "#peserta", other_person="y")
    assert len(enrolments_of(session, training_id)) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "perlu diisi"),
        ({"name": "Rimba 6203101504850001"}, "memuat angka"),
        ({"place": ""}, "perlu diisi"),
        ({"kind": "paw"}, "nomor SK"),
    ],
)
def test_a_fault_at_the_door_is_said_and_nothing_is_lost(
    session: Session, sign_in, changes: dict[str, str], words: str
) -> None:
    training_id = make_training(session)
    browser = sign_in(Role.TRAINER)
    filled = {**DOOR, "note": "datang siang", **changes}
    page = browser.submit(browser.get(f"/kegiatan/{training_id}/peserta/baru"), "#peserta", **filled)
    assert words in page.select_one(".fault").text
    assert page.select_one("#note").text.strip() == "datang siang"
    assert enrolments_of(session, training_id) == ()


def test_the_door_form_is_filled_from_whom_it_replaces(session: Session, sign_in) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    browser = sign_in(Role.OPERATOR)
    form = browser.get(f"/kegiatan/{training_id}/peserta/baru?menggantikan={nila}")
    assert "Menggantikan Nila Pertiwi" in form.text
    person = browser.submit(form, "#peserta", name="Gita Permata", decree="12/2024")
    assert "Ketua PPS, Aruk, Timpah" in person.text and "Menggantikan Nila Pertiwi" in person.text
    assert [one.name for one in enrolments_of(session, training_id)] == ["Gita Permata"]


def test_an_edit_changes_place_and_keeps_an_unusual_position(session: Session, sign_in) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id, replace(NILA, position="Anggota Divisi Data"))
    browser = sign_in(Role.OPERATOR)
    form = browser.get(f"/kegiatan/{training_id}/peserta/{nila}/ubah")
    person = browser.submit(form, "#peserta", place="62.03.09")
    assert "Anggota Divisi Data PPK, Mantangai" in person.text


def test_the_operator_withdraws_and_brings_back(session: Session, sign_in) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    browser = sign_in(Role.OPERATOR)
    page = browser.get(f"/kegiatan/{training_id}/peserta/{nila}")
    gone = browser.submit(page, "#keluarkan", **{"reason": "mengundurkan diri"})
    assert "Kartu tidak berlaku" in gone.text and not gone.select_one("#layar")
    twice = browser.submit(page, "#keluarkan", **{"reason": "mengundurkan diri"})
    assert "Tidak ada yang berubah" in twice.text
    back = browser.submit(twice, "form.act")
    assert "aktif kembali" in back.text


def test_withdrawing_without_a_reason_changes_nothing(session: Session, sign_in) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    browser = sign_in(Role.OPERATOR)
    page = browser.get(f"/kegiatan/{training_id}/peserta/{nila}")
    browser.submit(page, "#keluarkan", status=400, **{"reason": " "})
    assert enrolment_view(session, nila).withdrawn_at is None


def test_the_trainer_replaces_a_lost_badge(session: Session, sign_in) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    browser = sign_in(Role.TRAINER)
    page = browser.get(f"/kegiatan/{training_id}/peserta/{nila}")
    before = page.select_one("#layar strong").text
    after = browser.submit(page, "#ganti-kartu", **{"card_reason": "hilang"})
    assert after.select_one("#layar strong").text != before
    assert "ke-2" in after.text


def test_the_certifier_sees_the_person_but_no_badge(session: Session, sign_in) -> None:
    training_id = make_training(session)
    nila = enrol(session, training_id)
    page = sign_in(Role.CERTIFIER).get(f"/kegiatan/{training_id}/peserta/{nila}")
    assert page.h1.text == "Nila Pertiwi" and not page.select_one("#layar")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Nila Pertiwi", "Gita Permata"}),
        ("?kecamatan=62.03.09", {"Gita Permata"}),
        ("?cari=NILA", {"Nila Pertiwi"}),
        ("?kecamatan=tidak-ada", set()),
    ],
)
def test_the_list_is_narrowed(session: Session, sign_in, query: str, names: set[str]) -> None:
    training_id = make_training(session)
    enrol(session, training_id)
    enrol(session, training_id, Participant("Gita Permata", "PPK", "Ketua", "62.03.09", ""))
    page = sign_in(Role.TRAINER).get(f"/kegiatan/{training_id}/peserta{query}")
    assert {cell.text.strip() for cell in page.select("tbody th")} == names


def test_another_trainings_person_is_not_found(session: Session, sign_in: Callable, app: Flask) -> None:
    here, there = make_training(session), make_training(session, wave="IV")
    nila = enrol(session, here)
    browser = sign_in(Role.OPERATOR)
    app.config["WTF_CSRF_ENABLED"] = False
    for path in ("", "/ubah", "/kartu.pdf"):
        assert browser.open(f"/kegiatan/{there}/peserta/{nila}{path}").status_code == 404
    for path, data in (
        ("/aktifkan", {}),
        ("/keluarkan", {"reason": "x"}),
        ("/kartu", {"card_reason": "hilang"}),
    ):
        url = f"/kegiatan/{there}/peserta/{nila}{path}"
        assert browser.open(url, method="POST", data=data).status_code == 404
