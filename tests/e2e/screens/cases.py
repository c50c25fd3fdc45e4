"""The list of cases and the page of one."""

from playwright.sync_api import Page

from tests.e2e.city import LivedIn
from tests.e2e.screens import Screen


def opened(page: Page, _city: LivedIn) -> None:
    """The first case of the list."""
    page.locator(".rows-row a").first.click()
    page.wait_for_selector(".thread-step")


def choosing(page: Page, _city: LivedIn) -> None:
    """Three cases chosen, and what may be done with them."""
    page.locator(".cases-tick").first.wait_for()
    for box in page.locator(".cases-tick").all()[:3]:
        box.check()


SCREENS = [
    Screen("cases", role="superv", path="/console/cases", ready=".rows-row"),
    Screen("cases-bulk", role="seat", path="/console/cases?state=A1", ready=".rows-row", prepare=choosing),
    Screen("case-review", role="seat", path="/console/cases?state=A1", ready=".thread-step", prepare=opened),
    Screen("case-archived", role="superv", path="/console/cases/{case:noodle}", ready=".thread-step"),
    Screen("case-approval", role="head", path="/console/cases?state=L4", ready=".thread-step", prepare=opened),
]
