"""The map: cases and cameras, and what is known of a chosen one."""

from playwright.sync_api import Page, expect

from edge.contracts.taxonomy import CameraState
from tests.e2e.cameras_alive import CamerasAlive
from tests.e2e.city import LivedIn
from tests.e2e.screens import Screen


def _well(page: Page, city: LivedIn) -> None:
    alive = CamerasAlive(city)
    alive.report({"cam-yard": CameraState.BLACK})
    alive.brings("fruit")
    page.wait_for_timeout(1500)


def _chosen(page: Page, city: LivedIn) -> None:
    _well(page, city)
    page.locator(".map-row").first.click()
    expect(page.locator(".map-card")).to_be_visible()
    page.wait_for_timeout(800)


SCREENS = [
    Screen("map", "superv", "/console/map", ".map-canvas[data-drawn]", _well),
    Screen("map-case", "superv", "/console/map", ".map-canvas[data-drawn]", _chosen),
]
