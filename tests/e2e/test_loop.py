"""The whole loop from an alert to the archive: each role in turn, on the screen made for it; nobody touches the API."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import loop_desk as desk
from tests.e2e import street
from tests.e2e.browser import PATIENCE_MS, People
from tests.e2e.city import LivedIn
from tests.e2e.loop_phone import Phone
from tests.e2e.review_alerts import WholeCamera
from tests.stories.city import NAMES, OFFICERS

SHOP = "测试车行（合成）"
PLACE = (119.9742, 31.7801)
SECOND = "执法队员 林峰 苏0402-0158"


@pytest.fixture
def camera(city: LivedIn) -> Iterator[WholeCamera]:
    """The camera before the shop, which answers for its zone."""
    found = WholeCamera(city, "cam-bikes", PLACE)
    yield found
    found.close()


@pytest.mark.timeout(400)
def test_from_the_alert_to_the_archive(people: People, city: LivedIn, camera: WholeCamera, tmp_path: Path) -> None:
    city.on_duty()
    photo = partial(street.photo, tmp_path)
    dispatcher = people.visit("dispatch", "/console/desk?tab=dispatch")
    case_id = monitor_confirms(people, camera)
    dispatcher_assigns(people, dispatcher)
    officer = officer_orders(people, photo(1))
    party_reads(people, officer, case_id)
    officer_reports_the_correction(people, officer, photo(2))
    verifier_compares(people, photo(3))
    law_decides(people)
    officer_serves(people)
    archived(people, case_id)


def monitor_confirms(people: People, camera: WholeCamera) -> str:
    """The alert comes by itself, and one key files the case; its id."""
    page = people.visit("seat", "/console/review")
    expect(page.locator(".rv-shown img")).to_be_visible()
    case_id = camera.raises_whole(uuid4(), 64.0)
    expect(page.locator(f"#rv-{case_id}")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator(f".rv-shown[data-case='{case_id}'] img")).to_be_visible()
    expect(page.locator(".rv-beside")).to_contain_text(SHOP)
    page.keyboard.press("w")
    expect(page.locator(".rv-strip")).to_contain_text("1 件待发送")
    people.clean(page)
    expect(page.locator(".rv-strip")).to_have_count(0, timeout=PATIENCE_MS)
    leaves(people, page, axe=False)
    return case_id


def dispatcher_assigns(people: People, page: Page) -> None:
    """The case comes to the desk that is open, and the first of those who could go is sent."""
    desk.pick(page, SHOP)
    page.locator(".desk-candidates").get_by_role("button", name=NAMES["officer"]).click()
    desk.send(page.locator("form.moveform"))
    leaves(people, page)


def officer_orders(people: People, photo: Path) -> Phone:
    """Accepted, arrived, and the written order made before the shop, with a photo and the party's signature."""
    phone = Phone(people, "officer", PLACE)
    phone.opens(SHOP)
    phone.presses("接单")
    phone.presses("我已到场")
    expect(phone.page.get_by_text("距案发点 0 米")).to_be_visible()
    phone.hands_in("现场处置", "登记到场")
    phone.presses("责令限期改正")
    phone.photographs(photo)
    phone.fills(要求="立即收回占道车辆，恢复原状", 检查情况="门前人行道摆放自行车三辆")
    phone.page.get_by_role("combobox", name="同行人员").select_option(label=SECOND)
    phone.page.get_by_label("当事人已签承诺书").check()
    street.sign(phone.page, "店长（合成）")
    people.clean(phone.page)
    phone.hands_in("限期改正")
    phone.has_sent()
    return phone


def party_reads(people: People, officer: Phone, case_id: str) -> None:
    """The officer shows a link that works once; the party's own phone opens the case with it, and the order."""
    page = people.open(officer.context, f"/console/cases/{case_id}")
    page.get_by_text("其他办理").click()
    page.get_by_role("button", name="当事人链接").click()
    page.get_by_role("button", name="生成链接和二维码").click()
    link = page.locator(".case-link code").inner_text()
    number = page.get_by_role("heading", level=1).inner_text().split()[-1]
    leaves(people, page)

    party = people.visit("", "/party#" + link.partition("#")[2], size="phone")
    expect(party.locator(".pt-facts").first).to_contain_text(SHOP)
    expect(party.locator(".pt-facts").first).to_contain_text(number)
    expect(party.locator(".pt-now")).to_contain_text("还剩")
    expect(party.locator(".pt-seen img").first).to_be_visible()
    with party.expect_download() as order:
        party.get_by_role("button", name="下载 责令限期改正通知书").click()
    assert Path(order.value.path()).read_bytes()[:5] == b"%PDF-"
    leaves(people, party)


def officer_reports_the_correction(people: People, phone: Phone, photo: Path) -> None:
    phone.opens(SHOP)
    phone.presses("已改正，拍照反馈")
    phone.photographs(photo)
    phone.hands_in("待核查")
    phone.has_sent()
    leaves(people, phone.page)


def verifier_compares(people: People, photo: Path) -> None:
    """Before and after beside each other; the officer's photo is an original, seen for a reason."""
    page = desk.take_up(people, "verify", "check", SHOP)
    desk.send(desk.choose(page, "开始核查"))
    both = page.get_by_role("region", name="整改前后对照")
    expect(both.get_by_role("img", name="整改前")).to_be_visible()
    both.get_by_role("group", name="整改后").get_by_role("button", name="查看").click()
    expect(both.get_by_role("img", name="整改后")).to_be_visible()
    people.clean(page)
    form = desk.choose(page, "核查通过，转免罚审查")
    desk.attach(form, photo)
    desk.send(form)
    leaves(people, page, axe=False)


def law_decides(people: People) -> None:
    """The officer asks for the legal check, legal passes it on, the head decides what the system recommends."""
    for who, queue, move, reason in (
        ("officer", "examine", "送法制审核", "请法制把关清单适用"),
        ("legal", "legal", "法制审核通过", "事实清楚，适用清单正确"),
        ("head", "approve", "批准", ""),
    ):
        page = desk.take_up(people, who, queue, SHOP)
        expect(page.get_by_text("系统建议").first).to_be_visible()
        expect(page.locator(".docs-list li")).not_to_have_count(0)
        people.clean(page)
        form = desk.choose(page, move)
        if reason:
            form.get_by_label("理由").fill(reason)
        else:
            expect(form.get_by_label("决定")).to_have_value("exempt_t1")
        desk.send(form)
        leaves(people, page, axe=False)


def officer_serves(people: People) -> None:
    """Education, the decision read as its pages, served; the case ends."""
    page = desk.take_up(people, "officer", "serve", SHOP)
    desk.record_education(page, "讲解门前摆放规定")
    desk.issue_decision(page, OFFICERS)
    page.get_by_role("button", name="看文书").first.click()
    expect(page.get_by_role("img", name="第 1 页").first).to_be_visible()
    people.clean(page)
    form = desk.choose(page, "已送达，结案")
    form.get_by_label("送达方式").select_option("direct")
    form.get_by_label("说明教育").check()
    form.get_by_label("签承诺书").check()
    desk.send(form)
    leaves(people, page, axe=False)


def archived(people: People, case_id: str) -> None:
    """Whoever looks later finds the end, and everybody who had a part."""
    page = people.visit("auditor", f"/console/cases/{case_id}")
    expect(page.get_by_text("免罚结案").first).to_be_visible()
    for who in ("seat", "dispatch", "officer", "verify", "legal", "head"):
        expect(page.get_by_text(re.compile(NAMES[who])).first).to_be_visible()
    leaves(people, page)


def leaves(people: People, page: Page, *, axe: bool = True) -> None:
    """Somebody's part is done, and nothing went wrong on their page."""
    people.clean(page, axe=axe)
    page.close()
