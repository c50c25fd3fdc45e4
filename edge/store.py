"""What the edge must not forget: messages on their way, episodes, evidence, boot counter, permits. One SQLite file.

`commit` is one transaction, so an episode is never raised twice nor lost. A message leaves only through `forget`
or `reject` (the server's application ack); a file may be deleted only when the server has its bytes and no waiting
message speaks of it. When the disk is full the call raises DiskFull and nothing of it happened.
"""

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self
from uuid import UUID

from edge.contracts.codec import Envelope, encode
from edge.contracts.messages import CameraHealth, ConfigApplied, EdgeLoad, EvidenceRef, Message
from edge.contracts.topics import Channel, topic
from edge.store_schema import open_database, transaction

ALERT, TELEMETRY = 0, 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message that is ready to go out."""

    seq: int
    id: UUID
    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Pending:
    """The files of the oldest message that the server still lacks: (sha256, media type, size in bytes)."""

    message_id: UUID
    files: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits and what was given up. `dropped` counts telemetry that the cap removed; alerts are never dropped."""

    alerts: int
    telemetry: int
    dropped: int
    rejected: int


def channel_of(message: Message) -> Channel:
    """Which topic a message goes up on: health and load on `health`, everything that a case needs on `alert`."""
    return Channel.HEALTH if isinstance(message, CameraHealth | EdgeLoad | ConfigApplied) else Channel.ALERT


class EdgeStore:
    """Safe to share between threads. `close` it, or use it in a `with`."""

    def __init__(self, path: Path, *, telemetry_cap: int = 10_000) -> None:
        self.path = path
        self._cap = telemetry_cap
        self._lock = threading.Lock()
        self._db = open_database(path)

    def commit(
        self,
        messages: Iterable[Envelope],
        states: Mapping[str, str] | None = None,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        """Keep messages, episode states (key -> JSON) and facts, all in one transaction. Raises DiskFull.

        The files that the messages name as evidence must be on the disk already.
        """
        with self._lock, transaction(self._db, self.path):
            for envelope in messages:
                self._enqueue(envelope)
            self._db.executemany("INSERT OR REPLACE INTO episode VALUES (?, ?)", list((states or {}).items()))
            self._db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", list((facts or {}).items()))

    def _enqueue(self, envelope: Envelope) -> None:
        message_id, at = str(envelope.id), envelope.sent_at.isoformat()
        channel = channel_of(envelope.message)
        priority = TELEMETRY if isinstance(envelope.message, CameraHealth | EdgeLoad) else ALERT
        refs: list[EvidenceRef] = getattr(envelope.message, "evidence", [])
        for ref in refs:
            row = (ref.sha256, ref.media_type, ref.size_bytes, at)
            self._db.execute(
                "INSERT INTO evidence (sha256, media_type, size_bytes, kept_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (sha256) DO UPDATE SET kept_at = excluded.kept_at",
                row,
            )
        hashes = {ref.sha256 for ref in refs}
        self._db.executemany("INSERT INTO need VALUES (?, ?)", [(message_id, sha256) for sha256 in hashes])
        unmet = self._db.execute(
            "SELECT count(*) FROM need JOIN evidence USING (sha256)"
            " WHERE message_id = ? AND uploaded_at IS NULL AND refused IS NULL",
            (message_id,),
        ).fetchone()[0]
        self._db.execute(
            "INSERT INTO outbox (id, topic, payload, priority, created_at, unmet) VALUES (?, ?, ?, ?, ?, ?)",
            (message_id, topic(envelope.source, channel), encode(envelope), priority, at, unmet),
        )
        if priority == TELEMETRY:
            self._drop_old_telemetry()

    def _drop_old_telemetry(self) -> None:
        gone = self._db.execute(
            "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE priority = ? ORDER BY seq DESC"
            " LIMIT -1 OFFSET ?)",
            (TELEMETRY, self._cap),
        ).rowcount
        if gone:
            dropped = int(self._fact("telemetry_dropped") or 0) + gone
            self._db.execute("INSERT OR REPLACE INTO fact VALUES ('telemetry_dropped', ?)", (str(dropped),))

    def waiting(self, exclude: Collection[UUID], limit: int) -> list[Waiting]:
        """The next messages in order, alerts before telemetry, whose evidence the server has; none of `exclude`.

        An alert never overtakes an earlier one: those behind an alert whose files are still on their way wait too.
        """
        with self._lock:
            blocked = self._db.execute(
                "SELECT min(seq) FROM outbox WHERE priority = ? AND unmet > 0", (ALERT,)
            ).fetchone()[0]
            rows: list[tuple[int, str]] = []
            for priority, before in ((ALERT, blocked), (TELEMETRY, None)):
                rows += self._db.execute(
                    "SELECT seq, id FROM outbox WHERE priority = ? AND (? IS NULL OR seq < ?) ORDER BY seq LIMIT ?",
                    (priority, before, before, limit + len(exclude)),
                ).fetchall()
            fresh = [seq for seq, name in rows if UUID(name) not in exclude][:limit]
            found = [
                self._db.execute("SELECT seq, id, topic, payload FROM outbox WHERE seq = ?", (seq,)).fetchone()
                for seq in fresh
            ]
        return [Waiting(seq, UUID(name), to, payload) for seq, name, to, payload in found]

    def again(self, message_id: UUID) -> Waiting | None:
        """One message to send once more, and count the attempt; None when it has been acked meanwhile."""
        with self._lock, transaction(self._db, self.path):
            self._db.execute("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", (str(message_id),))
            row = self._db.execute(
                "SELECT seq, id, topic, payload FROM outbox WHERE id = ?", (str(message_id),)
            ).fetchone()
        return None if row is None else Waiting(row[0], UUID(row[1]), row[2], row[3])

    def forget(self, ids: Iterable[UUID]) -> int:
        """The server has committed these: drop them. How many were still here."""
        with self._lock, transaction(self._db, self.path):
            return self._drop([str(message_id) for message_id in ids])

    def reject(self, refusals: Mapping[UUID, str], at: datetime) -> int:
        """The server keeps these as dead letters: drop them and remember why."""
        with self._lock, transaction(self._db, self.path):
            self._db.executemany(
                "INSERT OR IGNORE INTO rejected VALUES (?, ?, ?)",
                [(str(message_id), reason, at.isoformat()) for message_id, reason in refusals.items()],
            )
            return self._drop([str(message_id) for message_id in refusals])

    def _drop(self, ids: list[str]) -> int:
        keys = [(message_id,) for message_id in ids]
        self._db.executemany("DELETE FROM need WHERE message_id = ?", keys)
        return self._db.executemany("DELETE FROM outbox WHERE id = ?", keys).rowcount

    def next_upload(self) -> Pending | None:
        """What to send next, in the order of the messages; None when the server has everything."""
        with self._lock:
            row = self._db.execute(
                "SELECT id FROM outbox WHERE unmet > 0 ORDER BY priority, seq LIMIT 1",
            ).fetchone()
            if row is None:
                return None
            files = self._db.execute(
                "SELECT sha256, media_type, size_bytes FROM need JOIN evidence USING (sha256)"
                " WHERE message_id = ? AND uploaded_at IS NULL AND refused IS NULL",
                row,
            ).fetchall()
        return Pending(UUID(row[0]), files)

    def uploaded(self, hashes: Iterable[str], at: datetime) -> None:
        """The server has said that it holds these bytes."""
        self._settle("uploaded_at", [(at.isoformat(), sha256) for sha256 in hashes])

    def refused(self, sha256: str, reason: str) -> None:
        """The server will never take this file; its message goes without it and the file stays here."""
        self._settle("refused", [(reason, sha256)])

    def _settle(self, column: str, rows: list[tuple[str, str]]) -> None:
        with self._lock, transaction(self._db, self.path):
            for value, sha256 in rows:
                changed = self._db.execute(
                    f"UPDATE evidence SET {column} = ?"  # noqa: S608 - one of two literals of this class
                    " WHERE sha256 = ? AND uploaded_at IS NULL AND refused IS NULL",
                    (value, sha256),
                ).rowcount
                if changed:
                    self._db.execute(
                        "UPDATE outbox SET unmet = unmet - 1"
                        " WHERE id IN (SELECT message_id FROM need WHERE sha256 = ?)",
                        (sha256,),
                    )

    def releasable(self, kept_before: datetime, limit: int = 500) -> list[str]:
        """Files that may be deleted: the server has the bytes, no waiting message names them, kept long enough."""
        with self._lock:
            rows = self._db.execute(
                "SELECT sha256 FROM evidence WHERE uploaded_at IS NOT NULL AND kept_at < ?"
                " AND NOT EXISTS (SELECT 1 FROM need WHERE need.sha256 = evidence.sha256) ORDER BY kept_at LIMIT ?",
                (kept_before.isoformat(), limit),
            ).fetchall()
        return [row[0] for row in rows]

    def released(self, hashes: Iterable[str]) -> None:
        """Forget the rows of deleted files; a file that a message has come to need meanwhile keeps its row."""
        with self._lock, transaction(self._db, self.path):
            self._db.executemany(
                "DELETE FROM evidence WHERE sha256 = ?"
                " AND NOT EXISTS (SELECT 1 FROM need WHERE need.sha256 = evidence.sha256)",
                [(sha256,) for sha256 in hashes],
            )

    def held(self) -> set[str]:
        """Every file that must be on the disk."""
        with self._lock:
            return {row[0] for row in self._db.execute("SELECT sha256 FROM evidence")}

    def is_held(self, sha256: str) -> bool:
        """Whether a row names this file."""
        with self._lock:
            return self._db.execute("SELECT 1 FROM evidence WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def states(self) -> dict[str, str]:
        """The episode states as they were last committed (key -> JSON)."""
        with self._lock:
            return dict(self._db.execute("SELECT key, state FROM episode").fetchall())

    def fact(self, name: str) -> str | None:
        """One named fact, or None."""
        with self._lock:
            return self._fact(name)

    def facts(self, prefix: str) -> dict[str, str]:
        """Every fact whose name begins so."""
        with self._lock:
            rows = self._db.execute("SELECT name, value FROM fact WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))
            return dict(rows.fetchall())

    def replace_facts(self, prefix: str | None, facts: Mapping[str, str]) -> None:
        """Keep these facts; those whose name begins with `prefix`, if it is given, are forgotten first."""
        with self._lock, transaction(self._db, self.path):
            if prefix:
                self._db.execute("DELETE FROM fact WHERE substr(name, 1, ?) = ?", (len(prefix), prefix))
            self._db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", list(facts.items()))

    def _fact(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def next_boot(self) -> int:
        """Count this start of the program: 1, 2, 3 ... kept before it is told."""
        with self._lock, transaction(self._db, self.path):
            boot = int(self._fact("boot") or 0) + 1
            self._db.execute("INSERT OR REPLACE INTO fact VALUES ('boot', ?)", (str(boot),))
            return boot

    def counts(self) -> Counts:
        """Figures for health and for the operator."""
        with self._lock:
            alerts, telemetry = (
                self._db.execute("SELECT count(*) FROM outbox WHERE priority = ?", (kind,)).fetchone()[0]
                for kind in (ALERT, TELEMETRY)
            )
            rejected = self._db.execute("SELECT count(*) FROM rejected").fetchone()[0]
            return Counts(alerts, telemetry, int(self._fact("telemetry_dropped") or 0), rejected)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
