"""Numbers as people in Indonesia type them."""

from __future__ import annotations

import re
from decimal import Decimal

_POINTS = re.compile(r"(-?(?!0)\d{1,3}(?:\.\d{3})+)(?:,(\d+))?", re.ASCII)
_PLAIN = re.compile(r"(-?\d+)(?:[.,](\d+))?", re.ASCII)
_AROUND = re.compile(r"(?:rp\.?)?(?:\+(?!-))?(.*?)(?:[.,][-\u2013]|%)?", re.ASCII)


def indonesian_number(text: str, unit: str = "") -> Decimal | None:
    """Read a number: `1.234` is 1234; `12,5`, `12.5` and `0.500` have decimals; spaces do not count.

    `Rp`, `,-`, `%`, a plus sign, and the unit or its first words after the number are let pass.
    Returns None for anything else.
    """
    bare = _without_unit(_squeezed(text), unit).replace("\u2212", "-")
    around = _AROUND.fullmatch(bare)
    number = around[1] if around else ""
    found = _POINTS.fullmatch(number) or _PLAIN.fullmatch(number)
    if found is None:
        return None
    whole, decimals = found.groups()
    return Decimal(f"{whole.replace('.', '')}.{decimals or 0}")


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


def _without_unit(bare: str, unit: str) -> str:
    words = re.findall(r"[^\s/]+", unit)
    allowed = [_squeezed(unit), *(_squeezed("".join(words[:n])) for n in range(len(words), 0, -1))]
    return bare.removesuffix(next((each for each in allowed if each and bare.endswith(each)), ""))
