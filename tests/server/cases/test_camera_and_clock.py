"""What cameras and clocks do to a case: late and early messages, rechecks, deadlines."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.auth.roles import Role
from server.cases import history, repository
from tests.server import wire
from tests.server.cases.conftest import Town


def told(town: Town, template: str) -> list[str]:
    rows = town.people[Role.SEAT].get("/api/notices").json()
    return [row["to"] for row in rows if row["template"] == template]


def test_a_clearing_that_overtakes_its_raising_opens_the_case_and_notes_it(town: Town) -> None:
    episode = uuid4()
    at = town.clock.now()
    town.hear(wire.cleared(episode, at=at, cleared_at=at))
    town.hear(wire.raised(episode, at=at - timedelta(minutes=10)))
    case = town.get(town.case_of(episode))
    assert case["state"] == "A1"
    assert case["corrected_seen_at"] is not None
    assert len(case["alert_ids"]) == 1
    assert case["history_faults"] == []


def test_a_reminder_for_what_is_already_gone_ends_without_record(town: Town) -> None:
    town.shop()
    episode = uuid4()
    case_id = town.raised(episode)
    town.cleared(episode)
    case = town.act(case_id, Role.SEAT, "W0")
    assert case["state"] == "A2"


def test_the_recheck_decides_when_the_window_ends(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W0")
    town.after(minutes=29)
    assert town.sweep() == []
    town.after(minutes=1)
    (recheck,) = town.sweep()
    assert town.sweep() == [], "asked once"
    town.answer(recheck, still_there=False)
    assert town.get(case_id)["state"] == "A2"


def test_a_camera_that_cannot_see_sends_people(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W0")
    town.after(minutes=30)
    (recheck,) = town.sweep()
    town.answer(recheck, still_there=None)
    assert town.get(case_id)["state"] == "W1"


def test_an_edge_that_does_not_answer_sends_people(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "W0")
    town.after(minutes=30)
    (recheck,) = town.sweep()
    town.after(minutes=2)
    town.sweep()
    assert town.get(case_id)["state"] == "W1"
    town.answer(recheck, still_there=False)
    assert town.get(case_id)["state"] == "W1", "too late to end it, but it is on record"
    assert town.get(case_id)["corrected_seen_at"] is not None


def test_seen_corrected_later_is_written_down_but_moves_nothing(town: Town) -> None:
    town.shop()
    episode = uuid4()
    case_id = town.raised(episode)
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=5)
    town.cleared(episode)
    case = town.get(case_id)
    assert (case["state"], case["corrected_seen_at"] is not None) == ("W6", True)


def test_two_alerts_of_one_place_are_one_case_until_both_are_gone(town: Town) -> None:
    town.shop()
    first, second = uuid4(), uuid4()
    case_id = town.raised(first)
    town.after(minutes=3)
    assert town.raised(second) == case_id
    town.act(case_id, Role.SEAT, "W0")
    town.cleared(first)
    assert town.get(case_id)["state"] == "W0"
    town.cleared(second)
    assert town.get(case_id)["state"] == "A2"


def test_after_the_end_the_same_place_is_a_new_case(town: Town) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "A3", "误报")
    town.after(hours=1)
    assert town.raised() != case_id


def test_inside_a_live_permit_is_suppressed(town: Town) -> None:
    assert town.get(town.raised(permit="within"))["state"] == "A2"


def test_a_violation_without_rules_still_makes_a_case(town: Town) -> None:
    case = town.get(town.raised(violation="loud_music"))
    assert (case["state"], case["item_code"]) == ("A1", None)
    recommendation = town.people[Role.SEAT].get(f"/api/cases/{case['id']}/recommendation").json()
    assert (recommendation["facts"]["lst"], recommendation["rule"]) == ("OFF", "R01")


def test_marks_are_told_once_each_and_nothing_closes_by_itself(town: Town) -> None:
    case_id = town.raised()
    timer = town.get(case_id)["timer"]
    town.after(minutes=22)
    town.sweep()
    town.sweep()
    assert told(town, "deadline_warn") == ["role:seat"]
    town.after(minutes=8)
    town.sweep()
    assert told(town, "deadline_due") == ["role:leader"]
    town.after(days=30)
    town.sweep()
    town.sweep()
    assert told(town, "deadline_late") == ["role:head"]
    case = town.get(case_id)
    assert (case["state"], case["timer"]["due_at"]) == ("A1", timer["due_at"])
    assert [step["fields"]["share"] for step in case["steps"] if step["kind"] == "deadline"] == [0.7, 1.0, 1.5]


def test_marks_missed_while_the_server_was_down_are_all_told(town: Town) -> None:
    town.raised()
    town.after(days=3)
    town.sweep()
    for template in ("deadline_warn", "deadline_due", "deadline_late"):
        assert len(told(town, template)) == 1


def test_an_area_over_the_ceiling_takes_the_act_off_the_list(town: Town) -> None:
    town.shop()
    case_id = town.raised(measurement=wire.look(town.clock.now(), area_m2=9.0))
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    recommendation = town.people[Role.HEAD].get(f"/api/cases/{case_id}/recommendation").json()
    assert (recommendation["facts"]["lst"], recommendation["rule"]) == ("OFF", "R19")
    assert any("ceiling" in note for note in recommendation["notes"])


def test_a_replay_of_the_stored_facts_gives_the_same_answer(town: Town) -> None:
    from server.policy.decide import decide
    from server.policy.facts import Facts

    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.exempted(case_id)
    with town.database.session_scope(write=False) as session:
        stored = repository.newest_recommendation(session, case_id)
        assert stored is not None
        again = decide(Facts.model_validate(stored.body["facts"], strict=False))
        assert (again.rule, again.result, list(again.trace)) == (stored.rule, stored.result, stored.body["trace"])


def test_history_cannot_be_changed_and_a_change_would_be_seen(town: Town) -> None:
    case_id = town.raised()
    town.act(case_id, Role.SEAT, "A3", "误报")
    with town.database.session_scope() as session, pytest.raises(DBAPIError, match="append-only"):
        session.execute(text("UPDATE case_step SET reason = 'x'"))
    with town.database.session_scope(write=False) as session:
        steps = repository.steps_of(session, case_id)
        assert list(history.faults(steps)) == []
        steps[1].reason = "changed"
        assert any("was changed" in fault for fault in history.faults(steps))
        assert any("is missing" in fault for fault in history.faults([steps[0], *steps[2:]]))
        session.rollback()
