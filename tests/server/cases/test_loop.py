"""The thinnest honest loop, each path through the public API."""

from uuid import uuid4

from server.auth.roles import Role
from tests.server.cases.conftest import PHOTO, Town


def states(case: dict) -> list[str]:
    return [step["to_state"] for step in case["steps"] if step["kind"] == "transition"]


def test_reminded_and_seen_corrected_leaves_no_record(town: Town) -> None:
    shop = town.shop()
    episode = uuid4()
    case_id = town.raised(episode)
    assert town.get(case_id)["state"] == "A1"
    assert town.act(case_id, Role.SEAT, "W0")["state"] == "W0"
    town.after(minutes=10)
    town.cleared(episode)
    case = town.get(case_id)
    assert case["state"] == "A2"
    assert case["history_faults"] == []
    assert town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json() == []
    told = town.people[Role.SEAT].get("/api/notices", params={"to": f"subject:{shop}"}).json()
    assert [notice["template"] for notice in told] == ["corrected", "reminder"]


def test_reminded_and_still_there_is_dispatched_ordered_corrected_checked_exempted_and_closed(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W0")
    town.after(minutes=30)
    (recheck,) = town.sweep()
    town.answer(recheck, still_there=True)
    assert town.get(case_id)["state"] == "W1"
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=119.97, lat=31.78)
    town.ordered(case_id)
    town.after(minutes=20)
    town.corrected(case_id)
    recommendation = town.people[Role.HEAD].get(f"/api/cases/{case_id}/recommendation").json()
    assert (recommendation["rule"], recommendation["result"]) == ("R18", "EXEMPT_T1_SHALL")
    assert recommendation["list_version"] == "tianning-draft@2026.2"
    assert recommendation["facts"]["first"] == "YES"
    case = town.exempted(case_id)
    assert case["state"] == "C1"
    assert states(case) == ["A1", "W0", "W1", "W2", "W3", "W4", "W6", "W7", "W8", "L1", "L4", "L5", "C1"]
    assert case["history_faults"] == []
    (decision,) = case["decisions"]
    assert (decision["outcome"], decision["differs"], decision["rule"]) == ("exempt_t1", False, "R18")
    (offence,) = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()
    assert (offence["ordinal"], offence["standing"], offence["nature_group"]) == (1, "effective", "street_trading")


def test_a_second_act_in_the_window_is_not_first(town: Town) -> None:
    town.shop()
    first = town.raised()
    town.on_site(first)
    town.ordered(first, harm="MINOR")
    town.corrected(first)
    assert town.exempted(first, "exempt_t2")["decisions"][0]["rule"] == "R23"
    town.after(days=150)
    again = town.raised()
    assert again != first
    town.on_site(again)
    town.ordered(again, harm="MINOR")
    town.corrected(again)
    recommendation = town.people[Role.HEAD].get(f"/api/cases/{again}/recommendation").json()
    assert (recommendation["rule"], recommendation["facts"]["first"]) == ("R22", "NO")
    assert len(recommendation["priors"]) == 1
    case = town.act(again, Role.LEADER, "C3", "转处罚程序，拟从轻")
    assert (case["state"], case["decisions"][0]["differs"]) == ("C3", False)


def test_false_alarm_becomes_a_sample(town: Town) -> None:
    case_id = town.raised()
    case = town.act(case_id, Role.SEAT, "A3", "是送货车，不是占道")
    assert case["state"] == "A3"
    page = town.people[Role.SEAT].get("/api/samples").json()
    assert [(sample["verdict"], sample["alert_id"]) for sample in page["items"]] == [("false", case["alert_ids"][0])]
    assert town.people[Role.SEAT].get("/api/samples", params={"after": page["next"]}).json()["items"] == []


def test_permit_exceeded_is_its_own_item_and_runs_the_same_loop(town: Town) -> None:
    town.shop()
    episode = uuid4()
    case_id = town.raised(episode, permit="exceeded")
    assert town.get(case_id)["item_code"] == "CG-28"
    town.on_site(case_id)
    town.act(
        case_id,
        Role.OFFICER,
        "W7",
        officers=["1", "2"],
        harm="NONE",
        sev="SLIGHT",
        photos=[PHOTO],
        area_m2=1.5,
        inspection_record="检查-1",
    )
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "L1", photos=[town.photo()])
    recommendation = town.people[Role.HEAD].get(f"/api/cases/{case_id}/recommendation").json()
    assert (recommendation["rule"], recommendation["facts"]["permit"]) == ("R18", "EXCEEDED")
    assert town.exempted(case_id)["state"] == "C1"


def test_not_corrected_in_time_goes_to_the_penalty_track(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=31)
    town.sweep()
    case = town.get(case_id)
    assert case["state"] == "L1"
    recommendation = town.people[Role.LEADER].get(f"/api/cases/{case_id}/recommendation").json()
    assert (recommendation["rule"], recommendation["facts"]["cor"]) == ("R14", "LATE")
    assert town.act(case_id, Role.LEADER, "C3", "逾期未改正")["state"] == "C3"
