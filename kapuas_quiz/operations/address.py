"""The address that phones use: listed, chosen, kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kapuas_quiz.audit.service import record
from kapuas_quiz.core.roles import Actor
from kapuas_quiz.operations.models import Note
from kapuas_quiz.operations.network import Address
from kapuas_quiz.operations.printed import printed_addresses

NOTE = "alamat"


class UnknownAddressError(Exception):
    """The chosen address is none of this machine's present addresses."""


@dataclass(frozen=True)
class PhoneAddress:
    """One way for phones to reach the server; `ip` is empty for an address from the settings."""

    url: str
    ip: str
    interface: str
    wireless: bool
    chosen: bool


def phone_addresses(
    session: Session, *, port: int, configured: str | None, present: Sequence[Address], now: datetime
) -> list[PhoneAddress]:
    """List the addresses for phones, exactly one of them chosen; empty without a network.

    Somebody's choice comes first, then what stands on badges, then the likeliest.
    configured: an address from the settings, which leaves nothing to choose.
    """
    if configured:
        return [PhoneAddress(configured.rstrip("/"), "", "", False, True)]
    wanted = [_kept(session), *(one.host for one in printed_addresses(session, now=now))]
    known = [one.ip for one in present]
    chosen = next((ip for ip in (*wanted, *known) if ip in known), None)
    return [
        PhoneAddress(url(one.ip, port), one.ip, one.interface, one.wireless, one.ip == chosen)
        for one in present
    ]


def gone_address(session: Session, *, present: Sequence[Address]) -> str | None:
    """Return the address that somebody chose, when this machine no longer has it."""
    kept = _kept(session)
    return kept if kept not in [one.ip for one in present] else None


def choose_address(
    session: Session, *, ip: str, present: Sequence[Address], actor: Actor, now: datetime
) -> None:
    """Keep the address that phones shall use.

    Raises UnknownAddressError when this machine no longer has it.
    """
    if ip not in [one.ip for one in present]:
        raise UnknownAddressError(ip)
    session.merge(Note(name=NOTE, value=ip, at=now))
    record(session, at=now, actor=actor, action="alamat.pilih", subject="instalasi", detail={"alamat": ip})
    session.commit()


def _kept(session: Session) -> str | None:
    note = session.get(Note, NOTE)
    return note.value if note else None


def url(ip: str, port: int) -> str:
    """Write the address of the server for a browser."""
    return f"http://{ip}" if port == 80 else f"http://{ip}:{port}"
