"""The engine and the only commit: `session_scope()` for HTTP, ingest and jobs alike.

SQLite runs in WAL with synchronous=FULL, because NORMAL loses committed rows in a power cut. A writing scope starts
with BEGIN IMMEDIATE: a transaction that reads first and writes later would otherwise fail with "database is locked"
without waiting, whenever another writer came between.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, SQLModel, create_engine

from server.turns import Turns

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
BUSY_TIMEOUT_MS = 15_000
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 90}
"""More than twice the web server's 40 threads: a request may hold one session while it asks who is asking."""


class Database:
    """One database, by SQLAlchemy URL: `sqlite:///path` or `postgresql+psycopg://user@host/name`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else create_engine(url, pool_pre_ping=True, **POOL)
        self._writing = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @contextmanager
    def session_scope(self, *, write: bool = True) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back when it raises.

        `write=False` never commits and takes no write lock.
        """
        with Session(self._writing if write else self.engine, expire_on_commit=False) as session:
            yield session
            if write:
                session.commit()

    def create_all(self) -> None:
        """Every table as the metadata has it (tests and the demo; a real server migrates)."""
        from server.schema import load_tables

        SQLModel.metadata.create_all(self.engine, tables=load_tables())

    def close(self) -> None:
        """Return every connection."""
        self.engine.dispose()


def serialise(session: Session, name: str) -> None:
    """Hold the lock `name` to the end of the transaction. SQLite's writing scope already excludes other writers."""
    if session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _sqlite_engine(url: str) -> Engine:
    name = make_url(url).database
    if not name or name == ":memory:":
        raise ValueError("SQLite needs a file: an in-memory database would be another one for every thread")
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000}, **POOL)
    turns = Turns()
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", lambda connection: _on_begin(connection, turns))
    for end in ("commit", "rollback"):
        event.listen(engine, end, lambda connection: _on_end(connection, turns))
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    # The driver's own transaction handling commits behind SAVEPOINT; we say BEGIN ourselves (see _on_begin).
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection, turns: Turns) -> None:
    """Writers of this process queue up first. One whose turn does not come still tries, as another process would."""
    begin = connection.get_execution_options().get("sqlite_begin", "BEGIN")
    if begin == "BEGIN":
        connection.exec_driver_sql(begin)
        return
    connection.info["has_turn"] = turns.take(BUSY_TIMEOUT_MS / 1000)
    try:
        connection.exec_driver_sql(begin)
    except BaseException:
        _on_end(connection, turns)
        raise


def _on_end(connection: Connection, turns: Turns) -> None:
    if connection.info.pop("has_turn", False):
        turns.give_back()
