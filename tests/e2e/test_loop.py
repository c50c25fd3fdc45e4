"""The whole loop from an alert to the archive, by each role in turn, on the screens alone: nobody touches the API."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.stories.city import CERTIFICATES, NAMES

SHOP = "hardware"
CITY = timezone(timedelta(hours=8))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo that somebody takes with the phone."""
    file = tmp_path / "photo.jpg"
    image = np.full((240, 320, 3), (90, 140, 90), np.uint8)
    cv2.putText(image, "after", (60, 130), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255), 3)
    assert cv2.imwrite(str(file), image)
    return file


def case_page(people: People, city: LivedIn, who: str) -> Page:
    return people.visit(who, f"/console/cases/{city.cases[SHOP]}")


def desk(people: People, city: LivedIn, who: str, queue: str) -> Page:
    return people.visit(who, f"/console/desk?tab={queue}&case={city.cases[SHOP]}")


def move(page: Page, name: str) -> Locator:
    """Open a move's form."""
    page.get_by_role("button", name=name).first.click()
    form = page.locator("form.moveform")
    expect(form).to_be_visible()
    return form


def by_key(page: Page, name: str) -> Locator:
    """Open a move's form on the desk by the number that stands on its button."""
    number = page.locator(".desk-decide").get_by_role("button", name=name).first.locator("kbd")
    expect(number).to_be_visible()
    page.keyboard.press(number.inner_text())
    form = page.locator("form.moveform")
    expect(form).to_be_visible()
    return form


def send_by_key(form: Locator) -> None:
    form.page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)


def send(form: Locator) -> None:
    """Send it, and wait until it is done."""
    form.get_by_role("button", name="确定：").click()
    expect(form).to_have_count(0)


def state(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def upload(form: Locator, photo: Path, told: bytes) -> None:
    """Another picture each time: a photo belongs to one step."""
    photo.write_bytes(photo.read_bytes() + told)
    form.locator("input[type=file]").first.set_input_files(photo)
    expect(form.get_by_text("已选 1 张")).to_be_visible()


def now() -> str:
    return datetime.now(UTC).astimezone(CITY).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.timeout(400)
def test_from_the_alert_to_the_archive(people: People, city: LivedIn, photo: Path) -> None:
    city.on_duty()

    seat = case_page(people, city, "seat")
    send(move(seat, "立案"))
    state(seat, "已立案待派遣")
    people.clean(seat)

    dispatcher = desk(people, city, "dispatch", "dispatch")
    dispatcher.get_by_role("button", name=NAMES["officer"]).click()
    form = dispatcher.locator("form.moveform")
    expect(form.locator("select").first).to_have_value(city.people["officer"].id)
    send(form)
    people.clean(dispatcher)

    officer = case_page(people, city, "officer")
    send(move(officer, "接单"))
    form = move(officer, "到达现场")
    form.get_by_placeholder("经度, 纬度").fill("119.9754, 31.7791")
    send(form)
    form = move(officer, "已送达责令改正")
    for box, number in zip(form.locator(".texts input").all(), CERTIFICATES.values(), strict=False):
        box.fill(number)
    form.get_by_label("危害", exact=False).first.select_option("NONE")
    form.get_by_label("情节", exact=False).first.select_option("SLIGHT")
    form.get_by_label("责令改正通知书文号", exact=False).fill("责改（纸质）2026-88")
    form.get_by_label("检查（勘验）笔录编号", exact=False).fill("检（纸质）2026-88")
    form.get_by_text("更多事实").click()
    form.get_by_label("已签承诺书").select_option("true")
    upload(form, photo, b"order")
    send(form)
    state(officer, "限期改正中")
    form = move(officer, "报告已改正")
    form.locator("input[type=datetime-local]").fill(now())
    upload(form, photo, b"corrected")
    send(form)
    state(officer, "已反馈待核查")
    people.clean(officer)

    verifier = desk(people, city, "verify", "check")
    expect(verifier.get_by_role("region", name="整改前后对照")).to_be_visible()
    send_by_key(by_key(verifier, "开始核查"))
    form = by_key(verifier, "核查通过，转免罚审查")
    upload(form, photo, b"verified")
    send(form)
    expect(verifier.get_by_role("status").filter(has_text="已办好").first).to_be_attached()
    people.clean(verifier)

    papers = desk(people, city, "officer", "examine")
    state(papers, "系统建议")
    form = move(papers, "送法制审核")
    form.get_by_label("理由").fill("请法制把关清单适用")
    send(form)
    people.clean(papers)

    legal = desk(people, city, "legal", "legal")
    form = by_key(legal, "法制审核通过")
    form.get_by_label("理由").fill("事实清楚，适用清单正确")
    send_by_key(form)
    people.clean(legal)

    head = desk(people, city, "head", "approve")
    state(head, "不予处罚（轻微免罚）")
    form = by_key(head, "批准")
    expect(form.get_by_label("决定")).to_have_value("exempt_t1")
    send_by_key(form)
    people.clean(head)

    serve(people, city)
    archived = case_page(people, city, "auditor")
    state(archived, "免罚结案")


def serve(people: People, city: LivedIn) -> None:
    """The officer educates, writes the decision, reads it, serves it, and closes the case."""
    page = desk(people, city, "officer", "serve")
    page.get_by_role("button", name="记录教育").first.click()
    page.get_by_label("对谁").fill("店长（合成）")
    page.get_by_label("讲了什么").fill("讲解门前摆放规定")
    page.get_by_label("如何确认").fill("当事人签字")
    page.locator("form.docs-form").get_by_role("button", name="记录教育").click()
    expect(page.get_by_text("讲解门前摆放规定")).to_be_visible()

    page.get_by_role("button", name="制作文书").click()
    form = page.locator("form.docs-form")
    form.get_by_label("种类").select_option(label="不予行政处罚决定书")
    form.get_by_label("地点").fill("（合成）测试街门前人行道")
    for at, (who, number) in enumerate(CERTIFICATES.items(), 1):
        form.get_by_label(f"姓名 {at}").fill(NAMES[who].split()[1])
        form.get_by_label(f"证号 {at}").fill(number)
    form.get_by_role("button", name="预览").click()
    expect(form.get_by_role("img").first).to_be_visible()
    form.get_by_role("button", name="正式出具").click()
    expect(form.get_by_text("已出具")).to_be_visible()
    form.get_by_label("种类").select_option(label="送达回证")
    form.get_by_label("送达的文书").select_option(index=1)
    form.get_by_label("签收人").fill("店长（合成）")
    form.get_by_role("button", name="正式出具").click()
    expect(form.get_by_text("已出具")).to_be_visible()
    form.get_by_role("button", name="收起").click()
    expect(page.get_by_text("店长（合成）").first).to_be_visible()
    page.get_by_role("button", name="看文书").first.click()
    expect(page.get_by_role("img", name="第 1 页").first).to_be_visible()

    form = move(page, "已送达，结案")
    form.get_by_label("送达方式").select_option("direct")
    form.get_by_label("说明教育").check()
    form.get_by_label("签承诺书").check()
    send(form)
    people.clean(page)
