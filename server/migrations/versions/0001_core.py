"""Alerts, evidence, inbox, fleet, persons, audit, feed."""

import sqlalchemy as sa
from alembic import op

from server.append_only import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
APPEND_ONLY = ("alert_report", "audit_entry", "camera_health_change", "feed_entry", "inbox_message", "security_alarm")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("violation", sa.String(), nullable=False),
        sa.Column("violation_version", sa.Integer(), nullable=False),
        sa.Column("permit", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dwell_s", sa.Float(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("peak_score", sa.Float(), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("peak_area_m2", sa.Float(), nullable=True),
        sa.Column("clock_offset_s", sa.Float(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("cover_report_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("edge_id", "episode_id", name=op.f("uq_alert_edge_id_episode_id")),
    )
    op.create_index(op.f("ix_alert_camera_id"), "alert", ["camera_id"], unique=False)
    op.create_index(op.f("ix_alert_case_id"), "alert", ["case_id"], unique=False)
    op.create_index(op.f("ix_alert_edge_id"), "alert", ["edge_id"], unique=False)
    op.create_index(op.f("ix_alert_raised_at"), "alert", ["raised_at"], unique=False)
    op.create_index(op.f("ix_alert_subject_id"), "alert", ["subject_id"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_action"), "audit_entry", ["action"], unique=False)
    op.create_table(
        "camera",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", "id", name=op.f("pk_camera")),
    )
    op.create_table(
        "camera_health_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera_health_change")),
    )
    op.create_index(op.f("ix_camera_health_change_camera_id"), "camera_health_change", ["camera_id"], unique=False)
    op.create_table(
        "command",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_sent", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command")),
    )
    op.create_index(op.f("ix_command_edge_id"), "command", ["edge_id"], unique=False)
    op.create_table(
        "dead_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("payload_sha256", sa.String(), nullable=False),
        sa.Column("times_seen", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dead_letter")),
    )
    op.create_index(op.f("ix_dead_letter_payload_sha256"), "dead_letter", ["payload_sha256"], unique=False)
    op.create_index(op.f("ix_dead_letter_received_at"), "dead_letter", ["received_at"], unique=False)
    op.create_table(
        "desired_state",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_version", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", name=op.f("pk_desired_state")),
    )
    op.create_table(
        "edge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("boot", sa.Integer(), nullable=False),
        sa.Column("born_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edge_version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge")),
    )
    op.create_table(
        "evidence_file",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence_file")),
    )
    op.create_table(
        "feed_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_feed_entry")),
    )
    op.create_index(op.f("ix_feed_entry_kind"), "feed_entry", ["kind"], unique=False)
    op.create_table(
        "inbox_message",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", "id", name=op.f("pk_inbox_message")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "security_alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_alarm")),
    )
    op.create_index(op.f("ix_security_alarm_at"), "security_alarm", ["at"], unique=False)
    op.create_table(
        "alert_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("permit", sa.String(), nullable=False),
        sa.Column("dwell_s", sa.Float(), nullable=False),
        sa.Column("clock_offset_s", sa.Float(), nullable=True),
        sa.Column("measurement", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_report_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_report")),
    )
    op.create_index(op.f("ix_alert_report_alert_id"), "alert_report", ["alert_id"], unique=False)
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_evidence_link_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
    )
    op.create_index(op.f("ix_evidence_link_alert_id"), "evidence_link", ["alert_id"], unique=False)
    op.create_index(op.f("ix_evidence_link_sha256"), "evidence_link", ["sha256"], unique=False)
    op.create_index(op.f("ix_evidence_link_source_id"), "evidence_link", ["source_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("edge_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_token_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_token_token_sha256")),
    )
    op.create_index(op.f("ix_token_edge_id"), "token", ["edge_id"], unique=False)
    op.create_index(op.f("ix_token_person_id"), "token", ["person_id"], unique=False)
    op.create_table(
        "alert_thumbnail",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["alert_report.id"], name=op.f("fk_alert_thumbnail_report_id_alert_report")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_alert_thumbnail")),
    )
    for table in APPEND_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """Back."""
    op.drop_table("alert_thumbnail")
    op.drop_index(op.f("ix_token_person_id"), table_name="token")
    op.drop_index(op.f("ix_token_edge_id"), table_name="token")
    op.drop_table("token")
    op.drop_index(op.f("ix_evidence_link_source_id"), table_name="evidence_link")
    op.drop_index(op.f("ix_evidence_link_sha256"), table_name="evidence_link")
    op.drop_index(op.f("ix_evidence_link_alert_id"), table_name="evidence_link")
    op.drop_table("evidence_link")
    op.drop_index(op.f("ix_alert_report_alert_id"), table_name="alert_report")
    op.drop_table("alert_report")
    op.drop_index(op.f("ix_security_alarm_at"), table_name="security_alarm")
    op.drop_table("security_alarm")
    op.drop_table("person")
    op.drop_table("inbox_message")
    op.drop_index(op.f("ix_feed_entry_kind"), table_name="feed_entry")
    op.drop_table("feed_entry")
    op.drop_table("evidence_file")
    op.drop_table("edge")
    op.drop_table("desired_state")
    op.drop_index(op.f("ix_dead_letter_received_at"), table_name="dead_letter")
    op.drop_index(op.f("ix_dead_letter_payload_sha256"), table_name="dead_letter")
    op.drop_table("dead_letter")
    op.drop_index(op.f("ix_command_edge_id"), table_name="command")
    op.drop_table("command")
    op.drop_index(op.f("ix_camera_health_change_camera_id"), table_name="camera_health_change")
    op.drop_table("camera_health_change")
    op.drop_table("camera")
    op.drop_index(op.f("ix_audit_entry_action"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index(op.f("ix_alert_subject_id"), table_name="alert")
    op.drop_index(op.f("ix_alert_raised_at"), table_name="alert")
    op.drop_index(op.f("ix_alert_edge_id"), table_name="alert")
    op.drop_index(op.f("ix_alert_case_id"), table_name="alert")
    op.drop_index(op.f("ix_alert_camera_id"), table_name="alert")
    op.drop_table("alert")
