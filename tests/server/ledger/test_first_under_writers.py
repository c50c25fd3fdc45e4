"""Eight writers on a few hot subjects: ordinals without gap or double, and one first each."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from edge.contracts.ids import uuid7
from server.auth.person import SYSTEM
from server.cases.tables import Case
from server.db import Database
from server.ledger import service
from server.ledger.repository import ordinal_faults
from server.ledger.tables import Offence
from server.ledger.window import Kind
from server.policy.facts import First
from server.subjects.tables import Subject
from tests.server.postgres import postgres

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SUBJECTS, WRITERS, EACH = 5, 8, 3


def make_subject(database: Database, number: int) -> UUID:
    with database.session_scope() as session:
        subject = Subject(
            id=uuid7(NOW), kind="individual", name=f"s{number}", person_digest=str(number), created_at=NOW
        )
        session.add(subject)
    return subject.id


def make_case(database: Database, subject_id: UUID, at: datetime) -> UUID:
    with database.session_scope() as session:
        case = Case(
            id=uuid7(at), number=str(uuid7(at)), state="W4", edge_id="e", camera_id="c", zone_id="z", violation="v",
            violation_version=1, permit="none", subject_id=subject_id, opened_at=at, began_at=at, last_seen_at=at,
        )  # fmt: skip
        session.add(case)
    return case.id


@pytest.mark.integration
def test_one_first_each_on_postgresql() -> None:
    with postgres() as url:
        database = Database(url)
        try:
            database.create_all()
            test_one_first_each_and_ordinals_without_gap_or_double(database)
        finally:
            database.close()


def test_one_first_each_and_ordinals_without_gap_or_double(database: Database) -> None:
    subjects = [make_subject(database, n) for n in range(SUBJECTS)]
    at = NOW + timedelta(hours=1)
    jobs = [(s, make_case(database, s, at)) for s in subjects for _ in range(WRITERS * EACH // SUBJECTS)]

    def write(job: tuple[UUID, UUID]) -> tuple[UUID, First]:
        subject_id, case_id = job
        with database.session_scope() as session:
            count = service.first_for(session, subject_id, "street_trading", at, 24, except_case=case_id)
            service.record(session, subject_id, "street_trading", "CG-01", case_id, at, SYSTEM, at)
            service.note(session, case_id, Kind.NO_PENALTY_SERVED, NOW, SYSTEM, at)
            return subject_id, count.first

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(write, jobs))
    assert Counter(s for s, first in answers if first is First.YES) == dict.fromkeys(subjects, 1)
    with database.session_scope(write=False) as session:
        assert ordinal_faults(session) == []
        per_subject = Counter(row.subject_id for row in session.exec(select(Offence)))
        assert set(per_subject.values()) == {WRITERS * EACH // SUBJECTS}


def test_a_case_has_one_finding_and_findings_are_never_changed(database: Database) -> None:
    subject_id = make_subject(database, 1)
    case_id = make_case(database, subject_id, NOW)
    with database.session_scope() as session:
        first = service.record(session, subject_id, "n", "CG-01", case_id, NOW, SYSTEM, NOW)
        again = service.record(session, subject_id, "n", "CG-01", case_id, NOW, SYSTEM, NOW)
        assert first.id == again.id
    with database.session_scope(write=False) as session:
        session.exec(select(Offence)).one().ordinal = 7
        with pytest.raises(DBAPIError, match="append-only"):
            session.flush()


def test_natures_and_subjects_are_counted_apart_and_the_case_itself_never_counts(database: Database) -> None:
    one, other = make_subject(database, 1), make_subject(database, 2)
    case_id = make_case(database, one, NOW)
    later = NOW + timedelta(days=1)
    with database.session_scope() as session:
        service.record(session, one, "street_trading", "CG-01", case_id, NOW, SYSTEM, NOW)
        service.note(session, case_id, Kind.NO_PENALTY_SERVED, NOW, SYSTEM, NOW)
        assert service.first_for(session, one, "street_trading", later, 24).first is First.NO
        assert service.first_for(session, one, "street_trading", later, 24, except_case=case_id).first is First.YES
        assert service.first_for(session, one, "site_dust", later, 24).first is First.YES
        assert service.first_for(session, other, "street_trading", later, 24).first is First.YES
