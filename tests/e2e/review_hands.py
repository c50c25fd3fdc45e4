"""A monitor's hands on the review page, and a street whose cameras raise alerts."""

from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.e2e.review_alerts import WholeCamera

PATH = "/console/review"


class Street:
    """Each alert is another camera's: two of one place would be one case."""

    def __init__(self, city: LivedIn) -> None:
        self._city, self._cameras = city, list[WholeCamera]()

    def raises(self, mark: str = "") -> str:
        """The id of a new case."""
        number = len(self._cameras)
        camera = WholeCamera(self._city, f"cam-whole-{number}", (119.9751 + 0.001 * number, 31.7795))
        self._cameras.append(camera)
        return camera.raises_whole(uuid4(), 64.0 + number, mark or str(number))

    def close(self) -> None:
        """Every camera hangs up."""
        for camera in self._cameras:
            camera.close()


PAINTED = """() => { const i = document.querySelector('.rv-shown img');
return Boolean(i && i.complete && i.naturalWidth > 0) }"""


def wait(page: Page, is_so: str) -> None:
    """Until this function in the page says so."""
    for _ in range(150):
        if page.evaluate(is_so):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {is_so}")


def shown(page: Page) -> str:
    """The id of the case that is looked at, once its picture stands there."""
    wait(page, PAINTED)
    return page.locator(".rv-shown").get_attribute("data-case") or ""


def opened(people: People, who: str, path: str = PATH) -> Page:
    page = people.visit(who, path)
    shown(page)
    return page


def moved_on(page: Page, case_id: str) -> None:
    """Another case stands there."""
    expect(page.locator(f".rv-shown[data-case='{case_id}']")).to_have_count(0)


def steps(city: LivedIn, case_id: str) -> list[tuple[str, str, str]]:
    found = city.get("seat", f"/api/cases/{case_id}")["steps"]
    return [(step["kind"], step["to_state"], step["reason"]) for step in found]


def until(city: LivedIn, page: Page, case_id: str, state: str) -> dict[str, Any]:
    """The case once it is in that state."""
    seen = ""
    for _ in range(150):
        case = city.get("seat", f"/api/cases/{case_id}")
        seen = case["state"]
        if seen == state:
            return case
        page.wait_for_timeout(100)
    raise AssertionError(f"{case_id} is {seen}, not {state}")
