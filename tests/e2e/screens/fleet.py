"""Edges and cameras, and the page of one camera."""

from playwright.sync_api import Page

from tests.e2e.city import LivedIn
from tests.e2e.edge_played import EdgePlayed
from tests.e2e.screens import Screen


def _alive(page: Page, city: LivedIn) -> None:
    edge = EdgePlayed(city)
    edge.alive.all_bring()
    page.reload()
    page.locator(".fleet-camera img").first.wait_for()


def _tried(page: Page, city: LivedIn) -> None:
    _alive(page, city)
    page.get_by_role("button", name="接入摄像机").or_(page.get_by_role("button", name="Add a camera")).click()
    page.locator(".fleet-ask input").first.fill("rtsp://192.168.1.20:554/stream1")
    with page.expect_response(lambda answer: answer.url.endswith("/probes")) as asked:
        page.locator(".fleet-ask button[type=submit]").click()
    EdgePlayed(city).finds(asked.value.json()["id"])
    page.locator(".fleet-named img").wait_for()


def _still(page: Page, city: LivedIn) -> None:
    EdgePlayed(city).alive.brings("fruit")
    page.reload()
    page.locator(".drawing img").wait_for()


def _drawn(page: Page, city: LivedIn) -> None:
    _still(page, city)
    page.locator(".camera-zone").first.click()
    page.locator(".drawing-corner").first.wait_for()


def _ground(page: Page, city: LivedIn) -> None:
    edge = EdgePlayed(city)
    edge.alive.brings("fruit")
    page.reload()
    page.locator(".drawing-line").first.wait_for(state="attached")


FRUIT = "/console/fleet/edge-story/cam-fruit"
SCREENS = [
    Screen("fleet", role="superv", path="/console/fleet", ready=".fleet-edge", prepare=_alive),
    Screen("fleet-add", role="superv", path="/console/fleet", ready=".fleet-edge", prepare=_tried),
    Screen("camera", role="superv", path=FRUIT, ready=".state, .drawing", prepare=_drawn),
    Screen("camera-place", role="superv", path=f"{FRUIT}?tab=place", ready="form.camera-place", prepare=_still),
    Screen("camera-ground", role="superv", path=f"{FRUIT}?tab=ground", ready=".state, .drawing", prepare=_ground),
]
