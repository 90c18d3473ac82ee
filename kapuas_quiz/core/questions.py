"""What a row of a roster leaves open: a reason, and the ways to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reason:
    """Why a row is not simply ready, by a code that has words elsewhere, and the cell it is about."""

    code: str
    cell: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One way to decide a question; an empty value leaves the row out."""

    value: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


LEAVE_OUT = Choice("", "lewati")


@dataclass(frozen=True)
class Question:
    """What somebody has to decide about a row; `chosen` is the value to offer first."""

    id: str
    reason: Reason
    choices: tuple[Choice, ...]
    chosen: str = ""


@dataclass(frozen=True)
class Found:
    """What a part of a row came to: a value, or a question, or a refusal."""

    value: tuple[str, ...] | None = None
    question: Question | None = None
    refusal: Reason | None = None
