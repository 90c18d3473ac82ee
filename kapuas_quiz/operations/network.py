"""Under which addresses phones can reach this machine."""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass

PROBES = ("10.255.255.255", "192.168.255.255", "172.31.255.255", "203.0.113.1")
VIRTUAL = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vboxnet",
    "vmnet",
    "tun",
    "tap",
    "tailscale",
    "wg",
    "utun",
    "zt",
)
WIRELESS = ("wl", "ap")
ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104


@dataclass(frozen=True)
class Address:
    """One IPv4 address of this machine; `interface` is empty where the system does not tell."""

    ip: str
    interface: str = ""

    @property
    def wireless(self) -> bool:
        """Tell whether the name is that of a Wi-Fi interface."""
        return self.interface.startswith(WIRELESS)


def local_addresses(host: str = "0.0.0.0") -> list[Address]:  # noqa: S104
    """List the addresses of this machine that `host` listens on, the likeliest for phones first.

    Loopback is left out; an empty list means that there is no network.
    """
    found: dict[str, Address] = {}
    for address in (*_by_interface(), *_by_route(), *_by_name()):
        if not ipaddress.ip_address(address.ip).is_loopback:
            found.setdefault(address.ip, address)
    preferred = [address.ip for address in _by_route()]
    listening = [one for one in found.values() if host in ANYWHERE or host == one.ip]
    return sorted(listening, key=lambda one: _rank(one, preferred))


def _rank(address: Address, preferred: list[str]) -> tuple[bool, bool, bool, int, str]:
    ip = ipaddress.ip_address(address.ip)
    order = preferred.index(address.ip) if address.ip in preferred else len(preferred)
    return (ip.is_link_local, address.interface.startswith(VIRTUAL), not ip.is_private, order, address.ip)


def _by_interface() -> Iterator[Address]:
    """Ask the kernel for the address of every interface (Linux and macOS)."""
    if sys.platform == "win32":
        return
    import fcntl

    request = 0x8915 if sys.platform == "linux" else 0xC0206921
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        for _index, name in socket.if_nameindex():
            with suppress(OSError):
                answer = fcntl.ioctl(asking, request, struct.pack("256s", name.encode()[:15]))
                yield Address(socket.inet_ntoa(answer[20:24]), name)


def _by_route() -> Iterator[Address]:
    """See which own address the system would use; nothing is sent."""
    for probe in PROBES:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking, suppress(OSError):
            asking.connect((probe, 9))
            yield Address(asking.getsockname()[0])


def _by_name() -> Iterator[Address]:
    """Look up the own host name, which on Windows gives every interface."""
    with suppress(OSError):
        for ip in socket.gethostbyname_ex(socket.gethostname())[2]:
            yield Address(ip)
