"""Alembic's entry: runs inside the connection that `server.migrate` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from server.schema import load_tables


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Plain SQLAlchemy types, so that an old migration does not depend on how a library names its own."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()" if item.length is None else f"sa.String({item.length})"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _wanted(item: Any, name: str | None, kind: str, *_: Any) -> bool:
    only: frozenset[str] | None = context.config.attributes.get("only")
    return only is None or kind != "table" or name in only


load_tables()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    compare_type=True,
    render_item=_render,
    include_object=_wanted,
)
context.run_migrations()
