"""An original is seen for a reason and a case that it belongs to, and the look is on record before the bytes leave."""

from hashlib import sha256
from uuid import UUID

import pytest
from httpx import Response

from edge.contracts.taxonomy import EvidenceRole
from server.auth.roles import HOUSE, Role
from server.config import ServerSettings
from server.evidence.originals import VIEWERS
from tests.server.cases.conftest import Town
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.wire import picture

JPEG = b"\xff\xd8\xff\xe0" + b"original" * 100
NAME = sha256(JPEG).hexdigest()
URL = f"/api/evidence/{NAME}/original"


@pytest.fixture
def settings(settings: ServerSettings) -> ServerSettings:
    """Five originals an hour."""
    few = settings.evidence.model_copy(update={"originals_per_hour": 5})
    return settings.model_copy(update={"evidence": few})


@pytest.fixture
def case_id(town: Town, doors: Doors) -> UUID:
    """A case with one original in its evidence."""
    sent = doors.edge().put(f"/api/evidence/{NAME}", content=JPEG, headers={"Content-Type": "image/jpeg"})
    assert sent.status_code == 201
    return town.raised(evidence=(picture(NAME, EvidenceRole.WIDE_ORIGINAL),))


def ask(client: TestClient, number: str, reason: str = "现场复核，核对门牌") -> Response:
    return client.post(URL, json={"reason": reason, "case_number": number})


def looks(doors: Doors) -> list[dict]:
    entries = doors.open(Role.LEGAL).get("/api/audit").json()
    return [entry for entry in entries if entry["action"] == "evidence.view_original"]


def test_the_look_says_who_of_which_unit_why_and_for_which_case(town: Town, doors: Doors, case_id: UUID) -> None:
    number = town.get(case_id)["number"]
    seen = ask(town.people[Role.LEADER], number)
    assert (seen.content, seen.headers["cache-control"]) == (JPEG, "private, no-store")
    (look,) = looks(doors)
    assert (look["target"], look["actor_name"]) == (NAME, "leader")
    assert look["facts"]["case"] == number
    assert look["facts"]["reason"] == "现场复核，核对门牌"
    assert look["facts"]["unit"]
    assert look["facts"]["content"].startswith("wide_original image/jpeg")


def test_no_reason_no_bytes_and_no_entry(town: Town, doors: Doors, case_id: UUID) -> None:
    number = town.get(case_id)["number"]
    for reason in ("", "   ", "abc", "    a    "):
        assert ask(town.people[Role.LEADER], number, reason).status_code == 422, reason
    assert looks(doors) == []


def test_another_case_does_not_open_it(town: Town, doors: Doors, case_id: UUID) -> None:
    other = town.raised(camera_id="cam-2", zone_id="z9")
    assert other != case_id
    refused = ask(town.people[Role.LEADER], town.get(other)["number"])
    assert (refused.status_code, refused.json()["code"]) == (403, "evidence.not_of_this_case")
    assert ask(town.people[Role.LEADER], "20990101-00000000").status_code == 404
    assert looks(doors) == []


def test_who_needs_no_originals_gets_none(town: Town, doors: Doors, case_id: UUID) -> None:
    number = town.get(case_id)["number"]
    for role in sorted(HOUSE - set(VIEWERS)):
        assert ask(doors.open(role), number).status_code == 403, role
    assert looks(doors) == []


def test_not_by_the_hundred(town: Town, doors: Doors, case_id: UUID) -> None:
    number, officer = town.get(case_id)["number"], town.people[Role.OFFICER]
    for _ in range(5):
        assert ask(officer, number).status_code == 200
    slowed = ask(officer, number)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "evidence.too_many_originals")
    assert ask(town.people[Role.LEADER], number).status_code == 200
    town.after(minutes=61)
    assert ask(officer, number).status_code == 200


def test_a_look_that_cannot_be_written_down_is_no_look(town: Town, doors: Doors, case_id: UUID) -> None:
    # The entry is committed first: with the database refusing it, no byte comes.
    from sqlalchemy import text

    number, leader = town.get(case_id)["number"], town.people[Role.LEADER]
    with town.database.engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        )
    refused = ask(leader, number)
    assert refused.status_code >= 400
    assert JPEG not in refused.content
