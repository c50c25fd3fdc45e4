"""Eight writers on hot subjects: ordinals without gap or double, and one first each. A naive count fails the same."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from server.auth.person import SYSTEM
from server.db import Database
from server.ledger import service
from server.ledger.tables import Offence
from server.ledger.window import Kind
from server.policy.facts import First
from tests.server.ledger.writers import SERVED as NOW
from tests.server.ledger.writers import faults, make_case, make_subject
from tests.server.postgres import postgres


@pytest.fixture(scope="module")
def on_postgresql() -> Iterator[Database]:
    with postgres() as url:
        database = Database(url)
        try:
            database.create_all()
            yield database
        finally:
            database.close()


def test_eight_threads_one_first_each(database: Database) -> None:
    assert faults(database, "locked", subjects=8, processes=1, threads=8) == []


def test_a_naive_count_fails_the_same_test(database: Database) -> None:
    found = faults(database, "naive", subjects=8, processes=1, threads=8)
    assert any("told first" in fault for fault in found)


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_four_processes_of_two_threads_on_two_hundred_subjects(database: Database) -> None:
    assert faults(database, "locked", subjects=200, processes=4, threads=2) == []


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_four_processes_counting_naively_fail_the_same_test(database: Database) -> None:
    found = faults(database, "naive", subjects=200, processes=4, threads=2)
    assert any("told first" in fault for fault in found)


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_on_postgresql_four_processes_of_two_threads_on_two_hundred_subjects(on_postgresql: Database) -> None:
    assert faults(on_postgresql, "locked", subjects=200, processes=4, threads=2) == []


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_on_postgresql_counting_naively_fails_the_same_test(on_postgresql: Database) -> None:
    found = faults(on_postgresql, "naive", subjects=200, processes=4, threads=2)
    assert any("told first" in fault for fault in found)


def test_a_case_has_one_finding_and_findings_are_never_changed(database: Database) -> None:
    subject_id = make_subject(database, "one")
    case_id = make_case(database, subject_id)
    with database.session_scope() as session:
        first = service.record(session, subject_id, "n", "CG-01", case_id, NOW, SYSTEM, NOW)
        again = service.record(session, subject_id, "n", "CG-01", case_id, NOW, SYSTEM, NOW)
        assert first.id == again.id
    with database.session_scope(write=False) as session:
        session.exec(select(Offence)).one().ordinal = 7
        with pytest.raises(DBAPIError, match="append-only"):
            session.flush()


def test_natures_and_subjects_are_counted_apart_and_the_case_itself_never_counts(database: Database) -> None:
    one, other = make_subject(database, "one"), make_subject(database, "other")
    case_id = make_case(database, one)
    later = NOW + timedelta(days=1)
    with database.session_scope() as session:
        service.record(session, one, "street_trading", "CG-01", case_id, NOW, SYSTEM, NOW)
        service.note(session, case_id, Kind.NO_PENALTY_SERVED, NOW, SYSTEM, NOW)
        assert service.first_for(session, one, "street_trading", later, 24).first is First.NO
        assert service.first_for(session, one, "street_trading", later, 24, except_case=case_id).first is First.YES
        assert service.first_for(session, one, "site_dust", later, 24).first is First.YES
        assert service.first_for(session, other, "street_trading", later, 24).first is First.YES
