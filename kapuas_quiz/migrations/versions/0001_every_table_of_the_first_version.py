"""Every table of the first version"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import kapuas_quiz.database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = {
    "audit_event": "number, at, actor, action, subject, salt, digest, previous, hash",
    "response_event": "attempt_id, device, seq, kind, position, answer, at_ms, unsure, received_at",
    "score": "attempt_id, competency, version, rule, points, max_points, n_items, n_answered, created_at",
    "certificate": "public_id, decision_id, register_year, register_number, facts, digest, issued_at",
}
"""Tables whose rows are evidence: no row is deleted, none of these columns is changed."""


def _protect(table: str, columns: str) -> None:
    message = f"{table} hanya dapat ditambah"
    if op.get_bind().dialect.name == "sqlite":
        for name, act in (("delete", "DELETE"), ("update", f"UPDATE OF {columns}")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
    for name, act in (("delete", "DELETE"), ("update", f"UPDATE OF {columns}")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {act} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        )


def _release(table: str) -> None:
    for name in ("delete", "update"):
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER {table}_no_{name}{on}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {table}_append_only()")


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_action"), ["action"], unique=False)

    op.create_table(
        "bank_file",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("faults", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bank_file")),
    )
    op.create_table(
        "election",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("voting_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("name", name=op.f("uq_election_name")),
    )
    op.create_table(
        "installation_note",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation_note")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "invitation",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_invitation_staff_id_staff")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitation")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("bank", sa.String(length=120), nullable=False),
        sa.Column("competency", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("review", sa.String(length=20), nullable=False),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("current_revision_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level IN ('ingat', 'paham', 'terapkan')", name=op.f("ck_item_known_level")),
        sa.CheckConstraint(
            "review IN ('draf', 'siap-ditelaah', 'disetujui', 'ditarik')",
            name=op.f("ck_item_known_review_state"),
        ),
        sa.ForeignKeyConstraint(["bank"], ["bank_file.name"], name=op.f("fk_item_bank_bank_file")),
        sa.ForeignKeyConstraint(
            ["current_revision_id"], ["item_revision.id"], name="fk_item_current_revision", use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_bank"), ["bank"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_competency"), ["competency"], unique=False)

    op.create_table(
        "staff_role",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "role IN ('operator', 'fasilitator', 'penelaah', 'penetap', 'pengamat')",
            name=op.f("ck_staff_role_known_role"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_role_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "role", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "training",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("wave", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_training_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_training_election_id_election")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("election_id", "name", "wave", name=op.f("uq_training_election_id_name_wave")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('pre', 'post')", name=op.f("ck_assessment_known_kind")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 300", name=op.f("ck_assessment_sensible_duration")),
        sa.ForeignKeyConstraint(
            ["training_id"], ["training.id"], name=op.f("fk_assessment_training_id_training")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("training_id", "kind", name=op.f("uq_assessment_training_id_kind")),
    )
    op.create_table(
        "content_spec",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.Uuid(), nullable=False),
        sa.Column("competencies", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("updated_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["training_id"], ["training.id"], name=op.f("fk_content_spec_training_id_training")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_spec")),
        sa.UniqueConstraint("training_id", name=op.f("uq_content_spec_training_id")),
    )
    op.create_table(
        "decision_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("locked_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("locked_by", sa.String(length=64), nullable=True),
        sa.Column("approved_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("published_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("minutes_number", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "approved_at IS NULL OR locked_at IS NOT NULL",
            name=op.f("ck_decision_list_approved_after_locked"),
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> locked_by",
            name=op.f("ck_decision_list_two_different_persons"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR approved_at IS NOT NULL",
            name=op.f("ck_decision_list_published_after_approved"),
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["training.id"], name=op.f("fk_decision_list_training_id_training")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_list")),
        sa.UniqueConstraint("training_id", "number", name=op.f("uq_decision_list_training_id_number")),
    )
    with op.batch_alter_table("decision_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_list_training_id"), ["training_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(length=10), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=False),
        sa.Column("kecamatan", sa.String(length=13), nullable=False),
        sa.Column("desa", sa.String(length=13), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("badge_version", sa.Integer(), nullable=False),
        sa.Column("badge_digest", sa.String(length=64), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("body IN ('PPK', 'PPS')", name=op.f("ck_enrolment_known_body")),
        sa.CheckConstraint("kind <> 'paw' OR decree <> ''", name=op.f("ck_enrolment_replacement_has_decree")),
        sa.CheckConstraint(
            "kind IN ('anggota', 'paw', 'mewakili', 'sekretariat')", name=op.f("ck_enrolment_known_kind")
        ),
        sa.CheckConstraint("badge_version >= 1", name=op.f("ck_enrolment_badge_version_positive")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["enrolment.id"], name=op.f("fk_enrolment_replaces_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["training.id"], name=op.f("fk_enrolment_training_id_training")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("badge_digest", name=op.f("uq_enrolment_badge_digest")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_enrolment_code_digest")),
        sa.UniqueConstraint("training_id", "person_id", name=op.f("uq_enrolment_training_id_person_id")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_training_id"), ["training_id"], unique=False)

    op.create_table(
        "item_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_revision_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_revision")),
    )
    with op.batch_alter_table("item_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_revision_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_revision_item_id"), ["item_id"], unique=False)

    op.create_table(
        "assessment_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content_spec_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=1), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("verified", sa.Integer(), nullable=False),
        sa.Column("frozen_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("label IN ('A', 'B')", name=op.f("ck_assessment_form_known_label")),
        sa.ForeignKeyConstraint(
            ["content_spec_id"],
            ["content_spec.id"],
            name=op.f("fk_assessment_form_content_spec_id_content_spec"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_form")),
        sa.UniqueConstraint(
            "content_spec_id", "label", name=op.f("uq_assessment_form_content_spec_id_label")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("proposal", sa.String(length=10), nullable=False),
        sa.Column("proposal_reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('lulus', 'belum')", name=op.f("ck_decision_known_outcome")),
        sa.CheckConstraint(
            "proposal IN ('lulus', 'belum', 'tanpa-usul')", name=op.f("ck_decision_known_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_decision_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["decision_list.id"], name=op.f("fk_decision_list_id_decision_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("list_id", "enrolment_id", name=op.f("uq_decision_list_id_enrolment_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "form_assignment",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("pre_label", sa.String(length=1), nullable=False),
        sa.Column("assigned_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pre_label IN ('A', 'B')", name=op.f("ck_form_assignment_known_label")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_form_assignment_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_form_assignment")),
    )
    op.create_table(
        "sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("clock", sa.String(length=10), nullable=False),
        sa.Column("pin", sa.String(length=6), nullable=False),
        sa.Column("previous_pin", sa.String(length=6), nullable=False),
        sa.Column("pin_changed_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("started_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("sealed_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("clock IN ('serentak', 'sendiri')", name=op.f("ck_sitting_known_clock")),
        sa.CheckConstraint(
            "closed_at IS NULL OR closed_at >= opened_at", name=op.f("ck_sitting_closed_after_opened")
        ),
        sa.CheckConstraint(
            "sealed_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_sitting_sealed_after_closed")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_sitting_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sitting_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("presentation", sa.JSON(), nullable=False),
        sa.Column("joined_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("started_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("deadline_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=12), nullable=False),
        sa.Column("sealed_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_contact_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (end_reason = '')", name=op.f("ck_attempt_end_has_reason")),
        sa.CheckConstraint(
            "end_reason IN ('', 'diserahkan', 'waktu-habis', 'ditutup')",
            name=op.f("ck_attempt_known_end_reason"),
        ),
        sa.CheckConstraint("kind IN ('peserta', 'uji-coba')", name=op.f("ck_attempt_known_kind")),
        sa.CheckConstraint(
            "deadline_at IS NULL OR started_at IS NOT NULL", name=op.f("ck_attempt_deadline_after_start")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempt_number_from_one")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_attempt_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attempt_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["assessment_form.id"], name=op.f("fk_attempt_form_id_assessment_form")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_attempt_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "assessment_id",
            "enrolment_id",
            "number",
            name=op.f("uq_attempt_assessment_id_enrolment_id_number"),
        ),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_form_id"), ["form_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "board_pairing",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["sitting.id"], name=op.f("fk_board_pairing_sitting_id_sitting")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_board_pairing")),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("register_year", sa.Integer(), nullable=False),
        sa.Column("register_number", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_certificate_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_certificate_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_public_id")),
        sa.UniqueConstraint(
            "register_year", "register_number", name=op.f("uq_certificate_register_year_register_number")
        ),
    )
    op.create_table(
        "form_item",
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_form_item_position_from_one")),
        sa.ForeignKeyConstraint(
            ["form_id"], ["assessment_form.id"], name=op.f("fk_form_item_form_id_assessment_form")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["item_revision.id"], name=op.f("fk_form_item_revision_id_item_revision")
        ),
        sa.PrimaryKeyConstraint("form_id", "position", name=op.f("pk_form_item")),
        sa.UniqueConstraint("form_id", "revision_id", name=op.f("uq_form_item_form_id_revision_id")),
    )
    with op.batch_alter_table("form_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_item_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "attempt_device",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=24), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("since", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_device_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "device", name=op.f("pk_attempt_device")),
        sa.UniqueConstraint("attempt_id", "generation", name=op.f("uq_attempt_device_attempt_id_generation")),
    )
    op.create_table(
        "certificate_revocation",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_revocation_certificate_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_revocation")),
    )
    op.create_table(
        "response",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_response")),
    )
    op.create_table(
        "response_event",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=24), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("received_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('jawab', 'ragu', 'selesai')", name=op.f("ck_response_event_known_kind")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_response_event_seq_from_one")),
        sa.CheckConstraint("unsure IN (0, 1)", name=op.f("ck_response_event_unsure_is_flag")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_response_event_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "device", "seq", name=op.f("pk_response_event")),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("max_points", sa.Double(), nullable=False),
        sa.Column("n_items", sa.Integer(), nullable=False),
        sa.Column("n_answered", sa.Integer(), nullable=False),
        sa.Column("created_at", kapuas_quiz.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points >= 0 AND points <= max_points", name=op.f("ck_score_points_in_range")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_score_version_from_one")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_score_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "attempt_id", "competency", "version", name=op.f("uq_score_attempt_id_competency_version")
        ),
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_attempt_id"), ["attempt_id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(
            "fk_item_current_revision", "item", "item_revision", ["current_revision_id"], ["id"]
        )
    for table, columns in APPEND_ONLY.items():
        _protect(table, columns)


def downgrade() -> None:
    for table in APPEND_ONLY:
        _release(table)
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_item_current_revision", "item", type_="foreignkey")
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_attempt_id"))

    op.drop_table("score")
    op.drop_table("response_event")
    op.drop_table("response")
    op.drop_table("certificate_revocation")
    op.drop_table("attempt_device")
    with op.batch_alter_table("form_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_item_revision_id"))

    op.drop_table("form_item")
    op.drop_table("certificate")
    op.drop_table("board_pairing")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_sitting_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_form_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_enrolment_id"))

    op.drop_table("attempt")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sitting_assessment_id"))

    op.drop_table("sitting")
    op.drop_table("form_assignment")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_enrolment_id"))

    op.drop_table("decision")
    op.drop_table("assessment_form")
    with op.batch_alter_table("item_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_revision_item_id"))
        batch_op.drop_index(batch_op.f("ix_item_revision_digest"))

    op.drop_table("item_revision")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_training_id"))
        batch_op.drop_index(batch_op.f("ix_enrolment_person_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("decision_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_list_training_id"))

    op.drop_table("decision_list")
    op.drop_table("content_spec")
    op.drop_table("assessment")
    op.drop_table("training")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_staff_id"))

    op.drop_table("staff_session")
    op.drop_table("staff_role")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_competency"))
        batch_op.drop_index(batch_op.f("ix_item_bank"))

    op.drop_table("item")
    op.drop_table("invitation")
    op.drop_table("staff")
    op.drop_table("person")
    op.drop_table("installation_note")
    op.drop_table("election")
    op.drop_table("bank_file")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_action"))

    op.drop_table("audit_event")
