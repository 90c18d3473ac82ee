"""One text for one value, so that values can be compared and fingerprinted."""

from __future__ import annotations

import hashlib
import json


def canonical(value: object) -> str:
    """Write a value as JSON with sorted keys and no spaces, so that equal values give equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(value: object) -> str:
    """Digest JSON-like data as 64 hexadecimal digits, whatever the order of keys."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def lot(*parts: object) -> int:
    """Draw a number that the parts alone decide, the same on every machine and Python.

    Returns an integer in 0 .. 2**64 - 1.
    """
    text = "|".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
