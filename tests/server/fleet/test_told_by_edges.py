"""What edges tell of themselves by HTTP and as telemetry: what they run, how they fare."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from edge.contracts.codec import encode
from edge.contracts.messages import CameraLoad, ConfigApplied, EdgeLoad
from edge.contracts.plan import EffectiveCamera, EffectiveConfig, ZonePlan
from server.auth.roles import Role
from server.clock import ManualClock
from server.db import Database
from server.fleet import desired, load
from server.fleet.tables import EdgeLoadLine
from server.fleetplan.tables import PlanAnswer, PlanVersion
from server.ingest.intake import Delivery, Intake
from server.ingest.tables import InboxMessage
from tests.server.doors import Doors
from tests.server.wire import HASH, T0, birth, delivery, sealed

ZONE = ZonePlan(id="z1", polygon=[(0.1, 0.1), (0.5, 0.1), (0.5, 0.5)], violations=["outdoor_display"])


def runs(*names: str, address: str = "rtsp://***@10.0.0.1/1", **more: Any) -> dict[str, Any]:
    cameras = [
        EffectiveCamera(
            id=name, name=f"{name} 号", origin="plan", kind="rtsp", address=address, interval_s=5, zones=[ZONE]
        )
        for name in names
    ]
    return EffectiveConfig(**({"at": T0, "config": HASH, "cameras": cameras} | more)).model_dump(mode="json")


def fares(minute: int = 0, **more: Any) -> EdgeLoad:
    fields: dict[str, Any] = {
        "at": T0 + timedelta(minutes=minute), "window_s": 60.0, "cpu_share": 0.25, "cores": 4, "memory_bytes": 5,
        "disk_free_bytes": 6, "waiting_alerts": 1, "waiting_telemetry": 2, "pass_p95_ms": 300.0,
        "cameras": [CameraLoad(camera_id="cam-1", judged_per_s=0.2, last_frame_age_s=3.0)],
    }  # fmt: skip
    return EdgeLoad(**(fields | more))


def take(database: Database, clock: ManualClock, *loads: EdgeLoad) -> None:
    topic = "shouwei/v1/edge-1/health"
    Intake(database, clock).take([Delivery(topic, encode(sealed(one))) for one in loads])


def test_what_an_edge_runs_is_kept_and_served(doors: Doors) -> None:
    edge, seat = doors.edge(), doors.open(Role.SEAT)
    assert seat.get("/api/edges/edge-1/effective").status_code == 404
    assert edge.put("/api/edges/edge-1/effective", json=runs("cam-1", "cam-2", plan_version=3)).status_code == 204
    read = seat.get("/api/edges/edge-1/effective").json()
    assert (read["edge_id"], read["config"]["plan_version"]) == ("edge-1", 3)
    assert [(c["id"], c["origin"], c["zones"][0]["id"]) for c in read["config"]["cameras"]] == [
        ("cam-1", "plan", "z1"),
        ("cam-2", "plan", "z1"),
    ]
    assert [(c["id"], c["name"], c["watched"]) for c in seat.get("/api/cameras").json()] == [
        ("cam-1", "cam-1 号", True),
        ("cam-2", "cam-2 号", True),
    ]


def test_a_camera_that_is_gone_is_watched_no_more_and_older_news_changes_nothing(doors: Doors) -> None:
    edge, seat = doors.edge(), doors.open(Role.SEAT)
    for body in (runs("cam-1", "cam-2"), runs("cam-2", at=T0 + timedelta(minutes=1)), runs("cam-1")):
        assert edge.put("/api/edges/edge-1/effective", json=body).status_code == 204
    assert [(c["id"], c["watched"]) for c in seat.get("/api/cameras").json()] == [("cam-1", False), ("cam-2", True)]


def test_a_password_that_an_edge_tells_goes_no_further(doors: Doors) -> None:
    doors.edge().put("/api/edges/edge-1/effective", json=runs("cam-1", address="rtsp://u:s3cret@10.0.0.1/1"))
    assert "s3cret" not in doors.open(Role.ADMIN).get("/api/edges/edge-1/effective").text


def test_an_edge_speaks_for_itself_only(doors: Doors) -> None:
    assert doors.edge("edge-2").put("/api/edges/edge-1/effective", json=runs("cam-1")).status_code == 404
    assert doors.open(Role.ADMIN).put("/api/edges/edge-1/effective", json=runs("cam-1")).status_code == 403
    assert doors.open(Role.ADMIN).get("/api/edges").json() == []


def test_how_an_edge_fares(doors: Doors, database: Database, clock: ManualClock) -> None:
    Intake(database, clock).take([delivery(sealed(birth(1, cameras=("cam-1", "cam-2"))))])
    seat = doors.open(Role.SEAT)
    assert seat.get("/api/edges").json()[0]["load"] is None
    assert seat.get("/api/edges/edge-1/load").json()["newest"] is None
    take(database, clock, fares(), fares(1, cpu_share=0.5), fares(1, cpu_share=0.9), fares(0))
    (edge,) = seat.get("/api/edges").json()
    assert (edge["load"]["cpu_share"], edge["load"]["pass_p95_ms"]) == (0.5, 300.0)
    first, second = seat.get("/api/cameras").json()
    assert (first["judged_per_s"], first["last_frame_at"]) == (0.2, "2026-11-20T01:00:57Z")
    assert (second["judged_per_s"], second["last_frame_at"]) == (None, None)
    with database.session_scope() as session:
        kinds = {row.type for row in session.exec(select(InboxMessage))}
    assert "shouwei.edge.load.v1" not in kinds, "a report a minute would fill the inbox for ever"


def test_the_line_has_a_point_every_five_minutes_for_a_day(database: Database, clock: ManualClock) -> None:
    for minute in range(0, 26 * 60, 1):
        if minute % 60 < 8 or minute > 25 * 60:
            with database.session_scope() as session:
                load.keep(session, "edge-1", fares(minute), clock.now())
    with database.session_scope() as session:
        line = load.line(session, "edge-1")
        assert len(session.exec(select(EdgeLoadLine)).all()) == 1
    assert line[-1].at - line[0].at < load.LINE
    assert min(b.at - a.at for a, b in pairwise(line)) == load.POINT_EVERY
    assert (line[0].waiting, line[0].judged_per_s) == (3, 0.2)
    assert len(line) <= 288


@pytest.mark.parametrize(
    ("accepted", "plan_accepted", "told"), [(True, None, True), (False, True, True), (False, None, False)]
)
def test_an_answer_about_a_plan_reaches_the_room_of_plans(
    database: Database, clock: ManualClock, accepted: bool, plan_accepted: bool | None, told: bool
) -> None:
    with database.session_scope() as session:
        session.add(
            PlanVersion(
                edge_id="edge-1", version=4, sha256=HASH, body=[], sealed="", changes=[], note="", made_by=uuid4(),
                made_by_name="甲", made_at=clock.now(),
            )
        )  # fmt: skip
        desired.set_plan(session, "edge-1", 4, HASH, clock.now())
    message = ConfigApplied(version=1, plan_version=4, accepted=accepted, plan_accepted=plan_accepted)
    Intake(database, clock).take([Delivery("shouwei/v1/edge-1/health", encode(sealed(message)))])
    with database.session_scope() as session:
        (answer,) = session.exec(select(PlanAnswer)).all()
        assert (answer.version, answer.accepted) == (4, told)
