"""What each kind of request costs: many phones do the same step one after the other, then the next step.

python3 -m benchmarks.stages [--phones 100] [--postgresql]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.journey import Phone, Tally, database, floor
from benchmarks.process import cpu_seconds, serving
from benchmarks.world import World, build
from kapuas_quiz.delivery.news import news_folder


class Trainee:
    """One phone that knows where it is in the test."""

    def __init__(self, port: int, world: World, token: str) -> None:
        self.phone = Phone(port, Tally())
        self.token, self.pin = token, world.pin
        self.mine: dict[str, Any] = {}
        self.items: list[dict[str, Any]] = []
        self.seq = 0
        self.news_address = ""

    def shell(self) -> None:
        """Scan the badge."""
        self.phone.ask("GET", f"/k/{self.token}")

    def standing(self) -> None:
        """Ask what is going on."""
        self.phone.post("/t/keadaan", {"token": self.token})

    def join(self) -> None:
        """Get in."""
        device = "bench" + self.token[:11]
        joined = self.phone.post("/t/gabung", {"token": self.token, "pin": self.pin, "device": device})
        self.mine = {"attempt": joined["attempt"], "secret": joined["secret"], "device": device}

    def start(self) -> None:
        """Fetch the questions."""
        begun = self.phone.post("/t/mulai", self.mine)
        self.items, self.news_address = begun["form"]["items"], begun["news"]

    def choose(self) -> None:
        """Send one answer."""
        item = self.items[self.seq]
        self._send({"k": "jawab", "n": item["n"], "a": item["options"][0]["id"]})

    def hand_in(self) -> None:
        """Hand in."""
        self._send({"k": "selesai", "n": None, "a": None})

    def alive(self) -> None:
        """Send a sign of life."""
        self.phone.post("/t/jurnal", {**self.mine, "events": []})

    def news(self) -> None:
        """Ask for the room's news."""
        self.phone.ask("GET", self.news_address)

    def _send(self, event: dict[str, Any]) -> None:
        self.seq += 1
        entry = {**event, "s": self.seq, "t": self.seq, "u": 0}
        reply = self.phone.post("/t/jurnal", {**self.mine, "events": [entry]})
        if reply["ack"] != self.seq:
            raise RuntimeError(f"answer {self.seq} was not acknowledged: {reply}")


STEPS: tuple[tuple[str, Callable[[Trainee], None], int], ...] = (
    ("shell", Trainee.shell, 1),
    ("standing before joining", Trainee.standing, 1),
    ("join", Trainee.join, 1),
    ("standing in the waiting room", Trainee.standing, 1),
    ("start", Trainee.start, 1),
    ("answer", Trainee.choose, 20),
    ("sign of life", Trainee.alive, 1),
    ("hand-in", Trainee.hand_in, 1),
    ("standing at the end", Trainee.standing, 1),
    ("news", Trainee.news, 50),
)


def main() -> int:
    """Print CPU per request of the application and of the database server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        database(options.postgresql, Path(name)) as (environment, extra),
    ):
        data = Path(name) / "data"
        world = build(data, options.phones + 20, environment)
        with serving({**environment, "KAPUAS_DATA": str(data)}, news=news_folder(data)) as (port, pid):
            crowd = [Trainee(port, world, token) for token in world.tokens]
            warm, crowd = crowd[:20], crowd[20:]
            hello = floor()
            for words, step, times in STEPS:
                for trainee in warm * times:
                    step(trainee)
                before = cpu_seconds(pid), cpu_seconds(*extra)
                for trainee in crowd * times:
                    step(trainee)
                count = len(crowd) * times
                own, database_server = (
                    1000 * (now - then) / count
                    for now, then in zip((cpu_seconds(pid), cpu_seconds(*extra)), before, strict=True)
                )
                ratio = (own + database_server) / hello
                print(f"{words:30} {own:6.2f} ms + database {database_server:5.2f} ms = {ratio:5.1f} hellos")

    return 0


if __name__ == "__main__":
    sys.exit(main())
