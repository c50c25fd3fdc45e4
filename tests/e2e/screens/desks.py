"""The desk by role, objections, delegations."""

from playwright.sync_api import Page

from tests.e2e.city import LivedIn
from tests.e2e.screens import Screen


def _move_opened(page: Page, _city: LivedIn) -> None:
    page.locator(".desk-decide .btn").first.click()
    page.wait_for_selector("form.moveform")


def _document_opened(page: Page, _city: LivedIn) -> None:
    page.locator(".docs-row .btn[aria-expanded]").first.click()
    page.wait_for_selector(".docs-sheets img")
    page.locator(".docs-sheets img").first.scroll_into_view_if_needed()


def _slider(page: Page, _city: LivedIn) -> None:
    page.locator(".ba-sealed .btn").click()
    page.wait_for_selector(".ba-side:nth-of-type(2) .ba-frame img")
    page.locator(".ba-tools .btn").first.click()


def _drawn(page: Page, _city: LivedIn) -> None:
    page.locator(".desk-inline .btn.primary").click()
    page.wait_for_selector(".desk-cards a")


def _lodged(page: Page, city: LivedIn) -> None:
    case_id = city.cases["yard"]
    if not city.get("head", "/api/desk/objections"):
        said = {"statement": "物料是施工单位当天临时堆放，已联系清运，请求核实。", "source": "当事人来访"}
        city.post("officer", f"/api/cases/{case_id}/objections", said)
    page.reload()
    page.wait_for_selector(".objections-list li")
    page.locator(".objections-list li button").first.click()
    page.wait_for_selector(".objections-one")


SCREENS = [
    Screen("desk-dispatch", role="dispatch", path="/console/desk?case={case:books}", ready=".desk-candidates"),
    Screen("desk-check", role="verify", path="/console/desk?case={case:tea}", ready=".ba-frame img"),
    Screen("desk-slider", role="verify", path="/console/desk?case={case:tea}", ready=".ba-frame img", prepare=_slider),
    Screen(
        "desk-approve", role="head", path="/console/desk?tab=approve&case={case:grill}", ready=".recommend",
        prepare=_move_opened,
    ),
    Screen(
        "desk-document", role="head", path="/console/desk?tab=approve&case={case:grill}", ready=".docs-row",
        prepare=_document_opened,
    ),
    Screen("desk-overdue", role="superv", path="/console/desk?tab=overdue", ready=".desk-list li"),
    Screen("desk-roster", role="leader", path="/console/desk?tab=roster", ready=".desk-cards"),
    Screen("desk-special", role="head", path="/console/desk?tab=circumstances", ready=".desk-room form"),
    Screen("desk-sample", role="auditor", path="/console/desk?tab=sample", ready=".desk-room form", prepare=_drawn),
    Screen("desk-done", role="legal", path="/console/desk?tab=legal", ready=".state"),
    Screen("objections", role="head", path="/console/objections", ready=".page-head", prepare=_lodged),
    Screen("delegations", role="head", path="/console/delegations", ready=".delegations-form fieldset label"),
]  # fmt: skip
