"""`shouwei server check`: is what lies in the database and on the disk whole? Reads only."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from server import migrate
from server.audit import service as audit
from server.audit.tables import AuditEntry
from server.cases import history
from server.cases.tables import Case
from server.clock import Clock
from server.config import ServerSettings
from server.db import Database
from server.evidence.store import EvidenceStore
from server.evidence.tables import EvidenceFile, EvidenceLink
from server.fleet.tables import Command
from server.ingest.tables import DeadLetter, SecurityAlarm

SHOWN = 20
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Finding:
    """One question: `ok`, how many things were looked at, the first problems, and how many there are."""

    name: str
    ok: bool
    looked_at: int
    problems: list[str]
    problem_count: int

    def as_json(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def check(
    settings: ServerSettings, database: Database, clock: Clock, progress: Progress = lambda _done, _all: None
) -> Iterator[Finding]:
    """Each finding as it is made; with the schema not at head, only that one. `progress` counts evidence files."""
    try:
        found = migrate.current(database)
    except SQLAlchemyError as error:
        yield _finding("schema", 1, [f"the database does not answer: {error}"])
        return
    behind = [] if found == migrate.head() else [f"is at {found or 'no version'}, head is {migrate.head()}"]
    yield _finding("schema", 1, behind)
    if behind:
        return
    store = EvidenceStore(settings.evidence_dir, 0)
    with database.session_scope(write=False) as session:
        entries = session.exec(select(func.count()).select_from(AuditEntry)).one()
        yield _finding("audit_chain", entries, audit.verify(session))
        yield _case_chains(session)
        yield _evidence(session, store, progress)
        yield _missing_evidence(session, store)
        yield _commands(session, clock)
        yield _unsettled(session)


def _case_chains(session: Session) -> Finding:
    cases = session.exec(select(func.count()).select_from(Case)).one()
    return _finding("case_chains", cases, history.verify(session))


def _evidence(session: Session, store: EvidenceStore, progress: Progress) -> Finding:
    names = session.exec(select(EvidenceFile.sha256).order_by(col(EvidenceFile.stored_at))).all()
    problems: list[str] = []
    for done, name in enumerate(names, 1):
        fault = store.check(name)
        problems += [f"{name} {fault}"] if fault else []
        progress(done, len(names))
    return _finding("evidence_files", len(names), problems)


def _missing_evidence(session: Session, store: EvidenceStore) -> Finding:
    names = session.exec(select(EvidenceLink.sha256).distinct()).all()
    problems = [f"{name} is referred to by a report and not here" for name in names if not store.has(name)]
    return _finding("evidence_links", len(names), problems)


def _commands(session: Session, clock: Clock) -> Finding:
    waiting = session.exec(select(Command).where(col(Command.answered_at).is_(None))).all()
    long_ago = clock.now() - timedelta(days=1)
    stuck = [row for row in waiting if row.sent_at is None and long_ago > row.queued_at]
    return _finding("command_outbox", len(waiting), [f"{row.id} for {row.edge_id} was never sent" for row in stuck])


def _unsettled(session: Session) -> Finding:
    letters = session.exec(select(DeadLetter).where(col(DeadLetter.settled_at).is_(None))).all()
    alarms = session.exec(select(SecurityAlarm)).all()
    problems = [f"dead letter {row.id} from {row.edge_id}: {row.code}" for row in letters]
    problems += [f"security alarm {row.id} from {row.edge_id}: {row.kind}" for row in alarms]
    return _finding("dead_letters", len(letters) + len(alarms), problems)


def _finding(name: str, looked_at: int, problems: list[str]) -> Finding:
    return Finding(name, not problems, looked_at, problems[:SHOWN], len(problems))
