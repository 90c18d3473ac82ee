"""Phones that write without a pause, and remember what was acknowledged."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kapuas_quiz.core.journal import Event
from kapuas_quiz.core.receipts import Stored, first_fault
from kapuas_quiz.delivery.journal import RECEIPTS
from kapuas_quiz.delivery.models import ResponseEvent
from tests.browser.venue import Room, Venue

DEVICE = "hp-nila-0001"
PEOPLE = ("Nila Pertiwi", "Bayu Wirata", "Tirta Andara")
MOST = 4900


class Writer:
    """A phone that chooses one option after the other."""

    def __init__(self, venue: Venue, room: Room, name: str) -> None:
        self.venue, self.badge = venue, venue.enrol(name)
        joined = self.ask("gabung", token=self.badge.rsplit("/", 1)[1], pin=room.pin, device=DEVICE)
        self.keys = {"attempt": joined["attempt"], "secret": joined["secret"], "device": DEVICE}
        items: list[dict[str, Any]] = self.ask("mulai", **self.keys)["form"]["items"]
        self.items = [item for item in items if "options" in item]
        self.sent = self.acknowledged = 0
        self.stopped_by: OSError | None = None

    def ask(self, name: str, **body: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.venue.base}/t/{name}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def event(self, seq: int) -> dict[str, Any]:
        """Return entry number seq of this phone's journal, the same each time."""
        item = self.items[seq % len(self.items)]
        option = item["options"][seq % len(item["options"])]
        return {"s": seq, "k": "jawab", "n": item["n"], "a": option["id"], "t": seq}

    def write(self, most: int = MOST) -> None:
        """Send one entry after the other, until the server is gone or refuses."""
        try:
            while self.sent < most:
                self.acknowledged = self.ask(
                    "jurnal", **self.keys, events=[self.event(self.acknowledged + 1)]
                )["ack"]
                self.sent = self.acknowledged
        except OSError as trouble:
            self.stopped_by = trouble

    def check_nothing_is_lost(self) -> None:
        """Compare what is stored with what was acknowledged, and follow the chain of receipts."""
        stored = self.venue.events_of(self.badge)
        assert len(stored) in (self.acknowledged, self.acknowledged + 1)
        assert [event.seq for event in stored] == list(range(1, len(stored) + 1))
        assert [event.answer for event in stored] == [self.event(event.seq)["a"] for event in stored]
        chain = [_stored(event) for event in sorted(stored, key=lambda event: event.number)]
        key = self.venue.settings.secrets.derive(RECEIPTS)
        assert first_fault(key, uuid.UUID(self.keys["attempt"]), chain) is None


def _stored(row: ResponseEvent) -> Stored:
    said = (row.device, row.seq, row.kind, row.position, row.answer, row.at_ms, 0, row.unsure)
    return Stored(Event(*said), row.received_at, row.link)  # type: ignore[arg-type]


@contextmanager
def writing(writers: list[Writer], most: int = MOST) -> Iterator[None]:
    """Let phones write side by side; at the end wait until each has stopped."""
    threads = [threading.Thread(target=writer.write, args=(most,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()


def wait_for(writers: list[Writer], more: int) -> None:
    """Wait until each phone had so many more entries acknowledged."""
    goals = [(writer, writer.acknowledged + more) for writer in writers]
    while any(writer.acknowledged < goal for writer, goal in goals):
        assert all(writer.stopped_by is None for writer in writers), writers[0].stopped_by
        time.sleep(0.01)


def worker_of(process: int) -> list[int]:
    """Return the processes that a server's first one started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in children.split()]
