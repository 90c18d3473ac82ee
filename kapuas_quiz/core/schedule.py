"""Hours of prayer and rest that a test should not run into, by the clock of western Indonesia."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Literal

WIB = timezone(timedelta(hours=7), "WIB")
FRIDAY, SUNDAY = 4, 6
Occasion = Literal["jumat", "minggu", "ishoma", "magrib"]


@dataclass(frozen=True)
class Break:
    """An hour in which people are not to be tested; weekdays from Monday 0."""

    occasion: Occasion
    weekdays: frozenset[int]
    since: time
    until: time


@dataclass(frozen=True)
class Collision:
    """A break that a test would run into."""

    occasion: Occasion
    since: datetime
    until: datetime


EVERY_DAY = frozenset(range(7))
BREAKS = (
    Break("minggu", frozenset({SUNDAY}), time(7, 0), time(11, 0)),
    Break("jumat", frozenset({FRIDAY}), time(11, 30), time(13, 0)),
    Break("ishoma", EVERY_DAY - {FRIDAY}, time(12, 0), time(13, 0)),
    # The sun sets between 17.15 and 17.50 in Kapuas, which lies far east in its time zone.
    Break("magrib", EVERY_DAY, time(17, 15), time(18, 30)),
)


def collisions(start: datetime, minutes: int) -> list[Collision]:
    """Return the breaks that a test of so many minutes runs into when it starts then, the earliest first.

    start: aware.  A test that ends as a break begins, or begins as it ends, is no collision.
    """
    begin = start.astimezone(WIB)
    end = begin + timedelta(minutes=minutes)
    days = [(begin + timedelta(days=days)).date() for days in range((end.date() - begin.date()).days + 1)]
    found = [
        Collision(one.occasion, since, until)
        for day in days
        for one in BREAKS
        if day.weekday() in one.weekdays
        and (since := datetime.combine(day, one.since, WIB)) < end
        and (until := datetime.combine(day, one.until, WIB)) > begin
    ]
    return sorted(found, key=lambda one: one.since)
