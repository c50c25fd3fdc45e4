"""Many writers on a few hot subjects, over any way of counting: what went wrong, in words.

`Locked` is the server's own way. `Naive` counts first and writes after, holding nothing in between; the unique
constraint keeps its ordinals whole (it takes the next number when one is gone), and still two acts are told "first".
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from threading import Barrier
from typing import Protocol
from uuid import UUID

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select

from edge.contracts.ids import uuid7
from server.auth.person import SYSTEM
from server.cases.tables import Case
from server.db import Database
from server.ledger import repository, service
from server.ledger.tables import Offence, OffenceEvent
from server.ledger.window import Kind, count_first, standing_of
from server.policy.facts import First
from server.subjects.tables import Subject

SERVED = datetime(2026, 11, 20, tzinfo=UTC)
ACT = SERVED + timedelta(hours=1)
NATURE, MONTHS = "street_trading", 24
Job = tuple[UUID, UUID]
"""A subject and a case of it."""


class Book(Protocol):
    """A way to say whether an act is first, and to enter it."""

    def enter(self, database: Database, subject_id: UUID, case_id: UUID) -> First:
        """The answer for this case; the finding is entered and served."""
        ...


class Locked:
    """The server's ledger."""

    def enter(self, database: Database, subject_id: UUID, case_id: UUID) -> First:
        """One transaction that holds the subject."""
        with database.session_scope() as session:
            count = service.first_for(session, subject_id, NATURE, ACT, MONTHS, except_case=case_id)
            service.record(session, subject_id, NATURE, "CG-01", case_id, ACT, SYSTEM, ACT)
            service.note(session, case_id, Kind.NO_PENALTY_SERVED, SERVED, SYSTEM, ACT)
            return count.first


class Naive:
    """Look, then write."""

    def enter(self, database: Database, subject_id: UUID, case_id: UUID) -> First:
        """Two transactions, nothing held."""
        with database.session_scope(write=False) as session:
            priors = repository.of_subject(session, subject_id, NATURE)
            events = repository.events_of(session, priors)
            answer = count_first(ACT, [standing_of(o.id, events.get(o.id, [])) for o in priors], MONTHS).first
            ordinal = repository.last_ordinal(session, subject_id, NATURE) + 1
        while True:
            try:
                self._write(database, subject_id, case_id, ordinal)
            except IntegrityError:
                ordinal += 1
            else:
                return answer

    def _write(self, database: Database, subject_id: UUID, case_id: UUID, ordinal: int) -> None:
        told = {"item_code": "CG-01", "case_id": case_id, "act_at": ACT, "confirmed_at": ACT, "confirmed_by": SYSTEM.id}
        offence = Offence(id=uuid7(ACT), subject_id=subject_id, nature_group=NATURE, ordinal=ordinal, **told)
        event = OffenceEvent(
            id=uuid7(ACT), offence_id=offence.id, ordinal=1, kind=Kind.NO_PENALTY_SERVED.value, at=SERVED,
            recorded_at=ACT, recorded_by=SYSTEM.id,
        )  # fmt: skip
        with database.session_scope() as session:
            session.add(offence)
            session.flush()
            session.add(event)


BOOKS: dict[str, Book] = {"locked": Locked(), "naive": Naive()}


def faults(database: Database, book: str, *, subjects: int, processes: int, threads: int) -> list[str]:
    """Each of processes x threads writers enters one act of each subject, all in the same order.

    Empty when every act was entered, each subject had one first, and its ordinals are 1, 2, 3, ...
    """
    writers = processes * threads
    hot = _subjects(database, subjects)
    shares = [list(zip(hot, _cases(database, hot), strict=True)) for _ in range(writers)]
    answers = _run(database, book, [shares[n::processes] for n in range(processes)])
    return _judge(database, hot, writers, answers)


def _run(database: Database, book: str, shares: Sequence[list[list[Job]]]) -> list[tuple[UUID, First]]:
    if len(shares) == 1:
        return _threads(database, book, shares[0])
    found: list[tuple[UUID, First]] = []
    with ProcessPoolExecutor(len(shares), mp_context=get_context("forkserver")) as pool:
        for future in [pool.submit(work, database.url, book, share) for share in shares]:
            found += future.result()
    return found


def work(url: str, book: str, shares: list[list[Job]]) -> list[tuple[UUID, First]]:
    """One process: a thread for each share."""
    database = Database(url)
    try:
        return _threads(database, book, shares)
    finally:
        database.close()


def _threads(database: Database, book: str, shares: list[list[Job]]) -> list[tuple[UUID, First]]:
    together = Barrier(len(shares))

    def write(share: list[Job]) -> list[tuple[UUID, First]]:
        found: list[tuple[UUID, First]] = []
        try:
            for subject_id, case_id in share:
                together.wait(300)
                found.append((subject_id, _patiently(database, book, subject_id, case_id)))
        except BaseException:
            together.abort()
            raise
        return found

    with ThreadPoolExecutor(len(shares)) as pool:
        return [answer for answers in pool.map(write, shares) for answer in answers]


def _patiently(database: Database, book: str, subject_id: UUID, case_id: UUID) -> First:
    """SQLite lets processes wait by chance: one that had no luck for 15 s wrote nothing, and tries again."""
    for _ in range(40):
        try:
            return BOOKS[book].enter(database, subject_id, case_id)
        except OperationalError as error:
            if "database is locked" not in str(error):
                raise
    raise TimeoutError(f"the database was locked all the time for case {case_id}")


def _judge(database: Database, hot: list[UUID], writers: int, answers: list[tuple[UUID, First]]) -> list[str]:
    firsts = Counter(subject for subject, first in answers if first is First.YES)
    wrong = [f"subject {s}: {firsts[s]} acts were told first" for s in hot if firsts[s] != 1]
    with database.session_scope(write=False) as session:
        wrong += repository.ordinal_faults(session)
        entered = Counter(session.exec(select(Offence.subject_id)))
    wrong += [f"subject {s}: {entered[s]} of {writers} acts were entered" for s in hot if entered[s] != writers]
    return wrong


def make_subject(database: Database, name: str) -> UUID:
    """A subject of a test."""
    return _subjects(database, 1, name)[0]


def make_case(database: Database, subject_id: UUID) -> UUID:
    """A case of a test."""
    return _cases(database, [subject_id])[0]


def _subjects(database: Database, count: int, name: str = "s") -> list[UUID]:
    rows = [
        Subject(id=uuid7(SERVED), kind="individual", name=name, person_digest=uuid7(SERVED).hex, created_at=SERVED)
        for _ in range(count)
    ]
    with database.session_scope() as session:
        session.add_all(rows)
    return [row.id for row in rows]


def _cases(database: Database, subjects: list[UUID]) -> list[UUID]:
    rows = [
        Case(
            id=uuid7(ACT), number=str(uuid7(ACT)), state="W4", edge_id="e", camera_id="c", zone_id="z", violation="v",
            violation_version=1, permit="none", subject_id=subject_id, opened_at=ACT, began_at=ACT, last_seen_at=ACT,
        )
        for subject_id in subjects
    ]  # fmt: skip
    with database.session_scope() as session:
        session.add_all(rows)
    return [row.id for row in rows]
