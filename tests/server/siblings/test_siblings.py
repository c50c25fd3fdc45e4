"""One act, several subjects: "first" for each, shares of the harm, one correction for all who did not refuse."""

from typing import Any
from uuid import UUID

from server.auth.roles import Role
from tests.server.cases.conftest import Town

CODES = ("92320402MA00000152", "92320402MA00000A9P")


def other_shop(town: Town) -> UUID:
    return town.shop(name="测试饭馆（合成）", code=CODES[1], zone="z9")


def split(town: Town, case_id: UUID, *others: UUID, role: Role = Role.OFFICER, **more: Any) -> Any:
    body = {"subjects": [{"subject_id": str(one)} for one in others], "reason": "两家共同占道"} | more
    return town.people[role].post(f"/api/cases/{case_id}/split", json=body)


def on_site(town: Town) -> tuple[UUID, UUID, UUID]:
    """A case at W4 with its shop, and another shop."""
    shop, other = town.shop(), other_shop(town)
    case_id = town.raised()
    town.on_site(case_id)
    return case_id, shop, other


def first(town: Town, case_id: UUID) -> str:
    return town.people[Role.OFFICER].get(f"/api/cases/{case_id}/recommendation").json()["facts"]["first"]


def siblings(made: Any) -> list[UUID]:
    assert made.status_code == 201, made.text
    return [UUID(one["case_id"]) for one in made.json()["cases"]]


def test_each_subject_gets_a_case_and_both_stay_tied(town: Town) -> None:
    case_id, shop, other = on_site(town)
    one, two = siblings(split(town, case_id, other))
    assert one == case_id
    found = town.people[Role.SEAT].get(f"/api/cases/{two}/siblings").json()["cases"]
    assert [UUID(case["subject_id"]) for case in found] == [shop, other]
    assert found[1]["number"] == found[0]["number"] + "/2"
    assert town.get(two)["state"] == "W4"


def test_first_is_counted_for_each_by_its_own_history(town: Town) -> None:
    shop, other = town.shop(), other_shop(town)
    earlier = town.raised(zone_id="z9")
    town.on_site(earlier)
    town.ordered(earlier)
    town.corrected(earlier)
    town.exempted(earlier)
    town.after(days=30)
    case_id = town.raised()
    town.on_site(case_id)
    one, two = siblings(split(town, case_id, other))
    assert UUID(town.get(one)["subject_id"]) == shop
    assert (first(town, one), first(town, two)) == ("YES", "NO")


def test_each_answers_for_its_share_of_the_harm(town: Town) -> None:
    case_id, _shop, other = on_site(town)
    with_shares = {"subjects": [{"subject_id": str(other), "share": 0.2}], "own_share": 0.8}
    one, two = siblings(split(town, case_id, **with_shares))
    with town.database.session_scope() as session:
        from server.cases import service as cases

        for key in (one, two):
            case = cases.get(session, key)
            case.peak_area_m2 = 10.0
            session.add(case)
    listed = {
        key: town.people[Role.OFFICER].get(f"/api/cases/{key}/recommendation").json()["facts"]["lst"]
        for key in (one, two)
    }
    # The ceiling of CG-01 is 4 m2: eight of ten are over it, two are not.
    assert listed == {one: "OFF", two: "BOTH"}


def test_shares_make_one_whole_or_none_is_told(town: Town) -> None:
    case_id, _shop, other = on_site(town)
    for own, share in ((0.5, None), (0.5, 0.6), (None, 0.5), (0, 1)):
        subject = {"subject_id": str(other)} | ({} if share is None else {"share": share})
        told: dict[str, Any] = {} if own is None else {"own_share": own}
        assert split(town, case_id, subjects=[subject], **told).status_code == 422, (own, share)
    assert len(town.people[Role.SEAT].get(f"/api/cases/{case_id}/siblings").json()["cases"]) == 1


def ordered_apart(town: Town) -> tuple[UUID, UUID]:
    case_id, _shop, other = on_site(town)
    one, two = siblings(split(town, case_id, other))
    town.ordered(one)
    return one, two


def jointly(town: Town, case_id: UUID) -> Any:
    body = {"corrected_at": town.clock.now().isoformat(), "photos": [town.photo()]}
    return town.people[Role.OFFICER].post(f"/api/cases/{case_id}/joint-correction", json=body)


def test_one_correction_helps_all_in_their_period(town: Town) -> None:
    one, two = ordered_apart(town)
    town.ordered(two, order_number="责改-2")
    town.after(minutes=10)
    answer = jointly(town, two)
    assert answer.status_code == 200, answer.text
    assert [(case["outcome"], case["state"]) for case in answer.json()["cases"]] == [("reported", "W7")] * 2
    for key in (one, two):
        town.act(key, Role.VERIFY, "W8")
        town.act(key, Role.VERIFY, "L1", photos=[town.photo()])
        facts = town.people[Role.OFFICER].get(f"/api/cases/{key}/recommendation").json()["facts"]
        assert facts["cor"] == "IN_TIME"


def test_who_refused_is_not_helped(town: Town) -> None:
    one, two = ordered_apart(town)
    town.ordered(two, order_number="责改-2", refused=True)
    answer = jointly(town, one).json()["cases"]
    assert [(case["outcome"], case["state"]) for case in answer] == [("reported", "W7"), ("refused", "W6")]
    facts = town.people[Role.OFFICER].get(f"/api/cases/{two}/recommendation").json()["facts"]
    assert facts["cor"] == "REFUSED"


def test_a_correction_that_helps_nobody_is_refused(town: Town) -> None:
    case_id, _shop, other = on_site(town)
    siblings(split(town, case_id, other))
    refused = jointly(town, case_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "case.nobody_to_correct")


def test_what_cannot_be_split(town: Town) -> None:
    case_id, shop, other = on_site(town)
    assert split(town, case_id, shop).json()["code"] == "case.subject_has_case"
    assert split(town, case_id, other, other).status_code == 422
    assert split(town, case_id, other, role=Role.SEAT).status_code == 403
    siblings(split(town, case_id, other))
    town.ordered(case_id)
    late = town.shop(name="第三家（合成）", code="92320402MA0000269Y", zone="z8")
    assert split(town, case_id, late).json()["code"] == "case.too_late_to_split"
