"""The exemption list."""

from playwright.sync_api import Page

from tests.e2e.city import LivedIn
from tests.e2e.screens import Screen


def _drafted(page: Page, city: LivedIn) -> None:
    if not city.get("legal", "/api/exemption-lists/drafts"):
        first = city.get("legal", "/api/exemption-lists")[0]["id"]
        city.post("legal", "/api/exemption-lists/drafts", {"from_version": first, "version": "2026.3"})
    draft = city.get("legal", "/api/exemption-lists/drafts")[0]["id"]
    page.goto(f"/console/law?list={draft}&item=CG-01")
    page.locator(".law-form textarea").first.wait_for()


SCREENS = [
    Screen("law", role="legal", path="/console/law?item=CG-01", ready=".law-read"),
    Screen("law-draft", role="legal", path="/console/law", ready=".rows-row", prepare=_drafted),
]
