"""Whether real phones have reached this machine: the time stamps of two empty files."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

PHONE = re.compile(r"Android|iPhone|iPad|Mobile|Opera Mini")
PAUSE = timedelta(minutes=1)


def is_phone(user_agent: str) -> bool:
    """Tell whether a browser calls itself one of a phone."""
    return PHONE.search(user_agent) is not None


def notice_phone(data: Path, *, now: datetime) -> None:
    """Remember that a phone came by."""
    _notice(data / "hp-terakhir", now)


def last_phone(data: Path) -> datetime | None:
    """Return when a phone last came by (to the minute), None if none ever did."""
    return _last(data / "hp-terakhir")


def notice_probe(data: Path, *, now: datetime) -> None:
    """Remember that a phone asked whether this Wi-Fi leads anywhere."""
    _notice(data / "uji-terakhir", now)


def last_probe(data: Path) -> datetime | None:
    """Return when a phone last asked (to the minute), None if none ever did."""
    return _last(data / "uji-terakhir")


def _notice(path: Path, now: datetime) -> None:
    """Stamp at most once a minute, and never at the expense of the request."""
    seen = _last(path)
    if seen is not None and timedelta(0) <= now - seen < PAUSE:
        return
    with suppress(OSError):
        path.touch()
        os.utime(path, (now.timestamp(), now.timestamp()))


def _last(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
