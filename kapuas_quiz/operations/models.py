"""Small facts about this installation that outlive a restart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kapuas_quiz.database import Base, UtcDateTime


class Note(Base):
    """One named fact, e.g. the chosen network address or the last contact of a phone."""

    __tablename__ = "installation_note"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
