"""Districts, law, objections, documents, places, notices, reports: what the law asks of a file."""

import sqlalchemy as sa
from alembic import op

from server.append_only import statements

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
APPEND_ONLY = ()


def upgrade() -> None:
    """Forward."""
    op.add_column("alert", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_alert_district"), "alert", ["district"], unique=False)
    op.add_column("case", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_case_district"), "case", ["district"], unique=False)
    op.add_column("edge", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_edge_district"), "edge", ["district"], unique=False)
    op.add_column("permit", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_permit_district"), "permit", ["district"], unique=False)
    op.add_column("person", sa.Column("districts", sa.JSON(), nullable=False, server_default='["*"]'))
    op.add_column("subject", sa.Column("district", sa.String(), nullable=False, server_default="local"))
    op.create_index(op.f("ix_subject_district"), "subject", ["district"], unique=False)
    for table in APPEND_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    """A ledger is not taken apart."""
    raise NotImplementedError
