"""The daily round: finish what a crash left, list what is due, delete what has been listed long enough.

Order of a deletion: tombstone and registration in one transaction, then the file. Killed before the commit, nothing
has happened; killed behind it, the file lies there unregistered behind a tombstone, and the next round takes it away.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlmodel import Session, col, select

from edge.contracts.ids import uuid7
from server.alerts.tables import Alert, AlertReport, AlertThumbnail
from server.audit import service as audit
from server.auth.person import SYSTEM, Person
from server.clock import Clock
from server.db import Database, serialise
from server.evidence.store import EvidenceStore
from server.evidence.tables import EvidenceFile
from server.notify import service as notify
from server.notify.templates import LOCAL
from server.retention import holds, reading, uses
from server.retention.planning import Due, due
from server.retention.settings import CLASSES, RetentionSettings
from server.retention.tables import DueFile, RetentionRun, Tombstone

AT_ONCE = 50


@dataclass(frozen=True)
class Retention:
    """What a round works with."""

    database: Database
    store: EvidenceStore
    settings: RetentionSettings
    clock: Clock

    def run(self, by: Person = SYSTEM, dry: bool = False) -> RetentionRun:
        """One round; `dry` only lists, whatever the settings say. Leaves a row about itself, also in the audit log."""
        began = self.clock.now()
        run_id = uuid7(began)
        recovered = 0 if dry else self._recover()
        found, listed = self._list(began)
        deletes = self.settings.mode == "delete" and not dry
        deleted = self._delete_ripe(began, run_id) if deletes else []
        row = RetentionRun(
            id=run_id, day=began.astimezone(LOCAL).date(), started_at=began, ended_at=self.clock.now(),
            mode="delete" if deletes else "dry_run", by=by.name, due=found, listed=listed, deleted=len(deleted),
            deleted_bytes=sum(deleted), recovered=recovered,
        )  # fmt: skip
        told = {"mode": row.mode, "due": found, "listed": listed, "deleted": row.deleted, "bytes": row.deleted_bytes}
        with self.database.session_scope() as session:
            session.add(row)
            audit.record(session, by, "retention.run", run_id, told, row.ended_at)
            if listed:
                self._tell(session, run_id, listed, row.ended_at)
        return row

    def _recover(self) -> int:
        """Take away what a tombstone and no registration stand for, and a crash left lying."""
        with self.database.session_scope(write=False) as session:
            left = [name for name in sorted(gone(session)) if self.store.has(name)]
        done = 0
        for name in left:
            # Again under the writer's lock: somebody may have sent the file anew and have it registered meanwhile.
            with self.database.session_scope() as session:
                if session.get(EvidenceFile, name) is None:
                    done += self.store.remove(name)
        return done

    def _list(self, now: datetime) -> tuple[int, int]:
        """(files due, of these new to the list). What is no longer due leaves the list."""
        with self.database.session_scope(write=False) as session:
            found = {one.file.sha256: one for one in _due(session, self.settings, now)}
        with self.database.session_scope() as session:
            known = {row.sha256: row for row in session.exec(select(DueFile))}
            for name, row in known.items():
                if name not in found:
                    session.delete(row)
            fresh = [one for name, one in found.items() if name not in known]
            session.add_all([_row(one, now) for one in fresh])
        return len(found), len(fresh)

    def _delete_ripe(self, now: datetime, run_id: UUID) -> list[int]:
        """Delete what has been listed long enough; the sizes of what went."""
        before = now - timedelta(days=self.settings.wait_days)
        rules = [name for name in CLASSES if self.settings.executes(name)]
        with self.database.session_scope(write=False) as session:
            wanted = select(DueFile.sha256).where(col(DueFile.listed_at) <= before, col(DueFile.rule).in_(rules))
            names = session.exec(wanted.order_by(col(DueFile.sha256))).all()
            texts = uses.in_texts(session, names)
        parts = [names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]
        return [size for part in parts for size in self._delete({name: texts[name] for name in part}, run_id)]

    def _delete(self, texts: uses.InTexts, run_id: UUID) -> list[int]:
        """Delete these if they are still due now; the sizes of what went."""
        now = self.clock.now()
        with self.database.session_scope() as session:
            # Asked again inside the transaction that decides: a hold may have been placed since the listing.
            serialise(session, holds.LOCK)
            still = [one for one in _due(session, self.settings, now, texts) if self.settings.executes(one.rule)]
            for one in still:
                self._bury(session, one, run_id, now)
        for one in still:
            self.store.remove(one.file.sha256)
        return [one.file.size_bytes for one in still]

    def _bury(self, session: Session, one: Due, run_id: UUID, now: datetime) -> None:
        name = one.file.sha256
        file, listed = session.get_one(EvidenceFile, name), session.get_one(DueFile, name)
        session.add(_tombstone(one, self.settings, name, "file", file.media_type, file.size_bytes, file.stored_at,
                               listed.listed_at, now, run_id))  # fmt: skip
        for report, jpeg in _thumbnails(session, one):
            session.add(_tombstone(one, self.settings, sha256(jpeg.jpeg).hexdigest(), "thumbnail", "image/jpeg",
                                   len(jpeg.jpeg), report.received_at, listed.listed_at, now, run_id))  # fmt: skip
            session.delete(jpeg)
        session.delete(file)
        session.delete(listed)
        session.flush()

    def _tell(self, session: Session, run_id: UUID, listed: int, now: datetime) -> None:
        until = now + timedelta(days=self.settings.wait_days)
        facts = {"files": listed, "due": until.isoformat()}
        notify.queue(session, f"retention:{run_id}", "role:legal", "retention_listed", facts, now)


def gone(session: Session) -> set[str]:
    """Files that were lawfully deleted and have not come back: `server check` must not miss them."""
    there = select(EvidenceFile.sha256)
    wanted = select(Tombstone.sha256).where(Tombstone.what == "file", col(Tombstone.sha256).not_in(there))
    return set(session.exec(wanted.distinct()))


def _due(session: Session, settings: RetentionSettings, now: datetime, only: uses.InTexts | None = None) -> list[Due]:
    days = {name: settings.days(name) for name in CLASSES}
    return list(due(reading.files(session, settings, now, only), days, now))


def _row(one: Due, now: datetime) -> DueFile:
    return DueFile(
        sha256=one.file.sha256, rule=one.rule, district=one.file.district, size_bytes=one.file.size_bytes,
        matters=[matter.key for matter in one.file.matters], due_at=one.due_at, listed_at=now,
    )  # fmt: skip


def _tombstone(
    one: Due, settings: RetentionSettings, name: str, what: str, media_type: str, size: int, stored: datetime,
    listed: datetime, now: datetime, run_id: UUID,
) -> Tombstone:  # fmt: skip
    return Tombstone(
        id=uuid7(now), sha256=name, what=what, media_type=media_type, size_bytes=size, stored_at=stored, rule=one.rule,
        days=settings.days(one.rule), source=settings.classes[one.rule].source,
        matters=[matter.key for matter in one.file.matters], district=one.file.district, listed_at=listed,
        deleted_at=now, run_id=run_id,
    )  # fmt: skip


def _thumbnails(session: Session, one: Due) -> list[tuple[AlertReport, AlertThumbnail]]:
    """The small pictures of the alerts that the file's matters are made of."""
    cases = [UUID(m.key.partition(":")[2]) for m in one.file.matters if m.key.startswith("case:")]
    alerts = [UUID(m.key.partition(":")[2]) for m in one.file.matters if m.key.startswith("alert:")]
    mine = col(Alert.case_id).in_(cases) | col(Alert.id).in_(alerts)
    wanted = (
        select(AlertReport, AlertThumbnail)
        .join(AlertThumbnail, col(AlertThumbnail.report_id) == col(AlertReport.id))
        .join(Alert, col(Alert.id) == col(AlertReport.alert_id))
        .where(mine)
    )
    return list(session.exec(wanted).all())
