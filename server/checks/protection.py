"""Whether the database still refuses to change history: the triggers of append-only tables are there."""

from sqlalchemy import text
from sqlmodel import Session

from server.append_only import protected
from server.checks.finding import Finding, finding

_WANTED = {
    "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger'", ("_no_update", "_no_delete")),
    "postgresql": ("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'", ("_append_only",)),
}


def triggers(session: Session) -> Finding:
    """A table whose trigger is gone may have been changed."""
    query, endings = _WANTED[session.get_bind().dialect.name]
    there = set(session.connection().execute(text(query)).scalars())
    missing = [f"{table}{ending} is not there" for table in protected() for ending in endings]
    return finding("triggers", len(protected()), [line for line in missing if line.split()[0] not in there])
