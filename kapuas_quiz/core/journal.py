"""Fold the answer journal of an attempt into what counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
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
    """A phone's storage that wrote for the attempt; superseded_ms: since the start, None while it is live.

    since_ms: since when it writes, moved when its attempt is reopened; a hand-in that came before is void.
    """

    name: str
    generation: int
    superseded_ms: int | None = None
    since_ms: int = 0

    def voids(self, event: Event) -> bool:
        """Tell whether an entry is a hand-in that was taken back by reopening."""
        return event.kind == "selesai" and event.received_ms < self.since_ms


class Spoken(NamedTuple):
    """Answers of one device as they stood after its entry `last_seq`, read out without network.

    answers: of all items that could be read out, None for no answer.  at_ms: of the hand-in.
    It speaks only as long as fewer entries than last_seq came from the device.
    """

    device: str
    last_seq: int
    answers: Mapping[int, Any]
    at_ms: int
    received_ms: int


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


def fold(
    events: Iterable[Event],
    devices: Iterable[Device],
    *,
    limit_ms: int | None,
    spoken: Sequence[Spoken] = (),
) -> Fold:
    """Return what counts: devices by generation, within a device by number, then what was read out of it.

    What was chosen after limit_ms, after the device was superseded, or after its hand-in does not
    count. The hand-in of a superseded device is void: the person chose to go on elsewhere. So is one that
    was received before its device was let in again.
    """
    answers: dict[int, Answer] = {}
    handed_in_ms: int | None = None
    journal = list(events)
    for device in sorted(devices, key=lambda device: device.generation):
        read_out = _read_out(spoken, device, journal, answers, limit_ms)
        for event in chain(_counted(journal, device, limit_ms), read_out):
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
        if not late and not replaced and not device.voids(event):
            yield event


def _read_out(
    spoken: Sequence[Spoken],
    device: Device,
    journal: Sequence[Event],
    answers: Mapping[int, Answer],
    limit_ms: int | None,
) -> Iterator[Event]:
    """Yield what the newest code of a device adds to the answers so far, and its hand-in."""
    codes = [code for code in spoken if code.device == device.name]
    code = max(codes, key=lambda code: code.last_seq, default=None)
    if code is None or sum(event.device == device.name for event in journal) >= code.last_seq:
        return
    at = (code.at_ms, code.received_ms)
    changed = [n for n, answer in code.answers.items() if answers.get(n, Answer()).answer != answer]
    stand_ins = [Event(device.name, code.last_seq, "jawab", n, code.answers[n], *at) for n in changed]
    hand_in = Event(device.name, code.last_seq, "selesai", None, None, *at)
    yield from _counted([*stand_ins, hand_in], device, limit_ms)


def _apply(before: Answer, event: Event) -> Answer:
    if event.kind == "ragu":
        return Answer(before.answer, bool(event.answer), before.at_ms, before.unsure)
    return Answer(event.answer, before.flagged, event.counted_ms, event.unsure)
