"""Documents on a screen: every page as a picture, a look before one is issued, and who was served."""

from base64 import b64decode
from uuid import uuid4

from server.auth.roles import Role
from tests.server.documents.conftest import OFFICERS, PLACE, Desk, desk, town

__all__ = ["desk", "town"]
PNG = b"\x89PNG\r\n\x1a\n"


def test_the_pages_of_a_document_are_what_was_issued(desk: Desk) -> None:
    case_id = desk.on_site()
    document = desk.issue(case_id, "inspection")
    reader = desk.town.people[Role.HEAD]
    address = f"/api/documents/{document['id']}/pages"
    told = reader.get(address).raise_for_status().json()
    assert told["same"] is True
    assert told["pages"] >= 2
    looks = [reader.get(f"{address}/{n}").raise_for_status() for n in range(1, told["pages"] + 1)]
    assert all(look.content.startswith(PNG) and look.headers["content-type"] == "image/png" for look in looks)
    assert len({look.content for look in looks}) == told["pages"], "each its own page"
    assert reader.get(f"{address}/{told['pages'] + 1}").status_code == 404
    assert desk.town.people[Role.ADMIN].get(address).status_code == 403


def test_nothing_is_kept_of_a_look_before_a_document_is_issued(desk: Desk) -> None:
    case_id = desk.on_site()
    officer = desk.town.people[Role.OFFICER]
    body = {"kind": "inspection", "fields": {"officers": OFFICERS, "place": PLACE, "findings": "店外摆桌（合成）"}}
    seen = officer.post(f"/api/cases/{case_id}/documents/preview", json=body)
    assert seen.status_code == 200, seen.text
    assert b64decode(seen.json()["pages"][0]).startswith(PNG)
    assert officer.get(f"/api/cases/{case_id}/documents").json() == []
    number = desk.issue(case_id, "inspection")["number"]
    assert number.endswith("〕1号"), "the look used no number"


def test_a_look_is_refused_as_the_document_would_be(desk: Desk) -> None:
    case_id = desk.on_site()
    asked, preview = desk.ask(case_id, "decision"), f"/api/cases/{case_id}/documents/preview"
    officer = desk.town.people[Role.OFFICER]
    assert officer.post(preview, json={"kind": "decision"}).json()["code"] == asked.json()["code"]
    told = {"kind": "receipt", "fields": {"document_id": str(uuid4()), "officers": OFFICERS, "place": PLACE}}
    refused, looked = desk.ask(case_id, "receipt", document_id=str(uuid4())), officer.post(preview, json=told)
    assert (refused.status_code, looked.json()["code"]) == (looked.status_code, refused.json()["code"])
    assert desk.town.people[Role.SEAT].post(preview, json={"kind": "inspection"}).status_code == 403


def test_on_whom_a_document_was_served(desk: Desk) -> None:
    case_id = desk.on_site()
    served = desk.issue(case_id, "inspection")
    at = desk.town.clock.now().isoformat()
    receipt = desk.issue(
        case_id, "receipt", document_id=served["id"], served_by="direct", served_at=at, received_by="张三（合成）"
    )
    told = desk.town.people[Role.LEGAL].get(f"/api/cases/{case_id}/service").raise_for_status().json()
    assert [(one["receipt_number"], one["document_number"], one["received_by"], one["withdrawn"]) for one in told] == [
        (receipt["number"], served["number"], "张三（合成）", False)
    ]


def test_nothing_of_another_district_is_shown(desk: Desk) -> None:
    case_id = desk.on_site()
    document = desk.issue(case_id, "inspection")
    elsewhere = desk.doors.open(Role.OFFICER, Role.LEGAL, districts=["elsewhere"])
    pages = f"/api/documents/{document['id']}/pages"
    assert [elsewhere.get(path).status_code for path in (pages, f"{pages}/1", f"/api/cases/{case_id}/service")] == [
        404
    ] * 3
    body = {"kind": "inspection", "fields": {}}
    assert elsewhere.post(f"/api/cases/{case_id}/documents/preview", json=body).status_code == 404
