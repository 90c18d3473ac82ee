"""Which addresses are offered to phones, and in which order."""

import pytest

from kapuas_quiz.operations import network
from kapuas_quiz.operations.network import Address


@pytest.fixture
def machine(monkeypatch):
    """Make a machine of the given interfaces; `route` is what its routing table prefers."""

    def make(*interfaces: Address, route: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> None:
        monkeypatch.setattr(network, "_by_interface", lambda: iter(interfaces))
        monkeypatch.setattr(network, "_by_route", lambda: iter(Address(ip) for ip in route))
        monkeypatch.setattr(network, "_by_name", lambda: iter(Address(ip) for ip in names))

    return make


def offered(host: str = "0.0.0.0") -> list[str]:
    return [one.ip for one in network.local_addresses(host)]


def test_loopback_is_never_offered(machine):
    machine(Address("127.0.0.1", "lo"), Address("192.168.1.10", "wlp3s0"))
    assert offered() == ["192.168.1.10"]


def test_the_routed_address_comes_first_and_bridges_come_last(machine):
    machine(
        Address("172.17.0.1", "docker0"),
        Address("10.0.0.5", "enp0s1"),
        Address("192.168.1.10", "wlp3s0"),
        Address("169.254.7.7", "eth9"),
        route=("192.168.1.10",),
    )
    assert offered() == ["192.168.1.10", "10.0.0.5", "172.17.0.1", "169.254.7.7"]


def test_an_address_found_twice_is_offered_once_with_its_interface(machine):
    machine(Address("192.168.1.10", "wlp3s0"), route=("192.168.1.10",), names=("192.168.1.10",))
    assert network.local_addresses() == [Address("192.168.1.10", "wlp3s0")]


def test_windows_is_served_by_its_host_name_alone(machine):
    machine(names=("192.168.137.1", "192.168.1.10"), route=("192.168.1.10",))
    assert offered() == ["192.168.1.10", "192.168.137.1"]


def test_a_server_bound_to_one_address_offers_that_one(machine):
    machine(Address("10.0.0.5", "enp0s1"), Address("192.168.1.10", "wlp3s0"))
    assert offered("10.0.0.5") == ["10.0.0.5"]


def test_without_a_network_nothing_is_offered(machine):
    machine(Address("127.0.0.1", "lo"))
    assert offered() == []


def test_this_machine_answers_without_an_error():
    assert all(one.ip.count(".") == 3 for one in network.local_addresses())


@pytest.mark.parametrize(
    ("interface", "wireless"), [("wlp3s0", True), ("ap0", True), ("eth0", False), ("", False)]
)
def test_wireless_interfaces_are_told_by_their_names(interface, wireless):
    assert Address("192.168.1.10", interface).wireless is wireless
