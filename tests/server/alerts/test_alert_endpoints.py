"""Alerts over HTTP: pages, one with its reports and evidence, its picture."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest

from edge.contracts.taxonomy import EvidenceRole
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.ingest.intake import Intake
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.wire import T0, cleared, delivery, picture, raised, sealed, updated

JPEG = b"\xff\xd8\xff\xe0small"


@pytest.fixture
def seat(doors: Doors) -> TestClient:
    return doors.open(Role.SEAT)


@pytest.fixture
def intake(database: Database, clock: ManualClock) -> Intake:
    return Intake(database, clock)


def test_pages_newest_first_without_gap_or_double(seat: TestClient, intake: Intake) -> None:
    intake.take([delivery(sealed(raised(at=T0 + timedelta(minutes=n % 4), zone_id=f"z{n}"))) for n in range(11)])
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = seat.get("/api/alerts", params={"limit": 4} | ({"after": cursor} if cursor else {})).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 11
    times = [seat.get(f"/api/alerts/{one}").json()["raised_at"] for one in seen]
    assert times == sorted(times, reverse=True)
    assert len(seat.get("/api/alerts", params={"state": "cleared"}).json()["items"]) == 0
    assert len(seat.get("/api/alerts", params={"camera_id": "cam-1", "limit": 200}).json()["items"]) == 11


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 201}, {"after": "x"}, {"after": "====", "limit": 1}, {"state": "x"}, {"camera_id": "A B"}],
)
def test_a_query_that_means_nothing_is_422(seat: TestClient, query: dict[str, object]) -> None:
    assert seat.get("/api/alerts", params=query).status_code == 422  # type: ignore[arg-type]


def test_one_alert_with_its_story(seat: TestClient, intake: Intake) -> None:
    episode, small = uuid4(), base64.b64encode(JPEG).decode()
    refs = [picture("1" * 64), picture("2" * 64, EvidenceRole.WIDE_ORIGINAL), picture("3" * 64, EvidenceRole.CLIP)]
    intake.take(
        [
            delivery(sealed(raised(episode, evidence=refs, thumbnail_jpeg_base64=small))),
            delivery(sealed(updated(episode))),
            delivery(sealed(cleared(episode))),
        ]
    )
    (listed,) = seat.get("/api/alerts").json()["items"]
    alert = seat.get(f"/api/alerts/{listed['id']}").json()
    assert [report["kind"] for report in alert["reports"]] == ["raised", "updated", "cleared"]
    assert {file["role"]: file["sealed"] for file in alert["evidence"]} == {
        "wide_shown": False,
        "wide_original": True,
        "clip": True,
    }
    assert alert["reports"][0]["versions"]["model"] == "surface-1"
    seen = seat.get(f"/api/alerts/{alert['id']}/thumbnail")
    assert (seen.content, seen.headers["content-type"]) == (JPEG, "image/jpeg")
    report = alert["reports"][0]["id"]
    assert seat.get(f"/api/alerts/{alert['id']}/reports/{report}/thumbnail").content == JPEG
    assert seat.get(f"/api/alerts/{uuid4()}/reports/{report}/thumbnail").status_code == 404
    assert seat.get(f"/api/alerts/{alert['id']}/reports/{alert['reports'][1]['id']}/thumbnail").status_code == 404
    assert seat.get(f"/api/alerts/{uuid4()}").json()["code"] == "alert.not_found"


@pytest.mark.parametrize("small", ["!!!", base64.b64encode(b"<svg/>").decode()])
def test_a_thumbnail_that_is_no_picture_is_refused(intake: Intake, small: str) -> None:
    (outcome,) = intake.take([delivery(sealed(raised(thumbnail_jpeg_base64=small)))])
    assert "thumbnail_jpeg_base64" in (outcome.rejected or "")
