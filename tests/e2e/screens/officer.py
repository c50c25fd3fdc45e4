"""The officer's phone."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.e2e.screens import Screen

if TYPE_CHECKING:
    from tests.e2e.city import LivedIn

CARD = ".o-card img"
PHONE = ("phone",)
PICTURE = "img.o-picture"
DEED = "/officer/?at=do&case={case:dress}"


def _sheet(page: Page, _city: "LivedIn") -> None:
    page.locator(".o-next .plain").click()
    page.locator(".o-sheet[open]").wait_for()


def _offline(page: Page, _city: "LivedIn") -> None:
    page.context.set_offline(True)
    page.locator(".o-next .o-big:not(.plain)").first.click()
    page.locator('.o-line[data-sending="away"]').wait_for()
    page.locator(".o-note").first.wait_for()


def _dark(page: Page, _city: "LivedIn") -> None:
    page.evaluate("localStorage.setItem('shouwei.theme', 'dark')")
    page.reload()
    page.locator(CARD).first.wait_for()


SCREENS = [
    Screen("officer-tasks", role="officer", path="/officer/", ready=CARD, sizes=("phone", "desk")),
    Screen("officer-tasks-night", role="officer", path="/officer/", ready=CARD, prepare=_dark, sizes=PHONE),
    Screen("officer-task", role="officer", path="/officer/?at=task&case={case:dress}", ready=PICTURE, sizes=PHONE),
    Screen(
        "officer-task-more", role="officer", path="/officer/?at=task&case={case:dress}", ready=".o-next",
        prepare=_sheet, sizes=PHONE,
    ),
    Screen(
        "officer-task-offline", role="officer", path="/officer/?at=task&case={case:dress}", ready=PICTURE,
        prepare=_offline, first=PICTURE, sizes=PHONE,
    ),
    Screen("officer-order", role="officer", path=f"{DEED}&what=order", ready=".sig", sizes=PHONE),
    Screen("officer-pledge", role="officer", path=f"{DEED}&what=pledge", ready=".sig", sizes=PHONE),
    Screen("officer-report", role="officer", path="/officer/?at=report", ready=".o-choice label", sizes=PHONE),
    Screen("officer-scan", role="officer", path="/officer/?at=scan", ready=".o-reader", sizes=PHONE),
    Screen("officer-sending", role="officer", path="/officer/?at=sending", ready=".o-empty", sizes=PHONE),
    Screen("officer-me", role="officer", path="/officer/?at=me", ready=".o-facts", sizes=PHONE),
    Screen("officer-login", role="", path="/officer/", ready="form", sizes=PHONE),
]  # fmt: skip
