"""The code by which one laptop becomes the spare of another."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kapuas_quiz.core.badge import ALPHABET, READ_AS
from kapuas_quiz.operations.spare_files import read_json, write_json

OFFER = "laptop-cadangan-sandi.json"
DOOR = "laptop-cadangan-pintu.json"
VALID = timedelta(minutes=10)
CODE_LENGTH = 12


def new_code() -> str:
    """Return a pairing code of 60 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def written_code(code: str) -> str:
    """Write a code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(text: str) -> str:
    """Read a code as a person types it: groups, small letters, O for 0, I and L for 1."""
    return "".join(text.upper().split()).replace("-", "").translate(READ_AS)


def key_of_code(code: str, salt: bytes) -> bytes:
    """Stretch a code, so that trying all of them on a recording is out of reach."""
    return hashlib.scrypt(code.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=1 << 26, dklen=32)


@dataclass(frozen=True)
class Offer:
    """A pairing code that is good once and for some minutes."""

    code: str
    salt: str
    until: str

    @property
    def key(self) -> bytes:
        return key_of_code(self.code, bytes.fromhex(self.salt))


def make_offer(data: Path, *, now: datetime) -> Offer:
    """Let one laptop pair; an earlier code is void."""
    offer = Offer(new_code(), secrets.token_hex(16), (now + VALID).isoformat())
    write_json(data / OFFER, asdict(offer))
    return offer


def open_offer(data: Path, *, now: datetime) -> Offer | None:
    """Return the code that is still good."""
    content = read_json(data / OFFER)
    if content is None or datetime.fromisoformat(content["until"]) <= now:
        return None
    return Offer(**content)
