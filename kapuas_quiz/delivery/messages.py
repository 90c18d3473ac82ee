"""What phones send, checked strictly: sizes, types, and nothing beyond."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, ValidationError

from kapuas_quiz.delivery.journal import Entry
from kapuas_quiz.delivery.refusals import Unreadable

MOST_EVENTS_AT_ONCE = 100
Device = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,24}$")]
Text = Annotated[StrictStr, Field(max_length=200)]
Name = Annotated[StrictStr, Field(max_length=40)]
Token = Annotated[str, Field(min_length=1, max_length=64)]


class Message(BaseModel):
    """A request body; keys that are not known are left aside, so that an older server serves a newer page.

    epoch: the highest number of a laptop's tenure that the phone ever heard.
    """

    model_config = ConfigDict(frozen=True)

    epoch: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] = 0


class StandingMessage(Message):
    """Who am I, what is going on."""

    token: Token


class JoinMessage(Message):
    """Let me in.

    attempt, secret: what the phone has already; with its secret it needs no PIN.
    elapsed: milliseconds for which it has been at work, None before the start.
    """

    token: Token
    pin: Annotated[str, Field(max_length=12)] = ""
    device: Device
    takeover: StrictBool = False
    attempt: uuid.UUID | None = None
    secret: Annotated[str, Field(max_length=64)] = ""
    elapsed: Annotated[int, Field(ge=0, le=2_000_000_000, strict=True)] | None = None


class AttemptMessage(Message):
    """A request by the authority of an attempt's secret."""

    attempt: uuid.UUID
    secret: Annotated[str, Field(max_length=64)]
    device: Device


class EventMessage(Message):
    """One journal entry: s number, k kind, n position, a answer, t ms since the start, u unsure."""

    s: Annotated[int, Field(ge=1, le=100_000, strict=True)]
    k: Literal["jawab", "ragu", "selesai", "tambah"]
    n: Annotated[int, Field(ge=1, le=1000, strict=True)] | None = None
    a: StrictBool | Text | Annotated[dict[Name, Text], Field(min_length=1, max_length=60)] | None = None
    t: Annotated[int, Field(ge=0, le=2_000_000_000, strict=True)]
    u: Annotated[int, Field(ge=0, le=1, strict=True)] = 0

    def entry(self) -> Entry:
        """Return the entry that the journal takes in."""
        return Entry(seq=self.s, kind=self.k, position=self.n, answer=self.a, at_ms=self.t, unsure=self.u)


def entries_from(written: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Return the entries that came in another way than a request.

    Raises Unreadable.
    """
    try:
        return [EventMessage.model_validate(each).entry() for each in written]
    except ValidationError as error:
        raise Unreadable from error


class JournalMessage(AttemptMessage):
    """Entries that were not acknowledged yet; none of them is a sign of life.

    left: how many more the phone still holds.
    """

    events: Annotated[list[EventMessage], Field(max_length=MOST_EVENTS_AT_ONCE)] = []
    left: Annotated[int, Field(ge=0, le=100_000, strict=True)] = 0
