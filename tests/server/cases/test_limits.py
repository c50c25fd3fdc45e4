"""What the words below the table demand: returns, extension, suspension, arrival, photos, paths, reopening."""

from datetime import timedelta
from uuid import UUID

import pytest

from server.auth.roles import Role
from server.evidence.tables import EvidenceFile
from server.places.tables import CameraPlace
from tests.server.cases.conftest import Town


def code(response) -> str:
    return response.json()["code"]


def fields_of(response) -> set[str]:
    return {problem["field"] for problem in response.json()["problems"]}


def assigned(town: Town, case_id: UUID) -> None:
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))


def test_two_returns_then_the_shift_leader_decides(town: Town) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    for reason in ("车坏了", "在另一案"):
        assigned(town, case_id)
        town.act(case_id, Role.OFFICER, "W1", reason)
    assigned(town, case_id)
    refused = town.try_act(case_id, Role.OFFICER, "W1", "又不行")
    assert (code(refused), refused.json()["instead"]) == ("case.returned_too_often", "WX")
    town.act(case_id, Role.OFFICER, "WX", "请另派", asks="return")
    case = town.act(case_id, Role.SUPERV, "W1", "另派")
    assert (case["state"], case["returns"], case["assignee_id"]) == ("W1", 3, None)


def test_a_refusal_comes_within_ten_minutes(town: Town) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    assigned(town, case_id)
    town.after(minutes=11)
    assert code(town.try_act(case_id, Role.OFFICER, "W1", "太远")) == "case.too_late_to_refuse"


def test_an_order_is_extended_once_before_its_deadline_by_at_most_the_same_length(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    order = town.ordered(case_id)
    given = timedelta(minutes=30)
    assert fields_of(town.try_act(case_id, Role.OFFICER, "WX", "x", asks="suspension")) == {"fields.asks"}
    town.after(minutes=10)
    town.act(case_id, Role.OFFICER, "WX", "货多", asks="extension")
    due = town.clock.now() + timedelta(minutes=20)
    assert order["order_due_at"] == due.isoformat().replace("+00:00", "Z")
    too_long = town.try_act(
        case_id, Role.SUPERV, "W6", "准", granted=True, until=(due + given + timedelta(seconds=1)).isoformat()
    )
    assert fields_of(too_long) == {"fields.until"}
    town.after(minutes=5)
    case = town.act(case_id, Role.SUPERV, "W6", "准予延期", granted=True)
    assert case["order_due_at"] == (due + given).isoformat().replace("+00:00", "Z")
    assert case["due_at"] == case["order_due_at"]
    assert code(town.try_act(case_id, Role.OFFICER, "WX", "再延", asks="extension")) == "case.extension_used"


def test_an_extension_refused_leaves_the_deadline_where_it_was(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    order = town.ordered(case_id)
    town.act(case_id, Role.OFFICER, "WX", "货多", asks="extension")
    town.after(minutes=40)
    assert town.sweep() == []
    assert town.get(case_id)["state"] == "WX", "nothing closes or moves by itself while it is asked"
    case = town.act(case_id, Role.SUPERV, "W6", "不准")
    assert case["order_due_at"] == order["order_due_at"]
    town.sweep()
    assert town.get(case_id)["state"] == "L1", "the order's deadline did not stand still"


def test_after_the_deadline_no_extension_is_asked(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=30)
    assert code(town.try_act(case_id, Role.OFFICER, "WX", "货多", asks="extension")) == "case.deadline_passed"


def test_only_the_handling_clock_stands_still_while_a_request_is_open(town: Town) -> None:
    case_id = town.raised()
    town.on_site(case_id)
    filing = next(clock for clock in town.get(case_id)["clocks"] if clock["kind"] == "filing")
    left = town.clock.now()
    due = town.get(case_id)["due_at"]
    town.act(case_id, Role.OFFICER, "WX", "等吊车", asks="extension")
    town.after(minutes=25)
    case = town.act(case_id, Role.SUPERV, "W4", "不准")
    passed = town.clock.now() - left
    from datetime import datetime

    assert datetime.fromisoformat(case["due_at"]) == datetime.fromisoformat(due) + passed
    assert next(clock for clock in case["clocks"] if clock["kind"] == "filing")["due_at"] == filing["due_at"]


def test_suspension_needs_a_photo_and_a_review_within_ninety_days(town: Town) -> None:
    case_id = town.raised()
    town.on_site(case_id)
    town.act(case_id, Role.OFFICER, "WX", "管道施工", asks="suspension")
    late = (town.clock.now() + timedelta(days=91)).isoformat()
    assert fields_of(town.try_act(case_id, Role.SUPERV, "W9", "x", review_at=late, photos=[town.photo()])) == {
        "fields.review_at"
    }
    good = (town.clock.now() + timedelta(days=90)).isoformat()
    assert fields_of(town.try_act(case_id, Role.SUPERV, "W9", "x", review_at=good)) == {"fields.photos"}
    case = town.act(case_id, Role.SUPERV, "W9", "缓办", review_at=good, photos=[town.photo()])
    assert case["state"] == "W9"
    town.after(days=91)
    town.sweep()
    assert town.get(case_id)["state"] == "W1"


def test_an_obstacle_gone_sends_it_to_dispatch_again(town: Town) -> None:
    case_id = town.raised()
    town.on_site(case_id)
    town.act(case_id, Role.OFFICER, "WX", "管道施工", asks="suspension")
    good = (town.clock.now() + timedelta(days=30)).isoformat()
    town.act(case_id, Role.SUPERV, "W9", "缓办", review_at=good, photos=[town.photo()])
    officer = town.people[Role.OFFICER]
    etag = officer.get(f"/api/cases/{case_id}").headers["ETag"]
    gone = officer.post(f"/api/cases/{case_id}/obstacle-gone", json={"reason": "已完工"}, headers={"If-Match": etag})
    assert gone.json()["state"] == "W1"
    assert [step["actor_role"] for step in gone.json()["steps"]][-1] == "sys"


def placed(town: Town) -> None:
    with town.database.session_scope() as session:
        values = {"edge_id": "edge-1", "camera_id": "cam-1", "lon": 119.97, "lat": 31.78}
        names = CameraPlace.model_fields
        more = {"changed_at": town.clock.now(), "changed_by": town.ids[Role.OFFICER], "changed_by_name": "x"}
        more |= {"updated_at": town.clock.now(), "name": "", "source": "x"}
        session.add(CameraPlace(**values, **{k: v for k, v in more.items() if k in names}))


def on_the_way(town: Town) -> UUID:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    assigned(town, case_id)
    town.act(case_id, Role.OFFICER, "W3")
    return case_id


def test_arrival_is_compared_with_the_place(town: Town) -> None:
    placed(town)
    case_id = on_the_way(town)
    far = town.try_act(case_id, Role.OFFICER, "W4", lon=119.98, lat=31.78)
    assert (far.status_code, code(far)) == (422, "case.arrived_elsewhere")
    assert "946" in far.text or "945" in far.text, far.text
    case = town.act(case_id, Role.OFFICER, "W4", lon=119.9701, lat=31.7801)
    assert case["arrival"] == "at_place"
    assert case["steps"][-1]["fields"]["distance_m"] < 20


def test_too_far_with_a_reason_is_flagged_and_an_unknown_place_noted(town: Town) -> None:
    case_id = on_the_way(town)
    assert town.act(case_id, Role.OFFICER, "W4", lon=1, lat=1)["arrival"] == "unknown_place"
    town.act(case_id, Role.OFFICER, "A3", "没有摆放")
    placed(town)
    case_id = on_the_way(town)
    case = town.act(case_id, Role.OFFICER, "W4", "定位漂移", lon=119.98, lat=31.78)
    assert (case["arrival"], case["steps"][-1]["fields"]["arrival"]) == ("far", "far")


def test_photos_must_be_stored_be_pictures_and_belong_to_the_case(town: Town) -> None:
    town.shop()
    first = town.raised()
    town.on_site(first)
    used = town.photo()
    town.ordered(first, photos=[used])
    town.act(first, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[used])
    town.after(days=1)
    other = town.raised(zone_id="z2")
    town.shop("另一家", "91320402MA00000155", "z9")
    town.on_site(other)
    shop = town.people[Role.SEAT].get("/api/subjects").json()["items"][0]["id"]
    town.act(other, Role.OFFICER, "W5", "没人")
    town.act(other, Role.OFFICER, "W4", "找到", subject_id=shop)
    clip = town.photo()
    with town.database.session_scope() as session:
        row = session.get(EvidenceFile, clip)
        assert row is not None
        row.media_type = "video/mp4"
    good = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "order_number": "n", "inspection_record": "r"}
    refused = town.try_act(other, Role.OFFICER, "W6", photos=["0" * 64, used, clip], **good)
    assert code(refused) == "case.photos_invalid"
    assert fields_of(refused) == {"fields.photos.0", "fields.photos.1", "fields.photos.2"}
    assert town.get(other)["state"] == "W4"


def test_an_order_needs_e1_evidence_and_a_check_an_after_photo(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    good = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "order_number": "n"}
    assert fields_of(town.try_act(case_id, Role.OFFICER, "W6", **good)) == {"fields.photos", "fields.inspection_record"}
    town.ordered(case_id)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    town.act(case_id, Role.VERIFY, "W8")
    for to in ("L1", "C2"):
        assert fields_of(town.try_act(case_id, Role.VERIFY, to)) == {"fields.photos"}


def test_nothing_is_filed_without_a_picture_or_a_reason(town: Town) -> None:
    case_id = town.raised()
    seat = town.people[Role.SEAT]
    etag = seat.get(f"/api/cases/{case_id}").headers["ETag"]
    url = f"/api/cases/{case_id}/actions"
    assert seat.post(url, json={"to": "W1"}, headers={"If-Match": etag}).status_code == 422
    assert seat.post(url, json={"to": "W1", "reason": "来电"}, headers={"If-Match": etag}).status_code == 200


@pytest.mark.parametrize("item", ["CG-12", "CG-19", "CG-15"])
def test_legal_and_excluded_items_take_the_filed_path_only(town: Town, item: str) -> None:
    town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1", "工地", item_code=item)
    assigned(town, case_id)
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=1, lat=1)
    found = {
        "officers": ["1", "2"],
        "harm": "NONE",
        "sev": "SLIGHT",
        "inspection_record": "r",
        "photos": [town.photo()],
    }
    refused = town.try_act(case_id, Role.OFFICER, "W7", **found)
    assert (code(refused), refused.json()["instead"]) == ("case.filed_path_only", "W6")
    assert town.ordered(case_id)["path"] == "filed"


def test_a_spot_case_is_filed_before_it_goes_to_legal(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    found = {"officers": ["1", "2"], "harm": "NONE", "sev": "SLIGHT", "inspection_record": "r", "nofault": True}
    town.act(case_id, Role.OFFICER, "W7", photos=[town.photo()], **found)
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    assert code(town.try_act(case_id, Role.OFFICER, "L4")) == "case.legal_review_needed"
    assert fields_of(town.try_act(case_id, Role.OFFICER, "L3", "R10")) == {"fields.filing_approval"}
    assert town.act(case_id, Role.OFFICER, "L3", "R10", filing_approval="立〔2026〕9号")["path"] == "filed"


def test_no_fault_ends_in_c8_after_legal_review(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id, nofault=True)
    town.corrected(case_id)
    assert code(town.try_act(case_id, Role.HEAD, "C8", "无过错")) == "case.legal_review_needed"
    town.act(case_id, Role.OFFICER, "L3", "R10")
    town.act(case_id, Role.LEGAL, "L4", "通过")
    town.act(case_id, Role.HEAD, "L1", "以无过错结案")
    assert town.act(case_id, Role.HEAD, "C8", "无过错")["state"] == "C8"


def test_leader_and_head_decide_in_l1_only_what_the_table_names(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    for role, to in ((Role.LEADER, "C3"), (Role.LEADER, "C4"), (Role.HEAD, "C6"), (Role.HEAD, "C8")):
        assert code(town.try_act(case_id, role, to, "我认为")) == "case.not_recommended_so", to


def test_what_was_late_stays_late_unless_a_leader_accepts_the_cause(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=31)
    town.sweep()
    ahead = (town.clock.now() + timedelta(hours=1)).isoformat()
    refused = town.try_act(case_id, Role.OFFICER, "W6", "再给时间", order_number="2", due_at=ahead)
    assert code(refused) == "case.deadline_passed"


def test_what_put_itself_right_and_what_was_merged_is_not_reopened(town: Town) -> None:
    town.shop()
    from uuid import uuid4

    episode = uuid4()
    case_id = town.raised(episode)
    town.act(case_id, Role.SEAT, "W0")
    town.cleared(episode)
    assert code(town.try_act(case_id, Role.SUPERV, "A1", "重开")) == "case.corrected_itself"
    suppressed = town.raised(permit="within", zone_id="z3")
    assert town.act(suppressed, Role.SUPERV, "A1", "许可无效")["state"] == "A1"


def test_a_case_without_subject_is_reopened_inside_two_years(town: Town) -> None:
    shop = None
    case_id = town.raised(zone_id="z8")
    town.on_site(case_id)
    town.act(case_id, Role.OFFICER, "W5", "无人认领")
    assert fields_of(town.try_act(case_id, Role.LEADER, "C7", "已清除")) == {"fields.photos"}
    town.act(case_id, Role.LEADER, "C7", "已清除", photos=[town.photo()])
    shop = town.shop(zone="z7")
    town.after(days=731)
    assert code(town.try_act(case_id, Role.LEADER, "W4", "找到", subject_id=str(shop))) == "case.limit_passed"
    town.clock.advance(-timedelta(days=3))
    assert town.act(case_id, Role.LEADER, "W4", "找到", subject_id=str(shop))["state"] == "W4"


def test_a_transfer_to_penalty_that_is_upheld_returns_there_through_l9(town: Town, doors) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=31)
    town.sweep()
    town.act(case_id, Role.LEADER, "C3", "逾期")
    town.act(case_id, Role.PARTY, "L8", "不服")
    refused = town.try_act(case_id, Role.HEAD, "C1", "维持")
    assert (code(refused), refused.json()["instead"]) == ("case.came_from_elsewhere", "L9")
    town.act(case_id, Role.HEAD, "L9", "维持", answer="upheld")
    for role, to in ((Role.OFFICER, "L1"), (Role.HEAD, "C4")):
        assert code(town.try_act(case_id, role, to, "x")) == "case.transfer_stands"
    assert town.act(case_id, Role.HEAD, "C3", "维持转处罚")["state"] == "C3"


def test_an_objection_before_service_upheld_is_served_then(town: Town, doors) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.act(case_id, Role.OFFICER, "L4")
    town.act(case_id, Role.HEAD, "L5", outcome="exempt_t1")
    town.act(case_id, Role.PARTY, "L8", "理由不对")
    town.people[Role.HEAD] = doors.open(Role.HEAD)
    assert fields_of(town.try_act(case_id, Role.HEAD, "C1", "维持")) == {"fields.served_by"}
    case = town.act(case_id, Role.HEAD, "C1", "维持", served_by="direct", education=["ED1", "ED2"])
    assert case["served_at"] is not None
    (offence,) = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()
    assert offence["standing"] == "effective"
