"""The board of a room as a value: a line for each person, and what stands above them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from kapuas_quiz.core.outage import Outage
from kapuas_quiz.delivery.attention import Case, SpokenCode
from kapuas_quiz.delivery.grants import GrantView
from kapuas_quiz.delivery.incidents import Happening
from kapuas_quiz.delivery.room import SittingView
from kapuas_quiz.trainings.service import EnrolmentView


@dataclass(frozen=True)
class BoardLine:
    """One person: `state` is belum-masuk, menunggu, mengerjakan or selesai.

    confirmed: the hand-in is on disk, and every entry before it.  silent: at work, but not heard of lately.
    unsent: entries that the phone still held when last heard of.  late_at: came after the common start.
    left: minutes left when the attempt ended before its time.  gifts: time given.  codes: to be read out.
    """

    person: EnrolmentView
    state: str
    attempt_id: uuid.UUID | None = None
    medium: str = "hp"
    n_answered: int = 0
    n_items: int = 0
    unsent: int = 0
    last_contact: datetime | None = None
    late_at: datetime | None = None
    until: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    left: int = 0
    confirmed: bool = False
    silent: bool = False
    receipt: str = ""
    gifts: tuple[GrantView, ...] = ()
    codes: tuple[SpokenCode, ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True)
class Board:
    """The room at one moment; nobody should leave before the three counts agree.

    decisions: how often the committee decided about time for the whole room.
    """

    sitting: SittingView
    lines: tuple[BoardLine, ...]
    started: int
    finished: int
    confirmed: int
    verified: bool
    outages: tuple[Outage, ...]
    decisions: int
    story: tuple[Happening, ...]

    @property
    def joined(self) -> int:
        return sum(line.state != "belum-masuk" for line in self.lines)

    @property
    def absent(self) -> int:
        return len(self.lines) - self.joined

    @property
    def agree(self) -> bool:
        return self.started == self.finished == self.confirmed

    @property
    def unconfirmed(self) -> list[str]:
        """Return the names of those who started and are not confirmed."""
        return [
            line.person.name
            for line in self.lines
            if line.state in ("mengerjakan", "selesai") and not line.confirmed
        ]

    @property
    def to_look_at(self) -> list[tuple[BoardLine, Case]]:
        """Return what only a person can settle, by name."""
        return [(line, case) for line in self.lines for case in line.cases]

    @property
    def to_read_out(self) -> list[BoardLine]:
        """Return who has to be told a time code."""
        return [line for line in self.lines if line.codes]

    @property
    def lost_minutes(self) -> int:
        """Return the minutes of the outages that nobody decided about yet."""
        return sum(outage.minutes for outage in self.outages)

    def line_of(self, attempt_id: uuid.UUID) -> BoardLine | None:
        """Return the line of one attempt."""
        return next((line for line in self.lines if line.attempt_id == attempt_id), None)
