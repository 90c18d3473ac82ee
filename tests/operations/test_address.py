"""The address that phones use."""

from datetime import timedelta

import pytest

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.operations import views
from kapuas_quiz.operations.address import (
    UnknownAddressError,
    choose_address,
    gone_address,
    phone_addresses,
    url,
)
from kapuas_quiz.operations.network import Address
from kapuas_quiz.operations.printed import printed_addresses
from tests.conftest import MORNING
from tests.trainings.making import make_training

WIFI = Address("192.168.1.10", "wlp3s0")
CABLE = Address("10.0.0.5", "enp0s1")


def chosen(session, present, configured=None):
    listed = phone_addresses(session, port=8000, configured=configured, present=present, now=MORNING)
    return [one.url for one in listed if one.chosen]


def test_the_likeliest_address_is_taken_until_somebody_chooses(session):
    assert chosen(session, [WIFI, CABLE]) == ["http://192.168.1.10:8000"]


def test_a_chosen_address_is_kept_and_written_in_the_trail(session, clock):
    choose_address(session, ip=CABLE.ip, present=[WIFI, CABLE], actor=SYSTEM, now=clock())
    assert chosen(session, [WIFI, CABLE]) == ["http://10.0.0.5:8000"]


def test_a_chosen_address_that_has_gone_gives_way_to_a_present_one(session, clock):
    choose_address(session, ip=CABLE.ip, present=[WIFI, CABLE], actor=SYSTEM, now=clock())
    assert chosen(session, [WIFI]) == ["http://192.168.1.10:8000"]


def test_an_address_that_stands_on_badges_is_taken_before_a_likelier_one(session):
    make_training(session, address="http://10.0.0.5:8000")
    assert chosen(session, [WIFI, CABLE]) == ["http://10.0.0.5:8000"]


def test_a_machine_that_takes_over_is_told_every_address_that_it_must_have(session):
    for wave, address in enumerate(("http://10.0.0.5:8000", "http://192.168.1.10", "http://10.0.0.5:8000")):
        make_training(session, address=address, wave=f"Gelombang {wave}")
    needed = [(one.host, one.port) for one in printed_addresses(session, now=MORNING)]
    assert needed == [("10.0.0.5", 8000), ("192.168.1.10", 80)]
    assert printed_addresses(session, now=MORNING + timedelta(days=9)) == []


def test_an_address_that_was_chosen_and_has_gone_is_said(session, clock):
    assert gone_address(session, present=[WIFI]) is None
    choose_address(session, ip=CABLE.ip, present=[WIFI, CABLE], actor=SYSTEM, now=clock())
    assert gone_address(session, present=[WIFI, CABLE]) is None
    assert gone_address(session, present=[WIFI]) == "10.0.0.5"


def test_the_start_page_leads_back_to_the_address_on_badges(session, client, monkeypatch):
    monkeypatch.setattr(views, "local_addresses", lambda host: [WIFI])
    make_training(session, address="http://192.168.1.20:8000")
    page = client.get("/mulai")
    steps = page.select_one("[aria-labelledby=alamat-hilang]").text
    assert "http://192.168.1.20:8000" in steps
    assert "Alamat IP: 192.168.1.20" in steps
    assert "DNS pilihan: 192.168.1.1" in steps


def test_nothing_is_said_while_badges_lead_here(session, client, monkeypatch):
    monkeypatch.setattr(views, "local_addresses", lambda host: [WIFI])
    make_training(session, address="http://192.168.1.10:8000")
    assert client.get("/mulai").select_one("#alamat-hilang") is None


def test_an_address_of_another_machine_cannot_be_chosen(session, clock):
    with pytest.raises(UnknownAddressError):
        choose_address(session, ip="192.168.1.99", present=[WIFI], actor=SYSTEM, now=clock())


def test_an_address_from_the_settings_leaves_nothing_to_choose(session):
    assert chosen(session, [WIFI, CABLE], "https://kuis.contoh.id/") == ["https://kuis.contoh.id"]


def test_without_a_network_there_is_no_address(session):
    assert chosen(session, []) == []


def test_port_80_is_not_written():
    assert url("192.168.1.10", 80) == "http://192.168.1.10"
