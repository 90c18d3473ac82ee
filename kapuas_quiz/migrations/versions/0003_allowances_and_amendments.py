"""Why a form holds unapproved items, and which law was amended"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kapuas_quiz.database import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessment_form", sa.Column("allowance", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=60), nullable=False),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.String(length=64), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("change IN ('diubah', 'dicabut')", name=op.f("ck_amendment_known_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
    )


def downgrade() -> None:
    op.drop_table("amendment")
    op.drop_column("assessment_form", "allowance")
