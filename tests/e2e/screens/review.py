"""The monitor's desk."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.e2e.screens import Screen

if TYPE_CHECKING:
    from tests.e2e.city import LivedIn

SHOWN = ".rv-shown img"


def _asked(page: Page, _city: "LivedIn") -> None:
    page.keyboard.press("2")
    page.locator(".rv-ask").wait_for()


def _keys(page: Page, _city: "LivedIn") -> None:
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()


def _nothing(page: Page, _city: "LivedIn") -> None:
    page.goto("/console/review?from=2020-01-01&to=2020-01-02")
    page.locator(".rv-empty").wait_for()


SCREENS = [
    Screen("review", role="seat", path="/console/review", ready=SHOWN),
    Screen("review-false-alarm", role="seat", path="/console/review", ready=SHOWN, prepare=_asked, first=SHOWN),
    Screen(
        "review-keys", role="seat", path="/console/review", ready=SHOWN, prepare=_keys, sizes=("desk",), first=SHOWN
    ),
    Screen("review-empty", role="seat", path="/console/review", ready=".rv-empty", prepare=_nothing, first=SHOWN),
]
