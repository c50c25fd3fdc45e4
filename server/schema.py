"""Every table of the server: the metadata is complete once these modules are imported."""

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import Table
from sqlmodel import SQLModel

import server


def load_tables() -> list[Table]:
    """Import each `server/<room>/tables.py` and return all tables, parents before children."""
    for room in iter_modules(server.__path__, "server."):
        if room.ispkg and any(module.name == "tables" for module in iter_modules(_folder(room.name))):
            import_module(f"{room.name}.tables")
    return list(SQLModel.metadata.sorted_tables)


def _folder(package: str) -> list[str]:
    return list(import_module(package).__path__)
