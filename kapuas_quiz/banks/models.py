"""Bank files as last loaded, items, and the frozen wordings of items."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from kapuas_quiz.database import Base, UtcDateTime, new_id


class BankFile(Base):
    """One YAML file as last read; `faults` is what refused it, its items stay at the last good reading."""

    __tablename__ = "bank_file"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    competency: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    faults: Mapped[str | None] = mapped_column(Text)


class Item(Base):
    """A question over all its wordings.

    `written` is the state that its file gives it, `review` the state that holds: see core/review.py.
    """

    __tablename__ = "item"
    __table_args__ = (
        CheckConstraint("level IN ('ingat', 'paham', 'terapkan')", name="known_level"),
        CheckConstraint(
            "review IN ('draf', 'siap-ditelaah', 'disetujui', 'ditarik')", name="known_review_state"
        ),
    )

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    bank: Mapped[str] = mapped_column(ForeignKey("bank_file.name"), index=True)
    competency: Mapped[str] = mapped_column(String(60), index=True)
    level: Mapped[str] = mapped_column(String(10))
    written: Mapped[str] = mapped_column(String(20), server_default="draf")
    review: Mapped[str] = mapped_column(String(20))
    review_note: Mapped[str] = mapped_column(Text, default="")
    current_revision_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("item_revision.id", use_alter=True, name="fk_item_current_revision")
    )
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ItemRevision(Base):
    """One wording with its key; edited in place until `used_at`, from then on frozen."""

    __tablename__ = "item_revision"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ItemReview(Base):
    """A named person's decision about one exact wording at one level, append-only and numbered per item."""

    __tablename__ = "item_review"
    __table_args__ = (
        CheckConstraint(
            "decision IN ('approve', 'send_back', 'withdraw', 'reopen', 'amend')", name="known_decision"
        ),
    )

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    level: Mapped[str] = mapped_column(String(10))
    decision: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ItemReport(Base):
    """Somebody found a wording wrong; `reporter` is the id of an attempt or an account, shown to nobody."""

    __tablename__ = "item_report"
    __table_args__ = (
        CheckConstraint("source IN ('peserta', 'pengajar')", name="known_source"),
        CheckConstraint("(closed_at IS NULL) = (answer = '')", name="closing_has_answer"),
        Index(
            "ix_item_report_open",
            "item_id",
            "reporter",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("item_revision.id"))
    text: Mapped[str] = mapped_column(String(500))
    source: Mapped[str] = mapped_column(String(10))
    reporter: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    answer: Mapped[str] = mapped_column(String(500), default="")


class Amendment(Base):
    """Somebody said that an article was changed, or a whole instrument (no article) repealed or changed."""

    __tablename__ = "amendment"
    __table_args__ = (CheckConstraint("change IN ('diubah', 'dicabut')", name="known_change"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    instrument: Mapped[str] = mapped_column(String(200))
    article: Mapped[str] = mapped_column(String(60), default="")
    change: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
