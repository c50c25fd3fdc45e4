"""docs/roles.md is what the policies say today, and every route of the API has one."""

from pathlib import Path

from fastapi import FastAPI

from server.auth.matrix import COLUMNS, NAMES, page
from server.auth.roles import HOUSE, READERS, STAFF, Role
from tests.server.doors import Doors

PAGE = Path("docs/roles.md")


def test_the_page_is_up_to_date(app: FastAPI) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(app), "run: shouwei server roles --write docs/roles.md"


def test_every_role_has_a_column_and_a_name() -> None:
    assert set(NAMES) == set(COLUMNS)


def test_an_administrator_has_no_part_in_cases() -> None:
    assert Role.ADMIN not in STAFF | READERS
    assert Role.ADMIN in HOUSE
    assert not STAFF & {Role.AUDITOR, Role.GRID, Role.PARTY, Role.EDGE}


def test_an_administrator_reads_neither_cases_nor_originals(doors: Doors) -> None:
    admin = doors.open(Role.ADMIN)
    nobody = "00000000-0000-0000-0000-000000000009"
    for path in (
        "/api/alerts", f"/api/alerts/{nobody}", "/api/cases", f"/api/cases/{nobody}",
        f"/api/evidence/{'0' * 64}?reason=look",
        f"/api/cases/{nobody}/recommendation", f"/api/offences?subject_id={nobody}", "/api/samples",
    ):  # fmt: skip
        assert admin.get(path).status_code == 403, path


def test_who_only_looks_changes_nothing_of_a_case(doors: Doors) -> None:
    for role in (Role.AUDITOR, Role.GRID):
        client = doors.open(role)
        nobody = "00000000-0000-0000-0000-000000000009"
        assert client.get("/api/cases").status_code == 200
        assert client.post(f"/api/cases/{nobody}/actions", json={"to": "W1"}).status_code == 403
        assert client.get(f"/api/evidence/{'0' * 64}?reason=look").status_code == 403
    assert doors.open(Role.AUDITOR).get("/api/audit").status_code == 200
    assert doors.open(Role.GRID).get("/api/audit").status_code == 403
