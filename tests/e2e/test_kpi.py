"""Key figures: from a number to the cases behind it, by group and place, out as a spreadsheet and on paper."""

import gzip
import io
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Response, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.server.documents.paper import pages, words

WEIGHT = 300_000


def test_a_figure_leads_to_the_cases_behind_it(people: People, city: LivedIn) -> None:
    page = people.visit("superv", "/console/kpi?kpi=in_time_rate&part=denominator")
    chosen = page.get_by_role("button", pressed=True)
    expect(chosen).to_contain_text("按期结案率")
    below = city.get("superv", "/api/kpis/in_time_rate/behind", part="denominator")["total"]
    assert below > 0
    links = page.locator(".kpi-behind li a")
    expect(links).to_have_count(below)
    expect(chosen).to_contain_text(f"/ {below}")
    page.get_by_label("计入分子的").check()
    above = city.get("superv", "/api/kpis/in_time_rate/behind")["total"]
    expect(links).to_have_count(above)
    links.first.click()
    page.wait_for_url("**/console/cases/*")
    people.clean(page, axe=False)


def test_alerts_behind_false_alarms_and_the_cameras_they_are_of(people: People, city: LivedIn) -> None:
    page = people.visit("superv", "/console/kpi")
    page.get_by_role("button", name="误报率").click()
    page.wait_for_url("**kpi=false_alerts**")
    expect(page.locator(".kpi-behind li")).to_have_count(1)
    row = page.locator(".kpi-bars tbody tr", has_text="cam-bikes")
    expect(row).to_contain_text("100%")
    row.get_by_role("button").click()
    page.wait_for_url("**camera=cam-bikes**")
    expect(page.locator(".kpi-filters select").last).to_have_value("cam-bikes")
    expect(page.get_by_role("button", name="预警有效率")).to_contain_text("0 / 1")
    people.clean(page)


def test_definitions_targets_and_references_are_said_plainly(people: People) -> None:
    page = people.visit("superv", "/console/kpi?kpi=closing_rate")
    told = page.locator(".kpi-definition")
    expect(told).to_contain_text("结案数 ÷（应结案数 − 挂账数）")
    expect(told).to_contain_text("目标 90%")
    expect(told).to_contain_text("93.72% 天门 2016-12")
    page.get_by_role("button", name="免罚率").click()
    expect(told).to_contain_text("不设目标")


def test_the_trend_and_the_heat_are_readable_without_seeing_them(people: People) -> None:
    page = people.visit("superv", "/console/kpi?kpi=valid_alerts")
    expect(page.locator(".chart-box[data-drawn='1']")).to_be_attached()
    page.get_by_text("走势数据表").click()
    days = page.locator(".kpi-table tbody tr")
    expect(days).to_have_count(30)
    heat = page.get_by_role("table", name="各摄像机一天中每小时发生的案件数")
    sums = [int(text) for text in heat.locator(".kpi-sum").all_inner_texts()]
    cells = [int(text) for text in heat.locator("td:not(.kpi-sum)").all_inner_texts() if text]
    assert sum(sums) == sum(cells) > 0
    people.clean(page)


def test_the_period_is_in_the_address(people: People) -> None:
    page = people.visit("superv", "/console/kpi")
    page.get_by_label("近 7 天").check()
    page.wait_for_url("**since=**until=**")
    expect(page.locator(".kpi-table tbody tr")).to_have_count(7)
    page.reload()
    expect(page.get_by_label("近 7 天")).to_be_checked()


def test_the_export_opens_and_the_reason_is_kept(people: People, city: LivedIn) -> None:
    page = people.visit("superv", "/console/kpi")
    page.get_by_role("button", name="导出 Excel").click()
    page.get_by_label("用途").fill("十一月例会月报")
    with page.expect_download() as coming:
        page.get_by_role("button", name="导出", exact=True).click()
    file = coming.value
    assert file.suggested_filename.startswith("kpis-")
    assert file.suggested_filename.endswith(".xlsx")
    sheet = load_workbook(io.BytesIO(Path(file.path()).read_bytes())).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert "指标" in rows[0]
    assert len(rows) > 20
    expect(page.get_by_text(f"已导出 {len(rows) - 1} 行")).to_be_visible()
    page.get_by_role("radio", name="PDF").check()
    with page.expect_download() as coming:
        page.get_by_role("button", name="导出", exact=True).click()
    assert coming.value.suggested_filename.endswith(".pdf")
    paper = Path(coming.value.path()).read_bytes()
    assert "按期" in words(paper)
    assert pages(paper) >= 2
    people.clean(page)
    kept = city.get("auditor", "/api/audit", limit=50)
    assert any("十一月例会月报" in str(entry) for entry in kept)


def test_on_paper_it_is_all_there(people: People) -> None:
    page = people.visit("superv", "/console/kpi")
    expect(page.locator(".chart-box[data-drawn='1']")).to_be_attached()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="导出 Excel")).to_be_hidden()
    expect(page.locator(".kpi-filters")).to_be_hidden()
    expect(page.get_by_role("table", name="各摄像机一天中每小时发生的案件数")).to_be_visible()


def test_charts_come_after_the_page_and_nothing_from_outside(people: People, city: LivedIn) -> None:
    page = people.context("superv").new_page()
    asked: list[str] = []
    weights: dict[str, int] = {}

    def heard(answer: Response) -> None:
        if answer.request.resource_type == "script" and answer.ok:
            weights[answer.url.rsplit("/", 1)[1]] = len(gzip.compress(answer.body()))

    page.on("request", lambda request: asked.append(request.url))
    page.on("response", heard)
    page.goto("/console/kpi")
    expect(page.locator(".chart-box[data-drawn='1']")).to_be_attached()
    assert [url for url in asked if not url.startswith((city.server.url, "blob:"))] == []
    charts = {name for name in weights if name.startswith("echarts")}
    assert charts, "the charts are a file of their own"
    assert 0 < sum(size for name, size in weights.items() if name not in charts) < WEIGHT


def test_who_has_no_figures_is_told_so(people: People) -> None:
    page = people.visit("seat", "/console/kpi")
    people.expects(page, ": 403")
    expect(page.get_by_role("alert")).to_be_visible()
    people.clean(page)
