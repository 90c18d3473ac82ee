"""Everything the start page and the console show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from sqlalchemy.orm import Session

from kapuas_quiz.operations.address import PhoneAddress, gone_address, phone_addresses
from kapuas_quiz.operations.backup import Backup, list_backups
from kapuas_quiz.operations.checks import Check, run_checks
from kapuas_quiz.operations.network import Address
from kapuas_quiz.operations.printed import Lost, lost_addresses
from kapuas_quiz.operations.probes import check_probes
from kapuas_quiz.operations.setup import setup_link
from kapuas_quiz.operations.spare_state import spare_state
from kapuas_quiz.operations.spare_words import check_spare
from kapuas_quiz.settings import Settings

SHOWN_BACKUPS = 3


@dataclass(frozen=True)
class StartPage:
    """The state of this installation.

    picture: SVG of the chosen address, None without a network.  lost: addresses on badges that lead nowhere.
    gone: an address that was chosen and is no longer this machine's.  setup_link: None once there is an
    operator.
    """

    addresses: list[PhoneAddress]
    chosen: PhoneAddress | None
    picture: str | None
    checks: list[Check]
    lost: list[Lost]
    gone: str | None
    backups: list[Backup]
    folder: str
    setup_link: str | None


def start_page(
    session: Session, *, settings: Settings, present: Sequence[Address], now: datetime
) -> StartPage:
    """Gather the addresses, the checks and the newest backups."""
    port, configured = settings.port, settings.address
    addresses = phone_addresses(session, port=port, configured=configured, present=present, now=now)
    chosen = next((one for one in addresses if one.chosen), None)
    checks = run_checks(
        session, data=settings.data, port=port, configured=configured, present=present, now=now
    )
    if not settings.demo:
        sqlite = settings.database_url.startswith("sqlite")
        checks.append(check_spare(spare_state(settings.data, now=now), sqlite=sqlite))
    if settings.probes:
        checks.append(check_probes(settings.data, now=now, host=settings.host, own_port=port))
    return StartPage(
        addresses=addresses,
        chosen=chosen,
        picture=draw(chosen.url) if chosen else None,
        checks=checks,
        lost=lost_addresses(session, port=port, configured=configured, present=present, now=now),
        gone=gone_address(session, present=present) if not configured else None,
        backups=list_backups(settings.data)[:SHOWN_BACKUPS],
        folder=str(settings.data / "cadangan"),
        setup_link=setup_link(session, data=settings.data, now=now),
    )


def draw(url: str) -> str:
    """Draw an address as a QR, dark on light whatever the colours of the page."""
    qr = segno.make(url, micro=False)
    return str(
        qr.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, svgclass="qr", lineclass=None)
    )
