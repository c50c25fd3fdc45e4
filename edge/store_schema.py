"""Tables of the edge's one SQLite file, and how it is opened: WAL and `synchronous=FULL`.

`synchronous=NORMAL` would lose the last commits in a power cut, and a commit is the edge's promise.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from edge.errors import DiskFull, EdgeError

VERSION = 1
SCHEMA = """
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  payload BLOB NOT NULL,
  priority INTEGER NOT NULL,     -- 0: never dropped; 1: telemetry
  created_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  unmet INTEGER NOT NULL         -- evidence files of this message that the server has not got yet
) STRICT;
CREATE INDEX outbox_order ON outbox (priority, seq);
CREATE INDEX outbox_unmet ON outbox (priority, seq) WHERE unmet > 0;
CREATE TABLE evidence (
  sha256 TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  kept_at TEXT NOT NULL,
  uploaded_at TEXT,
  refused TEXT                   -- why the server will never take it; such a file is not deleted
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_age ON evidence (kept_at) WHERE uploaded_at IS NOT NULL;
CREATE TABLE need (
  message_id TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES evidence,
  PRIMARY KEY (message_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX need_file ON need (sha256);
CREATE TABLE episode (key TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE rejected (id TEXT PRIMARY KEY, reason TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

_NO_SPACE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})


class StoreDamaged(EdgeError):
    """The edge's database is not whole, or of a newer version than this program."""

    code = "edge.store_damaged"


def open_database(path: Path) -> sqlite3.Connection:
    """A connection for use under one lock. Raises StoreDamaged or DiskFull."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with disk_full_named(path):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "journal_size_limit=16777216"):
                connection.execute(f"PRAGMA {pragma}")
            _prepare(connection, path)
        except sqlite3.DatabaseError as error:
            connection.close()
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise StoreDamaged(f"{path}: {error}; move it away and restore the last backup") from error
        except BaseException:
            connection.close()
            raise
    path.chmod(0o600)
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise StoreDamaged(f"{path}: version {version} is newer than this program's {VERSION}; install the newer one")
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StoreDamaged(f"{path}: {verdict}; move it away and restore the last backup")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """All or nothing. Raises DiskFull when there was no space; then nothing of it happened."""
    with disk_full_named(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def disk_full_named(path: Path) -> Iterator[None]:
    """Give SQLite's ways of saying "no space" one name."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) in _NO_SPACE:
            raise DiskFull(path, "no space left for the outbox") from error
        raise
