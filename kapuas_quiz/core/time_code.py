"""Six digits by which a phone without network learns of minutes that were given to its owner.

Read out as 15 04 23: the first two digits are the minutes, the others prove that the committee's log holds
the gift. The phone computes the same from its attempt's secret.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

MOST_MINUTES = 99
LOOK_AHEAD = 5
"""How many gifts a phone may have missed before it hears one."""


def time_code(secret: str, number: int, minutes: int) -> str:
    """Return the code of an attempt's gift number `number` (from 1): two digits of minutes, four of proof.

    secret: the attempt's secret as the phone holds it.  minutes: 1 to 99.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise ValueError(f"{minutes} minutes cannot be read out")
    mac = hmac.new(secret.encode(), f"waktu|{number}|{minutes}".encode(), hashlib.sha256).digest()
    return f"{minutes:02d}{int.from_bytes(mac, 'big') % 10_000:04d}"


def number_of(secret: str, code: str, numbers: Iterable[int]) -> int | None:
    """Return which of the numbers a code is for, None when it is for none of them."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()) or code[:2] == "00":
        return None
    minutes = int(code[:2])
    matching = (number for number in numbers if hmac.compare_digest(code, time_code(secret, number, minutes)))
    return next(matching, None)


def take(secret: str, typed: str, known: int) -> tuple[int, int] | None:
    """Do what the phone does with typed digits: return the gift's number and minutes, None for no gift.

    known: how many gifts the phone has heard of.
    """
    code = "".join(typed.split())
    number = number_of(secret, code, range(known + 1, known + 1 + LOOK_AHEAD))
    return None if number is None else (number, int(code[:2]))


def read_out(code: str) -> str:
    """Write a code as it is read out: 15 04 23."""
    return " ".join(code[place : place + 2] for place in range(0, len(code), 2))
