"""Elections, trainings, persons, and who takes part in what."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kapuas_quiz.database import Base, UtcDateTime, new_id


class Election(Base):
    """The election for which people are trained."""

    __tablename__ = "election"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    voting_day: Mapped[date]


class Training(Base):
    """One TOT; `address` is what stands on its badges, e.g. http://192.168.1.10:8000."""

    __tablename__ = "training"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
        UniqueConstraint("election_id", "name", "wave"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    election_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("election.id"))
    name: Mapped[str] = mapped_column(String(160))
    wave: Mapped[str] = mapped_column(String(20), default="")
    place: Mapped[str] = mapped_column(String(160))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    address: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Person(Base):
    """Somebody who takes part in trainings; no ID number, no telephone number."""

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Enrolment(Base):
    """One person in one training: office, place, badge.

    `kecamatan` and `desa` are official codes (desa is empty for PPK); the badge token is kept as a hash only.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("body IN ('PPK', 'PPS')", name="known_body"),
        CheckConstraint("kind IN ('anggota', 'paw', 'mewakili', 'sekretariat')", name="known_kind"),
        CheckConstraint("kind <> 'paw' OR decree <> ''", name="replacement_has_decree"),
        CheckConstraint("badge_version >= 1", name="badge_version_positive"),
        UniqueConstraint("training_id", "person_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    training_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    body: Mapped[str] = mapped_column(String(10))
    position: Mapped[str] = mapped_column(String(40))
    kecamatan: Mapped[str] = mapped_column(String(13))
    desa: Mapped[str] = mapped_column(String(13), default="")
    kind: Mapped[str] = mapped_column(String(12), default="anggota")
    decree: Mapped[str] = mapped_column(String(120), default="")
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("enrolment.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    badge_version: Mapped[int] = mapped_column(default=1)
    badge_digest: Mapped[str] = mapped_column(String(64), unique=True)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    enrolled_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
