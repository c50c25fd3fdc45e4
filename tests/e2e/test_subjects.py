"""Subjects and permits at the desk: found, opened, edited; a file imported with its faults; a permit registered."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn

HEADER = "统一社会信用代码,名称,地址,门牌号,起始日期"
GOOD = "92320402MA00000152,甲店（合成）,青果巷,1,2026-01-01"


def rows(page: Page) -> list[str]:
    """The names in the list."""
    return page.locator(".rows-row [role=gridcell]:first-child").all_inner_texts()


def test_found_opened_and_edited(people: People, city: LivedIn) -> None:
    page = people.visit("seat", "/console/subjects")
    page.get_by_role("searchbox", name="查找").fill("面馆")
    expect(page.locator(".rows-row")).to_have_count(1)
    assert rows(page) == ["测试面馆（合成）"]
    assert "q=" in page.url
    page.get_by_role("grid").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="测试面馆（合成）", level=1)).to_be_visible()
    page.get_by_role("button", name="加联系人").click()
    form = page.get_by_role("dialog")
    form.get_by_label("姓名").fill("店长（合成）")
    form.get_by_label("身份").select_option("manager")
    form.get_by_label("方式").select_option("phone")
    form.get_by_label("号码或地址").fill("13900000001")
    form.get_by_role("button", name="保存").click()
    expect(page.get_by_text("13900000001")).to_be_visible()
    people.clean(page)
    page.get_by_role("tab", name="历史").click()
    expect(page.get_by_role("row").filter(has_text="计入“首次”判断")).to_have_count(1)
    expect(page.get_by_text("首违不罚")).to_be_visible()
    people.clean(page)
    page.get_by_role("tab", name="今日核查").click()
    expect(page.get_by_text("回看期内有 1 次认定")).to_be_visible()
    page.get_by_role("tab", name="对外").click()
    expect(page.get_by_text("公众看到的")).to_be_visible()
    expect(page.get_by_text("提供给信用办的")).to_have_count(0)
    people.clean(page)


def test_who_may_sees_what_the_credit_office_gets(people: People, city: LivedIn) -> None:
    page = people.visit("legal", f"/console/subjects/{city.subjects['noodle']}?tab=outside")
    expect(page.get_by_text("提供给信用办的")).to_be_visible()
    expect(page.get_by_text("首违不罚")).to_have_count(0)
    people.clean(page)


def test_an_import_shows_every_fault_and_writes_only_whole(people: People, city: LivedIn, tmp_path: Path) -> None:
    page = people.visit("superv", "/console/subjects")
    page.get_by_role("link", name="批量导入").click()
    bad = tmp_path / "bad.csv"
    bad.write_text(
        f"{HEADER}\n92320402MA00000152,甲店（合成）,青果巷,1,2026-01-01\n123,乙店（合成）,青果巷,2,昨天\n", "utf-8"
    )
    page.get_by_label("选择文件").set_input_files(bad)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("grid", name="错误表")).to_be_visible()
    expect(page.locator(".rows-row").filter(has_text="昨天").first).to_be_visible()
    expect(page.get_by_role("button", name="写入", exact=True)).to_have_count(0)
    people.clean(page)
    good = tmp_path / "good.csv"
    good.write_text(f"{HEADER}\n{GOOD}\n", "utf-8")
    page.get_by_label("选择文件").set_input_files(good)
    page.get_by_role("button", name="检查").click()
    page.get_by_role("button", name="写入", exact=True).click()
    expect(page.get_by_text("已经写入。")).to_be_visible()
    assert city.get("seat", "/api/subjects", q="甲店")["items"][0]["address"] == "青果巷1"
    people.clean(page)


def test_a_new_permit_suspended_and_asked_about(people: People, city: LivedIn) -> None:
    page = people.visit("superv", "/console/permits")
    people.expects(page, "effective: 404")  # the stories' edge tells of no zones: they are typed
    page.get_by_role("button", name="登记许可").click()
    form = page.get_by_role("dialog")
    form.get_by_label("许可键").fill("tea-2026")
    form.get_by_label("许可编号").fill("外摆〔2026〕1号")
    form.get_by_label("持有人").fill("茶饮")
    form.get_by_role("radio", name="测试茶饮店（合成）").check()
    form.get_by_label("选摄像机").select_option("edge-story/cam-tea")
    zone = next(b["zone_id"] for b in city.get("seat", f"/api/subjects/{city.subjects['tea']}/zones"))
    form.get_by_label("区域编号").fill(zone)
    form.get_by_label("经营内容").fill("桌椅")
    form.get_by_role("button", name="保存").click()
    beside = page.locator(".permits-one")
    expect(beside).to_contain_text("测试茶饮店（合成）")
    people.clean(page)
    beside.get_by_role("button", name="暂停").click()
    form.get_by_label("原因").fill("通道被占，整改中")
    form.get_by_role("button", name="保存").click()
    expect(beside.get_by_text("通道被占，整改中")).to_be_visible()
    expect(page.locator(".rows-row").filter(has_text="暂停")).to_have_count(1)
    beside.get_by_role("button", name="恢复").click()
    form.get_by_label("原因").fill("已清理")
    form.get_by_role("button", name="保存").click()
    expect(page.locator(".rows-row").filter(has_text="有效")).to_have_count(1)
    expect(beside.get_by_role("link", name="在画面上画范围")).to_have_attribute(
        "href", "/console/fleet/edge-story/cam-tea?tab=permits"
    )
    page.get_by_role("button", name="此时此地许可吗").click()
    page.get_by_label("选摄像机").select_option("edge-story/cam-tea")
    page.get_by_label("区域编号").fill(zone)
    later = city.clock.now() + timedelta(hours=9)
    page.get_by_label("时间", exact=True).fill(later.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="查一查").click()
    expect(page.get_by_text("允许：当时有有效许可")).to_be_visible()
    people.clean(page)
    page.get_by_role("button", name="重叠").click()
    expect(page.get_by_text("没有重叠的许可。")).to_be_visible()
    people.clean(page)
