"""The queue: in order, whole, in pages that join, with few queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from edge.contracts.taxonomy import EvidenceRole
from server.auth.roles import Role
from server.cases.tables import Case
from server.db import Database
from tests.server import wire
from tests.server.cases.conftest import Town
from tests.server.doors import Doors


def queue(town: Town, role: Role = Role.SEAT, **query: Any) -> list[dict[str, Any]]:
    """Every item, over all pages of two."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        more = {"after": after} if after else {}
        page = town.people[role].get("/api/review", params={"limit": 2} | query | more)
        assert page.status_code == 200, page.text
        found += page.json()["items"]
        after = page.json()["next"]
        if after is None:
            return found


def numbers(items: list[dict[str, Any]]) -> list[str]:
    return [item["case"]["id"] for item in items]


@pytest.fixture
def five(town: Town) -> list[UUID]:
    """Five cases a minute apart, oldest first; the second is urgent."""
    found: list[UUID] = []
    for n in range(5):
        town.after(minutes=1)
        found.append(town.raised(zone_id=f"q{n}"))
    with town.database.session_scope() as session:
        case = session.get(Case, found[1])
        assert case is not None
        case.urgent = True
        session.add(case)
    return found


def test_urgent_first_then_newest_then_what_was_left(town: Town, five: list[UUID]) -> None:
    left = town.people[Role.SEAT].put(f"/api/review/{five[4]}/doubt", json={"note": "看不清是不是占道"})
    assert left.status_code == 200, left.text
    assert numbers(queue(town)) == [str(five[n]) for n in (1, 3, 2, 0, 4)]
    last = queue(town)[-1]
    assert last["doubt"]["note"] == "看不清是不是占道"
    assert last["case"]["version"] == left.json()["version"]
    count = town.people[Role.SEAT].get("/api/review/count").json()
    assert count == {"waiting": 5, "urgent": 1, "unclear": 1, "overdue": 0}


def test_leaving_it_twice_changes_nothing_and_stands_in_the_history(town: Town, five: list[UUID]) -> None:
    asked = {"url": f"/api/review/{five[0]}/doubt", "json": {"note": "太暗"}}
    town.people[Role.SEAT].put(**asked)
    last = town.people[Role.SEAT].put(**asked)
    steps = town.get(five[0])["steps"]
    assert [step["fields"] for step in steps if step["kind"] == "note"] == [{"note": "太暗"}]
    assert town.get(five[0])["version"] == last.json()["version"]


def test_an_old_doubt_does_not_count_when_the_case_comes_back(town: Town, five: list[UUID]) -> None:
    town.people[Role.SEAT].put(f"/api/review/{five[4]}/doubt", json={"note": "太暗"})
    town.act(five[4], Role.SEAT, "A3", "误报")
    town.act(five[4], Role.SUPERV, "A1", "抽查不对")
    assert numbers(queue(town))[:2] == [str(five[1]), str(five[4])]
    assert queue(town)[1]["doubt"] is None


def test_what_is_decided_leaves_the_queue(town: Town, five: list[UUID]) -> None:
    town.act(five[2], Role.SEAT, "W1")
    assert str(five[2]) not in numbers(queue(town))
    refused = town.people[Role.SEAT].put(f"/api/review/{five[2]}/doubt", json={"note": "太暗"})
    assert (refused.status_code, refused.json()["code"]) == (409, "review.not_waiting")


def test_any_date_range(town: Town, five: list[UUID]) -> None:
    at = town.get(five[2])["opened_at"]
    later = town.get(five[3])["opened_at"]
    assert numbers(queue(town, opened_from=at, opened_to=later)) == [str(five[2])]
    asked = {"opened_from": at, "opened_to": later}
    assert town.people[Role.SEAT].get("/api/review/count", params=asked).json()["waiting"] == 1
    assert numbers(queue(town, opened_to=at)) == [str(five[1]), str(five[0])]


def test_just_these(town: Town, five: list[UUID]) -> None:
    town.act(five[0], Role.SEAT, "W1")
    assert numbers(queue(town, case_id=[str(five[0]), str(five[3])])) == [str(five[3])]


@pytest.mark.parametrize("cursor", ["x", "9.00000000-0000-7000-8000-000000000000", "1.", "1.x"])
def test_a_cursor_that_nobody_gave(town: Town, cursor: str) -> None:
    refused = town.people[Role.SEAT].get("/api/review", params={"after": cursor})
    assert refused.status_code == 422


def test_nothing_of_another_district(town: Town, five: list[UUID], doors: Doors) -> None:
    far = doors.open(Role.SEAT, districts=["elsewhere"])
    assert far.get("/api/review").json() == {"items": [], "next": None}
    assert far.get("/api/review/count").json()["waiting"] == 0
    assert far.put(f"/api/review/{five[0]}/doubt", json={"note": "x"}).status_code == 404


def test_an_item_is_whole(town: Town) -> None:
    shop = town.shop()
    sha = ["1" * 64, "2" * 64, "3" * 64]
    evidence = [
        wire.picture(sha[0]),
        wire.picture(sha[1], EvidenceRole.CLOSE_SHOWN),
        wire.picture(sha[2], EvidenceRole.WIDE_ORIGINAL),
    ]
    clip = evidence[0].model_copy(update={"sha256": "4" * 64, "role": EvidenceRole.CLIP, "media_type": "video/mp4"})
    zone = [(0.1, 0.4), (0.9, 0.4), (0.9, 0.95)]
    case_id = town.raised(evidence=[*evidence, clip], zone_polygon=zone)
    town.people[Role.SEAT].put(f"/api/claims/{case_id}")
    (item,) = queue(town)
    assert item["case"]["state"] == "A1"
    assert item["violation_zh"]
    assert item["item_zh"]
    assert {picture["role"]: picture["sealed"] for picture in item["pictures"]} == {
        "wide_shown": False, "close_shown": False, "wide_original": True,
    }  # fmt: skip
    assert [(one["role"], one["sealed"]) for one in item["clips"]] == [("clip", True)]
    assert item["zone"] == [list(point) for point in zone]
    assert item["alert"]["covered_share"] == 0.2
    assert item["alert"]["peak_area"]["value_m2"] == 2.5
    assert (item["subject"]["id"], item["subject"]["first"], item["subject"]["counting"]) == (str(shop), "YES", 0)
    assert (item["advice"]["does"], item["needs_reason"]) == ("remind", False)
    assert item["claim"]["person_name"] == "seat"
    town.after(minutes=3)
    assert queue(town)[0]["claim"] is None


def test_the_history_of_the_subject(town: Town) -> None:
    town.shop()
    earlier = town.raised()
    town.on_site(earlier)
    town.ordered(earlier)
    town.corrected(earlier)
    town.exempted(earlier)
    town.after(days=30)
    again = town.raised()
    (item,) = queue(town)
    subject = item["subject"]
    assert (subject["first"], subject["counting"], subject["findings"], subject["cases"]) == ("NO", 1, 1, 2)
    assert [(one["id"], one["state"]) for one in subject["earlier"]] == [(str(earlier), "C1")]
    why = town.people[Role.SEAT].get(f"/api/cases/{again}/recommendation").json()
    assert why["facts"]["first"] == subject["first"], "as the engine counts it"


def test_an_open_case_of_the_same_place(town: Town) -> None:
    first = town.raised(violation="outdoor_display")
    town.after(minutes=1)
    second = town.raised(violation="exposed_muck")
    items = {item["case"]["id"]: item for item in queue(town)}
    assert [one["id"] for one in items[str(second)]["same_place"]] == [str(first)]
    assert items[str(second)]["advice"]["does"] == "file", "another act at the same place is no duplicate"


def test_without_pictures_filing_needs_a_reason(town: Town) -> None:
    town.raised()
    assert queue(town)[0]["needs_reason"] is True


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    asked: list[str] = []
    listener = lambda _c, _cursor, statement, *_more: asked.append(statement)  # noqa: E731 - one line says it
    event.listen(database.engine, "before_cursor_execute", listener)
    yield asked
    event.remove(database.engine, "before_cursor_execute", listener)


def test_a_page_takes_few_queries_however_long_it_is(town: Town) -> None:
    town.shop()
    for n in range(12):
        town.after(seconds=20)
        town.raised(zone_id=f"q{n}" if n else "z1", evidence=[wire.picture(f"{n:064x}")])
    client = town.people[Role.SEAT]
    client.get("/api/review")
    asked: dict[int, int] = {}
    for limit in (2, 12):
        with counted(town.database) as statements:
            assert len(client.get("/api/review", params={"limit": limit}).json()["items"]) == limit
        asked[limit] = len(statements)
    assert asked[2] <= asked[12] <= asked[2] + 2, "two bands more, and nothing for each case"
    assert asked[12] <= 30, asked


def test_bands_join_over_pages(town: Town, five: list[UUID]) -> None:
    town.after(minutes=1)
    town.people[Role.SEAT].put(f"/api/review/{five[0]}/doubt", json={"note": "x"})
    whole = numbers(queue(town, limit=50))
    assert [numbers(queue(town, limit=n)) for n in (1, 2, 3, 5)] == [whole] * 4
