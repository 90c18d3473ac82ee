"""The list of the start page: each finding by hand, good and bad."""

from collections import namedtuple
from datetime import UTC, date, datetime, timedelta

import pytest

from kapuas_quiz.audit.service import record
from kapuas_quiz.banks.models import BankFile, Item
from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.operations import checks
from kapuas_quiz.operations.checks import State
from kapuas_quiz.operations.contact import notice_phone
from kapuas_quiz.operations.network import Address
from kapuas_quiz.trainings.models import Election, Training

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
WIFI = Address("192.168.1.10", "wlp3s0")


@pytest.mark.parametrize(
    ("free", "state"), [(499_000_000, State.BAD), (1_999_000_000, State.WARN), (2_000_000_000, State.OK)]
)
def test_little_room_on_the_disk_is_said(tmp_path, monkeypatch, free, state):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda path: usage(free, 0, free))
    assert checks.check_disk(tmp_path).state is state


def test_a_clock_before_the_release_is_wrong(session):
    assert checks.check_clock(session, now=datetime(2020, 1, 1, tzinfo=UTC)).state is State.BAD


def test_a_clock_behind_the_trail_is_wrong(session):
    record(session, at=NOW + timedelta(minutes=3), actor=SYSTEM, action="uji", subject="")
    assert checks.check_clock(session, now=NOW).state is State.BAD


def test_a_sane_clock_is_shown_in_western_indonesian_time(session):
    record(session, at=NOW - timedelta(days=1), actor=SYSTEM, action="uji", subject="")
    found = checks.check_clock(session, now=NOW)
    assert found.state is State.OK
    assert "30 November 2026, 08.00 WIB" in found.sentence


def bank(name, faults=None):
    return BankFile(name=name, competency=name, title=name, digest="0" * 64, loaded_at=NOW, faults=faults)


def test_an_installation_without_banks_is_not_ready(session):
    assert checks.check_banks(session).state is State.BAD


def test_good_banks_are_counted(session):
    session.add(bank("01-contoh"))
    session.flush()
    for number, removed in ((1, None), (2, None), (3, NOW)):
        session.add(
            Item(
                id=f"contoh-00{number}",
                bank="01-contoh",
                competency="01-contoh",
                level="paham",
                review="siap-ditelaah",
                removed_at=removed,
            )
        )
    session.flush()
    found = checks.check_banks(session)
    assert found.state is State.OK
    assert found.sentence == "2 soal dari 1 berkas."


def test_a_refused_bank_is_named(session):
    session.add_all([bank("01-contoh"), bank("02-rusak", faults="02-rusak.yaml:3: pilihan ganda")])
    found = checks.check_banks(session)
    assert found.state is State.BAD
    assert "02-rusak" in found.sentence
    assert "01-contoh" not in found.sentence


def test_a_sound_database_is_said_to_be(session):
    assert checks.check_database(session).state is State.OK


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("kapuas-20261130-070000.sqlite3", State.OK),
        ("kapuas-20261129-075959.sqlite3", State.WARN),
    ],
)
def test_an_old_backup_is_told_from_a_fresh_one(tmp_path, name, state):
    (tmp_path / "cadangan").mkdir()
    (tmp_path / "cadangan" / name).touch()
    assert checks.check_backup(tmp_path, now=NOW).state is state


def test_no_backup_is_a_warning(tmp_path):
    assert checks.check_backup(tmp_path, now=NOW).state is State.WARN


def training(session, address, ends_on):
    election = Election(name=f"Pemilihan {address}", voting_day=date(2026, 12, 9))
    session.add(election)
    session.flush()
    session.add(
        Training(
            election_id=election.id,
            name="Bimtek",
            place="Aula",
            starts_on=date(2026, 11, 1),
            ends_on=ends_on,
            address=address,
            created_at=NOW,
        )
    )
    session.flush()


def badges(session, configured=None, port=8000, present=(WIFI,)):
    return checks.check_badges(session, port=port, present=present, configured=configured, now=NOW)


def test_badges_with_the_present_address_are_good(session):
    training(session, "http://192.168.1.10:8000", date(2026, 11, 30))
    assert badges(session).state is State.OK


@pytest.mark.parametrize(
    ("address", "options", "what_to_do"),
    [
        ("http://192.168.1.20:8000", {}, "Setel alamat IP tetap"),
        ("http://192.168.43.7:8000", {}, "jaringan lain"),
        ("http://192.168.1.10:8000", {"present": ()}, "belum tersambung"),
        ("http://192.168.1.10:8000", {"port": 8001}, "port lain"),
        ("http://192.168.1.10", {}, "port lain"),
        ("https://kuis.contoh.id", {}, "KAPUAS_ADDRESS"),
        ("https://kuis.contoh.id", {"configured": "https://lain.contoh.id"}, "KAPUAS_ADDRESS"),
    ],
)
def test_badges_with_a_lost_address_are_named_with_what_to_do(session, address, options, what_to_do):
    training(session, address, date(2026, 11, 30))
    found = badges(session, **options)
    assert found.state is State.BAD
    assert address in found.sentence
    assert what_to_do in found.sentence


def test_badges_of_a_past_training_no_longer_matter(session):
    training(session, "http://192.168.43.7:8000", date(2026, 11, 29))
    assert badges(session).state is State.OK


def test_badges_with_the_address_of_the_settings_are_good(session):
    training(session, "https://kuis.contoh.id", date(2026, 11, 30))
    assert badges(session, configured="https://kuis.contoh.id").state is State.OK


def test_a_phone_of_today_is_enough_and_one_of_yesterday_is_not(tmp_path):
    assert checks.check_phone(tmp_path, now=NOW).state is State.WARN
    notice_phone(tmp_path, now=NOW - timedelta(hours=1))
    assert checks.check_phone(tmp_path, now=NOW).state is State.OK
    assert checks.check_phone(tmp_path, now=NOW + timedelta(hours=12)).state is State.WARN


def run_checks(session, data):
    return checks.run_checks(session, data=data, port=8000, present=[WIFI], configured=None, now=NOW)


def test_the_list_has_the_seven_findings_of_a_day(session, tmp_path):
    found = run_checks(session, tmp_path)
    assert [check.name for check in found] == [
        "Ruang penyimpanan",
        "Jam laptop",
        "Bank soal",
        "Basis data",
        "Cadangan terakhir",
        "Alamat pada kartu",
        "Percobaan dengan HP",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_database_stops_the_list_at_the_damage(session, tmp_path, monkeypatch):
    monkeypatch.setattr(session, "scalar", lambda statement: "*** in database main ***")
    found = run_checks(session, tmp_path)
    assert [(check.name, check.state) for check in found][1] == ("Basis data", State.BAD)
    assert len(found) == 2
