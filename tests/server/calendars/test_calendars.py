"""Calendars in the server: drafted, published by another, never edited; a year that is not known is warned of."""

from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from sqlmodel import select

from server.auth.roles import Role
from server.calendars import service
from server.cases.calendar import year_warnings
from server.cases.rulebook import publish_configs
from server.config import CONFIGS
from server.notify.tables import Notice
from tests.server.cases.conftest import Town, town
from tests.server.cases.test_deadlines import CALENDAR, local
from tests.server.client import TestClient

__all__ = ["town"]


@pytest.fixture
def keeper(town: Town) -> TestClient:
    town.after(seconds=1)  # the shipped one was published before
    return town.people[Role.ADMIN]


def written(**changes: Any) -> dict[str, Any]:
    with (CONFIGS / "calendar.yaml").open(encoding="utf-8") as file:
        shipped = yaml.safe_load(file)
    return CALENDAR.model_validate(shipped | changes).model_dump(mode="json", by_alias=True)


def next_year() -> dict[str, Any]:
    holidays = [*written()["holidays"], {"from": "2027-01-01", "to": "2027-01-03"}]
    return written(version="2027.1", years=[2026, 2027], holidays=holidays)


def draft(client: TestClient, body: dict[str, Any]) -> str:
    made = client.post("/api/calendars/drafts", json=body)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def test_a_draft_counts_for_nothing_until_another_publishes_it(town: Town, keeper: TestClient) -> None:
    draft_id = draft(keeper, next_year())
    assert keeper.get("/api/calendars/current").json()["calendar"]["version"] == "2026.2"
    refused = keeper.post(f"/api/calendars/drafts/{draft_id}/publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "calendar.same_person")
    head = town.people[Role.HEAD]
    assert head.post(f"/api/calendars/drafts/{draft_id}/publish").status_code == 200
    assert keeper.get("/api/calendars/current").json()["calendar"]["years"] == [2026, 2027]
    versions = keeper.get("/api/calendars").json()
    assert [version["version"] for version in versions] == ["2027.1", "2026.2"]


def test_what_was_published_is_never_edited(town: Town, keeper: TestClient) -> None:
    draft_id = draft(keeper, next_year())
    head = town.people[Role.HEAD]
    head.post(f"/api/calendars/drafts/{draft_id}/publish")
    for verb, path, body in (("PUT", "", next_year()), ("POST", "/publish", None), ("POST", "/drop", None)):
        again = keeper.request(verb, f"/api/calendars/drafts/{draft_id}{path}", json=body)
        assert again.json()["code"] == "calendar.not_a_draft"
    other = draft(keeper, next_year() | {"make_up_days": []})
    clash = head.post(f"/api/calendars/drafts/{other}/publish")
    assert clash.json()["code"] == "policy.version_already_published"


def test_a_draft_may_be_written_anew_or_given_up(town: Town, keeper: TestClient) -> None:
    draft_id = draft(keeper, next_year())
    changed = keeper.put(f"/api/calendars/drafts/{draft_id}", json=written(version="2026.3"))
    assert changed.json()["body"]["version"] == "2026.3"
    assert keeper.post(f"/api/calendars/drafts/{draft_id}/drop").json()["dropped_at"] is not None
    refused = town.people[Role.HEAD].post(f"/api/calendars/drafts/{draft_id}/publish")
    assert refused.json()["code"] == "calendar.not_a_draft"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"years": [2026], "holidays": [{"from": "2027-01-01", "to": "2027-01-03"}]}, "(whole)"),
        ({"office_hours": [["18:00", "08:00"]]}, "(whole)"),
        ({"holidays": [{"from": "2026-05-05", "to": "2026-05-01"}]}, "holidays.0"),
        ({"colour": "red"}, "colour"),
        ({"timers": {"A1": {"minutes": 5, "working_days": 1}}}, "timers.A1"),
    ],
)
def test_a_mistake_is_named(keeper: TestClient, change: dict[str, Any], field: str) -> None:
    refused = keeper.post("/api/calendars/drafts", json=written() | change)
    assert refused.status_code == 422
    assert field in {problem["field"] for problem in refused.json()["problems"]}


def test_a_new_file_does_not_undo_what_was_published_here(town: Town, keeper: TestClient, tmp_path) -> None:
    draft_id = draft(keeper, next_year())
    town.people[Role.HEAD].post(f"/api/calendars/drafts/{draft_id}/publish")
    town.after(days=1)
    file = tmp_path / "calendar.yaml"
    file.write_text(yaml.safe_dump(written(version="2026.9")), encoding="utf-8")
    with town.database.session_scope() as session:
        assert publish_configs(session, CONFIGS / "exemptions", CONFIGS / "violations", file, town.clock.now()) == []
        assert service.current(session).version == "2027.1"


def test_deadlines_follow_the_calendar_in_force_and_running_ones_stay(town: Town, keeper: TestClient) -> None:
    running = town.raised()
    before = town.get(running)["due_at"]
    timers = next_year()["timers"] | {"A1": {"minutes": 7, "clock": "urgent"}}
    draft_id = draft(keeper, next_year() | {"timers": timers})
    town.people[Role.HEAD].post(f"/api/calendars/drafts/{draft_id}/publish")
    assert town.get(running)["due_at"] == before
    town.shop(zone="z2")
    new = town.get(town.raised(zone_id="z2"))
    due = (town.clock.now() + timedelta(minutes=7)).isoformat().replace("+00:00", "Z")
    assert new["due_at"] == due


def test_unknown_years_are_warned_of_and_next_years_in_december() -> None:
    assert year_warnings(CALENDAR, date(2026, 11, 30)) == []
    assert len(year_warnings(CALENDAR, date(2026, 12, 1))) == 1
    assert len(year_warnings(CALENDAR, date(2027, 1, 1))) == 1
    assert len(year_warnings(CALENDAR, date(2027, 12, 1))) == 2


def test_administrators_are_told_once_a_month(town: Town, keeper: TestClient) -> None:
    for day in (1, 2, 31):
        town.clock.set(local(12, day, 10))
        with town.database.session_scope() as session:
            service.warn(session, town.clock.now())
    assert keeper.get("/api/calendars/current").json()["warnings"] != []
    with town.database.session_scope(write=False) as session:
        rows = session.exec(select(Notice).where(Notice.template == "calendar_year")).all()
        assert [(row.to, row.facts) for row in rows] == [("role:admin", {"year": 2027})]


def test_officers_do_not_write_calendars(town: Town) -> None:
    assert town.people[Role.OFFICER].post("/api/calendars/drafts", json=next_year()).status_code == 403
