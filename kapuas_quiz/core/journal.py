"""Fold the answer journal of an attempt into what counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Kind = Literal["jawab", "ragu", "selesai", "tambah"]


class Event(NamedTuple):
    """One entry: an answer chosen or cleared, a flag set or taken away, the hand-in, or a spoken time code.

    at_ms: since the attempt's start by the phone.  received_ms: since the start, when it reached the server.
    unsure: 1 where only the phone's own clock could tell the time.
    """

    device: str
    seq: int
    kind: Kind
    position: int | None
    answer: Any
    at_ms: int
    received_ms: int
    unsure: int = 0

    @property
    def counted_ms(self) -> int:
        """Return the time that counts: nothing happens later than it was received."""
        return min(self.at_ms, self.received_ms)

    def says_the_same(self, other: Event) -> bool:
        """Tell whether a repeated number carries the same content."""
        return self._replace(received_ms=0) == other._replace(received_ms=0)


@dataclass(frozen=True)
class Device:
    """A phone's storage that wrote for the attempt; superseded_ms: since the start, None while it is live."""

    name: str
    generation: int
    superseded_ms: int | None = None


@dataclass(frozen=True)
class Answer:
    """What counts for one position now; answer None: not answered."""

    answer: Any = None
    flagged: bool = False
    at_ms: int = 0
    unsure: int = 0


@dataclass(frozen=True)
class Fold:
    """What counts of a journal, by position, and when it was handed in (ms since the start)."""

    answers: dict[int, Answer] = field(default_factory=dict)
    handed_in_ms: int | None = None


class Clash(Exception):
    """A number that is already stored came again with other content."""


class Gap(Exception):
    """The numbers do not continue those that are stored."""


def continues(stored: Sequence[Event], arrived: Sequence[Event]) -> list[Event]:
    """Return the arrived events of one device that are new, in order.

    stored: the device's events so far, numbered 1 to n.  arrived: in any order.
    Raises Clash when a stored number differs in content, Gap when a number is missing.
    """
    known = {event.seq: event for event in stored}
    new: list[Event] = []
    for event in sorted(arrived, key=lambda event: event.seq):
        twin = known.get(event.seq)
        if twin is None:
            if event.seq != len(known) + 1:
                raise Gap(f"number {len(known) + 1} was expected, {event.seq} came")
            known[event.seq] = event
            new.append(event)
        elif not twin.says_the_same(event):
            raise Clash(f"number {event.seq} is stored with other content")
    return new


def fold(events: Iterable[Event], devices: Iterable[Device], *, limit_ms: int | None) -> Fold:
    """Return what counts: devices by generation, within a device by number.

    What was chosen after limit_ms, after the device was superseded, or after its hand-in does not
    count. The hand-in of a superseded device is void: the person chose to go on elsewhere.
    """
    answers: dict[int, Answer] = {}
    handed_in_ms: int | None = None
    journal = list(events)
    for device in sorted(devices, key=lambda device: device.generation):
        for event in _counted(journal, device, limit_ms):
            if event.kind == "selesai":
                handed_in_ms = event.counted_ms if device.superseded_ms is None else None
                break
            if event.position is not None:
                answers[event.position] = _apply(answers.get(event.position, Answer()), event)
    return Fold(answers, handed_in_ms)


def _counted(journal: list[Event], device: Device, limit_ms: int | None) -> Iterator[Event]:
    for event in sorted((e for e in journal if e.device == device.name), key=lambda event: event.seq):
        late = limit_ms is not None and event.counted_ms > limit_ms
        replaced = device.superseded_ms is not None and event.counted_ms > device.superseded_ms
        if not late and not replaced:
            yield event


def _apply(before: Answer, event: Event) -> Answer:
    if event.kind == "ragu":
        return Answer(before.answer, bool(event.answer), before.at_ms, before.unsure)
    return Answer(event.answer, before.flagged, event.counted_ms, event.unsure)
