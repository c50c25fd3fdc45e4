"""Tables whose rows are history: triggers in the database refuse UPDATE and DELETE, whoever asks."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Table, event, text
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)
_protected: set[str] = set()


def append_only(table_class: type[Row]) -> type[Row]:
    """Class decorator of a table: nothing in it is ever changed or deleted."""
    table: Table = table_class.__table__  # type: ignore[attr-defined]
    _protected.add(table.name)
    event.listen(table, "after_create", _protect)
    return table_class


def protected() -> list[str]:
    """The names of all tables declared so far that are append-only."""
    return sorted(_protected)


def statements(table: str, dialect: str) -> list[str]:
    """The DDL that protects `table` (its name comes from our own metadata)."""
    return _DDL[dialect](table)


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


_DDL: dict[str, Callable[[str], list[str]]] = {"sqlite": _sqlite, "postgresql": _postgresql}


def _protect(table: Table, connection: Connection, **_: object) -> None:
    for statement in statements(table.name, connection.dialect.name):
        connection.execute(text(statement))
