"""Numbers as people in Indonesia type them."""

from __future__ import annotations

import re
from decimal import Decimal

_POINTS = re.compile(r"(-?\d{1,3}(?:\.\d{3})+)(?:,(\d+))?", re.ASCII)
_PLAIN = re.compile(r"(-?\d+)(?:[.,](\d+))?", re.ASCII)


def indonesian_number(text: str) -> Decimal | None:
    """Read a number: `1.234` is 1234, `12,5` and `12.5` are twelve and a half, spaces do not count.

    Returns None for anything else.
    """
    bare = re.sub(r"\s", "", text).replace("\u2212", "-")
    found = _POINTS.fullmatch(bare) or _PLAIN.fullmatch(bare)
    if found is None:
        return None
    whole, decimals = found.groups()
    return Decimal(f"{whole.replace('.', '')}.{decimals or 0}")
