"""A party inside its own case: a code that works once, blurred pictures, its own words; nothing of anyone else's."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from edge.contracts.taxonomy import EvidenceRole
from server.auth.roles import Role
from tests.server import wire
from tests.server.cases.conftest import Town
from tests.server.client import TestClient
from tests.server.doors import Doors

PICTURES = {role: b"\xff\xd8\xff\xe0" + role.encode() for role in (EvidenceRole.WIDE_SHOWN, EvidenceRole.WIDE_ORIGINAL)}


def name_of(content: bytes) -> str:
    return sha256(content).hexdigest()


@pytest.fixture
def case_id(town: Town, doors: Doors) -> UUID:
    """A case of a shop, with a blurred and an original picture."""
    town.shop()
    edge = doors.edge()
    for content in PICTURES.values():
        assert edge.put(f"/api/evidence/{name_of(content)}", content=content).status_code == 201
    return town.raised(evidence=[wire.picture(name_of(content), role) for role, content in PICTURES.items()])


def code_for(town: Town, case_id: UUID) -> str:
    made = town.people[Role.OFFICER].post(f"/api/cases/{case_id}/party-links")
    assert made.status_code == 201, made.text
    return made.json()["code"]


def visit(doors: Doors, code: str) -> tuple[TestClient, str]:
    made = doors.anonymous.post("/api/party/visits", json={"code": code})
    assert made.status_code == 201, made.text
    return doors.with_token(made.json()["token"]), made.json()["next_code"]


def lodge(client: TestClient, **more: Any) -> Any:
    return client.post("/api/party/objections", json={"statement": "货物已收回"} | more)


@pytest.mark.integration
def test_a_code_works_once_and_gives_the_next(town: Town, doors: Doors, case_id: UUID) -> None:
    code = code_for(town, case_id)
    _, following = visit(doors, code)
    assert doors.anonymous.post("/api/party/visits", json={"code": code}).status_code == 401
    visit(doors, following)


@pytest.mark.integration
def test_what_the_party_sees(town: Town, doors: Doors, case_id: UUID) -> None:
    client, _ = visit(doors, code_for(town, case_id))
    town.act(case_id, Role.SEAT, "W0")
    own = client.get("/api/party/case").json()
    assert own["number"] == town.get(case_id)["number"]
    assert own["seen"][0]["pictures"] == [name_of(PICTURES[EvidenceRole.WIDE_SHOWN])]
    assert own["asked"]["what_en"] == "put it right"
    assert (own["outcomes"], own["objections"]) == ([], [])
    shown = client.get(f"/api/party/pictures/{name_of(PICTURES[EvidenceRole.WIDE_SHOWN])}")
    assert shown.content == PICTURES[EvidenceRole.WIDE_SHOWN]
    assert client.get(f"/api/party/pictures/{name_of(PICTURES[EvidenceRole.WIDE_ORIGINAL])}").status_code == 404


def test_an_objection_with_a_file_gets_a_receipt_and_an_answer(town: Town, doors: Doors, case_id: UUID) -> None:
    client, _ = visit(doors, code_for(town, case_id))
    proof = b"\xff\xd8\xff\xe0proof"
    sent = client.put(f"/api/party/evidence/{name_of(proof)}", content=proof)
    assert sent.status_code == 201, sent.text
    receipt = lodge(client, files=[name_of(proof)])
    assert receipt.status_code == 201, receipt.text
    assert (receipt.json()["kind"], receipt.json()["status"]) == ("statement", "open")
    assert receipt.json()["number"] == f"YY-{town.get(case_id)['number']}-1"
    assert town.get(case_id)["state"] == "A1"
    (row,) = town.people[Role.LEGAL].get(f"/api/cases/{case_id}/objections").json()
    assert [file["sha256"] for file in row["files"]] == [name_of(proof)]
    body = {"result": "heard", "answer": "已复核，予以采纳"}
    assert town.people[Role.LEGAL].post(f"/api/objections/{row['id']}/answer", json=body).status_code == 200
    (own,) = client.get("/api/party/case").json()["objections"]
    assert (own["status"], own["answer"]) == ("heard", "已复核，予以采纳")
    assert "answered_by_name" not in own


@pytest.mark.integration
def test_it_takes_its_objection_back(town: Town, doors: Doors, case_id: UUID) -> None:
    client, _ = visit(doors, code_for(town, case_id))
    row = lodge(client).json()
    done = client.post(f"/api/party/objections/{row['id']}/withdrawal", json={"reason": "已说明"})
    assert done.json()["status"] == "withdrawn"


def test_nothing_of_anyone_elses(town: Town, doors: Doors, case_id: UUID) -> None:
    client, _ = visit(doors, code_for(town, case_id))
    town.shop("另一店（合成）", "91320402MA00000155", zone="z2")
    other = town.raised(zone_id="z2")
    stranger, _ = visit(doors, code_for(town, other))
    row = lodge(stranger).json()
    assert client.post(f"/api/party/objections/{row['id']}/withdrawal", json={"reason": "x"}).status_code == 404
    assert stranger.get(f"/api/party/pictures/{name_of(PICTURES[EvidenceRole.WIDE_SHOWN])}").status_code == 404
    foreign = b"\xff\xd8\xff\xe0foreign"
    stranger.put(f"/api/party/evidence/{name_of(foreign)}", content=foreign)
    assert lodge(client, files=[name_of(foreign)]).status_code == 422
    for path in ("/api/cases", f"/api/cases/{case_id}", "/api/objections", f"/api/evidence/{name_of(foreign)}"):
        assert client.get(path).status_code == 401, path


@pytest.mark.integration
def test_a_link_ends_when_revoked_late_or_when_the_case_is_anothers(town: Town, doors: Doors, case_id: UUID) -> None:
    made = town.people[Role.OFFICER].post(f"/api/cases/{case_id}/party-links").json()
    client, following = visit(doors, made["code"])
    town.after(hours=13)
    assert client.get("/api/party/case").status_code == 401
    client, _ = visit(doors, following)
    assert town.people[Role.SEAT].delete(f"/api/party-links/{made['link_id']}").status_code == 204
    assert client.get("/api/party/case").status_code == 401
    client, _ = visit(doors, code_for(town, case_id))
    town.on_site(case_id)
    town.act(case_id, Role.OFFICER, "W5", "原主体有误")
    assert client.get("/api/party/case").status_code == 401


@pytest.mark.integration
def test_nobody_gets_a_link_to_a_case_without_a_party(town: Town) -> None:
    case_id = town.raised(zone_id="z9")
    refused = town.people[Role.OFFICER].post(f"/api/cases/{case_id}/party-links")
    assert refused.json()["code"] == "party.subject_unknown"


@pytest.mark.integration
def test_wrong_codes_are_slowed_down(doors: Doors, town: Town) -> None:
    answers = [doors.anonymous.post("/api/party/visits", json={"code": str(n)}).status_code for n in range(25)]
    assert set(answers) == {401, 429}
