"""The address that phones use."""

import pytest

from kapuas_quiz.core.roles import SYSTEM
from kapuas_quiz.operations.address import UnknownAddressError, choose_address, phone_addresses, url
from kapuas_quiz.operations.network import Address

WIFI = Address("192.168.1.10", "wlp3s0")
CABLE = Address("10.0.0.5", "enp0s1")


def chosen(session, present, configured=None):
    listed = phone_addresses(session, port=8000, configured=configured, present=present)
    return [one.url for one in listed if one.chosen]


def test_the_likeliest_address_is_taken_until_somebody_chooses(session):
    assert chosen(session, [WIFI, CABLE]) == ["http://192.168.1.10:8000"]


def test_a_chosen_address_is_kept_and_written_in_the_trail(session, clock):
    choose_address(session, ip=CABLE.ip, present=[WIFI, CABLE], actor=SYSTEM, now=clock())
    assert chosen(session, [WIFI, CABLE]) == ["http://10.0.0.5:8000"]


def test_a_chosen_address_that_has_gone_gives_way_to_a_present_one(session, clock):
    choose_address(session, ip=CABLE.ip, present=[WIFI, CABLE], actor=SYSTEM, now=clock())
    assert chosen(session, [WIFI]) == ["http://192.168.1.10:8000"]


def test_an_address_of_another_machine_cannot_be_chosen(session, clock):
    with pytest.raises(UnknownAddressError):
        choose_address(session, ip="192.168.1.99", present=[WIFI], actor=SYSTEM, now=clock())


def test_an_address_from_the_settings_leaves_nothing_to_choose(session):
    assert chosen(session, [WIFI, CABLE], "https://kuis.contoh.id/") == ["https://kuis.contoh.id"]


def test_without_a_network_there_is_no_address(session):
    assert chosen(session, []) == []


def test_port_80_is_not_written():
    assert url("192.168.1.10", 80) == "http://192.168.1.10"
