"""Content specifications, assessment forms, assessments, and who gets which form first."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kapuas_quiz.database import Base, UtcDateTime, new_id


class ContentSpec(Base):
    """How many items per reporting competency and level a training's forms hold, and the standard to reach.

    `competencies`: list of {key, title, areas, counts: {level: n}, standard: proportion 0..1, study}.
    """

    __tablename__ = "content_spec"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    training_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training.id"), unique=True)
    competencies: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(64))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AssessmentForm(Base):
    """One assembled set of items, frozen from the moment it is stored.

    allowance: why items were allowed that no law officer approved; empty where all were approved.
    """

    __tablename__ = "assessment_form"
    __table_args__ = (
        CheckConstraint("label IN ('A', 'B')", name="known_label"),
        UniqueConstraint("content_spec_id", "label"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    content_spec_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content_spec.id"))
    label: Mapped[str] = mapped_column(String(1))
    seed: Mapped[int] = mapped_column(BigInteger)
    fingerprint: Mapped[str] = mapped_column(String(64))
    verified: Mapped[int] = mapped_column(default=0)
    allowance: Mapped[str] = mapped_column(Text, default="")
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FormItem(Base):
    """One place in a form, numbered from 1; `competency` is the key of a reporting competency."""

    __tablename__ = "form_item"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position_from_one"),
        UniqueConstraint("form_id", "revision_id"),
    )

    form_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessment_form.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item_revision.id"), index=True)
    competency: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(10))


class Assessment(Base):
    """The pre-test or the post-test of a training."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("kind IN ('pre', 'post')", name="known_kind"),
        CheckConstraint("minutes BETWEEN 1 AND 300", name="sensible_duration"),
        UniqueConstraint("training_id", "kind"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    training_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training.id"))
    kind: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FormAssignment(Base):
    """The form that somebody takes first; the other assessment uses the other form."""

    __tablename__ = "form_assignment"
    __table_args__ = (CheckConstraint("pre_label IN ('A', 'B')", name="known_label"),)

    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    pre_label: Mapped[str] = mapped_column(String(1))
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
