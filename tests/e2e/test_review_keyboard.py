"""A monitor works through the queue with the keyboard alone. In a city of its own: the queue's order is looked at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.e2e.review_hands import Street, moved_on, opened, shown, steps, until, wait


@pytest.fixture(scope="module")
def street(city: LivedIn) -> Iterator[Street]:
    made = Street(city)
    yield made
    made.close()


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
