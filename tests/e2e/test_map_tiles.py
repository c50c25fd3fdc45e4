"""A tile server by configuration: its host and no other, and on shifted tiles everything is shifted alike."""

import math
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from server.config import ServerSettings
from server.geo.tiles import MapSettings
from server.places.datum import to_gcj02
from tests.e2e.browser import People
from tests.e2e.city import Kept, LivedIn
from tests.e2e.past import LAT, LON

ZOOM = 18
WHITE = cv2.imencode(".png", np.full((256, 256, 3), 240, np.uint8))[1].tobytes()


class Tiles(BaseHTTPRequestHandler):
    """Gives the same tile for every address and remembers the addresses."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(WHITE)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class TiledCity(LivedIn):
    """The city with a map from somewhere."""

    map = MapSettings()

    def settings(self) -> ServerSettings:
        return super().settings().model_copy(update={"map": self.map})


@pytest.fixture
def tiles() -> Iterator[tuple[str, list[str]]]:
    """A tile server's address, and what it was asked for."""
    asked: list[str] = []
    handler = type("Asked", (Tiles,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def test_tiles_come_from_the_host_named_and_our_things_lie_where_they_are_on_them(
    kept: Kept, tmp_path: Path, browser: Browser, screens: None, tiles: tuple[str, list[str]]
) -> None:
    address, asked = tiles
    template = f"{address}/{{z}}/{{x}}/{{y}}.png"
    TiledCity.map = MapSettings.model_validate({"tiles": [template], "attribution": "测试底图", "crs": "gcj02"})
    with TiledCity(kept, tmp_path / "city") as city:
        people = People(browser, city)
        page = people.visit("seat", f"/console/map?c={LON},{LAT}&z={ZOOM}&layers=cases")
        page.wait_for_selector(".map-canvas[data-drawn]")
        expect(page.get_by_text("测试底图")).to_be_visible()
        page.wait_for_timeout(1000)
        assert _tile(to_gcj02((LON, LAT))) in asked, "the ground under the centre of the view"
        box = page.locator(".map-canvas").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        expect(page.locator(".map-row.map-pointed")).to_contain_text("测试鲜果店")
        page.get_by_role("button", name="放大").click()
        page.wait_for_url("**z=19.0**")
        lon, lat = (float(part) for part in page.url.partition("c=")[2].split("&")[0].split("%2C"))
        assert abs(lon - LON) < 1e-4, "the address speaks WGS-84"
        assert abs(lat - LAT) < 1e-4
        people.clean(page, axe=False)
        people.close()


def _tile(point: tuple[float, float]) -> str:
    """The web Mercator tile that holds a point of the map."""
    lon, lat = point
    side = 2**ZOOM
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return f"/{ZOOM}/{x}/{y}.png"
