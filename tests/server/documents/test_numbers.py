"""Numbers without gap or double, whoever writes at the same time; and what a check finds when somebody meddled."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from server.auth.roles import Role
from server.documents import soundness
from tests.server.documents.conftest import OFFICERS, Desk


def issue_at_once(desk: Desk, writers: int, each: int) -> list[dict[str, Any]]:
    """So many writers, each so many, all on the same kind."""
    case_id = desk.on_site()
    client = desk.town.people[Role.OFFICER]
    body = {"kind": "inspection", "fields": {"officers": OFFICERS}}

    def some(_writer: int) -> list[dict[str, Any]]:
        answers = [client.post(f"/api/cases/{case_id}/documents", json=body) for _ in range(each)]
        return [answer.raise_for_status().json() for answer in answers]

    with ThreadPoolExecutor(writers) as pool:
        return [document for made in pool.map(some, range(writers)) for document in made]


def test_no_gap_and_no_double(desk: Desk, app: FastAPI) -> None:
    made = issue_at_once(desk, writers=3, each=2)
    assert {d["number"] for d in made} == {f"示城管检〔2026〕{serial}号" for serial in range(1, 7)}
    with desk.town.database.session_scope(write=False) as session:
        assert soundness.faults(session, app.state.evidence) == (6, [])


@pytest.mark.integration
def test_meddling_is_found(desk: Desk, app: FastAPI) -> None:
    case_id = desk.on_site()
    first = desk.issue(case_id, "inspection")
    desk.issue(case_id, "inspection")
    with desk.town.database.engine.begin() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER issued_document_no_{verb}"))
        meddle = "UPDATE issued_document SET serial = 7, sha256 = :other WHERE serial = 2"
        connection.execute(text(meddle), {"other": "0" * 64})
    app.state.evidence.path(first["sha256"]).write_bytes(b"%PDF-1.7 other")
    with desk.town.database.session_scope(write=False) as session:
        looked_at, found = soundness.faults(session, app.state.evidence)
    assert looked_at == 2
    for fault in ("not 1 to 2", "not what the audit log says", "is missing", "has SHA-256"):
        assert any(fault in line for line in found), (fault, found)
