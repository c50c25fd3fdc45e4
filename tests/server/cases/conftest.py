"""A server with the shipped rules published, people of every role, and an edge that can be made to speak."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from edge.contracts.commands import Recheck
from edge.contracts.messages import Message, RecheckAnswered
from edge.contracts.taxonomy import CameraState
from server.alerts import service as alerts
from server.auth.roles import Role
from server.cases import service as cases
from server.cases import sweep
from server.clock import ManualClock
from server.db import Database
from server.evidence.tables import EvidenceFile
from server.fleet import commands
from server.policy.tables import PublishedVersion
from tests.server import wire
from tests.server.client import TestClient
from tests.server.doors import Doors

PHOTO = "ab" * 32
"""A picture in the evidence store that belongs to nothing yet: for a test with one case. Else `town.photo()`."""


class People(dict[Role, TestClient]):
    """Somebody of each role, made when first needed."""

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors

    def __missing__(self, role: Role) -> TestClient:
        self[role] = self._doors.open(role, name=role.value)
        return self[role]


class Ids(dict[Role, UUID]):
    """Their ids."""

    def __init__(self, people: People) -> None:
        super().__init__()
        self._people = people

    def __missing__(self, role: Role) -> UUID:
        self[role] = UUID(self._people[role].get("/api/me").json()["id"])
        return self[role]


@dataclass
class Town:
    """The people, the clock, the edge."""

    people: People
    ids: Ids
    clock: ManualClock
    database: Database

    def hear(self, message: Message) -> None:
        """An edge says something."""
        with self.database.session_scope() as session:
            alerts.receive(session, wire.sealed(message, sent_at=self.clock.now()), self.clock.now())

    def raised(self, episode: UUID | None = None, **more: Any) -> UUID:
        """An alert now; the id of its case."""
        episode = episode or uuid4()
        at = self.clock.now()
        times = {"began_at": at - timedelta(minutes=5), "at": at}
        self.hear(wire.raised(episode, **(times | more)))
        return self.case_of(episode)

    def cleared(self, episode: UUID, **more: Any) -> None:
        """The camera sees it gone now."""
        at = self.clock.now()
        self.hear(wire.cleared(episode, **({"at": at, "cleared_at": at} | more)))

    def case_of(self, episode: UUID) -> UUID:
        """The case of an episode."""
        from server.alerts.repository import by_episode

        with self.database.session_scope(write=False) as session:
            alert = by_episode(session, "edge-1", episode)
            assert alert is not None
            assert alert.case_id is not None
            return alert.case_id

    def sweep(self) -> list[Recheck]:
        """Do what is due; the rechecks asked for."""
        with self.database.session_scope() as session:
            known = {command.id for command in commands.due(session, self.clock.now())}
            sweep.sweep(session, self.clock.now())
            rows = [row for row in commands.due(session, self.clock.now()) if row.id not in known]
            return [Recheck.model_validate(row.message) for row in rows]

    def answer(self, recheck: Recheck, still_there: bool | None) -> None:
        """The edge looked again."""
        at = self.clock.now()
        self.hear(
            RecheckAnswered(
                command_id=recheck.command_id, camera_id=recheck.camera_id, zone_id=recheck.zone_id,
                violation=recheck.violation, captured_at=at, still_there=still_there,
                state=CameraState.OK if still_there is not None else CameraState.BLACK,
            )
        )  # fmt: skip

    def get(self, case_id: UUID) -> dict[str, Any]:
        """The case as an officer sees it."""
        return self.people[Role.OFFICER].get(f"/api/cases/{case_id}").raise_for_status().json()

    def act(self, case_id: UUID, role: Role, to: str, reason: str = "", **fields: Any) -> dict[str, Any]:
        """A move that must succeed."""
        response = self.try_act(case_id, role, to, reason, **fields)
        assert response.status_code == 200, response.text
        return response.json()

    def try_act(self, case_id: UUID, role: Role, to: str, reason: str = "", **fields: Any) -> Any:
        """A move; the response."""
        with self.database.session_scope(write=False) as session:
            version = cases.get(session, case_id).version
        if (role, to) == (Role.SEAT, "W1"):
            reason = reason or "来电属实，无图片"
        body = {"to": to, "reason": reason, "fields": fields}
        return self.people[role].post(f"/api/cases/{case_id}/actions", json=body, headers={"If-Match": f'"{version}"'})

    def photo(self, sha256: str | None = None) -> str:
        """A picture that somebody has put into the evidence store."""
        sha256 = sha256 or (uuid4().hex + uuid4().hex)
        with self.database.session_scope() as session:
            session.add(
                EvidenceFile(
                    sha256=sha256, media_type="image/jpeg", size_bytes=10, stored_at=self.clock.now(), stored_by="x"
                )
            )
        return sha256

    def on_site(self, case_id: UUID) -> None:
        """From A1 to W4 the ordinary way."""
        self.act(case_id, Role.SEAT, "W1")
        self.act(case_id, Role.DISPATCH, "W2", assignee_id=str(self.ids[Role.OFFICER]))
        self.act(case_id, Role.OFFICER, "W3")
        self.act(case_id, Role.OFFICER, "W4", lon=119.97, lat=31.78)

    def ordered(self, case_id: UUID, **more: Any) -> dict[str, Any]:
        """The written order served."""
        fields = {
            "officers": ["JS-001", "JS-002"], "harm": "NONE", "sev": "SLIGHT", "order_number": "责改-1",
            "pledge_signed": True, "inspection_record": "检查-1", "photos": [self.photo()],
        } | more  # fmt: skip
        return self.act(case_id, Role.OFFICER, "W6", **fields)

    def corrected(self, case_id: UUID) -> dict[str, Any]:
        """Corrected, checked by another person, examined."""
        at = self.clock.now()
        self.act(case_id, Role.OFFICER, "W7", corrected_at=at.isoformat(), photos=[self.photo()])
        self.act(case_id, Role.VERIFY, "W8")
        return self.act(case_id, Role.VERIFY, "L1", photos=[self.photo()])

    def exempted(self, case_id: UUID, outcome: str = "exempt_t1") -> dict[str, Any]:
        """From L1 to the end."""
        self.act(case_id, Role.OFFICER, "L4")
        self.act(case_id, Role.HEAD, "L5", outcome=outcome)
        return self.act(case_id, Role.OFFICER, "C1", served_by="direct", education=["ED1", "ED2"])

    def after(self, **delta: float) -> datetime:
        """Time goes by."""
        return self.clock.advance(timedelta(**delta))

    def shop(self, name: str = "测试果蔬店（合成）", code: str = "92320402MA00000152", zone: str = "z1") -> UUID:
        """A subject bound to the zone since long ago."""
        client = self.people[Role.SEAT]
        body = {"kind": "known", "name": name, "code": code, "contact": "13800000000"}
        subject = client.post("/api/subjects", json=body)
        assert subject.status_code == 201, subject.text
        subject_id = subject.json()["id"]
        binding = {"camera_id": "cam-1", "zone_id": zone, "valid_from": "2020-01-01T00:00:00+08:00"}
        assert client.post(f"/api/subjects/{subject_id}/zones", json=binding).status_code == 201
        return UUID(subject_id)


@pytest.fixture
def town(
    app: FastAPI, doors: Doors, database: Database, clock: ManualClock, published_rules: list[dict[str, Any]]
) -> Town:
    with database.session_scope() as session:
        session.add_all(PublishedVersion(**row) for row in published_rules)
    people = People(doors)
    town = Town(people, Ids(people), clock, database)
    town.photo(PHOTO)
    return town
