"""Receipts: each stored entry adds a link to its attempt's chain, and a link can be read out as a code."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from kapuas_quiz.core.badge import ALPHABET, code_of, read_code, written_code
from kapuas_quiz.core.journal import Event

LINK_DIGITS = 32
CODE_BITS = 35


class Stored(NamedTuple):
    """One entry as it was stored."""

    event: Event
    received_at: datetime
    link: str


def next_link(key: bytes, previous: str, attempt_id: uuid.UUID, event: Event, received_at: datetime) -> str:
    """Return the link of an entry: 128 bits of HMAC-SHA256 over the link before it and the entry.

    previous: '' before the first entry.
    """
    said = (*event._replace(received_ms=0), received_at.isoformat())
    text = json.dumps(
        [previous, attempt_id.hex, said], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:LINK_DIGITS]


def receipt(link: str) -> str:
    """Return the short receipt of a link: 35 bits and a check character as XXXX-XXXX; '' for ''."""
    return written_code(code_of(int(link, 16) >> (4 * LINK_DIGITS - CODE_BITS))) if link else ""


def find_receipt(text: str, links: Iterable[str]) -> str | None:
    """Return the link whose short receipt a person typed, None when no link has it."""
    code = read_code(text)
    return next((link for link in links if link and code == read_code(receipt(link))), None)


def first_digits(text: str) -> str | None:
    """Return the first 8 hexadecimal digits of every link with this short receipt; None for no receipt."""
    code = read_code(text)
    if code is None:
        return None
    number = 0
    for character in code[:-1]:
        number = number << 5 | ALPHABET.index(character)
    return f"{number >> CODE_BITS - 32:08x}"


def first_fault(key: bytes, attempt_id: uuid.UUID, stored: Sequence[Stored]) -> int | None:
    """Return the number, from 1, of the first entry whose link does not fit; None for a whole chain.

    stored: in the order of arrival; entries older than receipts, without a link, start the chain anew.
    """
    previous = ""
    for number, entry in enumerate(stored, 1):
        if entry.link and entry.link != next_link(key, previous, attempt_id, entry.event, entry.received_at):
            return number
        previous = entry.link
    return None
