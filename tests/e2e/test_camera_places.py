"""A permit drawn on a camera's picture, and where a camera and its zones lie on the map."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.e2e.edge_played import EdgePlayed
from tests.e2e.test_fleet import FRUIT, click, opened
from tests.stories.camera import EDGE

NUMBER = "外摆〔2026〕7号"


@pytest.fixture
def edge(city: LivedIn) -> EdgePlayed:
    played = EdgePlayed(city)
    played.alive.brings("fruit")
    return played


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text).first).to_be_visible()


def test_a_permit_is_drawn_moved_into_the_register_and_taken_off(people: People, edge: EdgePlayed) -> None:
    city = edge.city
    elsewhere = {
        "edge_id": EDGE, "camera_id": "cam-noodle", "zone_id": "z-food",
        "polygon": [[0.2, 0.4], [0.8, 0.4], [0.8, 0.9]],
    }  # fmt: skip
    permit = {
        "id": "fruit-2026", "number": NUMBER, "subject_id": city.subjects["fruit"], "areas": [elsewhere],
        "goods": "水果", "terms": "", "hours_from": "06:00", "hours_to": "22:00", "valid_from": "2026-01-01",
        "valid_to": "2027-12-31",
    }  # fmt: skip
    city.post("superv", "/api/permits", permit)

    page = opened(people, f"{FRUIT}?tab=permits")
    expect(page.get_by_text("这路摄像机没有许可区域")).to_be_visible()
    page.get_by_label("按许可证号或经营内容查找").fill("水果")
    page.get_by_label("选一个许可").select_option("fruit-2026")
    page.get_by_role("button", name="画许可区域").click()
    for x, y in [(0.3, 0.55), (0.6, 0.55), (0.6, 0.8), (0.3, 0.8)]:
        click(page, x, y)
    page.keyboard.press("Enter")
    page.get_by_label("为什么改").fill("按现场划线")
    page.get_by_role("button", name="保存许可区域").click()
    said(page, "已保存")
    areas = city.get("superv", "/api/permits/fruit-2026")["areas"]
    assert sorted(area["camera_id"] for area in areas) == ["cam-fruit", "cam-noodle"], "the other camera's stays"
    drawn = next(area for area in areas if area["camera_id"] == "cam-fruit")
    assert [[round(x, 2), round(y, 2)] for x, y in drawn["polygon"]] == [
        [0.3, 0.55],
        [0.6, 0.55],
        [0.6, 0.8],
        [0.3, 0.8],
    ]

    page.locator(".camera-zone").first.click()
    page.get_by_role("button", name="去掉这块").click()
    page.get_by_label("为什么改").fill("画错了摄像机")
    with page.expect_response("**/api/permits/fruit-2026/areas") as told:
        page.get_by_role("button", name="保存许可区域").click()
    assert told.value.ok
    expect(page.get_by_text("这路摄像机没有许可区域")).to_be_visible()
    areas = city.get("superv", "/api/permits/fruit-2026")["areas"]
    assert [area["camera_id"] for area in areas] == ["cam-noodle"]
    people.clean(page)


def test_a_camera_and_its_zones_are_put_on_the_map(people: People, edge: EdgePlayed) -> None:
    page = opened(people, f"{FRUIT}?tab=place")
    where, zones = page.locator("form.camera-place").all()
    where.get_by_label("经度").fill("219.97")
    where.get_by_label("纬度").fill("31.7801")
    where.get_by_role("button", name="保存位置").click()
    said(page, "经度应在 -180 到 180")
    where.get_by_label("经度").fill("119.9702")
    where.get_by_label("地点名称").fill("滨河路 12 号")
    where.get_by_role("button", name="保存位置").click()
    said(page, "已保存")
    kept = [one for one in edge.city.get("superv", "/api/places/cameras") if one["camera_id"] == "cam-fruit"]
    assert [(one["lon"], one["lat"], one["name"]) for one in kept] == [(119.9702, 31.7801, "滨河路 12 号")]

    zones.get_by_label("经度").fill("119.9702")
    zones.get_by_label("纬度").fill("31.7801")
    zones.get_by_role("button", name="把区域写到地图").click()
    said(page, "已写好 1 个区域")
    page.goto("/console/map?lon=119.9702&lat=31.7801&zoom=18")
    expect(page.locator(".maplibregl-canvas")).to_be_visible()
    people.clean(page)
