"""Elections and trainings: made, changed, listed."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.audit.models import AuditEvent
from kapuas_quiz.core.roles import SYSTEM, Role
from kapuas_quiz.operations.network import Address
from kapuas_quiz.trainings.planning import (
    TrainingExistsError,
    UnknownElectionError,
    change_training,
    elections,
)
from kapuas_quiz.trainings.service import UnknownTrainingError, training_view, trainings_list
from tests.conftest import MORNING
from tests.trainings.making import enrol, make_training, values

FILLED = {
    "election": "",
    "election_name": "Pemilihan 2024",
    "voting_day": "2024-11-27",
    "name": "TOT PPK dan PPS",
    "wave": "Gelombang III",
    "place": "Aula KPU",
    "starts_on": "2024-11-04",
    "ends_on": "2024-11-06",
    "address": "http://192.168.1.10:8000/",
}


def test_two_waves_share_one_election(session: Session) -> None:
    make_training(session)
    make_training(session, wave="Gelombang IV")
    assert len(elections(session)) == 1
    assert [one.wave for one in trainings_list(session)] == ["Gelombang III", "Gelombang IV"]


def test_a_twin_of_a_training_is_refused(session: Session) -> None:
    make_training(session)
    with pytest.raises(TrainingExistsError):
        make_training(session)


def test_an_election_that_does_not_exist_is_refused(session: Session) -> None:
    with pytest.raises(UnknownElectionError):
        make_training(session, election_id=uuid.uuid4())
    with pytest.raises(UnknownElectionError):
        make_training(session, election_name="")


def test_a_change_is_audited_and_no_change_is_not(session: Session) -> None:
    training_id = make_training(session)
    for place in ("Aula KPU", "Gedung Pemuda", "Gedung Pemuda"):
        change_training(
            session, training_id=training_id, values=values(place=place), actor=SYSTEM, now=MORNING
        )
    assert training_view(session, training_id).place == "Gedung Pemuda"
    actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)).all()
    assert actions == ["kegiatan.tambah", "kegiatan.ubah"]


def test_who_takes_part_is_counted(session: Session) -> None:
    training_id = make_training(session)
    enrol(session, training_id)
    assert training_view(session, training_id).enrolled == 1


def test_an_unknown_training_is_said_to_be_unknown(session: Session) -> None:
    with pytest.raises(UnknownTrainingError):
        training_view(session, uuid.uuid4())


def test_the_operator_makes_a_training_and_changes_it(session: Session, sign_in) -> None:
    browser = sign_in(Role.OPERATOR)
    made = browser.submit(browser.get("/kegiatan/baru"), "#kegiatan", **FILLED)
    assert made.h1.text == "TOT PPK dan PPS, Gelombang III"
    assert "http://192.168.1.10:8000" in made.text and "8000/" not in made.text
    form = browser.get(made.address + "/ubah")
    changed = browser.submit(form, "#kegiatan", place="Gedung Pemuda")
    assert "Gedung Pemuda" in changed.text


def test_the_address_of_the_network_is_suggested(sign_in, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "kapuas_quiz.operations.views.local_addresses", lambda host: [Address("192.168.43.7", "wlan0")]
    )
    form = sign_in(Role.OPERATOR).get("/kegiatan/baru")
    assert form.select_one("#address")["value"] == "http://192.168.43.7:8000"


def test_without_a_network_the_address_is_asked_for(sign_in, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapuas_quiz.operations.views.local_addresses", lambda host: [])
    assert not sign_in(Role.OPERATOR).get("/kegiatan/baru").select_one("#address").get("value")


def test_a_second_press_makes_no_second_training(session: Session, sign_in) -> None:
    browser = sign_in(Role.OPERATOR)
    form = browser.get("/kegiatan/baru")
    browser.submit(form, "#kegiatan", **FILLED)
    again = browser.submit(form, "#kegiatan", **FILLED)
    assert "sudah ada" in again.text
    assert len(trainings_list(session)) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "perlu diisi"),
        ("starts_on", "", "Pilih tanggal hari pertama"),
        ("ends_on", "2024-11-03", "tidak boleh sebelum"),
        ("election_name", "", "tulis nama pemilihan baru"),
        ("voting_day", "", "Pilih tanggal pemungutan suara"),
        ("address", "192.168.1.10", "Tulis alamat lengkap"),
        ("address", "http://192.168.1.10/k", "Tulis alamat lengkap"),
        ("address", "http://[::1", "Tulis alamat lengkap"),
        ("address", "http://localhost:8000", "HP tidak dapat membuka"),
        ("address", "http://127.0.0.1:8000", "HP tidak dapat membuka"),
        ("election", "bukan-pilihan", "Pilih salah satu"),
    ],
)
def test_a_fault_keeps_what_was_filled_in(sign_in, field: str, value: str, words: str) -> None:
    browser = sign_in(Role.OPERATOR)
    page = browser.submit(browser.get("/kegiatan/baru"), "#kegiatan", **{**FILLED, field: value})
    assert words in page.text
    assert page.select_one("#place")["value"] == "Aula KPU"


def test_without_trainings_the_list_says_what_comes_first(sign_in) -> None:
    assert "Belum ada kegiatan" in sign_in(Role.TRAINER).get("/kegiatan").text


@pytest.mark.parametrize("role", list(Role))
def test_the_steps_lead_only_where_the_role_may_go(session: Session, sign_in, role: Role) -> None:
    training_id = make_training(session)
    page = sign_in(role).get(f"/kegiatan/{training_id}")
    links = {link["href"].removeprefix(f"/kegiatan/{training_id}") for link in page.select("main a")}
    assert ("/peserta/impor" in links) == (role == Role.OPERATOR)
    assert ("/tes" in links) == (role in (Role.OPERATOR, Role.TRAINER))
    assert ("/peserta" in links) == (role in (Role.OPERATOR, Role.TRAINER, Role.CERTIFIER))
    assert (f"/pengawasan/{training_id}" in links) == (role == Role.OBSERVER)


def test_an_unknown_training_is_a_page_not_found(sign_in) -> None:
    nowhere = uuid.uuid4()
    browser = sign_in(Role.OPERATOR)
    for path in (
        "",
        "/ubah",
        "/peserta",
        "/peserta/baru",
        "/peserta/impor",
        "/kartu.pdf",
        "/daftar-hadir.pdf",
    ):
        browser.get(f"/kegiatan/{nowhere}{path}", status=404)
