"""The plain model of a test: what phones hold, what a server has, and the ten lines that say what counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kapuas_quiz.core.attempt import milliseconds

NEVER_MS = 10**12
WIB = timedelta(hours=7)
Entry = dict[str, Any]
Counted = dict[int, tuple[Any, bool]]


@dataclass
class Tab:
    """One open page: the highest number it was told, and whether its clock hangs on the server's."""

    heard: int = 0
    anchored: bool = True


@dataclass
class Pocket:
    """A phone: its journal, its pages, and what the server has of it, each with the moment it came (ms)."""

    name: str
    device: str
    journal: list[Entry] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=lambda: [Tab()])
    stored: list[tuple[Entry, int]] = field(default_factory=list)
    acknowledged: int = 0
    superseded_ms: int = NEVER_MS
    let_in_ms: int = 0
    online: bool = True
    drift_ms: int = 0

    def tab(self, number: int) -> Tab:
        return self.tabs[min(number, len(self.tabs) - 1)]

    def open_tab(self) -> None:
        """Open one more page beside the first: what it knows it reads from the phone's storage."""
        self.tabs.append(Tab(self.acknowledged, self.online))

    def write(self, kind: str, tab: Tab, elapsed_ms: int, n: int | None = None, a: Any = None) -> None:
        """Put an entry at the end of the journal that all pages of a phone share."""
        at = elapsed_ms if tab.anchored else max(0, elapsed_ms + self.drift_ms)
        self.journal.append(
            {"s": len(self.journal) + 1, "k": kind, "n": n, "a": a, "t": at, "u": int(not tab.anchored)}
        )

    def takes(self, batch: list[Entry], received_ms: int) -> bool:
        """Store what is new of a batch, or nothing of one that leaves a hole; tell which."""
        new = [
            entry for entry in sorted(batch, key=lambda entry: entry["s"]) if entry["s"] > len(self.stored)
        ]
        if new and new[0]["s"] != len(self.stored) + 1:
            return False
        self.stored += [(entry, received_ms) for entry in new]
        return True


@dataclass
class Times:
    """The moments of one attempt and its room."""

    started: datetime
    deadline: datetime
    closed: datetime | None = None
    paused: datetime | None = None
    shut: datetime | None = None

    @property
    def waits(self) -> bool:
        """Tell whether a pause keeps the deadline from coming."""
        return self.paused is not None and self.deadline > self.paused

    @property
    def limit_ms(self) -> int:
        """Return the last millisecond that counts."""
        deadline = None if self.waits else self.deadline
        moments = [moment for moment in (deadline, self.closed, self.shut) if moment]
        return milliseconds(min(moments) - self.started) if moments else NEVER_MS

    @property
    def ran_out(self) -> bool:
        """Tell whether the deadline came before any closing."""
        return not self.waits and self.limit_ms == milliseconds(self.deadline - self.started)

    def run_on(self, now: datetime) -> None:
        """Give back the time of a pause."""
        if self.paused and self.waits:
            self.deadline += now - self.paused
        self.paused = None

    def elapsed_ms(self, now: datetime) -> int:
        return milliseconds(now - self.started)


def what_counts(pockets: list[Pocket], limit_ms: int) -> tuple[Counted, int | None]:
    """Return answer and flag by position, and the hand-in (ms): the rule of the promises, told plainly."""
    counted: Counted = {}
    handed_in: int | None = None
    for pocket in pockets:
        for entry, received_ms in pocket.stored:
            at = min(entry["t"], received_ms)
            if at > min(limit_ms, pocket.superseded_ms):
                continue
            if entry["k"] == "selesai" and received_ms < pocket.let_in_ms:
                continue
            if entry["k"] == "selesai":
                handed_in = at if pocket is pockets[-1] else None
                break
            answer, flag = counted.get(entry["n"], (None, False))
            counted[entry["n"]] = (answer, entry["a"]) if entry["k"] == "ragu" else (entry["a"], flag)
    return counted, handed_in


def told(moment: datetime, text: str) -> str:
    """Write one line of a story, with the hour on the wall."""
    return f"{moment + WIB:%H.%M.%S} {text}"
