"""The copying process: whenever something changed, a whole copy to the spare, then the mark."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kapuas_quiz.operations.spare_channel import Channel
from kapuas_quiz.operations.spare_files import Beside
from kapuas_quiz.operations.spare_folder import CopyFolder, Seal
from kapuas_quiz.operations.spare_guard import elsewhere, printed_addresses
from kapuas_quiz.operations.spare_image import UnsoundError, take_image
from kapuas_quiz.operations.spare_link import LinkSink, Listener
from kapuas_quiz.operations.spare_pairing import OFFER
from kapuas_quiz.operations.spare_sinks import FolderSink, Sink, SinkError
from kapuas_quiz.operations.spare_state import (
    Attached,
    Kind,
    Progress,
    attach,
    read_attached,
    replace_attached,
    write_mark,
    write_progress,
)
from kapuas_quiz.operations.tenure import database_file, newest_tenure, note_replaced, stored_epoch
from kapuas_quiz.settings import Settings, load_settings

EVERY = 1.0
SHARE = 4
BEAT = 2.0
ASK_EVERY = 15.0


class Copier:
    """Looks once a second whether there is something to copy.

    After a copy it rests four times as long as that took, so that it never takes more than a fifth of a
    processor.
    """

    def __init__(self, settings: Settings, database: Path) -> None:
        """Copy the database of an installation."""
        self.settings, self.data, self.database = settings, settings.data, database
        self.source = sqlite3.connect(database, timeout=10)
        self.epoch = stored_epoch(database)
        self.beside = Beside(settings.data, settings.banks)
        self.attached: Attached | None = None
        self.sink: Sink | None = None
        self.listener: Listener | None = None
        self.progress = Progress(beat=time.time())
        self.number = 0
        self.copied: tuple[int, dict[str, str]] | None = None
        self.lock = threading.Lock()

    def turn(self) -> float:
        """Do what is to be done now; return the seconds to rest."""
        with self.lock:
            self._follow_choice()
            attached, sink = self.attached, self.sink
        if attached is None or sink is None:
            return EVERY
        began = time.monotonic()
        try:
            copied = self._bring_up_to_date(sink, attached)
        except (SinkError, UnsoundError, sqlite3.Error) as problem:
            self._failed(problem.code if isinstance(problem, SinkError) else "sumber")
            copied = True
        else:
            self.progress = replace(self.progress, confirmed=time.time(), fault="")
            self._say()
        return max(EVERY, SHARE * (time.monotonic() - began)) if copied else EVERY

    def _bring_up_to_date(self, sink: Sink, attached: Attached) -> bool:
        now_there = (self._version(), self.beside.look())
        if now_there == self.copied:
            sink.beat()
            return False
        began = time.monotonic()
        self.copied = None
        image = take_image(self.source)
        seal = Seal(
            number=self._next_number(),
            mark=image.mark,
            at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            size=len(image.content),
            digest=image.digest,
            epoch=self.epoch,
            port=self.settings.port,
            files=now_there[1],
        )
        sink.put(image, self.beside, seal)
        if read_attached(self.data) == attached:
            write_mark(self.data, image.mark, where=attached.where, now=datetime.now(UTC))
        self.copied = now_there
        self.progress = replace(
            self.progress, mark=image.mark, size=seal.size, seconds=time.monotonic() - began, sent=sink.sent
        )
        return True

    def _version(self) -> int:
        return int(self.source.execute("PRAGMA data_version").fetchone()[0])

    def _next_number(self) -> int:
        """Number the copies so that a later one is higher also after a restart."""
        self.number = max(self.number + 1, time.time_ns() // 1_000_000)
        return self.number

    def _failed(self, code: str) -> None:
        self.copied = None
        if code == "digantikan" and isinstance(self.sink, FolderSink):
            note_replaced(self.data, self.sink.folder.promoted())
        self.progress = replace(self.progress, fault=code)
        self._say()

    def _say(self) -> None:
        with suppress(OSError):
            if self.attached is not None:
                write_progress(self.data, replace(self.progress, beat=time.time()))

    def _follow_choice(self) -> None:
        chosen = read_attached(self.data)
        if _same(chosen, self.attached):
            self.attached = chosen
        else:
            if isinstance(self.sink, LinkSink):
                self.sink.hang_up()
            self.attached, self.sink, self.copied = chosen, self._sink_for(chosen), None
            self.progress = Progress(beat=time.time(), same_disk=self._on_same_disk(chosen))
        self._mind_the_door()

    def _sink_for(self, chosen: Attached | None) -> Sink | None:
        if chosen is None:
            return None
        if chosen.kind is Kind.LAPTOP:
            return LinkSink()
        return FolderSink(CopyFolder(Path(chosen.where)), chosen.identity, epoch=self.epoch)

    def _on_same_disk(self, chosen: Attached | None) -> bool:
        if chosen is None or chosen.kind is Kind.LAPTOP:
            return False
        try:
            return Path(chosen.where).stat().st_dev == self.data.stat().st_dev
        except OSError:
            return False

    def _mind_the_door(self) -> None:
        wanted = (self.data / OFFER).exists() or (
            self.attached is not None and self.attached.kind is Kind.LAPTOP
        )
        if wanted and self.listener is None:
            self.listener = Listener(self.data, self.settings.port + 1, self._welcome)
        elif not wanted and self.listener is not None:
            self.listener.close()
            self.listener = None
        if self.listener is not None:
            self.listener.attached = self.attached

    def _welcome(self, channel: Channel, spare: Attached, turn: int, paired: bool) -> None:
        with self.lock:
            if paired:
                attach(self.data, spare)
            elif self.attached is None or self.attached.key != spare.key:
                channel.close()
                return
            else:
                replace_attached(self.data, replace(self.attached, host=spare.host))
            self._follow_choice()
            if isinstance(self.sink, LinkSink):
                self.sink.take_over(channel, turn)
            else:
                channel.close()
            self.copied = None

    def beat_for_ever(self) -> None:
        """Show that this process lives, also while a slow stick is being written."""
        while True:
            time.sleep(BEAT)
            self._say()

    def ask_for_ever(self) -> None:
        """Notice when another laptop has become the live one."""
        while True:
            time.sleep(ASK_EVERY)
            self.ask_around()

    def ask_around(self) -> None:
        """Ask the spare laptop, and whoever has the address of the badges if this laptop lost it."""
        attached = self.attached
        spare = {f"http://{attached.host}:{self.settings.port}"} if attached and attached.host else set()
        printed = printed_addresses(self.database, day=datetime.now(UTC).date())
        epoch = newest_tenure(self.settings.secrets, elsewhere(spare | set(printed)))
        if epoch > self.epoch:
            note_replaced(self.data, epoch)


def _same(one: Attached | None, other: Attached | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.kind, one.where, one.identity, one.key) == (
        other.kind,
        other.where,
        other.identity,
        other.key,
    )


def main() -> None:
    """Copy until the process that started this one is gone."""
    settings = load_settings(making=False)
    database = database_file(settings.database_url)
    if database is None:
        return
    if hasattr(os, "nice"):
        os.nice(5)
    copier = Copier(settings, database)
    for task in (copier.beat_for_ever, copier.ask_for_ever):
        threading.Thread(target=task, daemon=True).start()
    leaving = threading.Event()
    threading.Thread(target=_wait_for_the_end, args=(leaving,), daemon=True).start()
    while not leaving.wait(copier.turn()):
        pass


def _wait_for_the_end(leaving: threading.Event) -> None:
    sys.stdin.buffer.read()
    leaving.set()


if __name__ == "__main__":
    main()
