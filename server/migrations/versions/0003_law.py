"""Districts, law, objections, documents, places, notices, reports: what the law asks of a file."""

import sqlalchemy as sa
from alembic import op

from server.append_only import statements

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
APPEND_ONLY = (
    "alarm_settlement",
    "assignment_against",
    "document_withdrawal",
    "education_record",
    "handover",
    "issued_document",
    "late_acceptance",
    "notice_proof",
    "patrol_plan",
    "permit_approval",
    "permit_status_change",
    "person_report",
    "photo_taken",
    "plan_answer",
    "plan_version",
    "pledge",
    "pledge_outcome",
    "publication_step",
    "record_review",
    "retention_run",
    "retention_tombstone",
    "subject_grade",
    "subject_link",
    "subject_name",
    "subject_record",
)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "approval_delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("head_id", sa.Uuid(), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_delegation")),
    )
    op.create_index(op.f("ix_approval_delegation_district"), "approval_delegation", ["district"], unique=False)
    op.create_index(op.f("ix_approval_delegation_leader_id"), "approval_delegation", ["leader_id"], unique=False)
    op.create_table(
        "calendar_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_by_name", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_by_name", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_draft")),
    )
    op.create_table(
        "camera_card",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("legal_basis_sha256", sa.String(), nullable=False),
        sa.Column("legal_review", sa.String(), nullable=False),
        sa.Column("legal_reviewed_on", sa.Date(), nullable=True),
        sa.Column("technical_review", sa.String(), nullable=False),
        sa.Column("technical_reviewed_on", sa.Date(), nullable=True),
        sa.Column("standard_certificate", sa.String(), nullable=False),
        sa.Column("standard_valid_to", sa.Date(), nullable=True),
        sa.Column("sign_photo_sha256", sa.String(), nullable=False),
        sa.Column("published_place", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("wanted_by", sa.String(), nullable=False),
        sa.Column("wanted_reason", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", "camera_id", name=op.f("pk_camera_card")),
    )
    op.create_index(op.f("ix_camera_card_district"), "camera_card", ["district"], unique=False)
    op.create_table(
        "camera_place",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", "camera_id", name=op.f("pk_camera_place")),
    )
    op.create_index(op.f("ix_camera_place_district"), "camera_place", ["district"], unique=False)
    op.create_table(
        "case_figure",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_s", sa.Float(), nullable=False),
        sa.Column("last_s", sa.Float(), nullable=False),
        sa.Column("reminded_s", sa.Float(), nullable=True),
        sa.Column("settled_s", sa.Float(), nullable=True),
        sa.Column("filed_s", sa.Float(), nullable=True),
        sa.Column("dispatched_s", sa.Float(), nullable=True),
        sa.Column("arrived_s", sa.Float(), nullable=True),
        sa.Column("ended_s", sa.Float(), nullable=True),
        sa.Column("due_s", sa.Float(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("overrun", sa.Boolean(), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("failed_checks", sa.Integer(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("wrong", sa.Boolean(), nullable=False),
        sa.Column("found_s", sa.Float(), nullable=True),
        sa.Column("ordered_s", sa.Float(), nullable=True),
        sa.Column("corrected_in_time", sa.Boolean(), nullable=False),
        sa.Column("decided_s", sa.Float(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("exempt_s", sa.Float(), nullable=True),
        sa.Column("exempt_undone", sa.Boolean(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column("objected_s", sa.Float(), nullable=True),
        sa.Column("facts_digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_figure")),
    )
    op.create_index(op.f("ix_case_figure_district"), "case_figure", ["district"], unique=False)
    op.create_index(op.f("ix_case_figure_found_s"), "case_figure", ["found_s"], unique=False)
    op.create_index(op.f("ix_case_figure_last_s"), "case_figure", ["last_s"], unique=False)
    op.create_index(op.f("ix_case_figure_opened_s"), "case_figure", ["opened_s"], unique=False)
    op.create_table(
        "crisis_period",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("cameras", sa.JSON(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_by_name", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_period")),
    )
    op.create_index(op.f("ix_crisis_period_district"), "crisis_period", ["district"], unique=False)
    op.create_table(
        "edge_effective",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("config", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", name=op.f("pk_edge_effective")),
    )
    op.create_table(
        "edge_load_line",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", name=op.f("pk_edge_load_line")),
    )
    op.create_table(
        "edge_load_now",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", name=op.f("pk_edge_load_now")),
    )
    op.create_table(
        "edge_probe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_by_name", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_probe")),
    )
    op.create_index(op.f("ix_edge_probe_edge_id"), "edge_probe", ["edge_id"], unique=False)
    op.create_table(
        "exemption_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_by_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption_draft")),
    )
    op.create_index(op.f("ix_exemption_draft_state"), "exemption_draft", ["state"], unique=False)
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_by_name", sa.String(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_by_name", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_district"), "legal_hold", ["district"], unique=False)
    op.create_index(op.f("ix_legal_hold_released_at"), "legal_hold", ["released_at"], unique=False)
    op.create_index(op.f("ix_legal_hold_target"), "legal_hold", ["target"], unique=False)
    op.create_table(
        "map_area",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.Column("west", sa.Float(), nullable=False),
        sa.Column("south", sa.Float(), nullable=False),
        sa.Column("east", sa.Float(), nullable=False),
        sa.Column("north", sa.Float(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_map_area")),
    )
    op.create_index(op.f("ix_map_area_district"), "map_area", ["district"], unique=False)
    op.create_index(op.f("ix_map_area_west"), "map_area", ["west"], unique=False)
    op.create_table(
        "notice_preference",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_notice_preference")),
    )
    op.create_table(
        "patrol_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_plan")),
    )
    op.create_index(op.f("ix_patrol_plan_district"), "patrol_plan", ["district"], unique=False)
    op.create_table(
        "photo_taken",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("told_by", sa.Uuid(), nullable=False),
        sa.Column("told_by_name", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_photo_taken")),
    )
    op.create_index(op.f("ix_photo_taken_district"), "photo_taken", ["district"], unique=False)
    op.create_index(op.f("ix_photo_taken_told_by"), "photo_taken", ["told_by"], unique=False)
    op.create_table(
        "plan_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_answer")),
    )
    op.create_index(op.f("ix_plan_answer_edge_id"), "plan_answer", ["edge_id"], unique=False)
    op.create_table(
        "plan_draft",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_by_name", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", name=op.f("pk_plan_draft")),
    )
    op.create_table(
        "plan_version",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_from", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", "version", name=op.f("pk_plan_version")),
    )
    op.create_table(
        "pollution_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pollution_alert")),
    )
    op.create_index(op.f("ix_pollution_alert_began_at"), "pollution_alert", ["began_at"], unique=False)
    op.create_index(op.f("ix_pollution_alert_district"), "pollution_alert", ["district"], unique=False)
    op.create_table(
        "publication",
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Float(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_where", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_case_id"), "publication", ["case_id"], unique=False)
    op.create_index(op.f("ix_publication_district"), "publication", ["district"], unique=False)
    op.create_index(op.f("ix_publication_due_at"), "publication", ["due_at"], unique=False)
    op.create_index(op.f("ix_publication_kind"), "publication", ["kind"], unique=False)
    op.create_index(op.f("ix_publication_next_at"), "publication", ["next_at"], unique=False)
    op.create_index(op.f("ix_publication_published_at"), "publication", ["published_at"], unique=False)
    op.create_index(op.f("ix_publication_state"), "publication", ["state"], unique=False)
    op.create_index(op.f("ix_publication_subject_id"), "publication", ["subject_id"], unique=False)
    op.create_index(op.f("ix_publication_target"), "publication", ["target"], unique=False)
    op.create_table(
        "request_made",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("made_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_request_made")),
    )
    op.create_table(
        "retention_due",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_retention_due")),
    )
    op.create_index(op.f("ix_retention_due_district"), "retention_due", ["district"], unique=False)
    op.create_index(op.f("ix_retention_due_listed_at"), "retention_due", ["listed_at"], unique=False)
    op.create_index(op.f("ix_retention_due_rule"), "retention_due", ["rule"], unique=False)
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("deleted_bytes", sa.Integer(), nullable=False),
        sa.Column("recovered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    op.create_index(op.f("ix_retention_run_day"), "retention_run", ["day"], unique=False)
    op.create_table(
        "retention_tombstone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_tombstone")),
    )
    op.create_index(op.f("ix_retention_tombstone_district"), "retention_tombstone", ["district"], unique=False)
    op.create_index(op.f("ix_retention_tombstone_sha256"), "retention_tombstone", ["sha256"], unique=False)
    op.create_table(
        "subject_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("fault_count", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("plan_sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_import")),
    )
    op.create_index(op.f("ix_subject_import_district"), "subject_import", ["district"], unique=False)
    op.create_index(op.f("ix_subject_import_sha256"), "subject_import", ["sha256"], unique=False)
    op.create_table(
        "team",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("grids", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_team")),
    )
    op.create_index(op.f("ix_team_district"), "team", ["district"], unique=False)
    op.create_table(
        "zone_ground",
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("frontage", sa.String(), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.Column("west", sa.Float(), nullable=True),
        sa.Column("south", sa.Float(), nullable=True),
        sa.Column("east", sa.Float(), nullable=True),
        sa.Column("north", sa.Float(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("edge_id", "camera_id", "zone_id", name=op.f("pk_zone_ground")),
    )
    op.create_index(op.f("ix_zone_ground_district"), "zone_ground", ["district"], unique=False)
    op.create_index(op.f("ix_zone_ground_frontage"), "zone_ground", ["frontage"], unique=False)
    op.create_index(op.f("ix_zone_ground_west"), "zone_ground", ["west"], unique=False)
    op.create_table(
        "account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "alarm_settlement",
        sa.Column("alarm_id", sa.Uuid(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=False),
        sa.Column("settled_by_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alarm_id"], ["security_alarm.id"], name=op.f("fk_alarm_settlement_alarm_id_security_alarm")
        ),
        sa.PrimaryKeyConstraint("alarm_id", name=op.f("pk_alarm_settlement")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("electronic_consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_contact_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_subject_id"), "contact", ["subject_id"], unique=False)
    op.create_table(
        "duty_shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duty_shift_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shift")),
    )
    op.create_index(op.f("ix_duty_shift_district"), "duty_shift", ["district"], unique=False)
    op.create_index(op.f("ix_duty_shift_ends_at"), "duty_shift", ["ends_at"], unique=False)
    op.create_index(op.f("ix_duty_shift_person_id"), "duty_shift", ["person_id"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("premises", sa.JSON(), nullable=False),
        sa.Column("permits", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["subject.id"], name=op.f("fk_handover_from_id_subject")),
        sa.ForeignKeyConstraint(["to_id"], ["subject.id"], name=op.f("fk_handover_to_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_from_id"), "handover", ["from_id"], unique=False)
    op.create_index(op.f("ix_handover_to_id"), "handover", ["to_id"], unique=False)
    op.create_table(
        "notice_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_delivery_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_delivery")),
    )
    op.create_index(op.f("ix_notice_delivery_channel"), "notice_delivery", ["channel"], unique=False)
    op.create_index(op.f("ix_notice_delivery_district"), "notice_delivery", ["district"], unique=False)
    op.create_index(op.f("ix_notice_delivery_next_try_at"), "notice_delivery", ["next_try_at"], unique=False)
    op.create_index(op.f("ix_notice_delivery_notice_id"), "notice_delivery", ["notice_id"], unique=False)
    op.create_index(op.f("ix_notice_delivery_receipt"), "notice_delivery", ["receipt"], unique=False)
    op.create_index(op.f("ix_notice_delivery_state"), "notice_delivery", ["state"], unique=False)
    op.create_table(
        "notice_seen",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_seen_notice_id_notice")),
        sa.PrimaryKeyConstraint("notice_id", "person_id", name=op.f("pk_notice_seen")),
    )
    op.create_table(
        "officer_record",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("certificate_to", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_officer_record_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_officer_record")),
    )
    op.create_index(op.f("ix_officer_record_district"), "officer_record", ["district"], unique=False)
    op.create_index(op.f("ix_officer_record_team"), "officer_record", ["team"], unique=False)
    op.create_table(
        "premises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("door_number", sa.String(), nullable=False),
        sa.Column("ground", sa.JSON(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_premises_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises")),
    )
    op.create_index(op.f("ix_premises_district"), "premises", ["district"], unique=False)
    op.create_index(op.f("ix_premises_subject_id"), "premises", ["subject_id"], unique=False)
    op.create_table(
        "publication_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publication_step_publication_id_publication")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_step")),
    )
    op.create_index(op.f("ix_publication_step_publication_id"), "publication_step", ["publication_id"], unique=False)
    op.create_table(
        "subject_grade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_grade_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_grade")),
    )
    op.create_index(op.f("ix_subject_grade_subject_id"), "subject_grade", ["subject_id"], unique=False)
    op.create_table(
        "subject_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["subject.id"], name=op.f("fk_subject_link_other_id_subject")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_link_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_link")),
    )
    op.create_index(op.f("ix_subject_link_other_id"), "subject_link", ["other_id"], unique=False)
    op.create_index(op.f("ix_subject_link_subject_id"), "subject_link", ["subject_id"], unique=False)
    op.create_table(
        "subject_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_name_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_name")),
    )
    op.create_index(op.f("ix_subject_name_subject_id"), "subject_name", ["subject_id"], unique=False)
    op.create_table(
        "subject_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_subject_record_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_record")),
    )
    op.create_index(op.f("ix_subject_record_subject_id"), "subject_record", ["subject_id"], unique=False)
    op.create_table(
        "assignment_against",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=False),
        sa.Column("against", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("powers", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_assignment_against_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_against")),
    )
    op.create_index(op.f("ix_assignment_against_case_id"), "assignment_against", ["case_id"], unique=False)
    op.create_index(op.f("ix_assignment_against_district"), "assignment_against", ["district"], unique=False)
    op.create_index(op.f("ix_assignment_against_sent_at"), "assignment_against", ["sent_at"], unique=False)
    op.create_table(
        "case_clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_clock_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clock")),
    )
    op.create_index(op.f("ix_case_clock_case_id"), "case_clock", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_clock_next_at"), "case_clock", ["next_at"], unique=False)
    op.create_table(
        "case_recheck",
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("still_there", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_recheck_case_id_case")),
        sa.PrimaryKeyConstraint("command_id", name=op.f("pk_case_recheck")),
    )
    op.create_index(op.f("ix_case_recheck_case_id"), "case_recheck", ["case_id"], unique=False)
    op.create_table(
        "education_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_by_name", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_education_record_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education_record")),
    )
    op.create_index(op.f("ix_education_record_case_id"), "education_record", ["case_id"], unique=False)
    op.create_index(op.f("ix_education_record_district"), "education_record", ["district"], unique=False)
    op.create_index(op.f("ix_education_record_subject_id"), "education_record", ["subject_id"], unique=False)
    op.create_table(
        "issued_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("list_version", sa.String(), nullable=True),
        sa.Column("wording_version", sa.String(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("idempotency_key", sa.String(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_issued_document_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
        sa.UniqueConstraint(
            "authority", "kind", "year", "serial", name=op.f("uq_issued_document_authority_kind_year_serial")
        ),
        sa.UniqueConstraint("case_id", "ordinal", name=op.f("uq_issued_document_case_id_ordinal")),
        sa.UniqueConstraint("made_by", "idempotency_key", name=op.f("uq_issued_document_made_by_idempotency_key")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_document_number")),
        sa.UniqueConstraint("token", name=op.f("uq_issued_document_token")),
    )
    op.create_index(op.f("ix_issued_document_case_id"), "issued_document", ["case_id"], unique=False)
    op.create_index(op.f("ix_issued_document_district"), "issued_document", ["district"], unique=False)
    op.create_index(op.f("ix_issued_document_kind"), "issued_document", ["kind"], unique=False)
    op.create_index(op.f("ix_issued_document_sha256"), "issued_document", ["sha256"], unique=False)
    op.create_table(
        "late_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=False),
        sa.Column("accepted_by_name", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_late_acceptance_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_acceptance")),
        sa.UniqueConstraint("case_id", "due_at", name=op.f("uq_late_acceptance_case_id_due_at")),
    )
    op.create_index(op.f("ix_late_acceptance_case_id"), "late_acceptance", ["case_id"], unique=False)
    op.create_table(
        "notice_proof",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["notice_delivery.id"], name=op.f("fk_notice_proof_delivery_id_notice_delivery")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_proof")),
        sa.UniqueConstraint("delivery_id", "ordinal", name=op.f("uq_notice_proof_delivery_id_ordinal")),
        sa.UniqueConstraint("once", name=op.f("uq_notice_proof_once")),
    )
    op.create_index(op.f("ix_notice_proof_delivery_id"), "notice_proof", ["delivery_id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Float(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state_then", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("came_by", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("baseline", sa.String(), nullable=True),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lodged_by", sa.Uuid(), nullable=False),
        sa.Column("lodged_by_name", sa.String(), nullable=False),
        sa.Column("request_key", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_by_name", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_objection_case_id_case")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_objection_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("number", name=op.f("uq_objection_number")),
    )
    op.create_index(op.f("ix_objection_case_id"), "objection", ["case_id"], unique=False)
    op.create_index(op.f("ix_objection_district"), "objection", ["district"], unique=False)
    op.create_index(op.f("ix_objection_due_at"), "objection", ["due_at"], unique=False)
    op.create_index(op.f("ix_objection_next_at"), "objection", ["next_at"], unique=False)
    op.create_index(op.f("ix_objection_status"), "objection", ["status"], unique=False)
    op.create_index(op.f("ix_objection_subject_id"), "objection", ["subject_id"], unique=False)
    op.create_table(
        "party_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=True),
        sa.Column("token_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("code_before_sha256", sa.String(), nullable=True),
        sa.Column("visit_key_sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_party_link_case_id_case")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_party_link_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_link")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_party_link_code_sha256")),
    )
    op.create_index(op.f("ix_party_link_case_id"), "party_link", ["case_id"], unique=False)
    op.create_index(op.f("ix_party_link_district"), "party_link", ["district"], unique=False)
    op.create_index(op.f("ix_party_link_token_sha256"), "party_link", ["token_sha256"], unique=False)
    op.create_table(
        "permit_approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("permit_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["permit_id"], ["permit.id"], name=op.f("fk_permit_approval_permit_id_permit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_approval")),
    )
    op.create_index(op.f("ix_permit_approval_permit_id"), "permit_approval", ["permit_id"], unique=False)
    op.create_table(
        "permit_area",
        sa.Column("permit_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("edge_id", sa.String(), nullable=False),
        sa.Column("camera_id", sa.String(), nullable=False),
        sa.Column("zone_id", sa.String(), nullable=False),
        sa.Column("polygon", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["permit_id"], ["permit.id"], name=op.f("fk_permit_area_permit_id_permit")),
        sa.PrimaryKeyConstraint("permit_id", "ordinal", name=op.f("pk_permit_area")),
    )
    op.create_index(op.f("ix_permit_area_camera_id"), "permit_area", ["camera_id"], unique=False)
    op.create_index(op.f("ix_permit_area_edge_id"), "permit_area", ["edge_id"], unique=False)
    op.create_table(
        "permit_status_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("permit_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_invalid", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["permit_id"], ["permit.id"], name=op.f("fk_permit_status_change_permit_id_permit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_status_change")),
    )
    op.create_index(op.f("ix_permit_status_change_permit_id"), "permit_status_change", ["permit_id"], unique=False)
    op.create_table(
        "person_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("merged", sa.Boolean(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=True),
        sa.Column("violation", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("in_view", sa.JSON(), nullable=False),
        sa.Column("request_digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_person_report_alert_id_alert")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_person_report_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_report")),
        sa.UniqueConstraint("number", name=op.f("uq_person_report_number")),
        sa.UniqueConstraint("request_digest", name=op.f("uq_person_report_request_digest")),
    )
    op.create_index(op.f("ix_person_report_alert_id"), "person_report", ["alert_id"], unique=False)
    op.create_index(op.f("ix_person_report_case_id"), "person_report", ["case_id"], unique=False)
    op.create_index(op.f("ix_person_report_district"), "person_report", ["district"], unique=False)
    op.create_index(op.f("ix_person_report_seen_at"), "person_report", ["seen_at"], unique=False)
    op.create_table(
        "pledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_pledge_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
    )
    op.create_index(op.f("ix_pledge_case_id"), "pledge", ["case_id"], unique=False)
    op.create_index(op.f("ix_pledge_district"), "pledge", ["district"], unique=False)
    op.create_index(op.f("ix_pledge_subject_id"), "pledge", ["subject_id"], unique=False)
    op.create_table(
        "record_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("is_true", sa.Boolean(), nullable=False),
        sa.Column("is_clear", sa.Boolean(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("is_accurate", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_by_name", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_record_review_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_review")),
    )
    op.create_index(op.f("ix_record_review_case_id"), "record_review", ["case_id"], unique=False)
    op.create_table(
        "review_claim",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_review_claim_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_review_claim")),
    )
    op.create_index(op.f("ix_review_claim_district"), "review_claim", ["district"], unique=False)
    op.create_index(op.f("ix_review_claim_person_id"), "review_claim", ["person_id"], unique=False)
    op.create_index(op.f("ix_review_claim_until"), "review_claim", ["until"], unique=False)
    op.create_table(
        "review_doubt",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_review_doubt_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_review_doubt")),
    )
    op.create_index(op.f("ix_review_doubt_district"), "review_doubt", ["district"], unique=False)
    op.create_table(
        "document_withdrawal",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["issued_document.id"], name=op.f("fk_document_withdrawal_document_id_issued_document")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_withdrawal")),
    )
    op.create_table(
        "party_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=True),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_party_file_case_id_case")),
        sa.ForeignKeyConstraint(["link_id"], ["party_link.id"], name=op.f("fk_party_file_link_id_party_link")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_party_file_objection_id_objection")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_file")),
    )
    op.create_index(op.f("ix_party_file_case_id"), "party_file", ["case_id"], unique=False)
    op.create_index(op.f("ix_party_file_objection_id"), "party_file", ["objection_id"], unique=False)
    op.create_index(op.f("ix_party_file_sha256"), "party_file", ["sha256"], unique=False)
    op.create_table(
        "pledge_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_pledge_outcome_pledge_id_pledge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_outcome")),
        sa.UniqueConstraint("pledge_id", "ordinal", name=op.f("uq_pledge_outcome_pledge_id_ordinal")),
    )
    op.create_index(op.f("ix_pledge_outcome_pledge_id"), "pledge_outcome", ["pledge_id"], unique=False)
    op.create_table(
        "reporter",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["person_report.id"], name=op.f("fk_reporter_report_id_person_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_reporter")),
    )
    op.create_table(
        "correction_task",
        sa.Column("warn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Float(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("nature_group", sa.String(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_correction_task_case_id_case")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["case_decision.id"], name=op.f("fk_correction_task_decision_id_case_decision")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["case_recommendation.id"],
            name=op.f("fk_correction_task_recommendation_id_case_recommendation"),
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_correction_task_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_task")),
    )
    op.create_index(op.f("ix_correction_task_case_id"), "correction_task", ["case_id"], unique=False)
    op.create_index(op.f("ix_correction_task_district"), "correction_task", ["district"], unique=False)
    op.create_index(op.f("ix_correction_task_due_at"), "correction_task", ["due_at"], unique=False)
    op.create_index(op.f("ix_correction_task_next_at"), "correction_task", ["next_at"], unique=False)
    op.create_index(op.f("ix_correction_task_status"), "correction_task", ["status"], unique=False)
    op.create_index(op.f("ix_correction_task_subject_id"), "correction_task", ["subject_id"], unique=False)
    op.add_column("alert", sa.Column("source", sa.String(), nullable=False, server_default="camera"))
    op.add_column("alert", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.add_column("alert", sa.Column("area_m2_sigma", sa.Float(), nullable=True))
    op.add_column("alert", sa.Column("peak_area_m2_sigma", sa.Float(), nullable=True))
    op.add_column("alert", sa.Column("unwatched_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("alert", sa.Column("unwatched_why", sa.String(), nullable=False, server_default=""))
    op.add_column("alert", sa.Column("item_code", sa.String(), nullable=True))
    op.add_column("alert", sa.Column("lon", sa.Float(), nullable=True))
    op.add_column("alert", sa.Column("lat", sa.Float(), nullable=True))
    op.add_column("alert", sa.Column("address", sa.String(), nullable=False, server_default=""))
    op.create_index(
        "ix_alert_camera_id_zone_id_raised_at", "alert", ["camera_id", "zone_id", "raised_at"], unique=False
    )
    op.create_index(op.f("ix_alert_district"), "alert", ["district"], unique=False)
    op.create_index("ix_alert_district_raised_at", "alert", ["district", "raised_at"], unique=False)
    op.create_index(op.f("ix_alert_lon"), "alert", ["lon"], unique=False)
    op.create_index(op.f("ix_alert_source"), "alert", ["source"], unique=False)
    op.create_index("ix_alert_violation_raised_at", "alert", ["violation", "raised_at"], unique=False)
    op.add_column("alert_report", sa.Column("zone_polygon", sa.JSON(), nullable=True))
    op.add_column("audit_entry", sa.Column("district", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_audit_entry_district"), "audit_entry", ["district"], unique=False)
    op.add_column("camera", sa.Column("name", sa.String(), nullable=False, server_default=""))
    op.add_column("camera", sa.Column("watched", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("case", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.add_column("case", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("case", sa.Column("path", sa.String(), nullable=False, server_default=""))
    op.add_column("case", sa.Column("arrival", sa.String(), nullable=False, server_default=""))
    op.add_column("case", sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("served_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("extensions", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("case", sa.Column("asks", sa.String(), nullable=True))
    op.add_column("case", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("asked_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("objected_from", sa.String(), nullable=True))
    op.add_column("case", sa.Column("legal_passed_rule", sa.String(), nullable=False, server_default=""))
    op.add_column("case", sa.Column("void_asked_by", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.add_column("case", sa.Column("sibling_of", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_case_assignee_id"), "case", ["assignee_id"], unique=False)
    op.create_index("ix_case_camera_id_id", "case", ["camera_id", "id"], unique=False)
    op.create_index(op.f("ix_case_district"), "case", ["district"], unique=False)
    op.create_index("ix_case_district_id", "case", ["district", "id"], unique=False)
    op.create_index("ix_case_due_at_id", "case", ["due_at", "id"], unique=False)
    op.create_index(op.f("ix_case_handler_id"), "case", ["handler_id"], unique=False)
    op.create_index("ix_case_item_code_id", "case", ["item_code", "id"], unique=False)
    op.create_index(op.f("ix_case_merged_into"), "case", ["merged_into"], unique=False)
    op.create_index("ix_case_number_id", "case", ["number", "id"], unique=False)
    op.create_index("ix_case_opened_at_id", "case", ["opened_at", "id"], unique=False)
    op.create_index(op.f("ix_case_reviewer_id"), "case", ["reviewer_id"], unique=False)
    op.create_index(op.f("ix_case_sibling_of"), "case", ["sibling_of"], unique=False)
    op.create_index("ix_case_state_id", "case", ["state", "id"], unique=False)
    op.create_index("ix_case_urgent_id", "case", ["urgent", "id"], unique=False)
    op.create_index(op.f("ix_case_verifier_id"), "case", ["verifier_id"], unique=False)
    op.add_column("case_recommendation", sa.Column("other_list_version", sa.String(), nullable=True))
    op.add_column("edge", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_edge_district"), "edge", ["district"], unique=False)
    op.add_column("evidence_file", sa.Column("stored_by_id", sa.Uuid(), nullable=True))
    op.add_column("evidence_file", sa.Column("district", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_evidence_file_district"), "evidence_file", ["district"], unique=False)
    op.add_column("feed_entry", sa.Column("district", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_feed_entry_district"), "feed_entry", ["district"], unique=False)
    op.add_column("notice", sa.Column("district", sa.String(), nullable=False, server_default=""))
    op.add_column("notice", sa.Column("case_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("routed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_notice_case_id"), "notice", ["case_id"], unique=False)
    op.create_index(op.f("ix_notice_district"), "notice", ["district"], unique=False)
    op.create_index(op.f("ix_notice_routed_at"), "notice", ["routed_at"], unique=False)
    op.add_column("permit", sa.Column("number", sa.String(), nullable=False, server_default=""))
    op.add_column("permit", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.add_column("permit", sa.Column("ground", sa.JSON(), nullable=True))
    op.add_column("permit", sa.Column("season_from", sa.String(), nullable=False, server_default=""))
    op.add_column("permit", sa.Column("season_to", sa.String(), nullable=False, server_default=""))
    op.add_column("permit", sa.Column("goods", sa.String(), nullable=False, server_default=""))
    op.add_column("permit", sa.Column("conditions", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("permit", sa.Column("holder_left_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_permit_district"), "permit", ["district"], unique=False)
    op.create_index(op.f("ix_permit_number"), "permit", ["number"], unique=False)
    op.add_column("person", sa.Column("districts", sa.JSON(), nullable=False, server_default='["*"]'))
    op.add_column("published_version", sa.Column("author", sa.String(), nullable=False, server_default=""))
    op.add_column("published_version", sa.Column("drafted_by", sa.String(), nullable=False, server_default=""))
    op.add_column("published_version", sa.Column("published_by", sa.String(), nullable=False, server_default=""))
    op.add_column("published_version", sa.Column("based_on", sa.String(), nullable=False, server_default=""))
    op.add_column("subject", sa.Column("person_pending", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("subject", sa.Column("pending_reason", sa.String(), nullable=False, server_default=""))
    op.add_column("subject", sa.Column("owner_name", sa.String(), nullable=False, server_default=""))
    op.add_column("subject", sa.Column("owner_digest", sa.String(), nullable=True))
    op.add_column("subject", sa.Column("head_office_id", sa.Uuid(), nullable=True))
    op.add_column("subject", sa.Column("language", sa.String(), nullable=False, server_default="zh-CN"))
    op.add_column("subject", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_subject_district"), "subject", ["district"], unique=False)
    op.create_index(op.f("ix_subject_head_office_id"), "subject", ["head_office_id"], unique=False)
    op.create_index(op.f("ix_subject_owner_digest"), "subject", ["owner_digest"], unique=False)
    op.add_column("token", sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
    # Each permit was one polygon of one zone: that becomes its first area.
    op.execute(
        "INSERT INTO permit_area (permit_id, ordinal, edge_id, camera_id, zone_id, polygon) "
        "SELECT id, 1, edge_id, camera_id, zone_id, polygon FROM permit"
    )
    op.execute("UPDATE permit SET number = id WHERE number = ''")
    op.drop_index(op.f("ix_permit_camera_id"), table_name="permit")
    op.drop_index(op.f("ix_permit_edge_id"), table_name="permit")
    op.drop_column("permit", "polygon")
    op.drop_column("permit", "zone_id")
    op.drop_column("permit", "camera_id")
    op.drop_column("permit", "edge_id")
    for table in APPEND_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """A ledger is not taken apart."""
    raise RuntimeError("a ledger is not taken apart: restore the copy that was made before migrating")
