"""Pledges and education: small records of a case that documents and the subject's archive read."""

from datetime import timedelta

from server.auth.roles import Role
from server.documents import pledges
from tests.server.documents.conftest import Desk
from tests.server.documents.paper import words


def test_a_pledge_is_made_judged_and_judged_again(desk: Desk) -> None:
    case_id, town = desk.on_site(), desk.town
    officer, verifier = town.people[Role.OFFICER], town.people[Role.VERIFY]
    form = desk.issue(case_id, "pledge", promises="店内加装货架")
    assert "店内加装货架" in words(desk.pdf(form))
    body = {"text": "不再店外经营", "signed_by": "张三（合成）", "document_id": form["id"]}
    made = officer.post(f"/api/cases/{case_id}/pledges", json=body)
    assert made.status_code == 201, made.text
    pledge = made.json()
    assert pledge["outcome"] is None
    url = f"/api/pledges/{pledge['id']}/outcome"
    assert officer.post(url, json={"kept": True, "reason": "x"}).status_code == 403
    assert verifier.post(url, json={"kept": True, "reason": "复查未见"}).json()["outcome"]["kept"] is True
    assert verifier.post(url, json={"kept": False, "reason": "再次发现"}).json()["outcome"]["kept"] is False
    with town.database.session_scope(write=False) as session:
        from uuid import UUID

        (known,) = pledges.of_subject(session, UUID(pledge["subject_id"]))
    assert known.outcome is not None
    assert (known.outcome.kept, known.outcome.reason) == (False, "再次发现")


def test_the_signature_of_a_pledge_belongs_to_its_case(desk: Desk) -> None:
    case_id, town = desk.on_site(), desk.town
    officer, signature = town.people[Role.OFFICER], town.photo()
    body = {"text": "不再店外经营", "signed_by": "张三（合成）", "photos": [signature]}
    url = f"/api/cases/{case_id}/pledges"
    lost = officer.post(url, json=body | {"photos": ["cd" * 32]})
    assert (lost.status_code, lost.json()["code"]) == (422, "case.photos_invalid")
    assert officer.post(url, json=body).status_code == 201
    look = {"reason": "核对签名", "case_number": town.get(case_id)["number"]}
    seen = town.people[Role.LEGAL].post(f"/api/evidence/{signature}/original", json=look)
    # It is one of the case's own: only its bytes are missing in this test.
    assert (seen.status_code, seen.json()["code"]) == (404, "evidence_file.not_found")


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    case_id, town = desk.on_site(), desk.town
    officer = town.people[Role.OFFICER]
    later = (town.clock.now() + timedelta(hours=1)).isoformat()
    pledge = {"text": "不再店外经营", "signed_by": "张三（合成）"}
    assert officer.post(f"/api/cases/{case_id}/pledges", json=pledge | {"signed_at": later}).status_code == 422
    order = desk.issue(case_id, "order")
    wrong = officer.post(f"/api/cases/{case_id}/pledges", json=pledge | {"document_id": order["id"]})
    assert wrong.status_code == 404
    education = {"kind": "ED1", "content": "讲解", "receipt": "签字"}
    assert officer.post(f"/api/cases/{case_id}/education", json=education | {"given_at": later}).status_code == 422
    assert officer.post(f"/api/cases/{case_id}/education", json=education | {"kind": "ED9"}).status_code == 422
    stranger = desk.doors.open(Role.OFFICER, districts=["elsewhere"])
    assert stranger.post(f"/api/cases/{case_id}/education", json=education).status_code == 404
    assert stranger.get(f"/api/cases/{case_id}/pledges").status_code == 404
