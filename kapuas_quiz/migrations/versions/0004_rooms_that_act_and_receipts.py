"""Time given, pauses, notes, receipts, answers read out or written on paper"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kapuas_quiz.database import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EVIDENCE = "attempt_id, device, seq, kind, position, answer, at_ms, unsure, received_at"
COLUMNS = {
    "attempt": ("unsent", "medium"),
    "sitting": ("granted_ms", "paused_at", "begin_until", "pin_frozen_at"),
}
MEDIUM = """ALTER TABLE attempt ADD COLUMN medium VARCHAR(6) DEFAULT 'hp' NOT NULL
    CONSTRAINT ck_attempt_known_medium CHECK (medium IN ('hp', 'kertas'))"""
"""By itself: a table that others refer to cannot be made anew while SQLite minds foreign keys."""
ARRIVAL = """UPDATE response_event SET number = (
    SELECT count(*) FROM response_event AS earlier
    WHERE earlier.attempt_id = response_event.attempt_id
    AND (earlier.received_at, earlier.device, earlier.seq)
        <= (response_event.received_at, response_event.device, response_event.seq))"""


def upgrade() -> None:
    for column in (
        sa.Column("pin_frozen_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("begin_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("paused_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("granted_ms", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("sitting", column)
    op.execute(MEDIUM)
    op.add_column("attempt", sa.Column("unsent", sa.Integer(), nullable=False, server_default="0"))
    _renew_events()
    _add_tables()


def _renew_events() -> None:
    _release()
    op.add_column("response_event", sa.Column("number", sa.Integer(), nullable=True))
    op.execute(ARRIVAL)
    with op.batch_alter_table("response_event") as table:
        table.alter_column("number", existing_type=sa.Integer(), nullable=False)
        table.add_column(sa.Column("link", sa.String(length=32), nullable=False, server_default=""))
        table.add_column(sa.Column("via", sa.String(length=8), nullable=False, server_default="jaringan"))
        table.drop_constraint("known_kind", type_="check")
        table.create_check_constraint("known_kind", "kind IN ('jawab', 'ragu', 'selesai', 'tambah')")
        table.create_check_constraint("known_via", "via IN ('jaringan', 'qr', 'kertas')")
        table.create_unique_constraint("uq_response_event_attempt_id_number", ["attempt_id", "number"])
    _protect(f"{EVIDENCE}, number, link, via")


def _add_tables() -> None:
    op.create_table(
        "time_grant",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("whole_room", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        *_signed(),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("ck_time_grant_sensible_minutes")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_time_grant_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "number", name=op.f("pk_time_grant")),
    )
    op.create_table(
        "handed_code",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=24), nullable=False),
        sa.Column("last_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        *_signed(),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_handed_code_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "device", "last_seq", name=op.f("pk_handed_code")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        *_signed(),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_incident_sitting_id_sitting")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_incident_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_sitting_id"), "incident", ["sitting_id"])


def _signed() -> tuple[sa.Column[str], sa.Column[str], sa.Column[object]]:
    return (
        sa.Column("by_id", sa.String(length=64), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
    )


def _release() -> None:
    for name in ("delete", "update"):
        on = "" if op.get_bind().dialect.name == "sqlite" else " ON response_event"
        op.execute(f"DROP TRIGGER response_event_no_{name}{on}")


def _protect(columns: str) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    each = "BEGIN SELECT RAISE(ABORT, 'response_event hanya dapat ditambah'); END"
    body = each if sqlite else "FOR EACH ROW EXECUTE FUNCTION response_event_append_only()"
    for name, act in (("delete", "DELETE"), ("update", f"UPDATE OF {columns}")):
        op.execute(f"CREATE TRIGGER response_event_no_{name} BEFORE {act} ON response_event {body}")


def downgrade() -> None:
    for name in ("incident", "handed_code", "time_grant"):
        op.drop_table(name)
    _release()
    with op.batch_alter_table("response_event") as table:
        table.drop_constraint("uq_response_event_attempt_id_number", type_="unique")
        table.drop_constraint("known_via", type_="check")
        table.drop_constraint("known_kind", type_="check")
        table.create_check_constraint("known_kind", "kind IN ('jawab', 'ragu', 'selesai')")
        for name in ("via", "link", "number"):
            table.drop_column(name)
    _protect(EVIDENCE)
    for table, names in COLUMNS.items():
        for name in names:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
