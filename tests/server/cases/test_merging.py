"""并案 and 拆案: counted once, earliest time kept, every source named; one case for each subject of an act."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from server.auth import service as auth
from server.auth.person import Person
from server.auth.roles import Role
from server.cases import service
from server.errors import Conflict, ServerError
from tests.server.cases.conftest import Town


def person(town: Town, role: Role) -> Person:
    with town.database.session_scope(write=False) as session:
        return auth.as_person(auth.get(session, town.ids[role]))


def apart(town: Town) -> tuple[UUID, UUID]:
    """Two cases of one act, a zone each (as two cameras would make before anybody knew)."""
    town.shop()
    first = town.raised()
    town.after(minutes=3)
    second = town.raised(zone_id="z7", began_at=town.clock.now() - timedelta(minutes=20))
    assert first != second
    return first, second


def test_a_duplicate_is_closed_and_its_alerts_move(town: Town) -> None:
    first, second = apart(town)
    town.on_site(first)
    alerts = {*town.get(first)["alert_ids"], *town.get(second)["alert_ids"]}
    began = town.get(second)["began_at"]
    closed = town.act(second, Role.SEAT, "A2", "同一行为", duplicate_of=str(first))
    assert (closed["state"], closed["merged_into"], closed["alert_ids"]) == ("A2", str(first), [])
    case = town.get(first)
    assert (set(case["alert_ids"]), case["began_at"]) == (alerts, began), "the earliest time is kept"
    step = case["steps"][-1]
    assert (step["kind"], step["fields"]["number"]) == ("merged", closed["number"])
    assert [source["camera_id"] for source in step["fields"]["alerts"]] == ["cam-1"]
    assert case["history_faults"] == closed["history_faults"] == []
    samples = town.people[Role.SEAT].get("/api/samples").json()["items"]
    assert [sample["verdict"] for sample in samples] == ["confirmed"], "a duplicate is no false alarm"


def test_the_act_is_counted_once(town: Town) -> None:
    shop = town.shop()
    first = town.raised()
    town.after(minutes=1)
    second = town.raised(zone_id="z7")
    town.act(second, Role.SEAT, "W1")
    town.on_site(first)
    with town.database.session_scope() as session, pytest.raises(Conflict) as refused:
        service.absorb(session, first, second, person(town, Role.SEAT), "x", town.clock.now())
    assert refused.value.code == "case.too_far_to_merge"
    with town.database.session_scope() as session, pytest.raises(ServerError) as two:
        service.absorb(session, second, first, person(town, Role.SUPERV), "x", town.clock.now())
    assert two.value.code == "case.void_not_asked", "a filed duplicate is void, and that takes two"
    leader = town.people[Role.LEADER]
    etag = leader.get(f"/api/cases/{second}").headers["ETag"]
    leader.post(f"/api/cases/{second}/void-request", json={"reason": "重复"}, headers={"If-Match": etag})
    with town.database.session_scope() as session:
        service.absorb(session, second, first, person(town, Role.SUPERV), "重复", town.clock.now())
    town.ordered(first)
    assert town.get(second)["state"] == "V"
    assert len(town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()) == 1


def test_only_open_cases_of_the_same_act_and_district_are_merged(town: Town) -> None:
    first, second = apart(town)
    other = town.raised(zone_id="z8", violation="exposed_muck")
    for into, code in ((second, "case.cannot_be_merged"), (other, "case.cannot_be_merged")):
        refused = town.try_act(second, Role.SEAT, "A2", "x", duplicate_of=str(into))
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    town.act(first, Role.SEAT, "A3", "误报")
    assert town.try_act(second, Role.SEAT, "A2", "x", duplicate_of=str(first)).status_code == 409
    assert town.try_act(second, Role.SEAT, "A2", "x", duplicate_of=str(uuid4())).status_code == 404
    assert town.try_act(second, Role.SEAT, "A2", "x", duplicate_of="nobody").status_code == 422
    assert town.get(second)["state"] == "A1"


def test_who_reviewed_the_duplicate_does_not_verify_the_whole(town: Town, doors) -> None:
    first, second = apart(town)
    both = doors.open(Role.SEAT, Role.VERIFY)
    usual, town.people[Role.SEAT] = town.people[Role.SEAT], both
    town.act(second, Role.SEAT, "A2", "同一行为", duplicate_of=str(first))
    town.people[Role.SEAT] = usual
    town.on_site(first)
    town.ordered(first)
    town.act(first, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    town.people[Role.VERIFY] = both
    assert town.try_act(first, Role.VERIFY, "W8").json()["code"] == "case.same_person"


def test_a_merged_case_is_not_reopened(town: Town) -> None:
    first, second = apart(town)
    town.act(second, Role.SEAT, "A2", "同一行为", duplicate_of=str(first))
    assert town.try_act(second, Role.SUPERV, "A1", "重开").json()["code"] == "case.merged"


def split(town: Town, case_id: UUID, subject_id: UUID) -> UUID:
    with town.database.session_scope() as session:
        officer = person(town, Role.OFFICER)
        return service.open_sibling(session, case_id, subject_id, officer, "两家合摆", town.clock.now()).id


def test_each_subject_of_an_act_has_its_own_case(town: Town) -> None:
    one, other = town.shop(), town.shop("另一家", "91320402MA00000155", "z9")
    episode = uuid4()
    case_id = town.raised(episode)
    town.on_site(case_id)
    due = town.get(case_id)["due_at"]
    town.after(minutes=10)
    sibling_id = split(town, case_id, other)
    case, sibling = town.get(case_id), town.get(sibling_id)
    assert (sibling["state"], sibling["subject_id"], sibling["due_at"]) == ("W4", str(other), due)
    assert (sibling["sibling_of"], case["sibling_ids"]) == (str(case_id), [str(sibling_id)])
    assert sibling["number"].startswith(case["number"])
    assert sibling["steps"][0]["kind"] == "split_off"
    assert sibling["steps"][0]["fields"]["after"]["hash"] in {step["hash"] for step in case["steps"]}
    assert sibling["filed_at"] == case["filed_at"]
    town.ordered(case_id)
    town.ordered(sibling_id, harm="MINOR", order_number="责改-2")
    town.after(minutes=5)
    town.cleared(episode)
    assert town.get(sibling_id)["corrected_seen_at"] is not None, "joint correction helps both"
    for each in (case_id, sibling_id):
        town.corrected(each)
    assert [town.get(each)["why"]["rule"] for each in (case_id, sibling_id)] == ["R18", "R23"]
    for subject in (one, other):
        assert len(town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(subject)}).json()) == 1


def test_no_split_after_an_order_nor_twice_for_one_subject(town: Town) -> None:
    one, other = town.shop(), town.shop("另一家", "91320402MA00000155", "z9")
    case_id = town.raised()
    town.on_site(case_id)
    with pytest.raises(Conflict, match="another case"):
        split(town, case_id, one)
    sibling_id = split(town, case_id, other)
    with pytest.raises(Conflict, match="another case"):
        split(town, sibling_id, other)
    town.ordered(case_id)
    third = town.shop("第三家", "92320402MA00000820", "z6")
    with pytest.raises(Conflict, match="before an order"):
        split(town, case_id, third)


def test_four_eyes_reach_back_into_the_case_that_it_was_split_off(town: Town, doors) -> None:
    town.shop()
    other = town.shop("另一家", "91320402MA00000155", "z9")
    case_id = town.raised()
    both = doors.open(Role.SEAT, Role.VERIFY)
    usual, town.people[Role.SEAT] = town.people[Role.SEAT], both
    town.on_site(case_id)
    town.people[Role.SEAT] = usual
    sibling_id = split(town, case_id, other)
    town.ordered(sibling_id)
    town.act(sibling_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    town.people[Role.VERIFY] = both
    assert town.try_act(sibling_id, Role.VERIFY, "W8").json()["code"] == "case.same_person"


def test_what_comes_back_after_the_check_is_a_new_case(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.after(minutes=30)
    again = town.raised()
    assert again != case_id
    assert town.get(case_id)["back_since"] is None
    assert datetime.fromisoformat(town.get(again)["began_at"]) > datetime.fromisoformat(
        town.get(case_id)["verified_at"]
    )
