"""The audit chain: any change is found, and the database itself refuses one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from server.audit import chain, service
from server.audit.tables import AuditEntry
from server.auth.person import SYSTEM
from server.clock import ManualClock
from server.db import Database


def write(session: Session, clock: ManualClock, count: int = 3) -> list[AuditEntry]:
    return [service.record(session, SYSTEM, "test.act", str(n), {"n": n}, clock.now()) for n in range(count)]


def test_a_chain_as_written_holds(session: Session, clock: ManualClock) -> None:
    write(session, clock)
    session.flush()
    session.expire_all()
    assert service.verify(session) == []


def test_the_database_refuses_changes(database: Database, clock: ManualClock) -> None:
    with database.session_scope() as session:
        write(session, clock)
    for statement in ("UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(SQLAlchemyError, match="append-only"), database.session_scope() as session:
            session.execute(text(statement))


def entries() -> list[AuditEntry]:
    made: list[AuditEntry] = []
    from datetime import UTC, datetime

    for n in range(4):
        entry = AuditEntry(
            seq=n + 1,
            at=datetime(2026, 1, 1, tzinfo=UTC),
            actor_id=SYSTEM.id,
            actor_name="系统",
            action="a.b",
            target="t",
            facts={"n": n},
            previous_hash=made[-1].hash if made else chain.GENESIS,
            hash="",
        )
        entry.hash = chain.hash_of(entry)
        made.append(entry)
    return made


@given(st.integers(0, 3), st.sampled_from(["action", "target", "actor_name", "facts", "hash", "previous_hash"]))
def test_any_edit_is_found(index: int, field: str) -> None:
    made = entries()
    assert list(chain.faults(made)) == []
    setattr(made[index], field, {"n": 99} if field == "facts" else "f" * 64)
    assert list(chain.faults(made)) != []


def test_a_missing_or_moved_entry_is_found() -> None:
    made = entries()
    assert list(chain.faults([made[0], made[2], made[3]])) != []
    assert list(chain.faults([made[1], made[0], made[2], made[3]])) != []


def test_actions_carry_the_hash_of_the_one_before(session: Session, clock: ManualClock) -> None:
    write(session, clock)
    rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
    assert [row.previous_hash for row in rows] == [chain.GENESIS, rows[0].hash, rows[1].hash]
