"""Entries of a phone without network, as the texts of its QR pictures: each part can be read alone."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

PREFIX = "KQ1"
MAC_DIGITS = 16


@dataclass(frozen=True)
class Picture:
    """What one picture holds: part `number` of `parts`, and entries numbered from `first` on.

    entries: {"s", "k", "n", "a", "t", "u"}, as the phone sends them over the network.
    """

    attempt_id: uuid.UUID
    device: str
    number: int
    parts: int
    first: int
    entries: tuple[dict[str, Any], ...]


def read_picture(text: str) -> Picture | None:
    """Return what stands in a picture, whoever drew it; None for any other text."""
    try:
        attempt, device, number, parts, first, written = json.loads(_body(text))
        named = Picture(uuid.UUID(attempt), device, number, parts, first, tuple(_entries(first, written)))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    whole = all(type(part) is int and part > 0 for part in (number, parts, first)) and isinstance(device, str)
    return named if text.startswith(PREFIX) and whole else None


def is_signed(text: str, secret: str) -> bool:
    """Tell whether a picture was drawn with an attempt's secret: 64 bits of HMAC-SHA256."""
    mac = hmac.new(secret.encode(), f"qr|{_body(text)}".encode(), hashlib.sha256).hexdigest()
    given = text[len(PREFIX) : len(PREFIX) + MAC_DIGITS]
    return hmac.compare_digest(given.encode(), mac[:MAC_DIGITS].encode())


def _body(text: str) -> str:
    return text[len(PREFIX) + MAC_DIGITS :]


def _entries(first: int, written: Sequence[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Write entries out in full: [position or 0, answer, milliseconds since the one before, unsure]."""
    at_ms = 0
    for seq, (position, answer, passed, *unsure) in enumerate(written, first):
        at_ms += passed
        yield {
            "s": seq,
            "k": _kind(position, answer),
            "n": position or None,
            "a": answer,
            "t": at_ms,
            "u": int(bool(unsure)),
        }


def _kind(position: int, answer: object) -> str:
    if isinstance(answer, bool):
        return "ragu"
    if position:
        return "jawab"
    return "selesai" if answer is None else "tambah"
