"""A new version of the list: drafted, checked, compared, tried on past cases, published by another person."""

from datetime import date, timedelta
from typing import Any

from server.auth.roles import Role
from tests.server.cases.conftest import Town
from tests.server.doors import Doors

URL = "/api/exemption-lists"


def test_a_list_is_drafted_tried_and_published_by_two_people(town: Town) -> None:
    legal, head = town.people[Role.LEGAL], town.people[Role.HEAD]
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=10)
    town.corrected(case_id)
    town.exempted(case_id)

    (present,) = legal.get(URL).json()
    wanted = {"from_version": present["id"], "version": "2027.1"}
    assert head.post(f"{URL}/drafts", json=wanted).status_code == 403
    draft = legal.post(f"{URL}/drafts", json=wanted).raise_for_status().json()
    at = f"{URL}/drafts/{draft['id']}"
    assert len(draft["faults"]) == 2, "not signed, and it reaches back"

    item = next(one for one in draft["body"]["items"] if one["code"] == "CG-01")
    put = {"revision": 1, "item": item | {"tier": "T9", "colour": "red", "look_back": {"months": 0}}}
    bad = legal.put(f"{at}/items/CG-01", json=put).raise_for_status().json()
    assert len(bad["faults"]) >= 4, "every fault at once, and the draft keeps what was written"
    assert legal.post(f"{at}/trial").status_code == 422
    assert legal.put(f"{at}/items/CG-01", json=put).status_code == 412, "somebody else's revision"

    good = item | {"tier": "EXCLUDED", "legal_review": True}
    good["harm_ceiling"] = item["harm_ceiling"] | {"area_m2": 3}
    legal.put(f"{at}/items/CG-01", json={"revision": 2, "item": good}).raise_for_status()
    from_day = date(2026, 12, 1)
    body: dict[str, Any] = {
        "revision": 3,
        "status": "signed",
        "in_force_from": from_day.isoformat(),
        "author": "法制科",
    }
    draft = legal.patch(at, json=body).raise_for_status().json()
    assert draft["faults"] == []

    changes = legal.get(f"{URL}/compare", params={"before": present["id"], "after": draft["id"]}).json()
    told = {change["text"] for change in changes}
    assert {"CG-01 tier: BOTH → EXCLUDED", "CG-01 harm_ceiling.area_m2: 4.0 → 3.0"} <= told
    assert {change["where"] for change in changes} == {"list", "CG-01"}

    trial = legal.post(f"{at}/trial").raise_for_status().json()
    (one,) = trial["changed"]
    assert (one["old_rule"], one["new_rule"], one["direction"], one["decided"]) == (
        "R18",
        "R17",
        "harsher",
        "exempt_t1",
    )
    assert (trial["looked_at"], trial["harsher"], trial["kinder"]) == (1, 1, 0)

    assert legal.post(f"{at}/publish", json={"revision": 4}).status_code == 403
    published = head.post(f"{at}/publish", json={"revision": 4}).raise_for_status().json()
    assert (published["key"], published["author"], published["drafted_by"], published["published_by"]) == (
        "tianning-draft@2027.1", "法制科", "legal", "head",
    )  # fmt: skip
    assert legal.put(f"{at}/items/CG-01", json={"revision": 5, "item": good}).status_code == 409, "never edited after"

    # An act before it came into force, decided after: both are run, the kinder is used, both are named.
    town.after(days=8)
    act_at = town.clock.now()
    old = town.raised(zone_id="z2", began_at=act_at - timedelta(minutes=5), at=act_at)
    town.after(days=5)
    answer = town.people[Role.OFFICER].get(f"/api/cases/{old}/recommendation").json()
    assert {answer["list_version"], answer["other_list_version"]} == {"tianning-draft@2026.2", "tianning-draft@2027.1"}
    late = town.raised(zone_id="z3")
    answer = town.people[Role.OFFICER].get(f"/api/cases/{late}/recommendation").json()
    assert (answer["list_version"], answer["other_list_version"]) == ("tianning-draft@2027.1", None)


def test_who_drafted_does_not_publish_and_a_dropped_draft_is_closed(town: Town, doors: Doors) -> None:
    both = doors.open(Role.LEGAL, Role.HEAD)
    (present,) = both.get(URL).json()
    draft = both.post(f"{URL}/drafts", json={"from_version": present["id"], "version": "2027.1"}).json()
    at = f"{URL}/drafts/{draft['id']}"
    assert both.get(at).json()["body"]["items"] == draft["body"]["items"]
    refused = both.post(f"{at}/publish", json={"revision": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "exemption_draft.same_person")
    text = '{"revision": 1, "item": {"x": NaN}}'
    assert both.put(f"{at}/items/CG-01", content=text, headers={"Content-Type": "application/json"}).status_code == 422
    dropped = both.post(f"{at}/items/CG-30/drop", json={"revision": 1}).raise_for_status().json()
    assert len(dropped["body"]["items"]) == 29
    assert both.post(f"{at}/items/CG-30/drop", json={"revision": 2}).status_code == 404
    assert both.post(f"{at}/drop", json={"revision": 2}).json()["state"] == "dropped"
    assert both.post(f"{at}/drop", json={"revision": 3}).status_code == 409
    assert town.people[Role.HEAD].post(f"{at}/publish", json={"revision": 3}).status_code == 409
    assert [one["state"] for one in both.get(f"{URL}/drafts").json()] == ["dropped"]
