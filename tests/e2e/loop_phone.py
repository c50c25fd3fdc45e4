"""The officer's phone used on a visit: a task opened, what to do next pressed, photos, the party's signature."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e import street
from tests.e2e.browser import People


class Phone:
    """The officer's app on a phone that stands at `place` (longitude, latitude in degrees)."""

    def __init__(self, people: People, who: str, place: tuple[float, float]) -> None:
        here = {"longitude": place[0], "latitude": place[1], "accuracy": 6}
        self.context = people.context(who, size="phone", permissions=["geolocation"], geolocation=here)
        self.page: Page = people.open(self.context, "/officer/")
        street.ready(self.page)

    def opens(self, shop: str) -> None:
        """The shop's task."""
        self.page.locator(".o-card", has_text=shop).click()

    def presses(self, name: str) -> None:
        """What to do next."""
        self.page.locator(".o-next").get_by_role("button", name=name, exact=True).click()

    def fills(self, **told: str) -> None:
        """Fields of the form that is open, by their labels."""
        for label, text in told.items():
            self.page.get_by_label(label).fill(text)

    def photographs(self, photo: Path) -> None:
        """A photo into the form that is open."""
        street.from_album(self.page, photo)

    def hands_in(self, state: str, button: str = "提交") -> None:
        """The form, with the case in that state afterwards as the phone shows it."""
        self.presses(button)
        self.stands_at(state)

    def stands_at(self, state: str) -> None:
        """What the phone shows of the case."""
        expect(self.page.locator(".o-state").first).to_have_text(state)

    def has_sent(self) -> None:
        """Everything has left the phone, and nothing came back."""
        menu = self.page.get_by_role("navigation")
        menu.get_by_role("button", name="上传").click()
        expect(self.page.get_by_text("没有待上传的内容")).to_be_visible(timeout=30_000)
        expect(self.page.locator(".o-line")).to_have_attribute("data-sending", "idle")
        menu.get_by_role("button", name="任务").click()
