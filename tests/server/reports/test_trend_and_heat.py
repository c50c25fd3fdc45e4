"""Figures step by step are those of each step alone; the heat map counts each case once, at its hour on the wall."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.notify.templates import LOCAL
from server.places.tables import CameraPlace
from server.reports.trend import Step, steps
from tests.server.doors import Doors
from tests.server.reports.filling import LATER, fill
from tests.server.reports.histories import START, histories

FIRST, LAST = START.date(), START.date() + timedelta(days=60)
RANGE = f"since={FIRST}&until={LAST}"


@pytest.fixture
def cases(database: Database, clock: ManualClock) -> Any:
    clock.set(LATER)
    with database.session_scope() as session:
        all_of = histories(23, 120, longest=40)
        fill(session, all_of)
    return all_of


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        ("day", [(1, 1), (1, 2)]),
        ("week", [(1, 4), (1, 11)]),
        ("month", [(1, 31), (2, 28)]),
    ],
)
def test_steps_cover_every_day_once(step: Step, ends: list[tuple[int, int]]) -> None:
    since, until = date(2026, 1, 1), date(2026, 3, 5)
    found = list(steps(since, until, step))
    assert [(last.month, last.day) for _, last in found[:2]] == ends
    days = [first + timedelta(days=n) for first, last in found for n in range((last - first).days + 1)]
    assert days == [since + timedelta(days=n) for n in range((until - since).days + 1)]


@pytest.mark.parametrize("extra", ["", "&item=CG-01", "&district=a"])
def test_each_step_is_what_the_figures_of_these_days_are(cases: Any, doors: Doors, extra: str) -> None:
    head = doors.open(Role.HEAD)
    points = head.get(f"/api/kpis/trend?{RANGE}&step=month{extra}").json()["points"]
    assert len(points) >= 2
    counted = 0
    for point in points:
        (group,) = head.get(f"/api/kpis?since={point['since']}&until={point['until']}{extra}").json()["groups"]
        alone = {
            kpi["id"]: {name: kpi[name] for name in ("numerator", "denominator", "value", "p90")}
            for kpi in group["kpis"]
        }
        assert {one.pop("id"): one for one in point["figures"]} == alone
        counted += sum(kpi["denominator"] for kpi in alone.values())
    assert counted > 0


def test_too_many_steps_are_refused_with_what_is_allowed(cases: Any, doors: Doors) -> None:
    answer = doors.open(Role.HEAD).get("/api/kpis/trend?since=2026-01-01&until=2026-12-31&step=day")
    assert answer.status_code == 422
    assert "92" in answer.text


def test_the_heat_map_counts_each_case_at_its_hour_on_the_wall(cases: Any, doors: Doors, database: Database) -> None:
    with database.session_scope() as session:
        district, camera = cases[0].case.district, cases[0].case.camera_id
        session.add(
            CameraPlace(
                edge_id="e", camera_id=camera, district=district, name="南门", lon=119.9, lat=31.7, changed_at=START
            )
        )
    answer = doors.open(Role.HEAD).get("/api/kpis/heat?since=2026-01-01&until=2027-12-31").json()
    expected: Counter[tuple[str, str, int]] = Counter()
    for one in cases:
        case = one.case
        if case.state != "V" and case.merged_into is None:
            expected[case.district, case.camera_id, case.opened_at.astimezone(LOCAL).hour] += 1
    found = {
        (row["district"], row["camera_id"], hour): count
        for row in answer["cameras"] for hour, count in enumerate(row["hours"]) if count
    }  # fmt: skip
    assert found == dict(expected)
    assert answer["others"] == 0
    totals = [row["total"] for row in answer["cameras"]]
    assert totals == sorted(totals, reverse=True)
    (named,) = [row for row in answer["cameras"] if (row["district"], row["camera_id"]) == (district, camera)]
    assert (named["name"], named["lon"], named["lat"]) == ("南门", 119.9, 31.7)


def test_the_heat_map_keeps_to_the_filters_the_limit_and_the_reach(cases: Any, doors: Doors) -> None:
    head, days = doors.open(Role.HEAD), "since=2026-01-01&until=2027-12-31"
    whole = head.get(f"/api/kpis/heat?{days}").json()["cameras"]
    first = head.get(f"/api/kpis/heat?{days}&limit=1").json()
    assert first["cameras"] == whole[:1]
    assert first["others"] == sum(row["total"] for row in whole[1:])
    assert {
        row["district"]
        for row in doors.open(Role.HEAD, districts=["a"]).get(f"/api/kpis/heat?{days}").json()["cameras"]
    } == {"a"}
    items = {one.case.item_code or one.case.violation for one in cases}
    assert sum(
        row["total"] for item in items for row in head.get(f"/api/kpis/heat?{days}&item={item}").json()["cameras"]
    ) == sum(row["total"] for row in whole)
    assert doors.open(Role.SEAT).get(f"/api/kpis/heat?{days}").status_code == 403
