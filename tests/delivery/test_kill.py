"""The server is killed in mid-test: everything that it acknowledged is there when it is back."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.venue import Room, Venue

DEVICE = "hp-nila-0001"


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    place = Venue(tmp_path)
    place.start()
    yield place
    place.leave()


class Writer:
    """A phone that chooses one option after the other, and remembers what was acknowledged."""

    def __init__(self, venue: Venue, room: Room, name: str) -> None:
        self.venue, self.badge = venue, venue.enrol(name)
        joined = self.ask("gabung", token=self.badge.rsplit("/", 1)[1], pin=room.pin, device=DEVICE)
        self.keys = {"attempt": joined["attempt"], "secret": joined["secret"], "device": DEVICE}
        self.items: list[dict[str, Any]] = self.ask("mulai", **self.keys)["form"]["items"]
        self.sent = self.acknowledged = 0

    def ask(self, name: str, **body: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.venue.base}/t/{name}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def event(self, seq: int) -> dict[str, Any]:
        """Return entry number seq of this phone's journal, the same each time."""
        item = self.items[seq % len(self.items)]
        option = item["options"][seq % len(item["options"])]
        return {"s": seq, "k": "jawab", "n": item["n"], "a": option["id"], "t": seq}

    def write_until_it_breaks(self) -> None:
        try:
            while self.sent < 5000:
                self.sent += 1
                self.acknowledged = self.ask("jurnal", **self.keys, events=[self.event(self.sent)])["ack"]
        except OSError:
            return


def test_every_acknowledged_answer_survives_kill_9(venue: Venue) -> None:
    room = venue.open()
    writers = [Writer(venue, room, name) for name in ("Nila Pertiwi", "Bayu Wirata", "Tirta Andara")]
    threads = [threading.Thread(target=writer.write_until_it_breaks) for writer in writers]
    for thread in threads:
        thread.start()
    while min(writer.acknowledged for writer in writers) < 20:
        time.sleep(0.01)
    venue.kill()
    for thread in threads:
        thread.join()
    venue.start()
    for writer in writers:
        stored = venue.events_of(writer.badge)
        assert len(stored) >= writer.acknowledged
        assert [event.seq for event in stored] == list(range(1, len(stored) + 1))
        assert [event.answer for event in stored] == [writer.event(event.seq)["a"] for event in stored]
        assert writer.ask("jurnal", **writer.keys, events=[writer.event(writer.sent)])["ack"] == writer.sent
