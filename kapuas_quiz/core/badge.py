"""What stands on a badge: a token for its QR and a short code to type, both derived, neither kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")
TOKEN_BYTES = 24
CODE_LENGTH = 8


def badge_token(secret: bytes, enrolment_id: uuid.UUID, version: int) -> str:
    """Derive the token of one badge: 192 bits as 32 characters that need no escaping in an address."""
    return base64.urlsafe_b64encode(_derive(secret, "badge", enrolment_id, version)[:TOKEN_BYTES]).decode()


def badge_code(secret: bytes, enrolment_id: uuid.UUID, version: int) -> str:
    """Derive the typed code of one badge: 35 bits and a check character, 8 characters without a dash."""
    return code_of(int.from_bytes(_derive(secret, "kode", enrolment_id, version)[:5], "big") >> 5)


def code_of(number: int) -> str:
    """Write 35 bits as 7 characters and a check character."""
    values = [number >> 5 * place & 31 for place in range(CODE_LENGTH - 2, -1, -1)]
    return "".join(ALPHABET[value] for value in (*values, check_of(values)))


def written_code(code: str) -> str:
    """Write a code for the eye: XXXX-XXXX."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str | None:
    """Read a code as people type it: any case, spaces and dashes anywhere, O for 0, I and L for 1.

    Returns 8 characters, None when the text cannot be a code (a mistyped or swapped character).
    """
    code = "".join(text.split()).replace("-", "").upper().translate(READ_AS)
    if len(code) != CODE_LENGTH or any(character not in ALPHABET for character in code):
        return None
    values = [ALPHABET.index(character) for character in code]
    return code if check_of(values[:-1]) == values[-1] else None


def code_digest(secret: bytes, code: str) -> str:
    """Digest a code for the table with the secret, because 35 bits alone could be tried out."""
    return hmac.new(secret, f"digest|{code}".encode(), hashlib.sha256).hexdigest()


def _derive(secret: bytes, purpose: str, enrolment_id: uuid.UUID, version: int) -> bytes:
    return hmac.new(secret, f"{purpose}|{enrolment_id}|{version}".encode(), hashlib.sha256).digest()


def check_of(values: list[int]) -> int:
    """Weigh the characters by powers of two in GF(32), which reveals each single error and each swap."""
    total = 0
    for value in values:
        total = _double(total ^ value)
    return total


def _double(value: int) -> int:
    """Multiply by two in GF(32) with the polynomial x^5 + x^2 + 1."""
    return (value << 1) ^ (0b100101 if value & 16 else 0)
