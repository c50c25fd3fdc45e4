"""Subjects, permits, cases, ledger, notices, feedback."""

import sqlalchemy as sa
from alembic import op

from server.append_only import statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
APPEND_ONLY = (
    "case_decision",
    "case_recommendation",
    "case_step",
    "offence",
    "offence_event",
    "published_version",
    "verdict",
)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "case_request",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_case_request")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index(op.f("ix_notice_next_try_at"), "notice", ["next_try_at"], unique=False)
    op.create_index(op.f("ix_notice_to"), "notice", ["to"], unique=False)
    op.create_table(
        "published_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_version")),
        sa.UniqueConstraint("kind", "name", "version", name=op.f("uq_published_version_kind_name_version")),
    )
    op.create_index(op.f("ix_published_version_kind"), "published_version", ["kind"], unique=False)
    op.create_table(
        "subject",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("code_check_failed", sa.Boolean(), nullable=False),
        sa.Column("code_override_reason", sa.String(), nullable=False),
        sa.Column("person_digest", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
        sa.UniqueConstraint("code", name=op.f("uq_subject_code")),
        sa.UniqueConstraint("person_digest", name=op.f("uq_subject_person_digest")),
    )
    op.create_index(op.f("ix_subject_kind"), "subject", ["kind"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("violation", sa.String(), nullable=False),
        sa.Column("violation_version", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=True),
        sa.Column("permit", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("peak_area_m2", sa.Float(), nullable=True),
        sa.Column("corrected_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("back_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recheck_id", sa.Uuid(), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("verifier_id", sa.Uuid(), nullable=True),
        sa.Column("asked_from", sa.String(), nullable=True),
        sa.Column("order_served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("order_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("legal_passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rework", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_case_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    op.create_index(op.f("ix_case_camera_id"), "case", ["camera_id"], unique=False)
    op.create_index(op.f("ix_case_recheck_id"), "case", ["recheck_id"], unique=False)
    op.create_index(op.f("ix_case_state"), "case", ["state"], unique=False)
    op.create_index(op.f("ix_case_subject_id"), "case", ["subject_id"], unique=False)
    op.create_table(
        "permit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("hours_from", sa.Time(), nullable=False),
        sa.Column("hours_to", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("renewal_filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_permit_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit")),
    )
    op.create_index(op.f("ix_permit_camera_id"), "permit", ["camera_id"], unique=False)
    op.create_index(op.f("ix_permit_edge_id"), "permit", ["edge_id"], unique=False)
    op.create_index(op.f("ix_permit_subject_id"), "permit", ["subject_id"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_verdict_alert_id_alert")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_verdict")),
        sa.UniqueConstraint("id", name=op.f("uq_verdict_id")),
    )
    op.create_index(op.f("ix_verdict_alert_id"), "verdict", ["alert_id"], unique=False)
    op.create_table(
        "zone_binding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_zone_binding_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_binding")),
    )
    op.create_index(op.f("ix_zone_binding_camera_id"), "zone_binding", ["camera_id"], unique=False)
    op.create_index(op.f("ix_zone_binding_subject_id"), "zone_binding", ["subject_id"], unique=False)
    op.create_table(
        "case_recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("list_version", sa.String(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_recommendation_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_recommendation")),
    )
    op.create_index(op.f("ix_case_recommendation_case_id"), "case_recommendation", ["case_id"], unique=False)
    op.create_table(
        "case_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_step_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
        sa.UniqueConstraint("case_id", "ordinal", name=op.f("uq_case_step_case_id_ordinal")),
    )
    op.create_index(op.f("ix_case_step_case_id"), "case_step", ["case_id"], unique=False)
    op.create_table(
        "case_timer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Float(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_timer_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_timer")),
    )
    op.create_index(op.f("ix_case_timer_case_id"), "case_timer", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_timer_live"), "case_timer", ["live"], unique=False)
    op.create_index(op.f("ix_case_timer_next_at"), "case_timer", ["next_at"], unique=False)
    op.create_table(
        "offence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("nature_group", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("act_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_offence_case_id_case")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_offence_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offence")),
        sa.UniqueConstraint("case_id", name=op.f("uq_offence_case_id")),
        sa.UniqueConstraint(
            "subject_id", "nature_group", "ordinal", name=op.f("uq_offence_subject_id_nature_group_ordinal")
        ),
    )
    op.create_index(op.f("ix_offence_subject_id"), "offence", ["subject_id"], unique=False)
    op.create_table(
        "case_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_by_name", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("list_version", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_decision_case_id_case")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["case_recommendation.id"],
            name=op.f("fk_case_decision_recommendation_id_case_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_decision")),
    )
    op.create_index(op.f("ix_case_decision_case_id"), "case_decision", ["case_id"], unique=False)
    op.create_table(
        "offence_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offence_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["offence_id"], ["offence.id"], name=op.f("fk_offence_event_offence_id_offence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offence_event")),
        sa.UniqueConstraint("offence_id", "ordinal", name=op.f("uq_offence_event_offence_id_ordinal")),
    )
    op.create_index(op.f("ix_offence_event_offence_id"), "offence_event", ["offence_id"], unique=False)
    for table in APPEND_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_offence_event_offence_id"), table_name="offence_event")
    op.drop_table("offence_event")
    op.drop_index(op.f("ix_case_decision_case_id"), table_name="case_decision")
    op.drop_table("case_decision")
    op.drop_index(op.f("ix_offence_subject_id"), table_name="offence")
    op.drop_table("offence")
    op.drop_index(op.f("ix_case_timer_next_at"), table_name="case_timer")
    op.drop_index(op.f("ix_case_timer_live"), table_name="case_timer")
    op.drop_index(op.f("ix_case_timer_case_id"), table_name="case_timer")
    op.drop_table("case_timer")
    op.drop_index(op.f("ix_case_step_case_id"), table_name="case_step")
    op.drop_table("case_step")
    op.drop_index(op.f("ix_case_recommendation_case_id"), table_name="case_recommendation")
    op.drop_table("case_recommendation")
    op.drop_index(op.f("ix_zone_binding_subject_id"), table_name="zone_binding")
    op.drop_index(op.f("ix_zone_binding_camera_id"), table_name="zone_binding")
    op.drop_table("zone_binding")
    op.drop_index(op.f("ix_verdict_alert_id"), table_name="verdict")
    op.drop_table("verdict")
    op.drop_index(op.f("ix_permit_subject_id"), table_name="permit")
    op.drop_index(op.f("ix_permit_edge_id"), table_name="permit")
    op.drop_index(op.f("ix_permit_camera_id"), table_name="permit")
    op.drop_table("permit")
    op.drop_index(op.f("ix_case_subject_id"), table_name="case")
    op.drop_index(op.f("ix_case_state"), table_name="case")
    op.drop_index(op.f("ix_case_recheck_id"), table_name="case")
    op.drop_index(op.f("ix_case_camera_id"), table_name="case")
    op.drop_table("case")
    op.drop_index(op.f("ix_subject_kind"), table_name="subject")
    op.drop_table("subject")
    op.drop_index(op.f("ix_published_version_kind"), table_name="published_version")
    op.drop_table("published_version")
    op.drop_index(op.f("ix_notice_to"), table_name="notice")
    op.drop_index(op.f("ix_notice_next_try_at"), table_name="notice")
    op.drop_table("notice")
    op.drop_table("case_request")
