"""A monitor works through the queue with the keyboard alone; two monitors reach for the same alert; a tab is killed."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.e2e.review_alerts import WholeCamera

PATH = "/console/review"


class Street:
    """Each alert is another camera's: two of one place would be one case."""

    def __init__(self, city: LivedIn) -> None:
        self._city, self._cameras = city, list[WholeCamera]()

    def raises(self, mark: str = "") -> str:
        """The id of a new case."""
        number = len(self._cameras)
        camera = WholeCamera(self._city, f"cam-whole-{number}", (119.9751 + 0.001 * number, 31.7795))
        self._cameras.append(camera)
        return camera.raises_whole(uuid4(), 64.0 + number, mark or str(number))

    def close(self) -> None:
        """Every camera hangs up."""
        for camera in self._cameras:
            camera.close()


@pytest.fixture(scope="module")
def street(city: LivedIn) -> Iterator[Street]:
    made = Street(city)
    yield made
    made.close()


PAINTED = """() => { const i = document.querySelector('.rv-shown img');
return Boolean(i && i.complete && i.naturalWidth > 0) }"""


def wait(page: Page, is_so: str) -> None:
    """Until this function in the page says so."""
    for _ in range(150):
        if page.evaluate(is_so):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {is_so}")


def shown(page: Page) -> str:
    """The id of the case that is looked at, once its picture stands there."""
    wait(page, PAINTED)
    return page.locator(".rv-shown").get_attribute("data-case") or ""


def opened(people: People, who: str, path: str = PATH) -> Page:
    page = people.visit(who, path)
    shown(page)
    return page


def moved_on(page: Page, case_id: str) -> None:
    """Another case stands there."""
    expect(page.locator(f".rv-shown[data-case='{case_id}']")).to_have_count(0)


def steps(city: LivedIn, case_id: str) -> list[tuple[str, str, str]]:
    found = city.get("seat", f"/api/cases/{case_id}")["steps"]
    return [(step["kind"], step["to_state"], step["reason"]) for step in found]


def until(city: LivedIn, page: Page, case_id: str, state: str) -> dict[str, Any]:
    """The case once it is in that state."""
    seen = ""
    for _ in range(150):
        case = city.get("seat", f"/api/cases/{case_id}")
        seen = case["state"]
        if seen == state:
            return case
        page.wait_for_timeout(100)
    raise AssertionError(f"{case_id} is {seen}, not {state}")


def test_through_the_queue_with_the_keyboard_alone(people: People, city: LivedIn, street: Street) -> None:
    whole = street.raises()
    page = opened(people, "seat")
    assert shown(page) == whole, "the newest first"
    page.keyboard.press("ArrowRight")
    expect(page.locator(".rv-shots")).to_contain_text("近景")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("z")
    expect(page.locator(".pic.zoomed")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator(".flip-over")).to_have_count(1)
    page.keyboard.press(" ")
    wait(page, "() => (document.querySelector('video')?.currentTime ?? 0) > 0.5")
    expect(page.locator(".rv-mark.began")).to_have_count(1)
    page.keyboard.press("Escape")

    page.keyboard.press("5")
    page.keyboard.press("1")
    moved_on(page, whole)
    site = shown(page)
    assert site == city.cases["site"]
    page.keyboard.press("2")
    page.keyboard.press("3")
    flower = shown(page)
    moved_on(page, site)
    page.keyboard.press("u")
    expect(page.locator(f".rv-shown[data-case='{site}']")).to_have_count(1)
    page.keyboard.press("2")
    page.keyboard.press("3")
    moved_on(page, site)
    assert shown(page) == flower == city.cases["flower"]
    page.keyboard.press("w")
    moved_on(page, flower)
    hardware = shown(page)
    page.keyboard.press("1")
    until(city, page, hardware, "W0")
    until(city, page, flower, "W1")
    case = until(city, page, site, "A3")
    assert [step["reason"] for step in case["steps"] if step["to_state"] == "A3"] == [
        "路面污渍或积水 / Stains or puddles"
    ], "sent once, though it was taken back once"
    verdicts = city.get("seat", "/api/verdicts", alert_id=case["alert_ids"][0])
    assert [(one["verdict"], one["reason"]) for one in verdicts] == [("false", "路面污渍或积水 / Stains or puddles")]
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".rv-row")).to_have_count(2)
    expect(page.locator(".rv-row").last).to_contain_text("存疑")
    assert ("note", "A1", "研判存疑，留待再看 / unclear, left for later") in steps(city, whole)
    people.clean(page)


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
