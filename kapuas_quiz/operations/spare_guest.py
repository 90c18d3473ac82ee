"""The side of the spare laptop: it calls the running laptop and keeps whole copies of its data."""

from __future__ import annotations

import argparse
import json
import socket
import struct
import sys
import time
import urllib.request
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from kapuas_quiz.operations.spare_channel import GOING_ON, PAIRING, Channel, ChannelError, call
from kapuas_quiz.operations.spare_files import is_inside, read_json, write_json
from kapuas_quiz.operations.spare_folder import CopyFolder, GoneError, Seal, read_seal
from kapuas_quiz.operations.spare_image import PAGE
from kapuas_quiz.operations.spare_pairing import key_of_code, read_code
from kapuas_quiz.operations.spare_sinks import is_full
from kapuas_quiz.settings import load_settings

INCOMING = "salinan-masuk"
LONGEST = 64 << 20
TIMEOUT = 15.0
AGAIN = 2.0


class PairingError(Exception):
    """The running laptop did not take the code; the message says what to do."""


@dataclass(frozen=True)
class Host:
    """The running laptop; key: hexadecimal, '' until paired."""

    address: str
    key: str = ""


class Guest:
    """Writes what the running laptop sends; every message is answered once it is on the disk."""

    def __init__(self, folder: CopyFolder, channel: Channel) -> None:
        """Keep the copy in a folder."""
        self.folder, self.channel = folder, channel
        channel.longest = LONGEST

    def serve(self, heard: Callable[[Seal | None], None]) -> None:
        """Answer until the line breaks, hang up, and raise ChannelError.

        heard: called for each message, with the seal of a copy that is whole.
        """
        try:
            while True:
                self._answer(heard)
        finally:
            self.channel.close()

    def _answer(self, heard: Callable[[Seal | None], None]) -> None:
        content, body = self.channel.receive()
        try:
            heard(self._keep(content, body))
            self.channel.send({"ok": True})
        except GoneError:
            self.channel.send({"galat": "hilang"})
        except OSError as error:
            self.channel.send({"galat": "penuh" if is_full(error) else "tulis"})

    def _keep(self, content: dict[str, Any], body: bytes) -> Seal | None:
        match content.get("t"):
            case "berkas":
                self._file(str(content["nama"]), body)
            case "halaman":
                self._pages(content, body)
            case "segel":
                return self._seal(int(content["berkas"]), read_seal(content["segel"]))
        return None

    def _file(self, name: str, content: bytes) -> None:
        if not is_inside(name):
            raise GoneError
        self.folder.write_file(name, content)

    def _pages(self, content: dict[str, Any], body: bytes) -> None:
        packed, count = zlib.decompress(body), int(content["jumlah"])
        numbers = struct.unpack(f">{count}I", packed[: 4 * count])
        start = 4 * count
        pages = [(n, packed[start + i * PAGE : start + (i + 1) * PAGE]) for i, n in enumerate(numbers)]
        self.folder.write_pages(int(content["berkas"]), int(content["ukuran"]), pages)

    def _seal(self, slot: int, seal: Seal | None) -> Seal:
        """Declare a file whole only after it was read back and every page fits."""
        if seal is None or not self.folder.is_whole(slot, seal):
            raise GoneError
        self.folder.seal(slot, seal)
        return seal


def pair(folder: CopyFolder, address: str, code: str) -> tuple[Channel, Host]:
    """Become the spare of the laptop at an address; raise PairingError in words."""
    door = knock(address)
    if door is None:
        raise PairingError(f"Laptop di {address} tidak menjawab, atau belum menampilkan kode sandingan.")
    if not door.get("salt"):
        raise PairingError("Kode sandingan sudah dipakai atau kedaluwarsa. Buat kode baru di laptop utama.")
    key = key_of_code(read_code(code), bytes.fromhex(door["salt"]))
    try:
        channel, content = _call(folder, address, int(door["port"]), PAIRING, key)
    except ChannelError as error:
        raise PairingError("Kode sandingan tidak cocok. Periksa, lalu ketik sekali lagi.") from error
    return channel, Host(address, str(content["kunci"]))


def go_on(folder: CopyFolder, host: Host) -> Channel:
    """Call the running laptop again; raise ChannelError when it is not there."""
    door = knock(host.address)
    if door is None:
        raise ChannelError
    return _call(folder, host.address, int(door["port"]), GOING_ON, bytes.fromhex(host.key))[0]


def knock(address: str) -> dict[str, Any] | None:
    """Ask the running laptop where to call; None when it does not answer or expects nobody."""
    try:
        with urllib.request.urlopen(f"{address}/cadangan/pintu", timeout=TIMEOUT) as answer:  # noqa: S310
            content: dict[str, Any] = json.loads(answer.read(1000))
    except (OSError, ValueError):
        return None
    return content


def _call(
    folder: CopyFolder, address: str, port: int, purpose: bytes, key: bytes
) -> tuple[Channel, dict[str, Any]]:
    try:
        connection = socket.create_connection((urlsplit(address).hostname or "", port), timeout=TIMEOUT)
    except OSError as error:
        raise ChannelError from error
    try:
        channel = call(connection, purpose, key)
        channel.send({"nama": socket.gethostname(), "id": folder.claim()})
        return channel, channel.receive()[0]
    except ChannelError:
        connection.close()
        raise


class Watch:
    """Tells the person at the spare how it stands, once for each change."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        self.last: Seal | None = None
        self.heard_at = 0.0
        self.ready = False

    def heard(self, seal: Seal | None) -> None:
        self.heard_at = time.monotonic()
        self.last = seal or self.last
        if self.last and not self.ready:
            self.ready = True
            print("  Siap: salinan utuh ada di laptop ini dan terus diperbarui.", flush=True)

    def lost(self) -> None:
        if self.ready:
            self.ready = False
            print(
                "  Laptop utama tidak menjawab. Bila ia MATI: tekan Ctrl+C di sini, lalu jalankan\n"
                "    python3 app.py ambil-alih\n"
                "  Bila hanya jaringan: sambungkan lagi; penyalinan berlanjut sendiri.",
                flush=True,
            )


def main(arguments: list[str], *, create_app: object) -> int:
    """Be the spare of another laptop until Ctrl+C; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="app.py cadangan", description="Menjadikan komputer ini laptop cadangan."
    )
    parser.add_argument("alamat", help="alamat laptop utama, misalnya http://192.168.1.10:8000")
    address = parser.parse_args(arguments).alamat.rstrip("/")
    address = address if "://" in address else f"http://{address}"
    folder = CopyFolder(load_settings(making=False).data / INCOMING)
    folder.claim()
    try:
        _stay(folder, address)
    except PairingError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nPenyalinan dihentikan. Salinan terakhir tetap ada di laptop ini.")
    return 0


def _stay(folder: CopyFolder, address: str) -> None:
    kept = folder.place / "laptop-utama.json"
    channel, host = _first_call(folder, address, read_json(kept))
    write_json(kept, asdict(host))
    print(f"Laptop utama: {address}. Biarkan jendela ini terbuka; Ctrl+C menghentikan.", flush=True)
    watch = Watch()
    while True:
        try:
            channel = channel or go_on(folder, host)
            Guest(folder, channel).serve(watch.heard)
        except (ChannelError, ValueError, KeyError):
            channel = None
            watch.lost()
            time.sleep(AGAIN)


def _first_call(
    folder: CopyFolder, address: str, known: dict[str, Any] | None
) -> tuple[Channel | None, Host]:
    """Go on with the laptop of before, wait for it if it is away, and else ask for a code."""
    if known:
        host = Host(address, str(known["key"]))
        try:
            return go_on(folder, host), host
        except ChannelError:
            if knock(address) is None and known["address"] == address:
                return None, host
    return pair(folder, address, input("Kode sandingan di halaman laptop utama: "))
