"""The register: overlaps, versions, and what edges get."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from edge.contracts.permits import PermitStatus
from server.auth.roles import Role
from server.fleet.tables import DesiredState
from server.permits import service
from server.permits.schemas import PermitChange, PermitCreate
from server.policy.facts import PermitStanding
from server.subjects import service as subjects
from server.subjects.schemas import SubjectCreate
from tests.server.doors import Doors

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
SQUARE = [[0.1, 0.5], [0.5, 0.5], [0.5, 0.9], [0.1, 0.9]]


def area(**changes: Any) -> dict[str, Any]:
    return {"edge_id": "edge-1", "camera_id": "cam-2", "zone_id": "z1", "polygon": SQUARE} | changes


def wanted(subject_id: UUID | str, **changes: Any) -> dict[str, Any]:
    return {
        "id": "wb-2026-001", "subject_id": str(subject_id), "areas": [area()], "hours_from": "17:00",
        "hours_to": "22:00", "valid_from": "2026-05-01", "valid_to": "2026-12-31",
    } | changes  # fmt: skip


@pytest.fixture
def shops(session: Session) -> list[UUID]:
    codes = ("92320402MA00000152", "91320402MA00000155")
    made = [subjects.create(session, SubjectCreate(name=code[-3:], code=code), NOW) for code in codes]
    return [shop.id for shop in made]


def register(session: Session, subject_id: UUID, **changes: Any) -> None:
    service.register(session, PermitCreate.model_validate(wanted(subject_id, **changes)), NOW)


def test_a_permit_reaches_its_edge_with_a_new_version(session: Session, shops: list[UUID]) -> None:
    register(session, shops[0])
    state = session.get(DesiredState, "edge-1")
    assert state is not None
    assert [permit["id"] for permit in state.message["permits"]] == ["wb-2026-001"]
    service.change(session, "wb-2026-001", PermitChange(status=PermitStatus.SUSPENDED, reason="噪声投诉"), NOW)
    session.refresh(state)
    assert (state.version, state.message["permits"][0]["status"]) == (2, "suspended")
    assert service.for_edge(session, "edge-2", NOW) == []


@pytest.mark.parametrize(
    "apart",
    [
        {"areas": [area(zone_id="z2")]},
        {"areas": [area(polygon=[[0.6, 0.5], [0.9, 0.5], [0.9, 0.9], [0.6, 0.9]])]},
        {"hours_from": "06:00", "hours_to": "17:00"},
        {"valid_from": "2027-01-01", "valid_to": "2027-12-31"},
        {"weekdays": [1]},
    ],
)
def test_permits_that_do_not_meet_stand_side_by_side(
    session: Session, shops: list[UUID], apart: dict[str, Any]
) -> None:
    register(session, shops[0], weekdays=[6, 7])
    register(session, shops[1], **({"id": "wb-2026-002", "weekdays": [6]} | apart))


def test_overlaps_and_used_numbers_are_refused(session: Session, shops: list[UUID]) -> None:
    register(session, shops[0])
    for changes in ({"id": "wb-2026-002", "hours_from": "21:00", "hours_to": "02:00"}, {}):
        with pytest.raises(service.Conflict) as refused:
            register(session, shops[1], **changes)
        assert refused.value.code == ("permit.overlaps" if changes else "permit.number_in_use")
    register(session, shops[0], id="wb-2026-003")  # the same holder may


def test_standing_of_an_act(session: Session, shops: list[UUID]) -> None:
    register(session, shops[0], valid_to="2026-11-15")
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)

    def standing(exceeded: bool, when: datetime = at) -> PermitStanding:
        return service.standing(session, "cam-2", "z1", when, exceeded)

    assert standing(False) is PermitStanding.NONE
    assert standing(True, datetime(2026, 11, 15, 10, tzinfo=UTC)) is PermitStanding.EXCEEDED
    assert standing(True) is PermitStanding.NONE, "there is no permit any more that could be exceeded"
    service.change(session, "wb-2026-001", PermitChange(renewal_filed_at=NOW, reason="续期申请"), NOW)
    assert standing(False) is PermitStanding.EXPIRED_GRACE
    assert standing(False, datetime(2026, 11, 23, 10, tzinfo=UTC)) is PermitStanding.NONE, "the eighth day"


def test_api(doors: Doors) -> None:
    superv = doors.open(Role.SUPERV)
    subject = superv.post("/api/subjects", json={"name": "店", "code": "92320402MA00000152"}).json()["id"]
    made = superv.post("/api/permits", json=wanted(subject))
    assert (made.status_code, made.json()["version"], made.json()["status"]) == (201, 1, "active")
    bow_tie = wanted(subject, id="x", areas=[area(polygon=[[0, 0], [1, 1], [1, 0], [0, 1]])])
    assert superv.post("/api/permits", json=bow_tie).status_code == 422
    assert superv.post("/api/permits", json=wanted(subject, id="y", valid_to="2020-01-01")).status_code == 422
    assert doors.open(Role.OFFICER).post("/api/permits", json=wanted(subject, id="z")).status_code == 403
    revoked = superv.post("/api/permits/wb-2026-001/changes", json={"status": "revoked", "reason": "转让"})
    assert (revoked.json()["status"], revoked.json()["version"]) == ("revoked", 2)
    assert [one["id"] for one in superv.get("/api/permits", params={"subject_id": subject}).json()["items"]] == [
        "wb-2026-001"
    ]
    assert superv.get("/api/permits/none").status_code == 404
