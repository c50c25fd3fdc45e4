"""Put random histories into a database, as rows that the loop would have written."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlmodel import Session

from server.auth.tables import PersonRow
from server.cases.tables import Case, CaseStep, DecisionRow, RecommendationRow
from server.dispatch.tables import OfficerRecord
from server.subjects.tables import Subject
from tests.server.reports.histories import START, History

NAMES = UUID(int=7)


def fill(session: Session, all_of: Iterable[History], subjects: int = 3) -> None:
    """Subjects, cases, steps, recommendations, decisions; the teams of three handlers."""
    put(session, Subject, (_subject(number) for number in range(subjects)))
    put(session, PersonRow, (_officer(number) for number in range(3)))
    put(session, OfficerRecord, (_record(number) for number in range(3)))
    rows = list(all_of)
    put(session, Case, (row.case.model_dump() for row in rows))
    put(session, CaseStep, (step for row in rows for step in _steps(row)))
    put(session, RecommendationRow, (_recommendation(row) for row in rows if row.facts))
    put(session, DecisionRow, (_decision(row) for row in rows if row.decided))


def put(session: Session, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    for start in range(0, len(found), 5000):
        session.execute(insert(table), found[start : start + 5000])


def _officer(number: int) -> dict[str, Any]:
    return PersonRow(id=UUID(int=900 + number), name="队员", roles=["officer"], created_at=START).model_dump()


def _record(number: int) -> dict[str, Any]:
    return OfficerRecord(person_id=UUID(int=900 + number), team="xyx"[number], changed_at=START).model_dump()


def _subject(number: int) -> dict[str, Any]:
    person = number % 3 == 1
    row = Subject(
        id=UUID(int=number), kind="individual" if person else "known", name="=王小明" if person else f"＝店{number}",
        code=None if person else f"code-{number}", contact="13800009999", created_at=START,
    )  # fmt: skip
    return row.model_dump()


def _steps(h: History) -> Iterable[dict[str, Any]]:
    for ordinal, step in enumerate(h.steps, 1):
        fields = {"share": step.share} if step.kind == "deadline" else {"outcome": step.outcome} if step.outcome else {}
        yield {
            "id": UUID(int=h.case.id.int * 1000 + ordinal), "case_id": h.case.id, "ordinal": ordinal,
            "kind": step.kind, "at": step.at, "actor_id": UUID(int=5), "actor_name": "某", "actor_role": "officer",
            "from_state": step.frm.value, "to_state": step.to.value, "reason": "", "fields": fields, "before": {},
            "after": {}, "previous_hash": "", "hash": "",
        }  # fmt: skip


def _recommendation(h: History) -> dict[str, Any]:
    at = h.steps[-1].at
    return RecommendationRow(
        id=uuid5(NAMES, f"r{h.case.id}"), case_id=h.case.id, case_version=1, at=at, rule="R18",
        result="EXEMPT_T1_SHALL", list_version="2026.1", body={"facts": h.facts},
    ).model_dump()  # fmt: skip


def _decision(h: History) -> dict[str, Any]:
    assert h.decided is not None
    return DecisionRow(
        id=uuid5(NAMES, f"d{h.case.id}"), case_id=h.case.id, case_version=1,
        recommendation_id=uuid5(NAMES, f"r{h.case.id}"), outcome=h.decided.outcome, differs=h.decided.differs,
        reason="=cmd()", decided_by=UUID(int=6), decided_by_name="负责人", decided_at=h.decided.at,
        list_version="2026.1", rule="R18", result="EXEMPT_T1_SHALL",
    ).model_dump()  # fmt: skip


LATER = START + timedelta(days=365)
