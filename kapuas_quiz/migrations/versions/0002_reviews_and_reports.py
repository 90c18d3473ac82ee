"""Decisions of reviewers about wordings, and reports of faults"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kapuas_quiz.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = "item_id, number, digest, level, decision, comment, by_id, by_name, at"


def upgrade() -> None:
    op.create_table(
        "item_review",
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=64), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('approve', 'send_back', 'withdraw', 'reopen', 'amend')",
            name=op.f("ck_item_review_known_decision"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_review_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", "number", name=op.f("pk_item_review")),
    )
    _protect()
    op.create_table(
        "item_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("reporter", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.CheckConstraint("source IN ('peserta', 'pengajar')", name=op.f("ck_item_report_known_source")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (answer = '')", name=op.f("ck_item_report_closing_has_answer")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_report_item_id_item")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["item_revision.id"], name=op.f("fk_item_report_revision_id_item_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_report")),
    )
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_item_report_open",
        "item_report",
        ["item_id", "reporter"],
        unique=True,
        postgresql_where=still_open,
        sqlite_where=still_open,
    )
    op.add_column("item", sa.Column("written", sa.String(length=20), nullable=False, server_default="draf"))
    op.execute("UPDATE item SET review = 'siap-ditelaah' WHERE review = 'disetujui'")
    op.execute("UPDATE item SET written = review")


def _protect() -> None:
    """As for the evidence tables of 0001: rows are only added."""
    message = "item_review hanya dapat ditambah"
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(
            "CREATE FUNCTION item_review_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
        )
    for name, act in (("delete", "DELETE"), ("update", f"UPDATE OF {COLUMNS}")):
        body = (
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            if sqlite
            else "FOR EACH ROW EXECUTE FUNCTION item_review_append_only()"
        )
        op.execute(f"CREATE TRIGGER item_review_no_{name} BEFORE {act} ON item_review {body}")


def downgrade() -> None:
    op.drop_column("item", "written")
    op.drop_table("item_report")
    op.drop_table("item_review")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION item_review_append_only()")
