"""Messages between two laptops that share a key, unreadable and unchangeable for anybody else."""

from __future__ import annotations

import json
import secrets
import socket
import struct
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LONGEST = 1 << 16
OPENING = b"KAPUAS1"
NONCE = 16
PAIRING, GOING_ON = b"P", b"L"


class ChannelError(Exception):
    """The other side is not there, or does not hold the key."""


class Channel:
    """One connection; each direction has a key of its own, and its messages are counted."""

    def __init__(self, connection: socket.socket, sending: bytes, receiving: bytes) -> None:
        """Speak with one pair of keys over a connection.

        longest: the longest message, in bytes, that is read from the other side.
        """
        self.connection, self.longest = connection, LONGEST
        self._seal, self._open = ChaCha20Poly1305(sending), ChaCha20Poly1305(receiving)
        self._sent = self._received = 0

    def send(self, content: dict[str, Any], body: bytes = b"") -> None:
        """Send a message: a JSON object and some bytes."""
        head = json.dumps(content, separators=(",", ":")).encode()
        sealed = self._seal.encrypt(_number(self._sent), struct.pack(">I", len(head)) + head + body, None)
        self._sent += 1
        try:
            self.connection.sendall(struct.pack(">I", len(sealed)) + sealed)
        except OSError as error:
            raise ChannelError from error

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """Return the next message; raise ChannelError when it is not from the other side, or none comes."""
        length = struct.unpack(">I", take(self.connection, 4))[0]
        if length > self.longest:
            raise ChannelError
        try:
            plain = self._open.decrypt(_number(self._received), take(self.connection, length), None)
        except InvalidTag as error:
            raise ChannelError from error
        self._received += 1
        head = struct.unpack(">I", plain[:4])[0]
        return json.loads(plain[4 : 4 + head]), plain[4 + head :]

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self.connection.close()


def call(connection: socket.socket, purpose: bytes, key: bytes) -> Channel:
    """Open the channel as the laptop that called."""
    mine = secrets.token_bytes(NONCE)
    try:
        connection.sendall(OPENING + purpose + mine)
    except OSError as error:
        raise ChannelError from error
    theirs = take(connection, NONCE)
    return Channel(connection, *_keys(key, mine + theirs))


def read_call(connection: socket.socket) -> tuple[bytes, bytes]:
    """Return what a caller wants, and its random number."""
    opening = take(connection, len(OPENING) + 1 + NONCE)
    if not opening.startswith(OPENING):
        raise ChannelError
    return opening[len(OPENING) : len(OPENING) + 1], opening[-NONCE:]


def answer_call(connection: socket.socket, theirs: bytes, key: bytes) -> Channel:
    """Open the channel as the laptop that was called."""
    mine = secrets.token_bytes(NONCE)
    try:
        connection.sendall(mine)
    except OSError as error:
        raise ChannelError from error
    outgoing, incoming = _keys(key, theirs + mine)
    return Channel(connection, incoming, outgoing)


def _keys(key: bytes, nonces: bytes) -> tuple[bytes, bytes]:
    both = HKDF(algorithm=SHA256(), length=64, salt=nonces, info=b"kapuas cadangan").derive(key)
    return both[:32], both[32:]


def _number(count: int) -> bytes:
    return count.to_bytes(12, "little")


def take(connection: socket.socket, length: int) -> bytes:
    """Read so many bytes."""
    parts, missing = [], length
    while missing:
        try:
            part = connection.recv(min(missing, 1 << 20))
        except OSError as error:
            raise ChannelError from error
        if not part:
            raise ChannelError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
