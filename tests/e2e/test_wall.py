"""The wall: live pictures with their health, today's alerts as they come, chosen cameras, hands off."""

import gzip
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from edge.contracts.taxonomy import CameraState
from server.stills.watching import LASTS
from tests.e2e.browser import People
from tests.e2e.cameras_alive import CamerasAlive
from tests.e2e.city import LivedIn
from tests.e2e.past import LAT, LON
from tests.stories.camera import EDGE, Camera

WEIGHT = 300_000


@pytest.fixture(scope="module")
def alive(city: LivedIn) -> CamerasAlive:
    cameras = CamerasAlive(city)
    cameras.report({"cam-yard": CameraState.BLACK})
    for key in ("fruit", "yard", "tea"):
        cameras.brings(key)
    return cameras


def open_streams(city: LivedIn):  # type: ignore[no-untyped-def]
    """Counts the live pictures that the server sends now."""
    state = city.server.app.state
    return lambda: state.live_stills.open if hasattr(state, "live_stills") else 0


def tile(page: Page, key: str) -> str:
    return f".wall-tile:has(img[src*='{EDGE}/cam-{key}?'])"


def test_pictures_are_live_and_ill_cameras_say_so(people: People, alive: CamerasAlive) -> None:
    page = people.visit("seat", "/console/inbox", size="wall")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/console/wall?size=16")
    expect(page.locator(".wall-tile")).to_have_count(12)
    expect(page.locator(tile(page, "yard"))).to_contain_text("黑屏")
    expect(page.locator(tile(page, "fruit")).locator(".wall-ill")).to_have_count(0)
    picture = page.locator(f"{tile(page, 'fruit')} img")
    before = picture.get_attribute("src")
    alive.brings("fruit", 64)
    expect(picture).not_to_have_attribute("src", str(before))
    expect(page.locator(".wall-tile", has_text="还没有画面")).to_have_count(9)
    people.clean(page)
    assert [url for url in asked if not url.startswith(people.city.server.url)] == []


def test_the_edges_are_asked_for_the_cameras_in_sight_only(people: People, alive: CamerasAlive) -> None:
    page = people.context("seat", size="wall").new_page()
    with page.expect_request("**/api/stills/watch") as told:
        page.goto(f"/console/wall?cameras={EDGE}/cam-fruit,{EDGE}/cam-tea")
    assert told.value.post_data_json == {
        "cameras": [{"edge_id": EDGE, "camera_id": f"cam-{key}"} for key in ("fruit", "tea")]
    }
    assert LASTS.total_seconds() > 50


def test_a_new_alert_comes_by_itself_and_is_marked(people: People, city: LivedIn, alive: CamerasAlive) -> None:
    page = people.visit("seat", "/console/wall", size="wall")
    shown = page.get_by_role("list", name="今日预警").get_by_role("listitem")
    waiting = page.locator(".wall-counters div", has_text="待研判").locator("dd")
    waited = city.get("seat", "/api/wall/today")["waiting"]
    expect(waiting).to_have_text(str(waited))
    before = shown.count()
    camera = Camera(city, "street_goods", "cam-bikes", "outdoor_display", (LON, LAT))
    try:
        camera.raises(uuid4(), 62.0, 2.2, 0.3)
    finally:
        camera.close()
    expect(shown).to_have_count(before + 1)
    expect(shown.first).to_contain_text("店外经营")
    expect(shown.first).to_have_class("wall-fresh")
    expect(waiting).to_have_text(str(waited + 1))
    expect(page.locator(".wall-counters div", has_text="预警").first.locator("dd")).not_to_have_text("0")
    tile = page.locator(".wall-tile", has_text="cam-bikes")
    expect(tile).to_contain_text("今日预警")
    expect(tile).to_have_class("wall-tile wall-fresh")
    people.clean(page)


def test_nothing_moves_for_who_wants_it_so(people: People, alive: CamerasAlive) -> None:
    name = "getComputedStyle(document.querySelector('.wall-tile')).animationName"
    mark = "document.querySelector('.wall-tile').classList.add('wall-fresh')"
    for motion, moves in (("no-preference", "wall-fresh"), ("reduce", "none")):
        page = people.visit("seat", "/console/wall", size="wall", reduced_motion=motion)
        expect(page.locator(".wall-tile").first).to_be_visible()
        page.evaluate(mark)
        assert page.evaluate(name) == moves


def test_cameras_are_chosen_and_the_address_keeps_them(people: People, alive: CamerasAlive) -> None:
    page = people.visit("seat", "/console/wall", size="wall")
    page.get_by_role("button", name="选择画面").click()
    for key in ("tea", "fruit"):
        page.get_by_role("checkbox", name=f"cam-{key}").check()
    page.get_by_label("每屏画面数").select_option("1")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("已选 2 个")
    page.get_by_role("button", name="完成").click()
    assert page.url.endswith(f"?cameras={EDGE}%2Fcam-tea%2C{EDGE}%2Fcam-fruit&size=1")
    page.reload()
    expect(page.locator(tile(page, "tea"))).to_be_visible()
    expect(page.locator(".wall-tile")).to_have_count(1)
    page.get_by_role("button", name="下一屏").click()
    expect(page.locator(tile(page, "fruit"))).to_be_visible()
    people.clean(page)


def test_pages_of_tiles_turn_by_themselves(people: People, alive: CamerasAlive) -> None:
    page = people.context("seat", size="wall").new_page()
    page.clock.install()
    page.goto("/console/wall?size=4&every=10")
    expect(page.get_by_text("第 1/3 屏")).to_be_visible()
    page.clock.run_for(10_500)
    expect(page.get_by_text("第 2/3 屏")).to_be_visible()
    page.get_by_role("button", name="暂停轮播").click()
    page.clock.run_for(30_000)
    expect(page.get_by_text("第 2/3 屏")).to_be_visible()


def test_one_camera_live_and_the_stream_ends_when_it_is_closed(people: People, alive: CamerasAlive) -> None:
    page = people.visit("seat", "/console/wall?size=16", size="wall")
    page.locator(tile(page, "fruit")).click()
    live = page.get_by_role("dialog")
    expect(live).to_contain_text("实时画面")
    alive.brings("fruit", 66)
    picture = page.locator(".wall-live img")
    _until(page, lambda: picture.evaluate("image => image.naturalWidth") > 0)
    assert f"focus={EDGE}%2Fcam-fruit" in page.url
    limit = open_streams(people.city)
    assert limit() == 1
    page.keyboard.press("Escape")
    expect(live).to_have_count(0)
    people.clean(page)
    _until(page, lambda: limit() == 0)


def test_a_live_picture_ends_with_the_session(people: People, alive: CamerasAlive, city: LivedIn) -> None:
    page = people.visit("seat", f"/console/wall?focus={EDGE}/cam-fruit", size="wall")
    limit = open_streams(city)
    _until(page, lambda: limit() == 1)
    people.expects(page, ": 401")
    assert page.request.delete("/api/session", headers={"Origin": city.server.url}).ok
    _until(page, lambda: limit() == 0)


def test_the_page_is_light_before_it_is_used(people: People) -> None:
    page = people.context("seat").new_page()
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(_script(answer)))
    page.goto("/console/wall")
    expect(page.locator(".wall-tile").first).to_be_visible()
    assert 0 < sum(weights) < WEIGHT


def _script(answer) -> int:  # type: ignore[no-untyped-def]
    """Bytes of a script as a compressing server would send them."""
    return len(gzip.compress(answer.body())) if answer.request.resource_type == "script" else 0


def _until(page: Page, is_so, seconds: float = 15) -> None:  # type: ignore[no-untyped-def]
    for _ in range(int(seconds * 5)):
        if is_so():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not come about")
