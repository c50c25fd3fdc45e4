"""A desk worked at: the case is taken from its queue, a move is chosen by its number, its form is sent."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import PATIENCE_MS, People


def take_up(people: People, who: str, queue: str, shop: str) -> Page:
    """Somebody's desk with the shop's case taken from a queue of it."""
    page = people.visit(who, f"/console/desk?tab={queue}")
    pick(page, shop)
    return page


def pick(page: Page, shop: str) -> None:
    """Take the shop's case from the queue that is open, where it may still have to come."""
    page.locator(".desk-list").get_by_role("button", name=shop).click()
    expect(page.locator(".desk-head h2")).to_contain_text(shop)


def choose(page: Page, name: str) -> Locator:
    """The form of a move, opened by the number that stands on its button."""
    number = page.locator(".desk-decide").get_by_role("button", name=name).first.locator("kbd")
    expect(number).to_be_visible()
    page.keyboard.press(number.inner_text())
    form = page.locator("form.moveform")
    expect(form).to_be_visible()
    return form


def send(form: Locator) -> None:
    """By the keyboard too; until it is done."""
    form.page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0, timeout=PATIENCE_MS)


def attach(form: Locator, photo: Path) -> None:
    """A photo into a move's form."""
    form.locator("input[type=file]").first.set_input_files(photo)
    expect(form.get_by_text("已选 1 张")).to_be_visible()


def record_education(page: Page, said: str) -> None:
    """What was explained to the party."""
    page.get_by_role("button", name="记录教育").first.click()
    page.get_by_label("对谁").fill("店长（合成）")
    page.get_by_label("讲了什么").fill(said)
    page.get_by_label("如何确认").fill("当事人签字")
    page.locator("form.docs-form").get_by_role("button", name="记录教育").click()
    expect(page.get_by_text(said)).to_be_visible()


def issue_decision(page: Page, officers: list[dict[str, str]]) -> None:
    """The decision, looked at before it is issued; then the proof that it was served; `officers` have name and
    certificate.
    """
    page.get_by_role("button", name="制作文书").click()
    form = page.locator("form.docs-form")
    form.get_by_label("种类").select_option(label="不予行政处罚决定书")
    form.get_by_label("地点").fill("（合成）测试街门前人行道")
    for at, officer in enumerate(officers, 1):
        form.get_by_label(f"姓名 {at}").fill(officer["name"])
        form.get_by_label(f"证号 {at}").fill(officer["certificate"])
    form.get_by_role("button", name="预览").click()
    expect(form.get_by_role("img").first).to_be_visible()
    form.get_by_role("button", name="正式出具").click()
    expect(form.get_by_text("已出具")).to_be_visible(timeout=PATIENCE_MS)

    form.get_by_label("种类").select_option(label="送达回证")
    form.get_by_label("送达的文书").select_option(index=1)
    form.get_by_label("签收人").fill("店长（合成）")
    form.get_by_role("button", name="正式出具").click()
    expect(form.get_by_text("已出具")).to_be_visible(timeout=PATIENCE_MS)
    form.get_by_role("button", name="收起").click()
    expect(page.get_by_text("店长（合成）").first).to_be_visible()
