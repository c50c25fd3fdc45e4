"""The list of cases by keyboard, what is safe in bulk, a move on the page of a case, and two people at one case."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn

STATE = re.compile(r"state=W1")


def number_of(city: LivedIn, key: str) -> str:
    return city.get("superv", f"/api/cases/{city.cases[key]}")["number"]


def numbers(page: Page) -> Locator:
    """The numbers in the list, as drawn."""
    return page.locator(".rows-row a.num")


def test_a_case_is_found_by_keyboard_and_the_address_is_the_view(people: People, city: LivedIn) -> None:
    wanted = number_of(city, "hardware")
    page = people.visit("superv", "/console/cases")
    expect(numbers(page).nth(8)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type(wanted[-6:].lower())
    expect(page.locator(".rows-row")).to_have_count(1)
    assert f"number={wanted[-6:].lower()}" in page.url
    expect(page.locator(".cases-count")).to_have_text("1 件")
    page.get_by_role("grid").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"案件 {wanted}")
    people.clean(page)
    page.go_back()
    expect(numbers(page)).to_have_text([wanted])
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(".cases-count")).not_to_have_text("1 件")
    page.get_by_label("当事人").fill("五金")
    page.get_by_role("radio").first.click()
    expect(numbers(page)).to_have_text([wanted])
    people.clean(page)


def test_a_view_waits_for_me_and_stays_true(people: People, city: LivedIn) -> None:
    page = people.visit("dispatch", "/console/cases")
    page.get_by_role("button", name="等我办").click()
    page.wait_for_url(STATE)
    site = page.get_by_role("link", name=number_of(city, "site"))
    expect(site).to_have_count(0)
    city.act("seat", city.cases["site"], "W1", "来人反映，需到场")
    expect(site).to_be_visible()
    people.clean(page)


def test_false_alarms_in_bulk_with_one_refused(people: People, city: LivedIn) -> None:
    page = people.visit("seat", "/console/cases?state=A1")
    wanted = {number_of(city, key) for key in ("fruit", "hardware", "flower")}
    for number in wanted:
        expect(page.get_by_role("link", name=number)).to_be_visible()
    page.get_by_role("grid").focus()
    for number in numbers(page).all_inner_texts():
        page.keyboard.press("ArrowDown")
        if number in wanted:
            page.keyboard.press("x")
    bulk = page.get_by_role("region", name="已选 3 件")
    expect(bulk.get_by_role("button", name="批量并案")).to_have_count(0)
    city.act("seat2", city.cases["flower"], "W1", "来人反映，需到场")
    people.expects(page, "actions: 412", "actions: 409")
    bulk.get_by_role("button", name="批量误报（3 件）").click()
    bulk.get_by_label("理由").fill("遮阳伞影子，不是占道")
    bulk.get_by_role("button", name="办理 3 件").click()
    expect(page.get_by_text("2 件已办，1 件没有办成")).to_be_visible()
    refused = page.locator(".cases-outcomes .refused")
    expect(refused).to_contain_text(number_of(city, "flower"))
    expect(refused).to_contain_text("别人刚改过")
    page.get_by_role("button", name="再试没有办成的 1 件").click()
    expect(refused).to_contain_text("现在不能这样办")
    people.clean(page)
    states = {
        key: city.get("seat", f"/api/cases/{city.cases[key]}")["state"] for key in ("fruit", "hardware", "flower")
    }
    assert states == {"fruit": "A3", "hardware": "A3", "flower": "W1"}
    page.get_by_role("button", name="完成").click()
    expect(page.get_by_role("link", name=number_of(city, "fruit"))).to_have_count(0)


def test_a_case_is_moved_on_its_page(people: People, city: LivedIn) -> None:
    page = people.visit("dispatch", f"/console/cases/{city.cases['books']}")
    page.get_by_role("button", name="派遣", exact=True).click()
    page.get_by_role("button", name="确定：派遣").click()
    expect(page.get_by_role("alert")).to_have_text("还缺：派给")
    officer = city.people["officer"]
    people.expects(page, "actions: 409")
    page.get_by_label("派给").select_option(str(officer.id))
    page.get_by_role("button", name="确定：派遣").click()
    sent = page.get_by_text("已办理：派遣。现在是“已派遣待接单”。")
    unfit = page.get_by_text("派这名队员有不利情况")
    expect(sent.or_(unfit)).to_be_visible()
    if unfit.is_visible():
        page.get_by_label("说明").fill("就近，已电话确认")
        page.get_by_role("button", name="确定：派遣").click()
    expect(sent).to_be_visible()
    expect(page.locator(".thread-step").first).to_contain_text("派遣")
    people.clean(page)


def test_two_people_at_one_case(people: People, city: LivedIn) -> None:
    """The second one's move is refused, told who was first, and nothing that was filled in is lost."""
    first = people.context("head")
    first.route("**/api/events*", lambda route: route.abort())
    page = people.open(first, f"/console/cases/{city.cases['grill']}")
    people.expects(page, "actions: 412", "api/events", "ERR_FAILED")
    page.get_by_role("button", name="退回重审").click()
    page.get_by_label("理由").fill("请补充门前照片")
    other = people.visit("superv", f"/console/cases/{city.cases['grill']}")
    expect(other.get_by_text("现在没有您要办的")).to_be_visible()
    city.act("head", city.cases["grill"], "L1", "先补材料")
    page.get_by_role("button", name="确定：退回重审").click()
    told = page.locator(".moveform-conflict")
    expect(told).to_contain_text("这个案件刚被别人改过")
    expect(told).to_contain_text("退回重审")
    expect(told).to_contain_text("案件已到“免罚适用审查”")
    expect(page.get_by_label("理由")).to_have_value("请补充门前照片")
    expect(page.get_by_role("button", name="确定：退回重审")).to_be_disabled()
    # Whoever only looked sees it at once.
    expect(other.locator(".case-statename")).to_contain_text("免罚适用审查")
    people.clean(page)
    people.clean(other)
