"""Key figures: all of them with one chosen, and the heat by place and hour."""

from playwright.sync_api import Page

from tests.e2e.city import LivedIn
from tests.e2e.screens import Screen


def _heat(page: Page, _city: LivedIn) -> None:
    page.locator(".kpi-heat").scroll_into_view_if_needed()
    page.wait_for_timeout(300)


SCREENS = [
    Screen("kpi", "superv", "/console/kpi?kpi=valid_alerts", ".chart-box[data-drawn='1']"),
    Screen("kpi-heat", "superv", "/console/kpi", ".kpi-heat tbody tr", _heat),
]
