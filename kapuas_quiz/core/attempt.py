"""One person's sitting of a test: until when it runs, how it ends, how much time is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Clock = Literal["serentak", "sendiri"]
EndReason = Literal["diserahkan", "waktu-habis", "ditutup"]
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Ending:
    """When and why an attempt ended."""

    at: datetime
    reason: EndReason


@dataclass(frozen=True)
class Course:
    """The facts that decide the state of an attempt.

    limit: the last moment at which a choice still counts, None as long as no one knows it.
    paused_at: since when the room's clocks stand still; a deadline that had passed by then stays.
    shut_at: when the committee ended this attempt; its deadline stays, so that reopening knows the rest.
    """

    started_at: datetime | None
    deadline_at: datetime | None
    closed_at: datetime | None
    paused_at: datetime | None = None
    shut_at: datetime | None = None

    @property
    def limit(self) -> datetime | None:
        deadline = None if self.stands_still else self.deadline_at
        moments = [moment for moment in (deadline, self.closed_at, self.shut_at) if moment is not None]
        return min(moments, default=None)

    @property
    def stands_still(self) -> bool:
        """Tell whether a pause keeps the time of this attempt from running out."""
        over = (
            self.deadline_at is not None and self.paused_at is not None and self.deadline_at <= self.paused_at
        )
        return self.paused_at is not None and not over

    @property
    def limit_ms(self) -> int | None:
        """Return the limit in milliseconds since the start, None without a start or a limit."""
        if self.limit is None or self.started_at is None:
            return None
        return milliseconds(self.limit - self.started_at)


def milliseconds(span: timedelta) -> int:
    """Return a span in whole milliseconds, rounded down."""
    return span // MILLISECOND


def deadline(
    clock: Clock, minutes: int, *, room_started_at: datetime | None, started_at: datetime, granted_ms: int = 0
) -> datetime:
    """Return when an attempt's time is over: counted from the room's start, or from its own.

    granted_ms: time given to the whole room so far, which those with an own clock have not lost.
    """
    length = timedelta(minutes=minutes)
    if clock == "serentak" and room_started_at is not None:
        return room_started_at + length + granted_ms * MILLISECOND
    return started_at + length


def room_is_over(
    clock: Clock,
    minutes: int,
    *,
    room_started_at: datetime | None,
    now: datetime,
    granted_ms: int = 0,
    begin_until: datetime | None = None,
    paused_at: datetime | None = None,
) -> bool:
    """Tell whether nobody can begin any more: the room's common time, or the window to begin, is over.

    In a pause neither runs out.
    """
    now = paused_at or now
    if clock != "serentak":
        return begin_until is not None and now >= begin_until
    if room_started_at is None:
        return False
    return now >= room_started_at + timedelta(minutes=minutes) + granted_ms * MILLISECOND


def ending(course: Course, *, handed_in_ms: int | None, now: datetime) -> Ending | None:
    """Tell how an attempt has ended; None while it runs or has not started.

    handed_in_ms: milliseconds from the start to the hand-in, None without a hand-in that counts.
    """
    if course.started_at is None:
        return None
    if handed_in_ms is not None:
        return Ending(course.started_at + handed_in_ms * MILLISECOND, "diserahkan")
    if course.limit is None or now < course.limit:
        return None
    ran_out = course.deadline_at == course.limit and not course.stands_still
    return Ending(course.limit, "waktu-habis" if ran_out else "ditutup")


def elapsed_ms(course: Course, now: datetime) -> int:
    """Return milliseconds since the start, 0 before it."""
    return 0 if course.started_at is None else max(0, milliseconds(now - course.started_at))


def remaining_ms(course: Course, now: datetime) -> int | None:
    """Return milliseconds until the limit, 0 after it, None as long as no limit is known.

    In a pause: what will be left when it ends.
    """
    if course.stands_still and course.closed_at is None and course.shut_at is None:
        until, since = course.deadline_at, course.paused_at
    else:
        until, since = course.limit, now
    return None if until is None or since is None else max(0, milliseconds(until - since))
