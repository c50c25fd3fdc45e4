"""Every table of the server: the metadata is complete once these modules are imported."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from server.rooms import modules


def load_tables() -> list[Table]:
    """Import each room's tables and return all of them, parents before children."""
    modules("tables")
    return list(SQLModel.metadata.sorted_tables)
