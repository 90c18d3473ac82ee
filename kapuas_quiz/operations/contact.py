"""Whether a real phone has reached this server: the time stamp of one empty file."""

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
    """Remember that a phone came by; at most once a minute, and never at the expense of its request."""
    seen = last_phone(data)
    if seen is not None and timedelta(0) <= now - seen < PAUSE:
        return
    path = _file(data)
    with suppress(OSError):
        path.touch()
        os.utime(path, (now.timestamp(), now.timestamp()))


def last_phone(data: Path) -> datetime | None:
    """Return when a phone last came by (to the minute), None if none ever did."""
    try:
        return datetime.fromtimestamp(_file(data).stat().st_mtime, UTC)
    except OSError:
        return None


def _file(data: Path) -> Path:
    return data / "hp-terakhir"
