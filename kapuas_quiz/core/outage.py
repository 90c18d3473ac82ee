"""Tell from the arrival of answers when a room's phones could not reach the laptop."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

SILENCE = timedelta(minutes=3)
HELD_BACK = timedelta(minutes=1)
FEWEST_WITNESSES = 4
"""One in so many silent phones has to bring answers that it could not deliver before."""


class Arrival(NamedTuple):
    """A batch of entries: when it came, and when the first of them was chosen by the phone's clock."""

    at: datetime
    chosen_at: datetime


@dataclass(frozen=True)
class Presence:
    """One phone at work: from its start to its end or to now, and what arrived from it."""

    since: datetime
    until: datetime
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True)
class Outage:
    """A stretch in which most phones at work were cut off."""

    since: datetime
    until: datetime

    @property
    def minutes(self) -> int:
        """Return its length in minutes, rounded up."""
        return math.ceil((self.until - self.since) / timedelta(minutes=1))


class _Silence(NamedTuple):
    since: datetime
    until: datetime
    held_back: bool


def outages(phones: Sequence[Presence], now: datetime) -> list[Outage]:
    """Return the stretches of at least SILENCE in which more than half of the phones at work were silent.

    Silence alone may be thinking: one in FEWEST_WITNESSES of the silent phones must have brought answers
    chosen more than HELD_BACK before they came. A stretch that has not ended yet is not returned.
    """
    silences = [_silences(phone) for phone in phones]
    edges = sorted({moment for gaps in silences for gap in gaps for moment in gap[:2]})
    found: list[Outage] = []
    for since, until in pairwise(edges):
        if not _most_are_silent(phones, silences, since, until):
            continue
        joined = bool(found) and found[-1].until == since and _goes_through(phones, silences, since)
        found[-1:] = [Outage(found[-1].since, until)] if joined else [*found[-1:], Outage(since, until)]
    return [one for one in found if one.until != now and _is_proven(one, silences)]


def _silences(phone: Presence) -> list[_Silence]:
    ends = [*phone.arrivals, Arrival(phone.until, phone.until)]
    starts = [phone.since, *(arrival.at for arrival in phone.arrivals)]
    return [
        _Silence(since, until, end.at - end.chosen_at > HELD_BACK)
        for since, end in zip(starts, ends, strict=True)
        if (until := min(end.at, phone.until)) - since >= SILENCE
    ]


def _most_are_silent(
    phones: Sequence[Presence], silences: Sequence[Iterable[_Silence]], since: datetime, until: datetime
) -> bool:
    at_work = sum(phone.since <= since and until <= phone.until for phone in phones)
    silent = sum(any(gap.since <= since and until <= gap.until for gap in gaps) for gaps in silences)
    return 2 * silent > at_work


def _goes_through(
    phones: Sequence[Presence], silences: Sequence[Iterable[_Silence]], moment: datetime
) -> bool:
    """Tell whether most of the phones at work stayed silent over a moment: nobody in touch just then."""
    at_work = sum(phone.since < moment < phone.until for phone in phones)
    silent = sum(any(gap.since < moment < gap.until for gap in gaps) for gaps in silences)
    return 2 * silent > at_work


def _is_proven(outage: Outage, silences: Sequence[Iterable[_Silence]]) -> bool:
    if outage.until - outage.since < SILENCE:
        return False
    over = [
        [gap for gap in gaps if gap.since < outage.until and outage.since < gap.until] for gaps in silences
    ]
    witnesses = sum(any(gap.held_back for gap in gaps) for gaps in over)
    return FEWEST_WITNESSES * witnesses >= sum(bool(gaps) for gaps in over) > 0
