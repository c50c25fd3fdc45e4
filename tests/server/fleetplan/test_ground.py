"""Ground calibration: the edge's own fit, its residual, and a metre grid in picture shares."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.auth.roles import Role
from tests.server.client import TestClient
from tests.server.doors import Doors

CLIPS = Path(__file__).resolve().parents[3] / "datasets" / "clips"


@pytest.fixture
def truth() -> dict[str, Any]:
    return json.loads((CLIPS / "street_goods" / "truth.json").read_text())


@pytest.fixture
def superv(doors: Doors) -> TestClient:
    return doors.open(Role.SUPERV)


def fit(client: TestClient, **wanted: Any) -> dict[str, Any]:
    answer = client.post("/api/ground/fits", json=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_points_of_a_clip_give_its_ground(superv: TestClient, truth: dict[str, Any]) -> None:
    points = [{"image": p["image"], "world_m": p["world_m"]} for p in truth["ground"]["points"]]
    zones = {z["id"]: z["polygon"] for z in truth["zones"]}
    found = fit(superv, points=points, zones=zones)
    assert found["usable"], found["problems"]
    assert found["residual_m"] < 0.05
    assert 3.5 < found["height_m"] < 5.5
    assert found["zones"][0]["m2"] > 1
    assert len(found["homography"]) == 3


def test_the_grid_runs_through_the_marks(superv: TestClient) -> None:
    """A square of four metres seen straight from above: its grid is a grid."""
    corners = [((0.2, 0.2), (0, 0)), ((0.6, 0.2), (4, 0)), ((0.6, 0.6), (4, 4)), ((0.2, 0.6), (0, 4))]
    found = fit(superv, points=[{"image": image, "world_m": world} for image, world in corners], aspect=1)
    lines = {(one["axis"], one["metre"]): one["line"] for one in found["grid"]}
    assert all(abs(x - 0.3) < 1e-4 for x, _ in lines["x", 1])
    assert all(abs(y - 0.5) < 1e-4 for _, y in lines["y", 3])
    assert {one["metre"] for one in found["grid"] if one["strong"]} <= {-5, 0, 5}


def test_exchanged_points_are_refused_with_advice(superv: TestClient, truth: dict[str, Any]) -> None:
    points = [{"image": p["image"], "world_m": p["world_m"]} for p in truth["ground"]["points"]]
    points[0]["world_m"], points[1]["world_m"] = points[1]["world_m"], points[0]["world_m"]
    found = fit(superv, points=points)
    assert not found["usable"]
    assert "points 1 and 2" in " ".join(found["problems"])
    assert found["grid"] == []


def test_a_zone_above_the_horizon_is_named(superv: TestClient) -> None:
    """A road that narrows from 0.8 to 0.4 of the picture between y 0.9 and y 0.6 ends at y 0.3."""
    corners = [((0.3, 0.6), (0, 10)), ((0.7, 0.6), (4, 10)), ((0.9, 0.9), (4, 0)), ((0.1, 0.9), (0, 0))]
    points = [{"image": image, "world_m": world} for image, world in corners]
    found = fit(superv, points=points, zones={"sky": [[0.1, 0.1], [0.4, 0.1], [0.4, 0.9]]})
    assert not found["usable"]
    assert "zone sky: its corner 1, 2 lies above the horizon" in found["problems"][0]
    assert all(y > 0.3 for one in found["grid"] for _, y in one["line"])


def test_three_points_are_too_few(superv: TestClient) -> None:
    point = {"image": [0.1, 0.2], "world_m": [0, 0]}
    refused = superv.post("/api/ground/fits", json={"points": [point] * 3})
    assert refused.status_code == 422


def test_only_the_fleets_people_may_ask(doors: Doors) -> None:
    assert doors.open(Role.SEAT).post("/api/ground/fits", json={}).status_code == 403
