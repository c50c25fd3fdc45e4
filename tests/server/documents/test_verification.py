"""What the QR code opens: enough to know that it is genuine, and nothing about anybody."""

from server.auth.roles import Role
from server.documents.lettering import strings
from tests.server.documents.conftest import OFFICERS, Desk


def path_of(document: dict) -> str:
    return "/verify/" + document["verify_url"].rpartition("/")[2]


def test_anybody_sees_kind_number_date_authority_hash_whether_it_holds_and_nothing_personal(desk: Desk) -> None:
    case_id = desk.on_site()
    document = desk.issue(case_id, "order", representative="张三（合成）", phone="13800000000")
    page = desk.doors.anonymous.get(path_of(document))
    assert page.status_code == 200
    for part in (
        document["number"],
        "责令限期改正通知书",
        "2026-11-20",
        "（示例）城市管理局",
        document["sha256"],
        "文书有效",
    ):
        assert part in page.text, part
    assert "script" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    case = desk.town.get(case_id)
    told = desk.doors.anonymous.get(path_of(document)).text
    as_json = desk.doors.anonymous.get("/api" + path_of(document))
    told += "".join(strings(as_json.json()))
    secret = [case["number"], case["subject_name"], "92320402MA00000152", "张三", "13800000000", str(case_id), "店外"]
    secret += [officer["name"] for officer in OFFICERS]
    assert [word for word in secret if word in told] == []


def test_a_withdrawn_one_says_so(desk: Desk) -> None:
    document = desk.issue(desk.on_site(), "order")
    officer = desk.town.people[Role.OFFICER]
    assert officer.post(f"/api/documents/{document['id']}/withdrawal", json={"reason": "文号错误"}).status_code == 403
    done = desk.town.people[Role.LEGAL].post(f"/api/documents/{document['id']}/withdrawal", json={"reason": "文号错误"})
    assert done.status_code == 201
    page = desk.doors.anonymous.get(path_of(document)).text
    assert "撤回" in page
    assert "文号错误" not in page
    assert desk.doors.anonymous.get("/api" + path_of(document)).json()["valid"] is False


def test_an_unknown_code_is_404_and_many_looks_are_slowed(desk: Desk) -> None:
    anonymous = desk.doors.anonymous
    unknown = anonymous.get("/verify/" + "x" * 22)
    assert (unknown.status_code, "未查到" in unknown.text) == (404, True)
    codes = [anonymous.get("/verify/" + "y" * 22).status_code for _ in range(60)]
    assert codes[-1] == 429
    desk.town.after(minutes=2)
    assert anonymous.get("/verify/" + "y" * 22).status_code == 404
