"""The register through the API: several areas, status and its service, overlaps, expiry, what was let pass."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from edge.contracts.ids import uuid7
from edge.contracts.permits import PermitStatus
from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.cases.tables import Case, CaseStep
from server.clock import ManualClock
from server.db import Database
from server.fleet.tables import DesiredState
from server.notify.tables import Notice
from server.permits import expiry, repository, rules, service
from server.permits.schemas import AreaCreate, PermitChange, PermitCreate
from server.subjects import service as subjects
from server.subjects.schemas import SubjectCreate
from tests.server.doors import Doors
from tests.server.permits.test_permits import SQUARE, area, wanted

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
GROUND = [[119.97, 31.77], [119.9702, 31.77], [119.9702, 31.7701], [119.97, 31.7701]]


@pytest.fixture
def shop(session: Session) -> UUID:
    return subjects.create(session, SubjectCreate(name="小吃店", code="92320402MA00000152"), NOW).id


def put(session: Session, subject_id: UUID, **changes: Any) -> str:
    return service.register(session, PermitCreate.model_validate(wanted(subject_id, **changes)), NOW).id


def pushed(session: Session, edge_id: str) -> list[str]:
    state = session.get(DesiredState, edge_id)
    return [permit["id"] for permit in state.message["permits"]] if state else []


def test_one_permit_reaches_every_edge_that_sees_it_and_leaves_those_that_no_longer_do(
    session: Session, shop: UUID
) -> None:
    put(session, shop, areas=[area(), area(camera_id="cam-3"), area(edge_id="edge-2", camera_id="cam-9")])
    assert (pushed(session, "edge-1"), pushed(session, "edge-2")) == (
        ["wb-2026-001", "wb-2026-001__2"],
        ["wb-2026-001__3"],
    )
    only = [AreaCreate.model_validate(area())]
    service.set_areas(session, "wb-2026-001", only, "cam-9 拆除", SYSTEM, NOW)
    assert (pushed(session, "edge-1"), pushed(session, "edge-2")) == (["wb-2026-001"], [])


def test_a_status_holds_from_when_it_was_served(session: Session, shop: UUID) -> None:
    put(session, shop)
    served = NOW - timedelta(days=2)
    row = service.change(
        session, "wb-2026-001", PermitChange(status=PermitStatus.REVOKED, served_at=served, reason="转让"), NOW
    )
    assert row.status == "revoked"
    known = repository.known(session, [row])[0]
    assert known.status_at(served - timedelta(seconds=1)) is PermitStatus.ACTIVE
    assert known.status_at(served) is PermitStatus.REVOKED
    ahead = PermitChange(status=PermitStatus.ACTIVE, served_at=NOW + timedelta(days=1), reason="x")
    with pytest.raises(service.InvalidInput):
        service.change(session, "wb-2026-001", ahead, NOW)
    notice = session.exec(select(Notice).where(Notice.template == "permit_status")).one()
    assert notice.to == f"subject:{shop}"


def case(session: Session, subject_id: UUID, began_at: datetime, came_from: str) -> UUID:
    """A case that ended in A2, reached from `came_from`."""
    key = uuid7(began_at)
    session.add(
        Case(
            id=key, number=str(key)[-12:], state="A2", edge_id="edge-1", camera_id="cam-2", zone_id="z1",
            violation="outdoor_display", violation_version=1, permit="within", subject_id=subject_id,
            opened_at=began_at, began_at=began_at, last_seen_at=began_at,
        )
    )  # fmt: skip
    session.flush()
    session.add(
        CaseStep(
            id=uuid7(began_at), case_id=key, ordinal=1, kind="transition", at=began_at, actor_id=SYSTEM.id,
            actor_name="x", actor_role="seat", from_state=came_from, to_state="A2", reason="", fields={}, before={},
            after={}, previous_hash="", hash="",
        )
    )  # fmt: skip
    session.flush()
    return key


def test_a_permit_found_invalid_later_lists_what_it_let_pass(doors: Doors, database: Database) -> None:
    superv = doors.open(Role.SUPERV)
    subject = superv.post("/api/subjects", json={"name": "店", "code": "92320402MA00000152"})
    holder = UUID(subject.json()["id"])
    superv.post("/api/permits", json=wanted(str(holder))).raise_for_status()
    day = timedelta(days=1)
    with database.session_scope() as session:
        early, late = case(session, holder, NOW - 60 * day, "A1"), case(session, holder, NOW - day, "A1")
        case(session, holder, NOW - day, "W0")  # put right after the reminder: nothing to do with the permit
        case(session, holder, NOW - 300 * day, "A1")  # before the permit's first day
    url = "/api/permits/wb-2026-001/changes"
    served = (NOW - 10 * day).isoformat()
    some = superv.post(url, json={"status": "suspended", "served_at": served, "reason": "整改"}).json()
    assert some["suppressed_cases"] == [str(late)]
    every = superv.post(url, json={"status": "revoked", "found_invalid": True, "reason": "材料虚假"}).json()
    assert every["suppressed_cases"] == [str(early), str(late)]
    assert [one["status"] for one in every["changes"]] == ["active", "suspended", "revoked"]
    assert superv.post(url, json={"status": "active", "found_invalid": True, "reason": "x"}).status_code == 422
    assert superv.post(url, json={"status": "expired", "reason": "x"}).status_code == 422


def test_overlaps_are_by_ground_or_picture_and_time(doors: Doors) -> None:
    superv = doors.open(Role.SUPERV)
    one, two = (
        superv.post("/api/subjects", json={"name": code[-3:], "code": code}).json()["id"]
        for code in ("92320402MA00000152", "91320402MA00000155")
    )
    first = wanted(one, ground=GROUND)
    assert superv.post("/api/permits", json=first).json()["ground_m2"] == pytest.approx(210, rel=0.02)
    elsewhere = area(camera_id="cam-8")
    moved = [[lon + 0.0001, lat] for lon, lat in GROUND]
    clash = superv.post("/api/permits", json=wanted(two, id="wb-2", ground=moved, areas=[elsewhere]))
    assert (clash.status_code, clash.json()["where"]) == (409, ["ground"])
    beside = [[lon + 0.0002, lat] for lon, lat in GROUND]
    superv.post("/api/permits", json=wanted(two, id="wb-2", ground=beside, areas=[elsewhere])).raise_for_status()
    superv.post("/api/permits", json=wanted(one, id="wb-3", hours_from="21:00", hours_to="23:00")).raise_for_status()
    listed = superv.get("/api/permits/overlaps").json()
    assert listed == [{"first": "wb-2026-001", "second": "wb-3", "same_holder": True, "where": ["cam-2/z1"]}]


def test_the_register_is_searched(doors: Doors, clock: ManualClock) -> None:
    superv = doors.open(Role.SUPERV)
    subject = superv.post("/api/subjects", json={"name": "店", "code": "92320402MA00000152"}).json()["id"]
    for key, more in (
        ("a", {"goods": "小龙虾", "areas": [area(camera_id="cam-7")]}),
        ("b", {"valid_to": "2026-06-30"}),
        ("c", {"number": "天外摆2026第3号", "valid_to": "2026-11-30"}),
    ):
        superv.post("/api/permits", json=wanted(subject, id=key, **more)).raise_for_status()

    def found(**query: Any) -> list[str]:
        return [one["id"] for one in superv.get("/api/permits", params=query).json()["items"]]

    assert found() == ["a", "b", "c"]
    assert (found(q="龙虾"), found(q="第3号"), found(camera_id="cam-7")) == (["a"], ["c"], ["a"])
    assert (found(status="expired"), found(status="active")) == (["b"], ["a", "c"])
    assert found(ends_within_days=15) == ["c"]
    first = superv.get("/api/permits", params={"limit": 2}).json()
    assert superv.get("/api/permits", params={"after": first["next"]}).json()["items"][0]["id"] == "c"


def test_holder_and_shift_leader_are_told_once_before_and_once_after_the_end(session: Session, shop: UUID) -> None:
    put(session, shop, valid_to="2026-12-20")
    told: dict[str, set[str]] = {}
    for days in range(35):
        now = NOW + timedelta(days=days)
        for _ in range(2):
            expiry.warn(session, rules.load(), now)
        for notice in session.exec(select(Notice).where(Notice.queued_at == now)):
            told.setdefault(f"{days}:{notice.template}", set()).add(notice.to.split(":")[0])
    both = {"subject", "role"}
    assert told == {
        "0:permit_expiring": both, "23:permit_expiring": both, "29:permit_expiring": both, "31:permit_expired": both,
    }  # fmt: skip


def test_approvals_are_kept_and_a_season_is_checked(doors: Doors) -> None:
    superv = doors.open(Role.SUPERV)
    subject = superv.post("/api/subjects", json={"name": "店", "code": "92320402MA00000152"}).json()["id"]
    step = {"step": "agreed", "body": "天宁区人民政府", "at": "2026-04-01T01:00:00Z", "note": "第12次会议"}
    superv.post("/api/permits", json=wanted(subject, approvals=[step])).raise_for_status()
    filed = {"step": "filed", "body": "区城管局", "at": "2026-04-02T01:00:00Z"}
    assert superv.post("/api/permits/wb-2026-001/approvals", json=filed).status_code == 201
    kept = superv.get("/api/permits/wb-2026-001").json()["approvals"]
    assert [one["step"] for one in kept] == ["agreed", "filed"]
    for season in ({"season_from": "06-01"}, {"season_from": "13-01", "season_to": "01-01"}):
        assert superv.post("/api/permits", json=wanted(subject, id="s", **season)).status_code == 422
    outside = {"season_from": "01-01", "season_to": "02-28"}
    assert superv.post("/api/permits", json=wanted(subject, id="s", **outside)).status_code == 422


def test_a_key_that_could_be_taken_for_another_permits_area_is_refused(doors: Doors) -> None:
    superv = doors.open(Role.SUPERV)
    subject = superv.post("/api/subjects", json={"name": "店", "code": "92320402MA00000152"}).json()["id"]
    assert superv.post("/api/permits", json=wanted(subject, id="wb__2")).status_code == 422
    assert superv.post("/api/permits", json=wanted(subject, id="wb_2")).status_code == 201


def test_an_act_is_judged_by_the_register(doors: Doors) -> None:
    superv = doors.open(Role.SUPERV)
    subject = superv.post("/api/subjects", json={"name": "店", "code": "92320402MA00000152"}).json()["id"]
    superv.post("/api/permits", json=wanted(subject)).raise_for_status()
    place = {"edge_id": "edge-1", "camera_id": "cam-2", "zone_id": "z1"}
    late = {"began_at": "2026-11-19T13:50:00Z", "last_seen_at": "2026-11-19T14:10:00Z"}
    judged = superv.get("/api/permits/judgment", params=place | late).json()
    assert (judged["answer"], judged["minutes_over"], judged["permit_id"]) == ("remind", 10, "wb-2026-001")
    assert superv.get("/api/permits/wb-2026-001").json()["areas"][0]["polygon"] == SQUARE


def test_permits_end_where_a_persons_districts_end(app: FastAPI, doors: Doors, database: Database) -> None:
    superv = doors.open(Role.SUPERV)
    subject = superv.post("/api/subjects", json={"name": "店", "code": "92320402MA00000152"}).json()["id"]
    superv.post("/api/permits", json=wanted(subject)).raise_for_status()
    with database.session_scope() as session:
        row = service.get(session, "wb-2026-001")
        row.district = "elsewhere"
        session.add(row)
    stranger = doors.open(Role.SUPERV, districts=["local"])
    assert stranger.get("/api/permits").json()["items"] == []
    assert stranger.get("/api/permits/wb-2026-001").status_code == 404
    assert (
        stranger.post("/api/permits/wb-2026-001/changes", json={"status": "revoked", "reason": "x"}).status_code == 404
    )
    assert stranger.get("/api/permits/overlaps").json() == []
