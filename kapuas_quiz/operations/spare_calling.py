"""How the spare laptop calls the running one: with a code at first, with the shared key from then on."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from kapuas_quiz.operations.spare_channel import GOING_ON, PAIRING, Channel, ChannelError, call
from kapuas_quiz.operations.spare_folder import CopyFolder
from kapuas_quiz.operations.spare_pairing import key_of_code, read_code
from kapuas_quiz.operations.spare_watch import Silence
from kapuas_quiz.operations.tenure import straight

TIMEOUT = 15.0


class PairingError(Exception):
    """The running laptop did not take this one as its spare; the message says what to do."""


class WrongCodeError(PairingError):
    """The code that was typed is not the one that is shown."""


class RefusedError(ChannelError):
    """The running laptop lives and does not go on with this spare; `silence` says why."""

    def __init__(self, silence: Silence) -> None:
        super().__init__(silence)
        self.silence = silence


@dataclass(frozen=True)
class Host:
    """The running laptop; key: hexadecimal, '' until paired."""

    address: str
    key: str = ""


def pair(folder: CopyFolder, address: str, code: str) -> tuple[Channel, Host]:
    """Become the spare of the laptop at an address; raise PairingError in words."""
    door = invited(address)
    key = key_of_code(read_code(code), bytes.fromhex(door["salt"]))
    line = _dial(address, int(door["port"]))
    if line is None:
        raise PairingError(
            f"Laptop utama menjawab, tetapi port {door['port']} di sana tertutup. Di laptop utama izinkan "
            "Python (port itu juga) pada firewall, lalu ulangi."
        )
    try:
        channel, content = _greet(folder, line, PAIRING, key)
    except ChannelError as error:
        raise WrongCodeError("Kode sandingan tidak cocok. Tidak ada yang berubah; ketik lagi.") from error
    return channel, Host(address, str(content["kunci"]))


def invited(address: str) -> dict[str, Any]:
    """Return the door of a laptop that shows a pairing code; raise PairingError when it shows none."""
    try:
        door = knock(address)
    except RefusedError:
        door = {}
    if door is None:
        raise PairingError(
            f"Laptop di {address} tidak menjawab. Periksa alamat itu, dan apakah kedua laptop sejaringan."
        )
    if not door.get("salt"):
        raise PairingError(
            "Laptop utama belum menampilkan kode, atau kodenya sudah dipakai atau kedaluwarsa. Di laptop "
            "utama tekan Mulai > Laptop cadangan > Tampilkan kode sandingan, lalu ulangi."
        )
    return door


def go_on(folder: CopyFolder, host: Host) -> Channel:
    """Call the running laptop again; raise ChannelError when it is not there, RefusedError when it is."""
    door = knock(host.address)
    line = _dial(host.address, int(door["port"])) if door else None
    if line is None:
        raise ChannelError
    try:
        return _greet(folder, line, GOING_ON, bytes.fromhex(host.key))[0]
    except ChannelError as error:
        raise RefusedError(Silence.REPLACED) from error


def knock(address: str) -> dict[str, Any] | None:
    """Ask the running laptop where to call; None when it does not answer.

    Raises RefusedError when it answers and expects nobody.
    """
    try:
        with straight.open(f"{address}/cadangan/pintu", timeout=TIMEOUT) as answer:
            content: dict[str, Any] = json.loads(answer.read(1000))
    except HTTPError as error:
        raise RefusedError(Silence.RELEASED) from error
    except (OSError, ValueError, HTTPException):
        return None
    return content


def _dial(address: str, port: int) -> socket.socket | None:
    try:
        return socket.create_connection((urlsplit(address).hostname or "", port), timeout=TIMEOUT)
    except OSError:
        return None


def _greet(
    folder: CopyFolder, line: socket.socket, purpose: bytes, key: bytes
) -> tuple[Channel, dict[str, Any]]:
    """Open the channel and say who calls, and which of the two files is the older one."""
    newest = folder.newest_whole()
    turn = 1 - newest[0] if newest else 0
    try:
        channel = call(line, purpose, key)
        channel.send({"nama": socket.gethostname(), "id": folder.claim(), "giliran": turn})
        return channel, channel.receive()[0]
    except ChannelError:
        line.close()
        raise
