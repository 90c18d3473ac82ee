"""Scores by version: a new rule, key or late answer adds a version and never overwrites one."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kapuas_quiz.database import Base, UtcDateTime, new_id


class Score(Base):
    """Points of one attempt, in total (competency '') or in one reporting competency."""

    __tablename__ = "score"
    __table_args__ = (
        CheckConstraint("points >= 0 AND points <= max_points", name="points_in_range"),
        CheckConstraint("version >= 1", name="version_from_one"),
        UniqueConstraint("attempt_id", "competency", "version"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("attempt.id"), index=True)
    competency: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int]
    rule: Mapped[str] = mapped_column(String(40))
    points: Mapped[float]
    max_points: Mapped[float]
    n_items: Mapped[int]
    n_answered: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
