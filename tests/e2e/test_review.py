"""Two monitors reach for the same alert; a tab is killed; the server refuses; any days are looked through."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.e2e.review_hands import PATH, Street, moved_on, opened, shown, until


@pytest.fixture(scope="module")
def street(city: LivedIn) -> Iterator[Street]:
    made = Street(city)
    yield made
    made.close()


def test_two_monitors_and_one_alert(people: People, city: LivedIn, street: Street) -> None:
    page = opened(people, "seat2")
    shown(page)
    newer = street.raises()
    expect(page.locator(f"#rv-{newer}")).to_be_visible()
    first = opened(people, "seat")
    assert shown(first) == newer
    expect(page.locator(f"#rv-{newer}")).to_contain_text(re.compile(r"周敏.* 在看"))
    page.keyboard.press("k")
    expect(page.locator(".rv-held")).to_contain_text("周敏")
    page.keyboard.press("1")
    expect(page.locator(".rv-held")).to_have_count(1)
    third = opened(people, "superv")
    people.expects(page, "api/claims/")
    assert shown(third) != newer
    third.locator(f"#rv-{newer}").click()
    people.expects(third, "api/claims/")
    expect(third.locator(".rv-held")).to_be_visible()
    third.keyboard.press("c")
    expect(third.locator(".rv-held")).to_have_count(0)
    expect(first.locator(".rv-held")).to_contain_text("何静")
    for each in (page, first, third):
        people.clean(each, axe=each is page)


def test_both_open_at_once_and_get_two_cases(people: People, city: LivedIn, street: Street) -> None:
    street.raises()
    one, two = people.visit("seat", PATH), people.visit("seat2", PATH)
    people.expects(one, "api/claims/")
    people.expects(two, "api/claims/")
    for page in (one, two):
        page.locator(".rv-shown").wait_for()
    one.wait_for_timeout(1000)
    assert shown(one) != shown(two)
    held = {claim["case_id"]: claim["person_name"] for claim in city.get("seat", "/api/claims")}
    assert {held[shown(one)], held[shown(two)]} == {"坐席 周敏", "坐席 许宁"}


def test_a_killed_tab_loses_no_decision_and_doubles_none(people: People, city: LivedIn, street: Street) -> None:
    made = [street.raises() for n in range(3)]
    context = people.context("seat")
    page = people.open(context, PATH)
    first = shown(page)
    assert first == made[-1]
    lost = {"answers": 0}

    def swallow(route: Any) -> None:
        """The server does it, and its answer never arrives: the tab is gone by then."""
        route.fetch()
        lost["answers"] += 1
        route.abort()

    context.route("**/actions", swallow)
    decided: list[str] = []
    for _ in range(3):
        decided.append(shown(page))
        page.keyboard.press("2")
        page.keyboard.press("1")
        moved_on(page, decided[-1])
        expect(page.locator(".rv-strip")).to_contain_text(f"{len(decided)} 件待发送", timeout=10_000)
    assert decided == made[::-1]
    for _ in range(100):
        if lost["answers"]:
            break
        page.wait_for_timeout(100)
    assert lost["answers"] >= 1, "the first one is sent as soon as two more are made"
    page.close()
    context.unroute("**/actions")
    again = people.open(context, PATH)
    for case_id in made:
        case = until(city, again, case_id, "A3")
        assert [step["to_state"] for step in case["steps"]].count("A3") == 1
        assert len(city.get("seat", "/api/verdicts", alert_id=case["alert_ids"][0])) == 1
    expect(again.locator(".rv-strip")).to_have_count(0, timeout=20_000)
    people.clean(again)


def test_what_the_server_refuses_comes_back(people: People, city: LivedIn, street: Street) -> None:
    case_id = street.raises()
    page = opened(people, "seat")
    people.expects(page, f"api/cases/{case_id}/actions: 412", "api/claims/")
    assert shown(page) == case_id
    page.keyboard.press("2")
    page.keyboard.press("1")
    moved_on(page, case_id)
    city.put("seat2", f"/api/review/{case_id}/doubt", {"note": "看不清"})
    expect(page.locator(".rv-refused")).to_contain_text("有了变化", timeout=20_000)
    page.get_by_role("button", name="已放回队列").click()
    expect(page.locator(f".rv-shown[data-case='{case_id}']")).to_have_count(1)
    page.get_by_role("button", name="知道了").click()
    expect(page.locator(".rv-refused")).to_have_count(0)
    page.reload()
    shown(page)
    expect(page.locator(".rv-refused")).to_have_count(0)
    people.clean(page)


def test_any_days_and_nothing_there(people: People) -> None:
    page = opened(people, "seat")
    page.keyboard.press("/")
    page.keyboard.type("2020-01-01")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=2020-01-01"))
    shown(page)
    page.goto(f"{PATH}?from=2020-01-01&to=2020-01-02")
    expect(page.locator(".rv-empty")).to_contain_text("没有待研判")
    people.clean(page)
