"""One text for one value, so that values can be compared and fingerprinted."""

from __future__ import annotations

import hashlib

from kapuas_quiz.core.audit_chain import canonical


def fingerprint(value: object) -> str:
    """Digest JSON-like data as 64 hexadecimal digits, whatever the order of keys."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def lot(*parts: object) -> int:
    """Draw a number that the parts alone decide, the same on every machine and Python.

    Returns an integer in 0 .. 2**64 - 1.
    """
    text = "|".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
