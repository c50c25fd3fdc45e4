"""Getting in, the menu of one's roles, both languages, light and dark, and getting out."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn


def test_a_one_time_link_opens_the_page_once(people: People, city: LivedIn) -> None:
    link = city.post("seat", "/api/me/login-links")["url"].replace(city.server.url, "")
    page = people.visit("", link)
    expect(page.get_by_role("navigation").get_by_text("研判")).to_be_visible()
    assert "#" not in page.url
    people.clean(page)
    again = people.visit("", link)
    people.expects(again, "api/session: 401", "api/me: 401")
    expect(again.get_by_label("口令")).to_be_visible()
    people.clean(again)


def test_with_name_and_password(people: People, city: LivedIn) -> None:
    seat = city.people["seat"].id
    code = city.post("admin", f"/api/persons/{seat}/account", {"login": "zhoumin"})["code"]
    setup = city.ask("seat", "POST", "/api/session/setup", {"code": code, "password": "三家店门前要整洁并保持畅通-42"})
    assert setup.is_success, setup.text
    page = people.visit("", "/console/cases?state=A1")
    people.expects(page, "api/me: 401", "api/session/password: 401")
    page.get_by_label("登录名").fill("zhoumin")
    page.get_by_label("口令").fill("not this one")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("登录名或口令不对")
    page.get_by_label("口令").fill("三家店门前要整洁并保持畅通-42")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/cases?state=A1")
    people.clean(page)


@pytest.mark.parametrize(
    ("who", "finds", "lacks"), [("seat", "研判", "设备"), ("admin", "设备", "案件"), ("auditor", "审计", "研判")]
)
def test_everybody_finds_their_own_pages(people: People, who: str, finds: str, lacks: str) -> None:
    page = people.visit(who, "/console/inbox")
    menu = page.get_by_role("navigation")
    expect(menu.get_by_text(finds, exact=True)).to_be_visible()
    expect(menu.get_by_text(lacks, exact=True)).to_have_count(0)


def test_language_and_light_stay_chosen(people: People) -> None:
    page = people.visit("seat", "/console/inbox")
    page.get_by_label("语言").select_option("en")
    expect(page.get_by_role("navigation").get_by_text("Review", exact=True)).to_be_visible()
    page.get_by_role("button", name="Switch to dark").click()
    page.reload()
    expect(page.get_by_role("navigation").get_by_text("Review", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme + document.documentElement.lang") == "darken"
    people.clean(page)


def test_the_line_to_the_server_is_shown(people: People) -> None:
    page = people.visit("seat", "/console/inbox")
    expect(page.get_by_role("status").first).to_have_text("实时")
    people.clean(page, axe=False)


def test_out_means_out(people: People) -> None:
    page = people.visit("seat", "/console/inbox")
    people.expects(page, "api/me: 401")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("登录名")).to_be_visible()
    page.goto("/console/cases")
    expect(page.get_by_label("登录名")).to_be_visible()
    people.clean(page)
