"""The party's pages: from the message, on a phone."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.e2e.screens import Screen

if TYPE_CHECKING:
    from tests.e2e.city import LivedIn


def with_link(place: str) -> "object":
    """Opens the case of a place with a link that an officer made."""

    def prepare(page: Page, city: "LivedIn") -> None:
        made = city.post("officer", f"/api/cases/{city.cases[place]}/party-links")
        page.goto(f"/party#{made['code']}")
        page.locator("#pt-now").wait_for()
        page.locator(".pt-picture, .pt-seen .pt-faint").first.wait_for()

    return prepare


SCREENS = [
    Screen("party-reminded", role="", path="/party", ready="#pt-now", prepare=with_link("phone")),  # type: ignore[arg-type]
    Screen("party-ordered", role="", path="/party", ready="#pt-pledge", prepare=with_link("yard")),  # type: ignore[arg-type]
    Screen("party-exempt", role="", path="/party", ready="#pt-outcome", prepare=with_link("noodle")),  # type: ignore[arg-type]
    Screen("party-closed-link", role="", path="/party#swc_used", ready="#pt-ask dd, #pt-ask"),
]
