"""The side of the spare laptop: it calls the running laptop and keeps whole copies of its data."""

from __future__ import annotations

import argparse
import struct
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from kapuas_quiz.operations.spare_calling import (
    Host,
    PairingError,
    RefusedError,
    WrongCodeError,
    go_on,
    invited,
    pair,
)
from kapuas_quiz.operations.spare_channel import Channel, ChannelError
from kapuas_quiz.operations.spare_files import is_inside, read_json, write_json
from kapuas_quiz.operations.spare_folder import CopyFolder, GoneError, Seal, read_moment, read_seal
from kapuas_quiz.operations.spare_guard import elsewhere
from kapuas_quiz.operations.spare_image import PAGE
from kapuas_quiz.operations.spare_sinks import BEAT_EVERY, is_full
from kapuas_quiz.operations.spare_watch import Silence, Watch
from kapuas_quiz.settings import load_settings

INCOMING = "salinan-masuk"
KEPT = "laptop-utama.json"
LONGEST = 64 << 20
AGAIN = 2.0
NOT_HERE = (
    "{address} adalah alamat laptop ini sendiri. Jalankan perintah ini di laptop KEDUA: salinan di laptop "
    "yang sama tidak menolong bila laptop ini rusak."
)


class Guest:
    """Writes what the running laptop sends; every message is answered once it is on the disk."""

    def __init__(self, folder: CopyFolder, channel: Channel) -> None:
        """Keep the copy in a folder."""
        self.folder, self.channel = folder, channel
        channel.longest = LONGEST
        self.beaten = 0.0

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
            case "denyut":
                self._beat(read_moment(content))
        return None

    def _beat(self, at: datetime | None) -> None:
        """Remember now and then that the copy still holds everything."""
        if at and time.monotonic() - self.beaten > BEAT_EVERY:
            self.folder.beat(at)
            self.beaten = time.monotonic()

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


def main(arguments: list[str], *, create_app: object) -> int:
    """Be the spare of another laptop until Ctrl+C; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="app.py cadangan", description="Menjadikan komputer ini laptop cadangan."
    )
    parser.add_argument("alamat", help="alamat laptop utama, misalnya http://192.168.1.10:8000")
    address = parser.parse_args(arguments).alamat.rstrip("/")
    address = address if "://" in address else f"http://{address}"
    if not elsewhere([address]):
        print(NOT_HERE.format(address=address), file=sys.stderr)
        return 1
    folder = CopyFolder(load_settings(making=False).data / INCOMING)
    folder.claim()
    try:
        _stay(folder, address)
    except PairingError as problem:
        print(problem, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nPenyalinan dihentikan. Salinan terakhir, bila ada, tetap di laptop ini.")
    return 0


def _stay(folder: CopyFolder, address: str) -> None:
    kept = folder.place / KEPT
    channel, host = _first_call(folder, address, read_json(kept))
    write_json(kept, asdict(host))
    print(f"Laptop utama: {address}. Biarkan jendela ini terbuka; Ctrl+C menghentikan.", flush=True)
    watch = Watch(folder)
    while True:
        try:
            channel = channel or go_on(folder, host)
        except (ChannelError, ValueError, KeyError) as problem:
            watch.lost(problem.silence if isinstance(problem, RefusedError) else Silence.AWAY)
        else:
            with suppress(ChannelError, ValueError, KeyError):
                Guest(folder, channel).serve(lambda seal: watch.heard(seal, now=datetime.now(UTC)))
        channel = None
        time.sleep(AGAIN)


def _first_call(
    folder: CopyFolder, address: str, known: dict[str, Any] | None
) -> tuple[Channel | None, Host]:
    """Go on with the laptop of before, wait for it if it is away, and else ask for a code."""
    if known:
        host = Host(address, str(known["key"]))
        try:
            return go_on(folder, host), host
        except RefusedError:
            pass
        except ChannelError:
            if known["address"] == address:
                return None, host
    return _ask_code(folder, address)


def _ask_code(folder: CopyFolder, address: str) -> tuple[Channel, Host]:
    invited(address)
    while True:
        try:
            return pair(folder, address, input("Kode sandingan di halaman laptop utama: "))
        except WrongCodeError as problem:
            print(problem, flush=True)
