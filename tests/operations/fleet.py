"""Phones that keep a journal, send what was not acknowledged, and begin again where a spare left off."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.error
import urllib.request
from typing import Any

ANSWERS = 20


class JournalPhone(threading.Thread):
    """One trainee who answers 20 questions and hands in, whatever the network does.

    journal: every entry ever chosen, number 1 first.  safe: what this phone was told is on the spare too.
    """

    def __init__(self, base: str, token: str, pin: str, number: int, pause: float) -> None:
        """Sit down and get the questions."""
        super().__init__(daemon=True)
        self.base, self.random, self.pause = base, random.Random(number), pause
        self.device = f"hp-peserta-{number:04d}"
        joined = self.ask("gabung", token=token, pin=pin, device=self.device)
        self.keys = {"attempt": joined["attempt"], "secret": joined["secret"], "device": self.device}
        begun = self.ask("mulai", **self.keys)
        self.items = begun["form"]["items"]
        self.journal: list[dict[str, Any]] = []
        self.ack = self.safe = self.epoch = 0
        self.went_back = 0
        self.first_ack_after_outage: float | None = None
        self.away = False
        self.done = False

    def ask(self, name: str, **body: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.base}/t/{name}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            content: dict[str, Any] = json.load(answer)
            return content

    def run(self) -> None:
        while not self.done:
            if len(self.journal) < ANSWERS:
                self._choose()
            elif len(self.journal) == ANSWERS:
                self._note({"k": "selesai", "n": None, "a": None})
            self._send()
            self.done = self.ack == len(self.journal) == ANSWERS + 1
            time.sleep(self.random.uniform(0, 2 * self.pause))

    def _choose(self) -> None:
        item = self.items[len(self.journal) % len(self.items)]
        options = item.get("options") or []
        answer = self.random.choice(options)["id"] if item["type"] == "single_choice" else None
        self._note({"k": "jawab", "n": item["n"], "a": answer})

    def _note(self, entry: dict[str, Any]) -> None:
        self.journal.append({"s": len(self.journal) + 1, "t": 1000 * len(self.journal), "u": 0, **entry})

    def _send(self) -> None:
        unsent = self.journal[self.ack :]
        try:
            said = self.ask("jurnal", **self.keys, epoch=self.epoch, events=unsent)
        except urllib.error.HTTPError as error:
            said = json.load(error)
            if said.get("galat") != "lompat":
                raise
        except OSError:
            self.away = True
            return
        if self.away:
            self.first_ack_after_outage = time.monotonic()
        self.away = False
        self.went_back += said["ack"] < self.ack
        self.ack, self.safe = said["ack"], said.get("safe", 0)
        self.epoch = max(self.epoch, said.get("epoch", 1))
