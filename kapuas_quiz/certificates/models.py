"""Decision lists, decisions, certificates, revocations: append-only, corrections are new rows."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kapuas_quiz.database import Base, UtcDateTime, new_id


class DecisionList(Base):
    """Who passes in one training: draft (rancangan), locked, approved by a second person, published.

    `facts`: what the minutes say about the training and its tests, the notes included; `fingerprint` covers
    it together with the rule and every line. `minutes_number` is the agenda number of the signed minutes,
    known only after signing and therefore outside the fingerprint.
    """

    __tablename__ = "decision_list"
    __table_args__ = (
        CheckConstraint("approved_at IS NULL OR locked_at IS NOT NULL", name="approved_after_locked"),
        CheckConstraint("published_at IS NULL OR approved_at IS NOT NULL", name="published_after_approved"),
        CheckConstraint("approved_by IS NULL OR approved_by <> locked_by", name="two_different_persons"),
        UniqueConstraint("training_id", "number"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    training_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training.id"), index=True)
    number: Mapped[int]
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locked_by: Mapped[str | None] = mapped_column(String(64))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(64))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    minutes_number: Mapped[str] = mapped_column(String(80), default="")


class Decision(Base):
    """One line of a list: the facts at that moment, what the rule proposes, what is decided and why."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("proposal IN ('lulus', 'belum', 'tanpa-usul')", name="known_proposal"),
        CheckConstraint("outcome IN ('lulus', 'belum')", name="known_outcome"),
        UniqueConstraint("list_id", "enrolment_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    list_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision_list.id"))
    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrolment.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    proposal: Mapped[str] = mapped_column(String(10))
    proposal_reason: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")


class Certificate(Base):
    """An issued certificate; `facts` is every printed fact, `public_id` stands in its QR."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("register_year", "register_number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), unique=True)
    register_year: Mapped[int] = mapped_column(Integer)
    register_number: Mapped[int] = mapped_column(Integer)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CertificateRevocation(Base):
    """Why and since when a certificate is no longer valid."""

    __tablename__ = "certificate_revocation"

    certificate_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    revoked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_by: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
