"""The archive holds everything; what leaves the authority has no place for an exemption."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError
from sqlmodel import select

from server.auth.roles import Role
from server.cases.tables import Case
from server.db import Database
from server.ledger.window import Kind
from server.subjects import grades, service, views
from server.subjects.schemas import SubjectCreate
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.permits.test_permits import wanted
from tests.server.subjects import planted

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
EXEMPT, PENALISED, CHALLENGED, OLD = "EX-0001", "PEN-0001", "CHA-0001", "OLD-0001"


@pytest.fixture
def shop(database: Database) -> UUID:
    """A shop with an exemption, a penalty, a penalty under challenge, and an exemption long ago."""
    with database.session_scope() as session:
        subject = service.create(session, SubjectCreate(name="水果店", code="92320402MA00000152"), NOW - 1500 * DAY)
        key = subject.id
        planted.exempted(session, planted.case(session, key, OLD, NOW - 1000 * DAY), NOW - 1000 * DAY, "no_penalty")
        planted.exempted(session, planted.case(session, key, EXEMPT, NOW - 60 * DAY), NOW - 60 * DAY)
        penalised = planted.case(session, key, PENALISED, NOW - 40 * DAY, "C3")
        planted.finding(session, penalised, (Kind.PENALTY_SERVED, NOW - 30 * DAY))
        challenged = planted.case(session, key, CHALLENGED, NOW - 20 * DAY, "C3")
        planted.finding(session, challenged, (Kind.PENALTY_SERVED, NOW - 10 * DAY), (Kind.CHALLENGED, NOW - 5 * DAY))
    return key


@pytest.fixture
def leader(doors: Doors) -> TestClient:
    return doors.open(Role.LEADER, Role.SUPERV)


def test_the_archive_holds_all_of_it(leader: TestClient, shop: UUID) -> None:
    leader.post("/api/permits", json=wanted(str(shop))).raise_for_status()
    leader.post(
        f"/api/subjects/{shop}/records",
        json={"kind": "honour", "at": "2026-05-01T00:00:00Z", "title": "文明商户", "source": "区文明办"},
    ).raise_for_status()
    held = leader.get(f"/api/subjects/{shop}/archive").json()
    assert [one["case_number"] for one in held["exemptions"]] == [OLD, EXEMPT]
    assert all(one["internal"] for one in held["exemptions"])
    assert [(one["case_number"], one["outcome"], one["standing"]) for one in held["offences"]] == [
        (OLD, "no_penalty", "effective"), (EXEMPT, "no_penalty", "effective"), (PENALISED, "penalty", "effective"),
        (CHALLENGED, "penalty", "challenged"),
    ]  # fmt: skip
    assert [one["number"] for one in held["permits"]] == ["wb-2026-001"]
    assert [one["kind"] for one in held["records"]] == ["honour"]
    assert len(held["cases"]) == 4
    assert set(held) >= {"names", "premises", "zones", "contacts", "grades", "alerts", "pledges", "objections"}


def test_the_check_screen_hides_what_is_outside_the_window_and_the_archive_keeps_it(
    leader: TestClient, shop: UUID
) -> None:
    shown = leader.get(f"/api/subjects/{shop}/check").json()
    assert [one["case_number"] for one in shown["offences"]] == [EXEMPT, PENALISED, CHALLENGED]
    assert OLD not in json.dumps(shown["offences"])
    assert OLD in leader.get(f"/api/subjects/{shop}/archive").text


def test_no_exemption_in_any_public_credit_or_grade_output(
    leader: TestClient, doors: Doors, database: Database, shop: UUID
) -> None:
    """Exemptions are planted; then everything that leaves the authority is searched for them."""
    with database.session_scope() as session:
        grades.give(session, shop, "ordinary", NOW.date(), "区信用办", service.SYSTEM, NOW)
        grade = grades.present(session, shop)
        weight = grades.patrol_weight(session, shop)
    outputs = {
        "credit": leader.get(f"/api/subjects/{shop}/credit-view"),
        "public": leader.get(f"/api/subjects/{shop}/public-view"),
        "publications": doors.anonymous.get("/api/public/publications"),
    }
    for name, answer in outputs.items():
        assert answer.status_code == 200, f"{name}: {answer.text}"
        for trace in (EXEMPT, OLD, "exempt", "no_penalty", "R23", "免罚", "不予"):
            assert trace not in answer.text, f"{name} tells of an exemption: {trace}"
    credit = outputs["credit"].json()
    assert [one["case_number"] for one in credit["penalties"]] == [PENALISED], "and not the one under challenge"
    assert grade is not None
    assert (grade.band, weight) == ("ordinary", 1)


def test_a_grade_does_not_move_with_what_we_decided(database: Database, shop: UUID) -> None:
    with database.session_scope() as session:
        assert grades.patrol_weight(session, shop) == grades.rules().ungraded_weight
        for day, (band, weight) in enumerate((("good", 0.5), ("poor", 2), ("ordinary", 1))):
            grades.give(session, shop, band, NOW.date(), "区信用办", service.SYSTEM, NOW + day * DAY)
            assert grades.patrol_weight(session, shop) == weight
        assert grades.give(session, shop, "poor", NOW.date(), "区信用办", service.SYSTEM, NOW) is None, "known"


def field_names(model: type[BaseModel]) -> set[str]:
    names = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in [field.annotation, *getattr(field.annotation, "__args__", ())]:
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                names |= field_names(inner)
    return names


@pytest.mark.parametrize("view", [views.CreditView, views.PublicView])
def test_the_types_that_leave_have_no_place_for_an_exemption(view: type[BaseModel]) -> None:
    assert not {name for name in field_names(view) if any(word in name for word in ("exempt", "outcome", "rule"))}
    with pytest.raises(ValidationError):
        view.model_validate({"name": "x", "permits": [], "exemptions": []})


def test_the_credit_office_knows_no_persons(doors: Doors, leader: TestClient) -> None:
    body = {"kind": "individual", "name": "王某某", "person_number": "TEST-0001"}
    person = doors.open(Role.OFFICER).post("/api/subjects", json=body).json()["id"]
    assert leader.get(f"/api/subjects/{person}/credit-view").status_code == 409
    assert leader.get(f"/api/subjects/{person}/public-view").json()["name"] == "王**"


def test_totals_are_for_the_head_office_and_first_stays_with_the_licence(
    leader: TestClient, database: Database, shop: UUID
) -> None:
    head = leader.post("/api/subjects", json={"name": "总店", "code": "91320402MA00000155"}).json()["id"]
    branch: dict[str, Any] = {"head_office_id": head}
    leader.post(f"/api/subjects/{shop}/head-office", json=branch).raise_for_status()
    totals = leader.get(f"/api/subjects/{head}/totals").json()
    assert (totals["licences"], totals["findings"], totals["penalties_in_effect"]) == (2, 4, 1)
    assert leader.get(f"/api/subjects/{head}/check").json()["offences"] == [], "a branch's findings are its own"
    assert leader.post(f"/api/subjects/{head}/head-office", json={"head_office_id": str(shop)}).status_code == 409


def test_views_end_where_a_persons_districts_end(doors: Doors, database: Database, shop: UUID) -> None:
    with database.session_scope() as session:
        row = service.get(session, shop)
        row.district = "elsewhere"
        session.add(row)
    stranger = doors.open(Role.LEADER, Role.SUPERV, districts=["beyond"])
    for view in ("archive", "check", "totals", "credit-view", "public-view", "names", "premises", "contacts", "flags"):
        assert stranger.get(f"/api/subjects/{shop}/{view}").status_code == 404, view
    assert stranger.get("/api/subjects").json()["items"] == []
    neighbour = doors.open(Role.LEADER, districts=["local"])
    seen = neighbour.get(f"/api/subjects/{shop}/archive").json()
    assert len(seen["cases"]) > 0, "it has cases here, so it is known here"
    with database.session_scope() as session:
        for case in session.exec(select(Case).where(Case.subject_id == shop).offset(1)):
            case.district = "elsewhere"
            session.add(case)
    seen = neighbour.get(f"/api/subjects/{shop}/archive").json()
    assert len(seen["cases"]) == 1
    near = [one for one in seen["offences"] if one["case_id"] is not None]
    far = [one for one in seen["offences"] if one["case_id"] is None]
    assert len(near) == 1
    assert len(far) == 3, "priors of other districts count"
    assert {(one["case_number"], one["item_code"], one["offence_id"]) for one in far} == {("", "", None)}
    assert all(one["standing"] for one in far)
