"""Names, persons without a licence, premises, contacts, flags: what the file is made of."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from server.audit.tables import AuditEntry
from server.auth.person import SYSTEM
from server.auth.roles import Role
from server.db import Database
from server.errors import Conflict, InvalidInput
from server.subjects import file, repository, service
from server.subjects.identity import NoKey, digest_of, keyed, resident_check
from server.subjects.schemas import ContactCreate, SubjectCreate
from tests.server.client import TestClient
from tests.server.doors import Doors

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DIGEST = keyed(bytes(range(32)))
SHOP = {"name": "旧名", "code": "92320402MA00000152"}
GROUND = [[119.97, 31.77], [119.9702, 31.77], [119.9702, 31.7701], [119.97, 31.7701], [119.97, 31.77]]


@pytest.fixture
def seat(doors: Doors) -> TestClient:
    return doors.open(Role.SEAT)


def test_a_new_name_on_the_same_code_is_the_same_subject_and_the_old_name_stays(seat: TestClient) -> None:
    subject = seat.post("/api/subjects", json=SHOP).json()["id"]
    renamed = seat.post(f"/api/subjects/{subject}/names", json={"name": "新名", "since": "2027-01-01T00:00:00Z"})
    assert (renamed.status_code, renamed.json()["id"], renamed.json()["name"]) == (201, subject, "新名")
    assert [one["name"] for one in seat.get(f"/api/subjects/{subject}/names").json()] == ["旧名", "新名"]
    found = seat.get("/api/subjects", params={"q": "旧名"}).json()["items"]
    assert [one["id"] for one in found] == [subject], "found by the earlier name too"
    back = seat.post(f"/api/subjects/{subject}/names", json={"name": "更旧", "since": "2026-01-01T00:00:00Z"})
    assert (back.status_code, back.json()["code"]) == (409, "subject.name_out_of_order")


def test_no_id_number_is_kept_anywhere(seat: TestClient, database: Database, tmp_path: Path) -> None:
    number = "11010519491231002X"
    body = {"kind": "individual", "name": "摊主", "person_number": number}
    assert number not in seat.post("/api/subjects", json=body).text
    shop = SHOP | {"owner_number": number, "owner_name": "摊主"}
    subject = seat.post("/api/subjects", json=shop).json()["id"]
    flags = seat.get(f"/api/subjects/{subject}/flags").json()
    assert [(one["kind"], one["other_name"]) for one in flags] == [("same_person", "摊主")]
    database.close()
    for stored in tmp_path.rglob("*.db*"):
        assert number.encode() not in stored.read_bytes()
        assert b"sha256:" not in stored.read_bytes()


def test_a_digest_needs_the_key_and_a_number_that_fits() -> None:
    assert digest_of("11010519491231002x", DIGEST) == digest_of(" 110105 19491231 002X ", DIGEST)
    assert digest_of("11010519491231002X", keyed(bytes(32))) != digest_of("11010519491231002X", DIGEST)
    with pytest.raises(NoKey):
        digest_of("11010519491231002X", None)
    with pytest.raises(InvalidInput) as refused:
        digest_of("110105194912310021", DIGEST)
    assert "1101051949" not in str(refused.value), "a wrong number is not repeated in the answer"


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_resident_number_is_noticed(first: str, place: int, digit: str) -> None:
    changed = first[:place] + digit + first[place + 1 :]
    assert (resident_check(changed) == resident_check(first)) is (changed == first)


def test_a_person_without_a_document_is_pending_until_it_is_there(session: Session) -> None:
    body = SubjectCreate(kind="individual", name="摊主", pending_reason="外国护照，待核")
    person = service.create(session, body, NOW, digest=DIGEST)
    assert not service.is_named(person)
    service.confirm_identity(session, person.id, "11010519491231002X", DIGEST, SYSTEM, NOW)
    assert service.is_named(person)
    with pytest.raises(Conflict):
        service.confirm_identity(session, person.id, "11010519491231002X", DIGEST, SYSTEM, NOW)


def test_two_files_of_one_person_are_never_merged_silently(seat: TestClient) -> None:
    number = "11010519491231002X"
    person = {"kind": "individual", "name": "摊主"}
    known = seat.post("/api/subjects", json=person | {"person_number": number}).json()["id"]
    pending = seat.post("/api/subjects", json=person | {"pending_reason": "未带证件"}).json()["id"]
    refused = seat.post(f"/api/subjects/{pending}/identity", json={"person_number": number})
    assert (refused.status_code, refused.json()["subject_id"]) == (409, known)
    link = {"other_id": known, "kind": "same_person", "reason": "两名队员当面核对"}
    assert seat.post(f"/api/subjects/{pending}/links", json=link).status_code == 201
    for one, other in ((pending, known), (known, pending)):
        assert [flag["other_id"] for flag in seat.get(f"/api/subjects/{one}/flags").json()] == [other]
    assert len(seat.get("/api/subjects").json()["items"]) == 2


def test_the_same_owner_with_a_new_licence_is_a_flag_and_no_more(seat: TestClient) -> None:
    owner = {"owner_number": "11010519491231002X"}
    old = seat.post("/api/subjects", json=SHOP | owner).json()["id"]
    new = seat.post("/api/subjects", json={"name": "新店", "code": "91320402MA00000155"} | owner).json()["id"]
    flags = seat.get(f"/api/subjects/{new}/flags").json()
    assert [(one["kind"], one["other_id"]) for one in flags] == [("same_owner", old)]


def test_premises_have_their_ground(seat: TestClient) -> None:
    subject = seat.post("/api/subjects", json=SHOP).json()["id"]
    body = {"address": "青果巷", "door_number": "12-3", "ground": GROUND, "valid_from": "2026-01-01T00:00:00Z"}
    place = seat.post(f"/api/subjects/{subject}/premises", json=body).json()
    assert place["area_m2"] == pytest.approx(210, rel=0.02)
    assert len(place["ground"]) == 4, "the closing corner is dropped"
    swapped = body | {"ground": [[31.77, 119.97], [31.77, 119.98], [31.78, 119.98]]}
    assert seat.post(f"/api/subjects/{subject}/premises", json=swapped).status_code == 422
    assert seat.post(f"/api/subjects/premises/{place['id']}/end").json()["valid_to"] is not None
    assert seat.post(f"/api/subjects/premises/{place['id']}/end").status_code == 409
    assert [one["id"] for one in seat.get("/api/subjects", params={"q": "12-3"}).json()["items"]] == [subject]


def test_contacts_are_several_in_order_and_know_who_consented(session: Session) -> None:
    subject = service.create(session, SubjectCreate.model_validate(SHOP), NOW)
    for rank, name in ((2, "店长"), (1, "老板")):
        wanted = ContactCreate(name=name, role="manager", channel="sms", address="13800000000", rank=rank)
        file.add_contact(session, subject.id, wanted, SYSTEM, NOW)
    first = file.contacts_in_use(session, subject.id)[0]
    assert (first.name, first.electronic_consent_at) == ("老板", None)
    file.end_contact(session, first.id, SYSTEM, NOW)
    assert [one.name for one in file.contacts_in_use(session, subject.id)] == ["店长"]
    assert len(repository.contacts_of(session, subject.id)) == 2


def test_the_search_takes_wildcards_as_they_are(seat: TestClient) -> None:
    seat.post("/api/subjects", json=SHOP | {"name": "100%果汁"}).raise_for_status()
    assert len(seat.get("/api/subjects", params={"q": "0%果"}).json()["items"]) == 1
    assert seat.get("/api/subjects", params={"q": "1%汁"}).json()["items"] == []
    assert seat.get("/api/subjects", params={"q": "_"}).json()["items"] == []


def test_what_people_do_to_a_file_is_in_the_audit_log(seat: TestClient, session: Session) -> None:
    subject = seat.post("/api/subjects", json=SHOP).json()["id"]
    last = session.get(AuditEntry, 3)
    assert last is not None
    assert (last.action, last.target, last.facts["kind"]) == ("subject.create", subject, "known")
    assert UUID(subject)
