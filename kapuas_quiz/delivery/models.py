"""Sittings, attempts, the journal of answers, and phones paired with a board."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kapuas_quiz.database import Base, UtcDateTime, new_id


class Sitting(Base):
    """One room on one occasion.

    `clock` 'serentak': one deadline for all from `started_at`; 'sendiri': each attempt has its own, and
    nobody begins after `begin_until`.  `granted_ms`: time given to the whole room so far, pauses included.
    `paused_at`: since when the room's clocks stand still.  `pin_frozen_at`: since when the PIN stays.
    Sealed when the day is closed: from then on nothing about its attempts changes.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        CheckConstraint("clock IN ('serentak', 'sendiri')", name="known_clock"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_opened"),
        CheckConstraint("sealed_at IS NULL OR closed_at IS NOT NULL", name="sealed_after_closed"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id"), index=True)
    room: Mapped[str] = mapped_column(String(80))
    clock: Mapped[str] = mapped_column(String(10), default="sendiri")
    pin: Mapped[str] = mapped_column(String(6))
    previous_pin: Mapped[str] = mapped_column(String(6), default="")
    pin_changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    pin_frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begin_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    granted_ms: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Attempt(Base):
    """One person's sitting of one assessment.

    `presentation`: {"items": [form position, ...], "options": {position: [option id, ...]}} as this person
    sees it.  `medium`: 'hp' or 'kertas'.  `unsent`: entries that the phone still held when last heard of.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("kind IN ('peserta', 'uji-coba')", name="known_kind"),
        CheckConstraint("medium IN ('hp', 'kertas')", name="known_medium"),
        CheckConstraint("deadline_at IS NULL OR started_at IS NOT NULL", name="deadline_after_start"),
        CheckConstraint(
            "end_reason IN ('', 'diserahkan', 'waktu-habis', 'ditutup')", name="known_end_reason"
        ),
        CheckConstraint("(ended_at IS NULL) = (end_reason = '')", name="end_has_reason"),
        UniqueConstraint("assessment_id", "enrolment_id", "number"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment.id"))
    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    form_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment_form.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(10), default="peserta")
    medium: Mapped[str] = mapped_column(String(6), default="hp")
    presentation: Mapped[dict[str, Any]] = mapped_column(JSON)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str] = mapped_column(String(12), default="")
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_contact_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unsent: Mapped[int] = mapped_column(default=0)


class AttemptDevice(Base):
    """A phone's browser storage that wrote for an attempt; the newest generation is the live one."""

    __tablename__ = "attempt_device"
    __table_args__ = (UniqueConstraint("attempt_id", "generation"),)

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(24), primary_key=True)
    generation: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ResponseEvent(Base):
    """One entry of the answer journal, append-only; numbered 1, 2, 3 ... without a gap per device.

    `number`: the order of arrival within the attempt, from 1; `link`: the receipt's link, 128 bits in
    hexadecimal, made from the link before it and this entry ('' for entries older than receipts).
    `via`: how it came.
    `at_ms`: milliseconds since the attempt's start by the phone; `unsure` 1 where only the phone's own
    clock could tell.
    """

    __tablename__ = "response_event"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq_from_one"),
        CheckConstraint("kind IN ('jawab', 'ragu', 'selesai', 'tambah')", name="known_kind"),
        CheckConstraint("via IN ('jaringan', 'qr', 'kertas')", name="known_via"),
        UniqueConstraint("attempt_id", "number"),
        CheckConstraint("unsure IN (0, 1)", name="unsure_is_flag"),
    )

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(24), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    link: Mapped[str] = mapped_column(String(32), default="")
    via: Mapped[str] = mapped_column(String(8), default="jaringan")
    kind: Mapped[str] = mapped_column(String(8))
    position: Mapped[int | None]
    answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    at_ms: Mapped[int]
    unsure: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Response(Base):
    """The current fold of the journal for one item: what counts now."""

    __tablename__ = "response"

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    flagged: Mapped[int] = mapped_column(default=0)
    at_ms: Mapped[int]
    unsure: Mapped[int] = mapped_column(default=0)


class TimeGrant(Base):
    """Minutes given to one attempt, numbered 1, 2, 3 ... per attempt; `whole_room` 1 when all got them."""

    __tablename__ = "time_grant"
    __table_args__ = (CheckConstraint("minutes BETWEEN 1 AND 240", name="sensible_minutes"),)

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    minutes: Mapped[int]
    whole_room: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HandedCode(Base):
    """Answers that were read out from a phone without network: choices only, as they stood at the hand-in.

    It speaks for entry `last_seq` of one device's journal and yields to the entries themselves.
    `answers`: {position: answer}.  `at_ms`: of the hand-in, since the attempt's start.
    """

    __tablename__ = "handed_code"

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(24), primary_key=True)
    last_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_ms: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Incident(Base):
    """A note about what happened in a room, or to one person there."""

    __tablename__ = "incident"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting.id"), index=True)
    attempt_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attempt.id"))
    text: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BoardPairing(Base):
    """A trainer's phone that may see the board of one sitting and nothing else."""

    __tablename__ = "board_pairing"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sitting.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
