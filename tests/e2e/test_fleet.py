"""Cameras on the screen: draw with snapping and undo, see what will change, be refused by the edge, go back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.e2e.browser import People
from tests.e2e.city import Kept, LivedIn
from tests.e2e.edge_played import EdgePlayed
from tests.stories.camera import EDGE

FRUIT = f"/console/fleet/{EDGE}/cam-fruit"
SECRET = "s3cret-of-the-camera"


@pytest.fixture
def city(kept: Kept, tmp_path: Path) -> Iterator[LivedIn]:
    """A city for each test: plans are numbered."""
    with LivedIn(kept, tmp_path / "city") as running:
        yield running


@pytest.fixture
def edge(city: LivedIn) -> EdgePlayed:
    played = EdgePlayed(city)
    played.alive.brings("fruit")
    return played


def opened(people: People, path: str = FRUIT, **how: str) -> Page:
    page = people.visit("superv", path, **how)
    expect(page.locator(".drawing img")).to_be_visible()
    return page


def sheet(page: Page) -> FloatRect:
    box = page.locator(".drawing svg").bounding_box()
    assert box is not None
    return box


def click(page: Page, x: float, y: float) -> None:
    box = sheet(page)
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


def corner(page: Page, number: int) -> Locator:
    return page.get_by_role("button", name=f"角点 {number}/")


def places(page: Page) -> list[tuple[int, int]]:
    names = [handle.get_attribute("aria-label") or "" for handle in page.locator(".drawing-corner").all()]
    return [(int(x), int(y)) for name in names for x, y in re.findall(r"横 (\d+)%，纵 (\d+)%", name)]


def changes(page: Page) -> Locator:
    return page.locator(".camera-changes")


def force(page: Page, note: str) -> None:
    page.get_by_label("说明（为什么改）").fill(note)
    page.get_by_role("button", name="生效").click()
    expect(page.locator(".camera-answer")).to_contain_text("等它回答")


def test_drawn_snapped_taken_back_compared_refused_and_rolled_back(people: People, edge: EdgePlayed) -> None:
    page = opened(people)
    expect(changes(page)).to_contain_text("和节点正在运行的一样")

    # Drawn close to a corner of the zone that is there (0.66, 0.44), and close to the frame: both snap.
    page.get_by_role("button", name="画区域", exact=True).click()
    for x, y in [(0.66, 0.441), (0.9, 0.5), (0.996, 0.8), (0.7, 0.8)]:
        click(page, x, y)
    page.keyboard.press("Enter")
    expect(page.locator(".drawing-corner")).to_have_count(4)
    drawn = places(page)
    assert drawn[0] == (66, 44)
    assert drawn[2] == (100, 80)
    page.get_by_label("区域名称").fill("东侧人行道")
    expect(page.get_by_text("还没有选看什么").first).to_be_visible()
    expect(page.get_by_role("button", name="生效")).to_be_disabled()
    page.get_by_label("店外经营（占道摆放）").check()
    expect(changes(page)).to_contain_text("新增区域“东侧人行道”")
    expect(page.get_by_text("还没有选看什么")).to_have_count(0)

    # A corner moved by key, and taken back.
    corner(page, 2).focus()
    page.keyboard.press("Shift+ArrowDown")
    assert places(page)[1] == (90, 52)
    page.keyboard.press("Tab")
    expect(corner(page, 3)).to_be_focused()
    page.keyboard.press("Control+z")
    assert places(page)[1] == (90, 50)
    page.get_by_role("button", name="恢复").click()
    assert places(page)[1] == (90, 52)

    # Refused by the edge: its reason stands at the zone.
    force(page, "加看东侧")
    problem = "plan 1: cameras[0].zones[1].violations[0]: 'outdoor_display': no model here measures it"
    edge.answers(1, [problem])
    expect(page.locator(".camera-answer")).to_contain_text("节点不接受第 1 版", timeout=15_000)
    expect(page.locator(".camera-zones li", has_text="东侧人行道")).to_contain_text("no model here measures it")

    # Put right, accepted, seen to run; then back to the first version's content.
    page.get_by_label("暴露垃圾").check()
    page.get_by_label("店外经营（占道摆放）").uncheck()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    force(page, "改看垃圾")
    plan = edge.obeys(2)
    assert plan.cameras[0].address is None  # the edge keeps the stream of its own file
    assert plan.cameras[0].zones[1].violations == ["exposed_garbage"]
    expect(page.get_by_text("节点已接受，第 2 版正在运行")).to_be_visible(timeout=15_000)
    page.get_by_text("历史版本").click()
    page.locator(".camera-versions li", has_text="第 1 版").get_by_role("button", name="回退到这一版").click()
    page.get_by_label("为什么回退").fill("还是看占道")
    page.get_by_role("button", name="确认回退").click()
    expect(page.locator(".camera-versions")).to_contain_text("回到第 1 版的内容")
    assert edge.obeys(3).cameras[0].zones[1].violations == ["outdoor_display"]
    expect(page.get_by_text("节点已接受，第 3 版正在运行")).to_be_visible(timeout=15_000)
    people.clean(page)


def test_two_people_at_one_plan(people: People, edge: EdgePlayed) -> None:
    one, other = opened(people), opened(people)
    one.locator(".camera-zone").first.click()
    other.locator(".camera-zone").first.click()
    one.get_by_label("区域名称").fill("门前一")
    expect(one.get_by_text("草稿已保存")).to_be_visible()
    # The other sees it by itself, without a click.
    expect(other.get_by_label("区域名称")).to_have_value("门前一")
    one.once("dialog", lambda dialog: dialog.accept())
    one.get_by_role("button", name="放弃草稿").click()
    expect(changes(one)).to_contain_text("和节点正在运行的一样")
    people.clean(one)


def test_a_camera_by_its_address_and_no_password_comes_back(people: People, edge: EdgePlayed) -> None:
    page = people.visit("superv", "/console/fleet")
    page.get_by_role("button", name="接入摄像机").click()
    page.get_by_label("摄像机地址").fill("rtsp://192.168.1.20:554/stream1")
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码").fill(SECRET)
    with page.expect_response(lambda answer: answer.url.endswith("/probes")) as asked:
        page.get_by_role("button", name="试看画面").click()
    expect(page.get_by_text(f"已请节点 {EDGE} 去看")).to_be_visible()
    assert edge.finds(asked.value.json()["id"]) == f"rtsp://admin:{SECRET}@192.168.1.20:554/stream1"
    expect(page.get_by_role("img", name="试看到的画面")).to_be_visible()
    page.get_by_label("名称").fill("新装的")
    page.get_by_role("button", name="接入，下一步画区域").click()
    expect(page.get_by_text("点“画区域”")).to_be_visible()
    expect(page.locator(".drawing img")).to_be_visible()
    page.get_by_role("button", name="先放一个方框再调整").click()
    page.get_by_label("店外经营（占道摆放）").check()
    force(page, "新装摄像机")
    version = max(row["version"] for row in edge.city.get("superv", f"/api/edges/{EDGE}/plan/versions"))
    new = next(camera for camera in edge.obeys(version).cameras if camera.name == "新装的")
    assert new.address == f"rtsp://admin:{SECRET}@192.168.1.20:554/stream1"
    expect(page.locator(".camera-answer")).to_contain_text("节点已接受", timeout=15_000)
    assert SECRET not in page.content()
    assert SECRET not in str(edge.city.get("superv", f"/api/edges/{EDGE}/plan"))
    people.clean(page)


def test_the_ground_from_four_points_with_its_grid(people: People, edge: EdgePlayed) -> None:
    page = opened(people, f"{FRUIT}?tab=ground")
    expect(page.locator(".drawing-line").first).to_be_attached(timeout=15_000)
    expect(page.get_by_text("平均偏差 0.0")).to_be_visible()
    # One measure is exchanged: the grid goes, and the reason says which.
    boxes = page.get_by_label("横向（米）")
    before = boxes.first.input_value()
    boxes.first.fill("40")
    expect(page.get_by_text("这些点不能用")).to_be_visible(timeout=15_000)
    expect(page.locator(".drawing-line")).to_have_count(0)
    expect(page.get_by_role("button", name="用这个标定")).to_be_disabled()
    boxes.first.fill(before)
    expect(page.locator(".drawing-line").first).to_be_attached(timeout=15_000)
    people.clean(page)
