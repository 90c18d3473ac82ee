"""The addresses that stand on badges, and whether this machine still answers there.

Answers on a phone are bound to the address at which they were given. So a machine that takes a training over
must take its address too, and nothing here ever changes an address by itself.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from kapuas_quiz.operations.backup import ZONE
from kapuas_quiz.operations.network import Address
from kapuas_quiz.trainings.models import Training

PORTS = {"http": 80, "https": 443}
SAME_NETWORK = 24


class Loss(StrEnum):
    """Why phones that scan a badge do not arrive here."""

    OFFLINE = "tanpa-jaringan"
    NETWORK = "jaringan-lain"
    ADDRESS = "alamat"
    PORT = "port"
    NAME = "nama"


@dataclass(frozen=True)
class Printed:
    """An address on badges; `host` is a name or an IPv4 address."""

    url: str
    host: str
    port: int

    @property
    def ip(self) -> ipaddress.IPv4Address | None:
        """Return the host as a number, None for a name."""
        try:
            return ipaddress.IPv4Address(self.host)
        except ValueError:
            return None

    @property
    def gateway(self) -> str:
        """Guess the access point: the first address of the network."""
        return str(_network(self.host)[1]) if self.ip else ""


@dataclass(frozen=True)
class Lost:
    """An address on badges that leads nowhere now; `here` is what this machine has in its place."""

    printed: Printed
    loss: Loss
    here: str


def printed_addresses(session: Session, *, now: datetime) -> list[Printed]:
    """List the addresses on badges of trainings that are not over; whoever serves them must have these."""
    today = now.astimezone(ZONE).date()
    urls = set(session.scalars(select(Training.address).where(Training.ends_on >= today)))
    return [read_address(one) for one in sorted(urls)]


def lost_addresses(
    session: Session, *, port: int, configured: str | None, present: Sequence[Address], now: datetime
) -> list[Lost]:
    """List what badges say and this machine does not answer to.

    port: where the server listens.  configured: the address from the settings.
    """
    here = ", ".join(one.ip for one in present)
    known = [(one, _loss(one, port, configured, present)) for one in printed_addresses(session, now=now)]
    return [Lost(one, loss, here) for one, loss in known if loss]


def read_address(text: str) -> Printed:
    """Take an address apart."""
    parts = urlsplit(text)
    return Printed(text, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 80))


def _loss(one: Printed, port: int, configured: str | None, present: Sequence[Address]) -> Loss | None:
    if configured and one.url == configured.rstrip("/"):
        return None
    if one.ip is None:
        return Loss.NAME
    if one.host in [address.ip for address in present]:
        return None if one.port == port else Loss.PORT
    if not present:
        return Loss.OFFLINE
    near = any(one.ip in _network(address.ip) for address in present)
    return Loss.ADDRESS if near else Loss.NETWORK


def _network(ip: str) -> ipaddress.IPv4Network:
    return ipaddress.IPv4Network(f"{ip}/{SAME_NETWORK}", strict=False)
