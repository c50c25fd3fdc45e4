"""The wall: on a big screen, on a phone, one camera live."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from edge.contracts.taxonomy import CameraState
from tests.e2e.cameras_alive import CamerasAlive
from tests.e2e.city import LivedIn
from tests.e2e.past import LAT, LON
from tests.e2e.screens import Screen
from tests.stories.camera import Camera


def lively(page: Page, city: LivedIn) -> None:
    """Every camera brings a still, two are ill, and an alert comes in now."""
    alive = CamerasAlive(city)
    alive.report({"cam-yard": CameraState.BLACK, "cam-tea": CameraState.MOVED})
    alive.all_bring()
    camera = Camera(city, "street_goods", "cam-bikes", "outdoor_display", (LON, LAT + 0.001))
    try:
        camera.raises(uuid4(), 62.0, 2.2, 0.3)
    finally:
        camera.close()
    expect(page.locator(".wall-side li.wall-fresh").first).to_be_visible()
    expect(page.locator(".wall-tile img").nth(3)).to_be_visible()


SCREENS = [
    Screen("wall", "seat", "/console/wall", ".wall-tile", lively, sizes=("wall", "phone")),
    Screen("wall-choose", "seat", "/console/wall", ".wall-tile", lambda page, _city: _choose(page), sizes=("wall",)),
]


def _choose(page: Page) -> None:
    page.locator(".wall-foot button").nth(2).click()
