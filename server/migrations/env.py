"""Alembic's entry: runs inside the connection that `server.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from server.schema import load_tables

load_tables()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
