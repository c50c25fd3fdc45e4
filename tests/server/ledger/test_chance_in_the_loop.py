"""The rows of "What uses up the chance" that the loop itself decides: what is left in the ledger at the end."""

from typing import Any
from uuid import uuid4

import pytest

from server.auth.roles import Role
from tests.server.cases.conftest import Town, town

__all__ = ["town"]
pytestmark = pytest.mark.integration


def ledger_of(town: Town, shop: Any) -> list[str]:
    rows = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()
    return [row["standing"] for row in rows]


def test_reminder_and_self_correction_leave_nothing(town: Town) -> None:
    shop, episode = town.shop(), uuid4()
    case_id = town.raised(episode)
    town.act(case_id, Role.SEAT, "W0")
    town.after(minutes=10)
    town.cleared(episode)
    assert (town.get(case_id)["state"], ledger_of(town, shop)) == ("A2", [])


def test_a_false_alarm_seen_on_site_leaves_nothing(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.act(case_id, Role.OFFICER, "A3", "是送货，不是占道")
    assert ledger_of(town, shop) == []


def test_an_unknown_subject_has_no_finding(town: Town) -> None:
    case_id = town.raised()
    town.on_site(case_id)
    assert town.act(case_id, Role.OFFICER, "W5", "现场无人")["state"] == "W5"
    subject = town.get(case_id)["subject_id"]
    assert ledger_of(town, subject) == []


def test_order_with_pledge_counts_before_any_decision_and_the_decision_counts_once(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    assert ledger_of(town, shop) == ["effective"]
    town.corrected(case_id)
    town.exempted(case_id)
    (row,) = town.people[Role.OFFICER].get("/api/offences", params={"subject_id": str(shop)}).json()
    assert [event["kind"] for event in row["events"]] == ["order_with_pledge_served", "no_penalty_served"]
    assert row["served_at"] == row["events"][0]["at"]


def test_without_pledge_an_order_alone_uses_nothing(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id, pledge_signed=False)
    assert ledger_of(town, shop) == ["not_served"]


def test_an_exemption_revoked_by_the_authority_itself_uses_nothing(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.corrected(case_id)
    town.exempted(case_id)
    town.act(case_id, Role.HEAD, "L9", "承诺不实")
    assert ledger_of(town, shop) == ["void"]


def test_when_the_subject_turns_out_to_be_unknown_its_finding_is_released(town: Town) -> None:
    shop = town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    at = town.clock.now()
    town.act(case_id, Role.OFFICER, "W7", corrected_at=at.isoformat(), photos=[town.photo()])
    town.act(case_id, Role.VERIFY, "W8")
    town.act(case_id, Role.VERIFY, "W4", "又摆出来了")
    town.act(case_id, Role.OFFICER, "W5", "不是这家店的")
    assert ledger_of(town, shop) == ["void"]
    other = town.shop("另一店（合成）", "91320402MA00000155", zone="z2")
    town.act(case_id, Role.OFFICER, "W4", "找到当事人", subject_id=str(other))
    with pytest.raises(AssertionError, match=r"ledger\.finding_of_another"):
        town.ordered(case_id, order_number="责改-2")
    assert ledger_of(town, other) == []
