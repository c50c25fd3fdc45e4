"""A phone on the street for tests: a camera that shows a film, a network that fails as networks do, things to press."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from uuid import uuid4

import cv2
import numpy as np
from playwright.sync_api import BrowserContext, Page, Route, expect

FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
HERE = {"longitude": 119.9742, "latitude": 31.7791, "accuracy": 6}


def film(folder: Path, code: str) -> Path:
    """A film for the fake camera (MJPEG): a paper with the QR code lies on a grey table, no two frames alike."""
    module = cv2.QRCodeEncoder.create().encode(code)
    code_px = cv2.resize(module, (420, 420), interpolation=cv2.INTER_NEAREST)
    frame = np.full((720, 1280), 120, np.uint8)
    frame[130:590, 410:870] = 255
    frame[150:570, 430:850] = code_px
    pictures: list[bytes] = []
    for number in range(60):
        shown = cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR)
        cv2.putText(shown, str(number), (40, 120), cv2.FONT_HERSHEY_SIMPLEX, 4, (255, 255, 255), 8)
        pictures.append(cv2.imencode(".jpg", shown)[1].tobytes())
    file = folder / "film.mjpeg"
    file.write_bytes(b"".join(pictures))
    return file


def photo(folder: Path, number: int) -> Path:
    """A photo larger than what is sent; each another one."""
    picture = np.full((1500, 2000, 3), (60, 90 + number, 120), np.uint8)
    cv2.putText(picture, str(number), (300, 1000), cv2.FONT_HERSHEY_SIMPLEX, 20, (255, 255, 255), 45)
    file = folder / f"photo-{number}.jpg"
    file.write_bytes(cv2.imencode(".jpg", picture)[1].tobytes())
    return file


class BadNetwork:
    """Cuts requests that change something: one in five never arrives, of one in five only the answer is lost.

    `broken` makes it a phone whose outbox makes a new key for every try: the check of a test must notice.
    """

    def __init__(self, context: BrowserContext, *, broken: bool = False) -> None:
        self._turn, self._broken = count(), broken
        self.lost_answers = 0
        context.route("**/api/reports", self._cut)
        context.route("**/api/evidence/*", self._cut)
        context.route("**/api/cases/*/*", self._cut)
        context.route("**/api/verdicts", self._cut)

    def _cut(self, route: Route) -> None:
        if route.request.method == "GET":
            route.continue_()
            return
        headers = route.request.headers
        if self._broken and "idempotency-key" in headers:
            headers = headers | {"idempotency-key": str(uuid4())}
        match next(self._turn) % 5:
            case 1:
                route.abort("connectionreset")
            case 3:
                route.fetch(headers=headers)
                self.lost_answers += 1
                route.abort("connectionreset")
            case _:
                route.continue_(headers=headers)


def ready(page: Page) -> None:
    """The app stands, its tasks are here, and it would open again without a network."""
    expect(page.locator(".o-line")).to_have_attribute("data-sending", "idle", timeout=30_000)
    kept = "async () => (await (await caches.open('officer-marks')).match('/in-use')) !== undefined"
    wait_for(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null") and page.evaluate(kept))


def from_album(page: Page, file: Path) -> None:
    """A photo into the form that is open."""
    page.get_by_role("button", name="拍照", exact=True).first.click()
    page.locator(".o-camera input[type=file]").set_input_files(file)
    page.get_by_role("button", name="用这张").click()
    expect(page.locator(".o-photos li")).not_to_have_count(0)


def shoot(page: Page) -> None:
    """A photo with the phone's own camera into the form that is open."""
    page.get_by_role("button", name="拍照", exact=True).first.click()
    page.get_by_role("button", name="按下拍照").click()
    page.get_by_role("button", name="用这张").click()


def sign(page: Page, name: str, stroke: int = 18) -> None:
    """The party signs on the glass; nobody signs twice alike."""
    page.get_by_label("签名人").fill(name)
    glass = page.get_by_role("img", name="在框内签名")
    glass.evaluate("glass => glass.scrollIntoView({ block: 'center' })")
    box = glass.bounding_box()
    assert box is not None
    left, top = box["x"] + 30, box["y"] + box["height"] / 2
    page.mouse.move(left, top)
    page.mouse.down()
    for step in range(1, 25):
        page.mouse.move(left + 9 * step, top + (stroke if step % 2 else -stroke))
    page.mouse.up()
    page.get_by_role("button", name="签好了").click()
    expect(page.get_by_role("img", name="已签名")).to_be_visible()


def wait_for(page: Page, what: Callable[[], bool], seconds: float = 150) -> None:
    """Until it is so, with the page alive meanwhile."""
    for _ in range(int(seconds * 5)):
        if what():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not come to that")
