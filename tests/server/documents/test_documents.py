"""Documents through the public API, from the first inspection to the contents of the file."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from server.auth.roles import Role
from server.documents import orders, repository, service
from tests.server.documents.conftest import OFFICERS, Desk
from tests.server.documents.paper import words


def test_the_whole_file_of_an_exempted_act(desk: Desk, app: FastAPI) -> None:
    case_id, town = desk.on_site(), desk.town
    inspection = desk.issue(case_id, "inspection")
    order = desk.issue(case_id, "order")
    pledge = desk.issue(case_id, "pledge")
    assert [d["number"] for d in (inspection, order, pledge)] == [
        "示城管检〔2026〕1号", "示城管责改〔2026〕1号", "示城管承〔2026〕1号",
    ]  # fmt: skip
    desk.decided(case_id, order_number=order["number"])
    desk.educate(case_id)
    decision = desk.issue(case_id, "decision")
    receipt = desk.issue(case_id, "receipt", document_id=decision["id"])
    town.act(case_id, Role.OFFICER, "C1", served_by="direct", education=["ED1", "ED2"])
    for kind in ("education", "closing"):
        desk.issue(case_id, kind)
    contents = desk.issue(case_id, "contents")
    listed = town.people[Role.LEGAL].get(f"/api/cases/{case_id}/documents").json()
    assert [d["kind"] for d in listed] == [
        "inspection", "order", "pledge", "decision", "receipt", "education", "closing", "contents",
    ]  # fmt: skip
    told = words(desk.pdf(decision))
    for part in (
        "测试果蔬店（合成）", "92320402MA00000152", "《城市市容和环境卫生管理条例》第十四条", "第三十三条",
        "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚", "示城管责改〔2026〕1号", "六十日", "六个月",
        "现场检查（勘验）笔录（示城管检〔2026〕1号）", "李四", "JS-001", "JS-002", "印章", "当事人签收",
        "说明违法事实及法律规定",
    ):  # fmt: skip
        assert part in told, part
    assert decision["number"] in words(desk.pdf(receipt))
    shown = words(desk.pdf(contents))
    for document in listed[:-1]:
        assert document["sha256"] in shown
        assert document["number"] in shown
    for document in listed:
        assert hashlib.sha256(desk.pdf(document)).hexdigest() == document["sha256"]
    with town.database.session_scope(write=False) as session:
        for row in repository.of_case(session, case_id):
            again = service.again(row, app.state.evidence)
            assert hashlib.sha256(again).hexdigest() == row.sha256, row.kind


def test_an_exemption_is_written_with_education_and_without_any_warning(desk: Desk) -> None:
    case_id = desk.on_site()
    desk.decided(case_id)
    refused = desk.ask(case_id, "decision").json()
    assert refused["code"] == "document.incomplete"
    assert [gap["what"] for gap in refused["missing"]] == ["education"]
    desk.educate(case_id)
    warned = desk.ask(case_id, "decision", facts="对当事人给予警告")
    assert (warned.status_code, warned.json()["code"]) == (422, "document.carries_penalty")
    assert "警告" not in words(desk.pdf(desk.issue(case_id, "decision")))


def test_each_document_has_its_time_and_its_people(desk: Desk) -> None:
    case_id = desk.on_site()
    early = desk.ask(case_id, "decision")
    assert (early.status_code, early.json()["code"]) == (409, "document.not_in_this_state")
    assert early.json()["allowed"] == ["C1", "L5"]
    assert desk.ask(case_id, "order", role=Role.LEADER).status_code == 403
    assert desk.ask(case_id, "order", role=Role.SEAT).status_code == 403
    assert desk.ask(uuid4(), "order").status_code == 404
    one = {"name": "李四", "certificate": "JS-001"}
    refused = desk.ask(case_id, "order", officers=[one, one | {"name": "王五"}])
    assert (refused.status_code, refused.json()["code"]) == (422, "document.fields_invalid")
    missing = desk.ask(case_id, "order", officers=[])
    assert [gap["what"] for gap in missing.json()["missing"]] == ["officers"]


def test_a_refusal_to_sign_is_noted_and_hostile_words_are_printed_as_they_stand(desk: Desk) -> None:
    case_id = desk.on_site()
    hostile = '#read("/etc/passwd") *停止* $x$'
    shown = words(desk.pdf(desk.issue(case_id, "order", refused_to_sign="认为处理不公", demands=hostile)))
    assert "".join(hostile.split()) in shown
    assert "当事人拒绝签名（盖章），原因：认为处理不公" in shown
    assert shown.count("执法证号") == 2


def test_only_blurred_pictures_are_printed(desk: Desk, app: FastAPI) -> None:
    case_id = desk.on_site()
    document = desk.issue(case_id, "inspection")
    with desk.town.database.session_scope(write=False) as session:
        row = repository.get(session, UUID(document["id"]))
        assert row is not None
        printed = [picture["sha256"] for picture in row.snapshot["pictures"]]
    assert printed == [ref.sha256 for ref in desk.shown(90, 180)]


def test_a_new_one_replaces_the_old_which_stays_and_says_so(desk: Desk) -> None:
    case_id = desk.on_site()
    old = desk.issue(case_id, "order")
    before = desk.pdf(old)
    unexplained = desk.ask(case_id, "order", replaces=old["id"])
    assert unexplained.json()["code"] == "document.reason_needed"
    new = desk.issue(case_id, "order", replaces=old["id"], reason="地址写错")
    assert new["number"] == "示城管责改〔2026〕2号"
    first, second = desk.town.people[Role.OFFICER].get(f"/api/cases/{case_id}/documents").json()
    assert (first["withdrawal"]["reason"], first["withdrawal"]["replaced_by"]) == ("地址写错", new["id"])
    assert second["withdrawal"] is None
    assert desk.pdf(old) == before
    twice = desk.ask(case_id, "order", replaces=old["id"], reason="再改")
    assert twice.json()["code"] == "document.withdrawn_already"
    with desk.town.database.session_scope(write=False) as session:
        assert orders.in_force(session, case_id, old["number"]) is None
        found = orders.in_force(session, case_id, new["number"])
        assert found is not None
        assert found.number == new["number"]


def test_nobody_changes_an_issued_document_and_a_refused_one_uses_no_number(desk: Desk) -> None:
    case_id = desk.on_site()
    assert desk.ask(case_id, "order", officers=[]).status_code == 409
    assert desk.issue(case_id, "order")["number"].endswith("〔2026〕1号")
    with pytest.raises(DatabaseError), desk.town.database.engine.begin() as connection:
        connection.execute(text("UPDATE issued_document SET number = 'x'"))
    desk.town.after(days=60)
    assert desk.issue(case_id, "inspection")["number"].endswith("〔2027〕1号")


def test_the_same_request_again_is_the_same_document(desk: Desk) -> None:
    case_id, officer = desk.on_site(), desk.town.people[Role.OFFICER]
    url, key = f"/api/cases/{case_id}/documents", {"Idempotency-Key": "abc"}
    body = {"kind": "inspection", "fields": {"officers": OFFICERS}}
    first, second = (officer.post(url, json=body, headers=key).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert desk.issue(case_id, "inspection")["number"].endswith("〔2026〕2号")
    other = officer.post(url, json=body | {"kind": "order"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "request.idempotency_key_reused")


def test_another_district_finds_nothing(desk: Desk) -> None:
    document = desk.issue(desk.on_site(), "order")
    stranger = desk.doors.open(Role.OFFICER, districts=["elsewhere"])
    assert stranger.get(f"/api/documents/{document['id']}").status_code == 404
    assert stranger.get(f"/api/documents/{document['id']}/pdf").status_code == 404
    assert stranger.get(f"/api/cases/{document['case_id']}/documents").status_code == 404
    assert stranger.post(f"/api/cases/{document['case_id']}/documents", json={"kind": "order"}).status_code == 404


def test_the_deadline_printed_in_the_order_is_the_one_that_runs(desk: Desk) -> None:
    case_id = desk.on_site()
    order = desk.issue(case_id, "order")
    printed = desk.town.clock.now() + timedelta(minutes=30)
    desk.town.after(minutes=7)
    fields = {"officers": ["JS-001", "JS-002"], "harm": "NONE", "sev": "SLIGHT", "inspection_record": "检查-1"}
    told = fields | {"order_number": order["number"], "photos": [desk.town.photo()]}
    later = (desk.town.clock.now() + timedelta(hours=5)).isoformat()
    refused = desk.town.try_act(case_id, Role.OFFICER, "W6", **told, due_at=later)
    assert (refused.status_code, refused.json()["problems"][0]["field"]) == (422, "fields.due_at")
    case = desk.town.act(case_id, Role.OFFICER, "W6", **told)
    assert datetime.fromisoformat(case["order_due_at"]) == printed
    assert case["steps"][-1]["fields"]["order_form"] == "document"


def test_the_number_of_a_paper_form_is_taken_and_marked(desk: Desk) -> None:
    case_id = desk.on_site()
    case = desk.town.ordered(case_id, order_number="纸质-7")
    assert case["steps"][-1]["fields"]["order_form"] == "paper"
