"""The side of the running laptop: it waits for its spare to call, and sends it each copy."""

from __future__ import annotations

import secrets
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kapuas_quiz.operations.spare_channel import (
    GOING_ON,
    PAIRING,
    Channel,
    ChannelError,
    answer_call,
    read_call,
)
from kapuas_quiz.operations.spare_files import Beside, content_digest, write_json
from kapuas_quiz.operations.spare_folder import Seal
from kapuas_quiz.operations.spare_image import Image
from kapuas_quiz.operations.spare_pairing import DOOR, OFFER, open_offer
from kapuas_quiz.operations.spare_sinks import SinkError, Turns, changed_files
from kapuas_quiz.operations.spare_state import Attached, Kind

TIMEOUT = 10.0
AT_ONCE = 8
PAGES_A_MESSAGE = 1000


Welcome = Callable[[Channel, Attached, int, bool], None]
"""What to do with a spare that called: the line, who it is, which of its files is next, whether it is new."""


class LinkSink:
    """The spare laptop, while it is on the line."""

    def __init__(self) -> None:
        """Wait for a call."""
        self.channel: Channel | None = None
        self.turns, self.files, self.sent = Turns(), dict[str, str](), 0

    def take_over(self, channel: Channel, turn: int) -> None:
        """Speak over a new connection, about which nothing is known but which file is the older one."""
        self.hang_up()
        self.turns, self.files = Turns(), {}
        self.turns.next = turn
        self.channel = channel

    def hang_up(self) -> None:
        """End the call, so that a spare that is one no more hears it at once."""
        if self.channel:
            self.channel.close()
        self.channel = None

    def put(self, image: Image, beside: Beside, seal: Seal) -> None:
        self.sent = 0
        for name in changed_files(seal.files, self.files):
            content = beside.content(name)
            self._ask({"t": "berkas", "nama": name}, content)
            self.files[name] = content_digest(content)
        pages = self.turns.pages(image)
        slot = {"berkas": self.turns.next, "ukuran": seal.size}
        for at in range(0, len(pages), PAGES_A_MESSAGE):
            part = pages[at : at + PAGES_A_MESSAGE]
            packed = struct.pack(f">{len(part)}I", *part) + b"".join(image.page(n) for n in part)
            self._ask({"t": "halaman", "jumlah": len(part), **slot}, zlib.compress(packed, 1))
        self._ask({"t": "segel", "segel": asdict(seal), **slot})
        self.turns.done(image)

    def beat(self) -> None:
        self._ask({"t": "denyut", "at": datetime.now(UTC).isoformat(timespec="seconds")})

    def _ask(self, content: dict[str, Any], body: bytes = b"") -> None:
        if self.channel is None:
            raise SinkError("sambungan")
        try:
            self.channel.send(content, body)
            answer, _ = self.channel.receive()
        except (ChannelError, ValueError) as error:
            self.hang_up()
            raise SinkError("sambungan") from error
        self.sent += len(body)
        if answer.get("galat"):
            self.turns.known.clear()
            raise SinkError(str(answer["galat"]))


class Listener:
    """The door for the spare laptop; open while there is a pairing code, or a laptop is attached."""

    def __init__(self, data: Path, port: int, welcome: Welcome) -> None:
        """Open the door at `port` or, if that is taken, at another one, which is written down."""
        self.data, self.welcome = data, welcome
        self.attached: Attached | None = None
        self.places = threading.Semaphore(AT_ONCE)
        self.socket = _listen(port)
        write_json(data / DOOR, {"port": self.socket.getsockname()[1]}, synced=False)
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Close the door."""
        (self.data / DOOR).unlink(missing_ok=True)
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, (host, *_) = self.socket.accept()
            except OSError:
                return
            self.places.acquire()
            threading.Thread(target=self._receive, args=(connection, host), daemon=True).start()

    def _receive(self, connection: socket.socket, host: str) -> None:
        try:
            connection.settimeout(TIMEOUT)
            self._greet(connection, host)
        except (ChannelError, OSError, ValueError, KeyError):
            connection.close()
        finally:
            self.places.release()

    def _greet(self, connection: socket.socket, host: str) -> None:
        purpose, theirs = read_call(connection)
        offer = open_offer(self.data, now=datetime.now(UTC)) if purpose == PAIRING else None
        attached = self.attached
        if offer:
            key = offer.key
        elif purpose == GOING_ON and attached and attached.kind is Kind.LAPTOP:
            key = bytes.fromhex(attached.key)
        else:
            raise ChannelError
        channel = answer_call(connection, theirs, key)
        content, _ = channel.receive()
        fresh = secrets.token_hex(32) if offer else attached.key if attached else ""
        if offer:
            (self.data / OFFER).unlink(missing_ok=True)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        spare = Attached(Kind.LAPTOP, str(content["nama"])[:80], str(content["id"])[:32], since, fresh, host)
        channel.send({"kunci": fresh} if offer else {"ok": True})
        self.welcome(channel, spare, int(content["giliran"]) % 2, offer is not None)


def _listen(port: int) -> socket.socket:
    for number in (port, 0):
        place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind(("", number))
            place.listen(AT_ONCE)
        except OSError:
            place.close()
            if number == 0:
                raise
        else:
            return place
    raise OSError
