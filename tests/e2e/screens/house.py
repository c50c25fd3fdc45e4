"""One's own messages, the people of the house, the audit log."""

from playwright.sync_api import Page

from tests.e2e.city import LivedIn
from tests.e2e.screens import Screen


def _chosen(page: Page, _city: LivedIn) -> None:
    page.locator(".rows-row").nth(2).click()
    page.locator(".people > .people-one, .audit-one").first.wait_for()


SCREENS = [
    Screen("inbox", role="officer", path="/console/inbox", ready=".inbox-list li"),
    Screen("people", role="admin", path="/console/people", ready=".rows-row", prepare=_chosen),
    Screen("audit", role="auditor", path="/console/audit", ready=".rows-row", prepare=_chosen),
]
