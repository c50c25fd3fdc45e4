"""Figures and ledgers over the API: by group, with what stands behind, within reach, with a reason, written down."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from server.auth.roles import Role
from server.cases.tables import Case
from server.config import ServerSettings
from server.db import Database
from server.reports import exporting, figures
from server.reports.kpis import KPIS
from tests.server.doors import Doors
from tests.server.reports.filling import LATER
from tests.server.reports.histories import START
from tests.server.reports.slow import Slow

YEAR = "since=2026-01-01&until=2026-12-31"
DAYS = {"since": "2026-01-01", "until": "2026-12-31"}


def kpis(answer: Any, key: str = "") -> dict[str, Any]:
    (group,) = [group for group in answer["groups"] if group["key"] == key]
    return {kpi["id"]: kpi for kpi in group["kpis"]}


def test_figures_are_those_of_the_steps_and_lead_to_the_cases(year: Any, doors: Doors) -> None:
    head = doors.open(Role.HEAD)
    answer = head.get(f"/api/kpis?{YEAR}").json()
    assert answer["behind"] == 0
    found = kpis(answer)
    assert found.keys() == {kpi.id for kpi in KPIS}
    above, below = Slow(year, START, LATER, LATER).shares()["closing_rate"]
    assert (found["closing_rate"]["numerator"], found["closing_rate"]["denominator"]) == (above, below)
    assert found["closing_rate"]["target"] == 0.9
    assert found["closing_rate"]["met"] is (above / below >= 0.9)
    assert found["exempt_share"]["target"] is None
    pages, after = [], ""
    while True:
        page = head.get(f"/api/kpis/closing_rate/behind?{YEAR}&limit=7&after={after}").json()
        pages += page["ids"]
        if page["next"] is None:
            break
        after = page["next"]
    assert len(pages) == len(set(pages)) == page["total"] == above


def test_groups_add_up_and_a_filter_is_a_group(year: Any, doors: Doors) -> None:
    head = doors.open(Role.HEAD)
    whole = kpis(head.get(f"/api/kpis?{YEAR}").json())["closing_rate"]["denominator"]
    for by in ("district", "camera", "item", "team"):
        answer = head.get(f"/api/kpis?{YEAR}&by={by}").json()
        assert sum(kpis(answer, g["key"])["closing_rate"]["denominator"] for g in answer["groups"]) == whole
    by_item = kpis(head.get(f"/api/kpis?{YEAR}&by=item").json(), "CG-01")
    assert kpis(head.get(f"/api/kpis?{YEAR}&item=CG-01").json())["closing_rate"] == by_item["closing_rate"]


def test_another_district_is_neither_counted_nor_shown(year: Any, doors: Doors) -> None:
    inside = doors.open(Role.HEAD, districts=["a"])
    answer = inside.get(f"/api/kpis?{YEAR}&by=district").json()
    assert {group["key"] for group in answer["groups"]} <= {"a", "local"}
    mine = {str(h.case.id) for h in year if h.case.district == "a"}
    behind = inside.get(f"/api/kpis/closing_time/behind?{YEAR}&limit=1000").json()["ids"]
    assert behind
    assert set(behind) <= mine
    assert doors.open(Role.HEAD, districts=["none"]).get(f"/api/kpis/closing_time/behind?{YEAR}").json()["total"] == 0
    rows = export(inside, "cases", "csv")
    assert {row["辖区"] for row in rows} == {"a"}


def test_a_case_that_changes_is_counted_anew(year: Any, database: Database, doors: Doors) -> None:
    head = doors.open(Role.HEAD)
    before = kpis(head.get(f"/api/kpis?{YEAR}").json())["extension_rate"]["numerator"]
    with database.session_scope() as session:
        case = next(c for c in session.exec(select(Case)) if c.extensions == 0 and any(
            h.case.id == c.id and any(s.to == "W1" for s in h.steps) for h in year))  # fmt: skip
        case.extensions, case.version = 1, case.version + 1
        session.add(case)
    with database.session_scope(write=False) as session:
        assert figures.stale(session) == 1
    assert kpis(head.get(f"/api/kpis?{YEAR}").json())["extension_rate"]["numerator"] == before + 1


def test_bad_questions_are_refused(doors: Doors) -> None:
    head = doors.open(Role.HEAD)
    for query in ("since=2026-02-01&until=2026-01-01", "since=1900-01-01", "until=0001-01-01", "by=person", "item=%00"):
        assert head.get(f"/api/kpis?{query}").status_code == 422
    assert head.get("/api/kpis/fines/behind").status_code == 404


def export(client: Any, name: str, form: str = "csv", **more: Any) -> list[dict[str, Any]]:
    answer = client.post(f"/api/ledgers/{name}/export", json={"reason": "年度检查", "format": form} | DAYS | more)
    assert answer.status_code == 200, answer.text
    if form == "csv":
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    heading, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


@pytest.mark.parametrize("form", ["csv", pytest.param("xlsx", marks=pytest.mark.integration)])
def test_every_ledger_opens_and_holds_no_contact_and_no_formula(year: Any, doors: Doors, form: str) -> None:
    head = doors.open(Role.HEAD, Role.LEGAL)
    listed = {ledger["name"]: ledger for ledger in head.get("/api/ledgers").json()}
    assert listed.keys() == exporting.BY_NAME.keys()
    for number, name in enumerate(listed):
        language, heading = (("zh-CN", "columns_zh"), ("en", "columns_en"))[number % 2]
        rows = export(head, name, form, language=language)
        assert rows or name in ("alerts", "permits", "objections", "notices")
        for row in rows:
            assert list(row) == listed[name][heading]
            shown = [str(value or "") for value in row.values()]
            assert not any("1380000" in text or "王小明" in text for text in shown)
            if form == "csv":
                assert not any(text.startswith(("=", "＝", "@")) for text in shown)


def test_the_file_is_written_down_with_reason_rows_and_reach_and_is_gone_afterwards(
    year: Any, doors: Doors, settings: ServerSettings
) -> None:
    legal = doors.open(Role.LEGAL, districts=["a", "b"])
    rows = export(legal, "cases", district="b")
    (entry,) = [e for e in legal.get("/api/audit").json() if e["action"] == "ledger.export"]
    assert entry["target"] == "cases"
    facts = entry["facts"]
    assert (facts["rows"], facts["reason"], facts["district"]) == (len(rows), "年度检查", "b")
    assert facts["reach"] == ["a", "b"]
    assert list((settings.data_dir / "exports").iterdir()) == []


def test_no_reason_no_file(doors: Doors) -> None:
    head = doors.open(Role.HEAD)
    for body in ({}, {"reason": "x"}, {"reason": "    "}, {"reason": "年度检查", "format": "docx"}):
        assert head.post("/api/ledgers/cases/export", json=body).status_code == 422


def test_exemptions_are_internal(doors: Doors) -> None:
    body = {"reason": "年度检查"}
    for role, status in (
        (Role.LEADER, 403),
        (Role.SUPERV, 403),
        (Role.AUDITOR, 403),
        (Role.LEGAL, 200),
        (Role.HEAD, 200),
    ):
        assert doors.open(role).post("/api/ledgers/exemptions/export", json=body).status_code == status
    assert "exemptions" not in {row["name"] for row in doors.open(Role.SUPERV).get("/api/ledgers").json()}
    assert doors.open(Role.HEAD).post("/api/ledgers/fines/export", json=body).status_code == 404


def test_too_many_rows_are_refused_and_leave_nothing(
    year: Any, doors: Doors, settings: ServerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ROWS_AT_MOST", 5)
    body = {"reason": "年度检查", **DAYS}
    answer = doors.open(Role.HEAD).post("/api/ledgers/cases/export", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "ledger.too_many_rows")
    assert list(Path(settings.data_dir / "exports").iterdir()) == []


@pytest.mark.integration
def test_the_self_evaluation_has_the_year_and_each_month(year: Any, doors: Doors) -> None:
    periods = [row["期间"] for row in export(doors.open(Role.HEAD), "self_evaluation")]
    assert list(dict.fromkeys(periods)) == ["2026-01-01..2026-12-31", *(f"2026-{m:02}" for m in range(1, 13))]
    assert len(periods) == 13 * len(KPIS)
