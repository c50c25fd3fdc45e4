"""What a party does over its link: photos of the correction, the pledge, its papers; again and again on a bad line."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from server.auth.roles import Role
from server.db import Database
from server.notify.tables import Notice
from server.objections import links
from server.objections.tables import PartyLink
from tests.server.cases.conftest import Town
from tests.server.client import TestClient
from tests.server.doors import Doors
from tests.server.objections.test_party import code_for, visit

SIGNATURE = b"\x89PNG\r\n\x1a\n" + b"signature"
KEY = "a-key-made-by-the-phone"


@pytest.fixture
def case_id(town: Town) -> UUID:
    town.shop()
    return town.raised()


@pytest.fixture
def party(town: Town, doors: Doors, case_id: UUID) -> TestClient:
    return visit(doors, code_for(town, case_id))[0]


def put(party: TestClient, content: bytes) -> str:
    name = sha256(content).hexdigest()
    sent = party.put(f"/api/party/evidence/{name}", content=content)
    assert sent.status_code == 201, sent.text
    return name


def own(party: TestClient) -> dict[str, Any]:
    answer = party.get("/api/party/case")
    assert answer.status_code == 200, answer.text
    return answer.json()


def photo(text: str = "photo") -> bytes:
    return b"\xff\xd8\xff\xe0" + text.encode()


def test_photos_of_the_correction_reach_the_case_once(town: Town, party: TestClient, case_id: UUID) -> None:
    town.on_site(case_id)
    town.ordered(case_id)
    assert (own(party)["phase"], own(party)["may"]["correct"]) == ("ordered", True)
    body = {"photos": [put(party, photo())], "note": "货已收进店"}
    party.post("/api/party/corrections", json=body)
    done = party.post("/api/party/corrections", json=body)
    assert done.status_code == 201, done.text
    assert [(c["note"], c["photos"]) for c in done.json()["corrections"]] == [("货已收进店", body["photos"])]
    steps = [s for s in town.get(case_id)["steps"] if s["fields"].get("photos") == body["photos"]]
    assert [(s["actor_role"], s["kind"]) for s in steps] == [("party", "note")]
    (file,) = town.people[Role.VERIFY].get(f"/api/cases/{case_id}/party-files").json()
    assert (file["sha256"], file["purpose"], file["note"]) == (body["photos"][0], "correction", "货已收进店")
    look = {"reason": "核对整改情况", "case_number": town.get(case_id)["number"]}
    seen = town.people[Role.VERIFY].post(f"/api/evidence/{file['sha256']}/original", json=look)
    assert seen.content == photo()
    told = town.people[Role.OFFICER].get("/api/notices/inbox").json()["items"]
    assert "party_corrected" in {notice["template"] for notice in told}


def test_what_was_not_sent_is_no_photo_and_a_closed_case_takes_none(
    town: Town, party: TestClient, case_id: UUID
) -> None:
    assert party.post("/api/party/corrections", json={"photos": ["ab" * 32]}).status_code == 422
    town.act(case_id, Role.SEAT, "A3", "误报")
    late = party.post("/api/party/corrections", json={"photos": [put(party, photo())]})
    assert late.json()["code"] == "party.no_correction_now"


def test_the_pledge_is_what_was_read_and_signed_once(town: Town, party: TestClient, case_id: UUID) -> None:
    assert (own(party)["may"]["pledge"], own(party)["pledge_text"]) == (False, "")
    town.on_site(case_id)
    town.ordered(case_id, pledge_signed=False)
    text = own(party)["pledge_text"]
    assert own(party)["number"] in text
    wanted = {"text": text, "signed_by": "张三", "signature": put(party, SIGNATURE)}
    changed = party.post("/api/party/pledges", json=wanted | {"text": f"{text}！"})
    assert changed.json()["code"] == "party.pledge_changed"
    for _ in range(2):
        signed = party.post("/api/party/pledges", json=wanted)
        assert signed.status_code == 201, signed.text
    (row,) = town.people[Role.VERIFY].get(f"/api/cases/{case_id}/pledges").json()
    assert (row["text"], row["signed_by"], row["photos"]) == (text, "张三", [wanted["signature"]])
    assert own(party)["may"]["pledge"] is False
    again = party.post("/api/party/pledges", json=wanted | {"signature": put(party, SIGNATURE + b"2")})
    assert again.json()["code"] == "party.no_pledge_now"
    assert town.get(case_id)["findings"]["pledge_signed"] is True


@pytest.mark.integration
def test_an_answer_lost_on_the_way_costs_nobody_the_link(town: Town, doors: Doors, case_id: UUID) -> None:
    code, ask = code_for(town, case_id), doors.anonymous
    first = ask.post("/api/party/visits", json={"code": code}, headers={"Idempotency-Key": KEY})
    again = ask.post("/api/party/visits", json={"code": code}, headers={"Idempotency-Key": KEY})
    assert (first.status_code, again.status_code) == (201, 201)
    other = ask.post("/api/party/visits", json={"code": code}, headers={"Idempotency-Key": KEY + "-other"})
    assert other.status_code == 401
    assert ask.post("/api/party/visits", json={"code": first.json()["next_code"]}).status_code == 401
    town.after(minutes=11)
    late = ask.post("/api/party/visits", json={"code": code}, headers={"Idempotency-Key": KEY})
    assert late.status_code == 401
    visit(doors, again.json()["next_code"])


@pytest.mark.integration
def test_the_same_statement_again_is_one(party: TestClient) -> None:
    sent = [
        party.post("/api/party/objections", json={"statement": "已收"}, headers={"Idempotency-Key": KEY})
        for _ in range(2)
    ]
    assert sent[0].json()["id"] == sent[1].json()["id"]
    assert len(own(party)["objections"]) == 1


def test_the_next_holder_sees_nothing_of_the_one_before(town: Town, doors: Doors, case_id: UUID) -> None:
    before = visit(doors, code_for(town, case_id))[0]
    name = put(before, photo())
    row = before.post("/api/party/objections", json={"statement": "不是我的店", "files": [name]}).json()
    before.post("/api/party/corrections", json={"photos": [put(before, photo("2"))]})
    town.on_site(case_id)
    town.act(case_id, Role.OFFICER, "W5", "原主体有误")
    other = town.shop("另一店（合成）", "91320402MA00000155", zone="z2")
    town.act(case_id, Role.OFFICER, "W4", "已查明", subject_id=str(other))
    after = visit(doors, code_for(town, case_id))[0]
    seen = own(after)
    assert (seen["objections"], seen["corrections"]) == ([], [])
    assert after.get(f"/api/party/files/{name}").status_code == 404
    assert after.post(f"/api/party/objections/{row['id']}/withdrawal", json={"reason": "x"}).status_code == 404


@pytest.mark.integration
def test_its_own_file_is_there_to_look_at_and_anothers_is_not(
    town: Town, doors: Doors, party: TestClient, case_id: UUID
) -> None:
    name = put(party, photo())
    assert party.get(f"/api/party/files/{name}").content == photo()
    town.shop("另一店（合成）", "91320402MA00000155", zone="z2")
    stranger = visit(doors, code_for(town, town.raised(zone_id="z2")))[0]
    assert stranger.get(f"/api/party/files/{name}").status_code == 404


@pytest.mark.integration
def test_whom_to_ask_is_public(doors: Doors) -> None:
    asked = doors.anonymous.get("/api/party/contact")
    assert asked.status_code == 200
    assert set(asked.json()) == {"name", "phone", "address"}


def test_a_reminder_makes_a_way_in_that_nobody_can_read(
    town: Town, doors: Doors, case_id: UUID, database: Database
) -> None:
    town.act(case_id, Role.SEAT, "W0")
    with database.session_scope(write=False) as session:
        notice = session.exec(select(Notice).where(Notice.template == "reminder")).one()
        link = session.get_one(PartyLink, UUID(notice.facts["link_id"]))
        assert (link.case_id, link.way, link.code_sha256) == (case_id, "notice", f"unsaid:{link.id}")
    dress = links.way_in("https://city.example", b"k" * 32)
    with database.session_scope() as session:
        first = dress(session, notice.facts, town.clock.now())
        again = dress(session, notice.facts, town.clock.now())
    assert first == again
    assert first.startswith("https://city.example/party#swc_")
    inside, _ = visit(doors, first.partition("#")[2])
    assert own(inside)["phase"] == "reminded"
    shown = town.people[Role.SEAT].get("/api/notices", params={"limit": 200}).text
    assert "swc_" not in shown
