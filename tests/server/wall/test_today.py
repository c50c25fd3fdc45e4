"""The counters of the big screen: each case once, of today by the clock on the wall, of one's district."""

import base64
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from edge.contracts.ids import uuid7
from server.alerts import service as alerts
from server.auth.roles import Role
from server.cases.tables import Case, CaseStep
from server.clock import ManualClock
from server.db import Database
from server.evidence.tables import EvidenceFile
from server.subjects.tables import Subject
from tests.server import wire
from tests.server.conftest import START
from tests.server.doors import Doors

MIDNIGHT = datetime.fromisoformat("2026-11-20T00:00:00+08:00")


def case(session: Session, number: int, state: str, *steps: tuple[str, datetime], **more: Any) -> None:
    fields: dict[str, Any] = {
        "id": UUID(int=number), "number": f"N{number}", "state": state, "district": "east", "edge_id": "edge-1",
        "camera_id": "cam-1", "zone_id": "z1", "violation": "outdoor_display", "violation_version": 1,
        "permit": "none", "subject_id": UUID(int=500), "opened_at": START, "began_at": START, "last_seen_at": START,
    }  # fmt: skip
    session.add(Case(**fields | more))
    session.flush()
    for ordinal, (to, at) in enumerate(steps, 1):
        session.add(
            CaseStep(
                id=uuid7(at), case_id=UUID(int=number), ordinal=ordinal, kind="transition", at=at, actor_id=UUID(int=5),
                actor_name="某", actor_role="seat", from_state="A1", to_state=to, reason="", fields={}, before={},
                after={}, previous_hash="", hash="",
            )
        )  # fmt: skip


@pytest.fixture
def day(database: Database) -> None:
    today, before = MIDNIGHT, MIDNIGHT - timedelta(seconds=1)
    with database.session_scope() as session:
        session.add(Subject(id=UUID(int=500), kind="known", name="店", created_at=START))
        session.flush()
        case(session, 1, "A1")
        case(session, 2, "A1", district="west")
        case(session, 3, "W0", ("W0", today))
        case(session, 4, "W0", ("W0", before), due_at=START - timedelta(minutes=1))
        case(session, 5, "W2", ("W0", today), ("W2", today), ("W1", today), ("W2", START))
        case(session, 6, "C1", ("W2", before), ("C1", today), closed_at=today)
        case(session, 7, "C1", closed_at=before, due_at=before)


def test_each_case_counts_once_and_only_today(day: None, doors: Doors) -> None:
    told = doors.open(Role.SEAT, districts=["east"]).get("/api/wall/today").json()
    assert datetime.fromisoformat(told.pop("since")) == MIDNIGHT
    assert told == {"alerts": 0, "waiting": 1, "reminded": 2, "dispatched": 1, "closed": 1, "overdue": 1}


def test_districts_and_roles(day: None, doors: Doors) -> None:
    assert doors.open(Role.SEAT).get("/api/wall/today").json()["waiting"] == 2
    assert doors.open(Role.SEAT, districts=["north"]).get("/api/wall/today").json()["reminded"] == 0
    assert doors.open(Role.ADMIN).get("/api/wall/today").status_code == 403


def test_a_new_day_begins_at_midnight_in_the_city(day: None, doors: Doors, clock: ManualClock) -> None:
    seat = doors.open(Role.SEAT)
    clock.set(MIDNIGHT + timedelta(days=1) - timedelta(seconds=1))
    assert seat.get("/api/wall/today").json()["closed"] == 1
    clock.advance(timedelta(seconds=1))
    assert seat.get("/api/wall/today").json()["closed"] == 0


def test_alerts_of_today_with_a_picture_that_may_be_fetched(
    doors: Doors, database: Database, clock: ManualClock
) -> None:
    sha = "a" * 64
    with database.session_scope() as session:
        session.add(EvidenceFile(sha256=sha, media_type="image/jpeg", size_bytes=9, stored_at=START, stored_by="edge"))
        for at in (START, MIDNIGHT - timedelta(seconds=1)):
            message = wire.raised(at=at, dwell_s=300, evidence=[wire.picture(sha)])
            alerts.receive(session, wire.sealed(message, sent_at=at), at)
        small = base64.b64encode(b"\xff\xd8\xff small").decode()
        later = START + timedelta(minutes=1)
        told = wire.raised(at=later, dwell_s=300, zone_id="z2", thumbnail_jpeg_base64=small)
        alerts.receive(session, wire.sealed(told, sent_at=later), later)
    seat = doors.open(Role.SEAT)
    found = seat.get("/api/wall/alerts").json()
    newest, first = found["items"]
    assert newest["picture"] == f"/api/alerts/{newest['id']}/thumbnail"
    assert seat.get(newest["picture"]).status_code == 200
    assert first["picture"] == f"/api/evidence/{sha}"
    assert found["cameras"] == [{"edge_id": "edge-1", "camera_id": "cam-1", "count": 2}]
    assert doors.open(Role.AUDITOR).get("/api/wall/alerts").json()["items"][1]["picture"] is None
    assert doors.open(Role.SEAT, districts=["north"]).get("/api/wall/alerts").json() == {"items": [], "cameras": []}
