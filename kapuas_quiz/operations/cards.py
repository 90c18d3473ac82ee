"""What lies on the tables and hangs on the wall: how a phone comes into the Wi-Fi and into the test."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from kapuas_quiz.operations.wifi import Wifi
from kapuas_quiz.web.typesetting import qr_svg, typeset

TEMPLATES = Path(__file__).resolve().parent
BREAK = "\u200b"
Paper = Literal["a4", "a3"]


def table_cards_pdf(*, wifi: Wifi, address: str, demo: bool, now: datetime) -> bytes:
    """Typeset four cards for tables on one A4 sheet."""
    return typeset(TEMPLATES / "table_cards.typ", _data(wifi, address, demo, "a4"), now=now)


def wall_sheet_pdf(*, wifi: Wifi, address: str, paper: Paper, demo: bool, now: datetime) -> bytes:
    """Typeset one sheet for the wall."""
    return typeset(TEMPLATES / "wall_sheet.typ", _data(wifi, address, demo, paper), now=now)


def _data(wifi: Wifi, address: str, demo: bool, paper: Paper) -> dict[str, object]:
    door = f"{address}/k"
    return {
        "name": wifi.name if " " in wifi.name else BREAK.join(wifi.name),
        "password": BREAK.join(wifi.password),
        "join": qr_svg(wifi.joining),
        "door": qr_svg(door),
        "address": door.removeprefix("http://").removeprefix("https://"),
        "paper": paper,
        "demo": demo,
    }
