"""The map and its list: the same things, in step, by keyboard too, and nothing from outside."""

import gzip
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.browser import People
from tests.e2e.cameras_alive import CamerasAlive
from tests.e2e.city import LivedIn
from tests.e2e.past import LAT, LON
from tests.stories.camera import EDGE, Camera

WEIGHT = 300_000


def box(lon: float, lat: float, wide: float, high: float) -> list[list[float]]:
    return [[lon, lat], [lon + wide, lat], [lon + wide, lat + high], [lon, lat + high]]


@pytest.fixture(scope="module", autouse=True)
def ground(city: LivedIn) -> None:
    """A grid cell, a permit with its ground, and cameras that are well."""
    CamerasAlive(city).report()
    cell = {
        "kind": "grid",
        "code": "G-1",
        "name": "测试网格",
        "polygon": box(LON - 0.0006, LAT - 0.0004, 0.0018, 0.0018),
    }
    city.post("admin", "/api/places/areas", cell)
    today = city.clock.now().date()
    seen = {
        "edge_id": EDGE, "camera_id": "cam-noodle", "zone_id": "zone-1",
        "polygon": [[0.2, 0.2], [0.6, 0.2], [0.6, 0.6], [0.2, 0.6]],
    }  # fmt: skip
    city.post(
        "superv",
        "/api/permits",
        {
            "id": "wb-2026-7", "number": "WB-2026-7", "subject_id": city.subjects["noodle"], "areas": [seen],
            "hours_from": "17:00", "hours_to": "22:00", "valid_from": str(today - timedelta(days=9)),
            "valid_to": str(today + timedelta(days=9)), "ground": box(LON + 0.0005, LAT - 0.0001, 0.0002, 0.0001),
        },
    )  # fmt: skip


def _open(city: LivedIn, *states: str) -> int:
    """How many open cases there are, of these states or all."""
    return city.get("seat", "/api/map/cases", state=list(states), limit=1)["total"]


def drawn(page: Page) -> None:
    page.wait_for_selector(".map-canvas[data-drawn]")


def option(page: Page, text: str):  # type: ignore[no-untyped-def]
    return page.locator(".map-row", has_text=text)


def test_a_case_chosen_in_the_list_is_chosen_on_the_map_and_in_the_address(people: People, city: LivedIn) -> None:
    page = people.visit("seat", "/console/map")
    drawn(page)
    option(page, "测试花坊").first.click()
    card = page.get_by_role("complementary")
    expect(card).to_contain_text("测试花坊")
    page.wait_for_url(f"**at=case%3A{city.cases['flower']}**")
    page.reload()
    drawn(page)
    expect(card).to_contain_text("测试花坊")
    expect(option(page, "测试花坊").first).to_have_attribute("aria-selected", "true")
    card.get_by_role("link", name="打开案件").click()
    page.wait_for_url(f"**/console/cases/{city.cases['flower']}*")
    people.clean(page, axe=False)


def test_what_is_pointed_at_on_the_map_is_marked_in_the_list_and_a_click_chooses_it(people: People) -> None:
    page = people.visit("seat", f"/console/map?c={LON},{LAT}&z=18&layers=cases")
    drawn(page)
    page.wait_for_timeout(500)
    middle = page.locator(".map-canvas").bounding_box()
    assert middle is not None
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    page.mouse.move(x - 40, y - 40)
    page.mouse.move(x, y, steps=3)
    expect(page.locator(".map-row.map-pointed")).to_contain_text("测试鲜果店")
    page.mouse.click(x, y)
    expect(page.get_by_role("complementary")).to_contain_text("测试鲜果店")
    expect(option(page, "测试鲜果店")).to_have_attribute("aria-selected", "true")
    people.clean(page)


def test_the_keyboard_goes_through_all_of_it(people: People, city: LivedIn) -> None:
    page = people.visit("seat", "/console/map?layers=cases")
    drawn(page)
    page.get_by_role("listbox").focus()
    page.keyboard.press("ArrowDown")
    first = page.locator(".map-row[aria-selected='true']").inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".map-row[aria-selected='true']")).not_to_have_text(first)
    page.keyboard.press("End")
    expect(page.locator(".map-row[aria-selected='true']")).to_be_in_viewport()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/cases/*")


def test_filters_narrow_the_list_and_stay_in_the_address(people: People, city: LivedIn) -> None:
    page = people.visit("seat", "/console/map?layers=cases")
    drawn(page)
    count = page.locator(".map-row")
    told = page.get_by_role("status").filter(has_text="共")
    expect(told).to_contain_text(f"共 {_open(city)} 项")
    page.locator(".map-filters select").select_option("waiting")
    expect(count).to_have_count(_open(city, "A1"))
    page.get_by_label("搜索").fill("工地")
    expect(count).to_have_count(1)
    assert "which=waiting" in page.url
    page.reload()
    expect(count).to_have_count(1)
    page.get_by_label("搜索").fill("没有这个")
    expect(page.get_by_text("没有符合条件的内容")).to_be_visible()
    page.get_by_label("摄像机", exact=True).check()
    page.get_by_label("许可范围").check()
    page.get_by_label("搜索").fill("WB-2026-7")
    expect(option(page, "测试面馆")).to_have_count(1)
    people.clean(page)


def test_moving_the_map_moves_the_address_and_the_list_keeps_to_what_is_seen(people: People) -> None:
    page = people.visit("seat", "/console/map?layers=cameras&sight=1")
    drawn(page)
    page.get_by_role("button", name="看全部").click()
    expect(page.locator(".map-row")).to_have_count(12)
    page.goto(f"/console/map?layers=cameras&sight=1&c={LON},{LAT}&z=19.5")
    drawn(page)
    page.get_by_role("button", name="缩小").click()
    page.wait_for_url("**z=18.5**")
    expect(page.locator(".map-row")).not_to_have_count(12)
    assert page.locator(".map-row").count() >= 1


def test_a_new_case_appears_on_both_by_itself(people: People, city: LivedIn) -> None:
    page = people.visit("seat", "/console/map?layers=cases&which=waiting")
    drawn(page)
    before = _open(city, "A1")
    expect(page.locator(".map-row")).to_have_count(before)
    camera = Camera(city, "street_goods", "cam-bikes", "outdoor_display", (LON, LAT + 0.001))
    try:
        camera.raises(uuid4(), 62.0, 2.2, 0.3)
    finally:
        camera.close()
    expect(page.locator(".map-row")).to_have_count(before + 1)
    expect(page.locator(".map-canvas")).to_have_attribute("data-drawn", str(before + 1))
    people.clean(page)


def test_nothing_leaves_the_origin_and_the_map_comes_after_the_page(people: People, city: LivedIn) -> None:
    page = people.context("seat").new_page()
    asked: list[str] = []
    weights: dict[str, int] = {}

    def heard(answer: Response) -> None:
        if answer.request.resource_type == "script" and answer.ok:
            weights[answer.url.rsplit("/", 1)[1]] = len(gzip.compress(answer.body()))

    page.on("request", lambda request: asked.append(request.url))
    page.on("response", heard)
    page.goto("/console/map")
    expect(page.locator(".map-row").first).to_be_visible()
    drawn(page)
    assert [url for url in asked if not url.startswith((city.server.url, "blob:"))] == []
    maps = {name for name in weights if "maplibre" in name}
    assert maps, "the map is a file of its own"
    assert 0 < sum(size for name, size in weights.items() if name not in maps) < WEIGHT


def test_without_graphics_the_list_still_works(people: People) -> None:
    context = people.context("seat")
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = people.open(context, f"/console/map?at=camera:{EDGE}/cam-fruit")
    expect(page.get_by_role("alert")).to_contain_text("地图显示不了")
    expect(page.locator(".map-row").first).to_be_visible()
