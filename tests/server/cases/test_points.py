"""What a recommendation rests on, in words; which moves a person may make; how many cases a filter finds."""

from server.auth.roles import Role
from server.cases.points import LAYERS, RESULTS
from server.policy.answer import Layer
from server.policy.rules import Result
from tests.server.cases.conftest import Town
from tests.server.doors import Doors


def test_every_result_and_layer_has_words() -> None:
    assert set(RESULTS) == set(Result)
    assert set(LAYERS) == set(Layer.model_fields["layer"].annotation.__args__)  # type: ignore[union-attr]


def test_a_second_time_says_when_the_first_was(town: Town) -> None:
    town.shop()
    first = town.raised()
    town.on_site(first)
    town.ordered(first, harm="MINOR")
    town.after(minutes=10)
    town.corrected(first)
    said = town.get(first)["why"]
    assert said["result"] == "EXEMPT_T2_MAY"
    assert said["points"][0] == {
        "kind": "first", "speaks": "for", "zh": "近24个月内首次：未查到同类记录。",
        "en": "The first within 24 months: no record of its kind.",
    }  # fmt: skip
    assert said["points"][1]["zh"].startswith("按期改正：11月20日10:10改正，期限11月20日10:30")
    town.exempted(first, "exempt_t2")
    town.after(days=3)
    second = town.raised()
    town.on_site(second)
    town.ordered(second, harm="MINOR")
    town.corrected(second)
    said = town.get(second)["why"]
    assert (said["rule"], said["result_zh"]) == ("R22", "转处罚程序，考虑从轻")
    assert said["points"][0]["zh"] == "不是首次：近24个月内第2次，第一次在2026年11月20日（2026年11月20日送达）。"
    assert said["points"][0]["en"].startswith("Not the first: number 2 within 24 months, the first on 20 November 2026")


def test_late_says_by_how_much(town: Town) -> None:
    town.shop()
    case_id = town.raised()
    town.on_site(case_id)
    town.ordered(case_id)
    town.after(minutes=31)
    town.sweep()
    point = next(one for one in town.get(case_id)["why"]["points"] if one["kind"] == "correction")
    assert point["zh"] == "逾期：期限11月20日10:30，到11月20日10:31仍未改正。"
    assert point["speaks"] == "against"


def test_moves_are_those_of_ones_own_role_with_what_bars_them(town: Town, doors: Doors) -> None:
    town.shop()
    case_id = town.raised()

    def moves(role: Role) -> dict[str, str | None]:
        found = town.people[role].get(f"/api/cases/{case_id}/moves").raise_for_status().json()
        return {one["to"]: one["barred"] and one["barred"]["code"] for one in found}

    assert moves(Role.SEAT) == {"A2": None, "A3": None, "W0": None, "W1": None, "C5": None}
    assert moves(Role.OFFICER) == {}
    town.act(case_id, Role.SEAT, "W1")
    assert moves(Role.SUPERV) == {"V": "case.void_not_asked"}
    town.act(case_id, Role.DISPATCH, "W2", assignee_id=str(town.ids[Role.OFFICER]))
    both = town.people[Role.SEAT]
    assert both.get(f"/api/cases/{case_id}/moves").json() == []
    fields = town.people[Role.OFFICER].get(f"/api/cases/{case_id}/moves").json()[2]["fields"]
    assert fields["properties"]["asks"]["enum"] == ["return", "extension", "suspension"]


def test_a_count_is_that_of_the_list(town: Town) -> None:
    town.shop()
    for n in range(3):
        town.raised(zone_id=f"q{n}")
        town.after(minutes=1)
    ask = town.people[Role.SEAT].get
    assert ask("/api/cases/count").json() == {"count": 3}
    assert ask("/api/cases/count", params={"state": "W1"}).json() == {"count": 0}
    listed = ask("/api/cases").json()["items"]
    assert {row["assignee_name"] for row in listed} == {""}
