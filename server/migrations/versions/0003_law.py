"""Districts, law, objections, documents, places, notices, reports: what the law asks of a file."""

import sqlalchemy as sa
from alembic import op

from server.append_only import statements

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
APPEND_ONLY = (
    "handover",
    "subject_grade",
    "subject_link",
    "subject_name",
    "subject_record",
)


def upgrade() -> None:
    """Forward."""
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
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_party_link_case_id_case")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_party_link_subject_id_subject")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_link")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_party_link_code_sha256")),
    )
    op.create_index(op.f("ix_party_link_case_id"), "party_link", ["case_id"], unique=False)
    op.create_index(op.f("ix_party_link_district"), "party_link", ["district"], unique=False)
    op.create_index(op.f("ix_party_link_token_sha256"), "party_link", ["token_sha256"], unique=False)
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
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_party_file_case_id_case")),
        sa.ForeignKeyConstraint(["link_id"], ["party_link.id"], name=op.f("fk_party_file_link_id_party_link")),
        sa.ForeignKeyConstraint(["objection_id"], ["objection.id"], name=op.f("fk_party_file_objection_id_objection")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_file")),
    )
    op.create_index(op.f("ix_party_file_case_id"), "party_file", ["case_id"], unique=False)
    op.create_index(op.f("ix_party_file_objection_id"), "party_file", ["objection_id"], unique=False)
    op.create_index(op.f("ix_party_file_sha256"), "party_file", ["sha256"], unique=False)
    op.add_column("alert", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_alert_district"), "alert", ["district"], unique=False)
    op.add_column("case", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_case_district"), "case", ["district"], unique=False)
    op.add_column("edge", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_edge_district"), "edge", ["district"], unique=False)
    op.add_column("feed_entry", sa.Column("district", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_feed_entry_district"), "feed_entry", ["district"], unique=False)
    op.add_column("notice", sa.Column("district", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_notice_district"), "notice", ["district"], unique=False)
    op.add_column("permit", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_permit_district"), "permit", ["district"], unique=False)
    op.add_column("person", sa.Column("districts", sa.JSON(), nullable=False, server_default='["*"]'))
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
    for table in APPEND_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """A ledger is not taken apart."""
    raise NotImplementedError
