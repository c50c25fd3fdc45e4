"""Periods of the law beside the deadline of the state; what a server that was down, or a clock that jumps, does."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server.auth.roles import Role
from server.cases.calendar import LegalPeriod
from server.cases.deadlines import period_end
from tests.server.cases.conftest import Town
from tests.server.cases.test_camera_and_clock import told
from tests.server.cases.test_deadlines import CALENDAR, local


def clock(case: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(found for found in case["clocks"] if found["kind"] == kind)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def decided(town: Town) -> UUID:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.act(case_id, Role.OFFICER, "L4")
    town.act(case_id, Role.HEAD, "L5", outcome="exempt_t1")
    return case_id


def test_periods_end_with_their_last_local_day() -> None:
    def end(**period: int) -> datetime:
        return period_end(
            CALENDAR, local(11, 20, 23, 59), LegalPeriod.model_validate(period | {"source": "x", "verified": True})
        )

    assert end(days=7) == local(11, 28, 0)
    assert end(days=90) == datetime(2027, 2, 19, tzinfo=local(1, 1, 0).tzinfo)
    assert end(working_days=1) == local(11, 24, 0), "over the weekend to Monday"
    assert end(months=6) == datetime(2027, 5, 21, tzinfo=local(1, 1, 0).tzinfo)
    late_august = period_end(CALENDAR, local(8, 31, 10), LegalPeriod(months=6, source="x", verified=True))
    assert late_august == datetime(2027, 3, 1, tzinfo=local(1, 1, 0).tzinfo), "28 February is the last"


def test_ninety_days_run_from_filing_until_the_decision(town: Town) -> None:
    case_id = town.raised()
    assert town.get(case_id)["clocks"] == []
    town.act(case_id, Role.SEAT, "W1")
    filing = clock(town.get(case_id), "filing")
    assert (filing["runs"], filing["source"]) == (True, "行政处罚法第六十条")
    assert at(filing["due_at"]) == local(11, 20, 0) + timedelta(days=91)
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    town.act(case_id, Role.OFFICER, "W3")
    town.act(case_id, Role.OFFICER, "W4", lon=1, lat=1)
    town.act(case_id, Role.OFFICER, "A3", "没有摆放")
    assert clock(town.get(case_id), "filing")["runs"] is False
    other = decided(town)
    assert clock(town.get(other), "filing")["runs"] is False


def test_it_warns_and_escalates_and_never_closes(town: Town) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    for days, expected in ((63, []), (1, ["role:dispatch"]), (27, ["role:leader", "role:dispatch"])):
        town.after(days=days)
        town.sweep()
        town.sweep()
        assert told(town, "legal_clock") == expected, days
    town.after(days=100)
    town.sweep()
    assert told(town, "legal_clock") == ["role:head", "role:leader", "role:dispatch"]
    case = town.get(case_id)
    assert case["state"] == "W1"
    marks = [step["fields"] for step in case["steps"] if step["kind"] == "deadline" and "clock" in step["fields"]]
    assert [(mark["clock"], mark["share"]) for mark in marks] == [("filing", 0.7), ("filing", 1.0), ("filing", 1.5)]


def test_seven_days_to_serve_then_the_partys_remedies_are_shown(town: Town) -> None:
    case_id = decided(town)
    service = clock(town.get(case_id), "service")
    assert (at(service["due_at"]), service["runs"]) == (local(11, 28, 0), True)
    town.after(days=6)
    town.sweep()
    assert told(town, "legal_clock") == [f"person:{town.ids[Role.OFFICER]}"]
    case = town.act(case_id, Role.OFFICER, "C1", served_by="direct", education=["ED1", "ED2"])
    assert clock(case, "service")["runs"] is False
    served = town.clock.now()
    assert at(clock(case, "reconsideration")["due_at"]) == local(11, 26, 0) + timedelta(days=61)
    assert at(clock(case, "suit")["due_at"]).astimezone(local(1, 1, 0).tzinfo).date().isoformat() == "2027-05-27"
    town.after(days=200)
    town.sweep()
    assert len(told(town, "legal_clock")) == 1, "nobody is told of the party's own periods"
    assert served < town.clock.now()


def test_a_case_opened_again_goes_on_with_its_old_ninety_days(town: Town) -> None:
    case_id = decided(town)
    town.act(case_id, Role.OFFICER, "C1", served_by="direct", education=["ED1", "ED2"])
    first = clock(town.get(case_id), "filing")
    town.after(days=5)
    town.act(case_id, Role.HEAD, "L9", "材料虚假")
    case = town.get(case_id)
    again = clock(case, "filing")
    assert (again["runs"], again["started_at"], again["due_at"]) == (True, first["started_at"], first["due_at"])
    assert not clock(case, "reconsideration")["runs"], "the decision is gone, and so are its periods"


def test_a_deadline_passed_while_the_server_was_down_is_told_once(town: Town) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W1")
    town.after(days=365)
    for _ in range(3):
        town.sweep()
    steps = [step for step in town.get(case_id)["steps"] if step["kind"] == "deadline"]
    assert [(step["fields"].get("clock"), step["fields"]["share"]) for step in steps] == [
        (None, 0.7), (None, 1.0), (None, 1.5), ("filing", 0.7), ("filing", 1.0), ("filing", 1.5),
    ]  # fmt: skip


def test_a_clock_that_jumps_back_and_forth_tells_nothing_twice_and_loses_nothing(town: Town) -> None:
    case_id = town.raised()
    town.after(minutes=22)
    town.sweep()
    town.after(hours=-5)
    town.sweep()
    town.after(hours=5)
    town.sweep()
    assert told(town, "deadline_warn") == ["role:seat"]
    town.after(minutes=8)
    town.sweep()
    town.after(days=-1)
    town.sweep()
    town.after(days=1)
    town.sweep()
    assert told(town, "deadline_due") == ["role:leader"]
    assert town.get(case_id)["history_faults"] == []


def test_a_correction_deadline_that_passes_is_told_to_the_leader(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=30)
    town.sweep()
    assert town.get(case_id)["state"] == "L1"
    assert told(town, "deadline_due") == ["role:leader"]


def test_an_alert_is_in_review_within_five_minutes(town: Town) -> None:
    case = town.get(town.raised())
    opened, reviewed = case["steps"][:2]
    assert (reviewed["from_state"], reviewed["to_state"]) == ("A0", "A1")
    assert at(reviewed["at"]) - at(opened["at"]) < timedelta(minutes=5)


def test_urgent_matters_have_less_time_round_the_clock(town: Town) -> None:
    ordinary = town.raised()
    assert at(town.get(ordinary)["due_at"]) - town.clock.now() == timedelta(minutes=30)
    case = town.act(ordinary, Role.SEAT, "W1", "学校门口", urgent=True)
    assert case["urgent"] is True
    town.clock.set(local(11, 20, 21, 30))
    case = town.act(ordinary, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    assert at(case["due_at"]) - town.clock.now() == timedelta(minutes=15)
    town.act(ordinary, Role.OFFICER, "W3")
    case = town.act(ordinary, Role.OFFICER, "W4", lon=1, lat=1)
    assert at(case["due_at"]) - town.clock.now() == timedelta(hours=2), "the item's own disposal time"


def test_review_waits_for_staffed_hours(town: Town) -> None:
    town.clock.set(local(11, 20, 23))
    case = town.get(town.raised())
    assert at(case["due_at"]) == local(11, 21, 7, 30), "seats are manned from seven, on Saturdays too"


def test_rework_keeps_the_deadline_and_goes_on_to_l1_when_it_is_over(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    due = town.ordered(case_id)["order_due_at"]
    town.after(minutes=20)
    town.act(case_id, Role.OFFICER, "W7", corrected_at=town.clock.now().isoformat(), photos=[town.photo()])
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "W4", "没有改")
    town.after(minutes=30)
    case = town.ordered(case_id, order_number="2")
    assert (case["order_due_at"], case["rework"]) == (due, 1)
    town.sweep()
    assert town.get(case_id)["state"] == "L1"
    assert town.get(case_id)["why"]["rule"] == "R14"
