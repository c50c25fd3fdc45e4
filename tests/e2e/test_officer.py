"""The officer's phone in real Chromium: without a network, with a bad one, killed in the middle; camera and codes."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e import street
from tests.e2e.browser import CHROMIUM, QUIET, People
from tests.e2e.city import LivedIn

PLACE = {"longitude": street.HERE["longitude"], "latitude": street.HERE["latitude"], "accuracy": 6}


@pytest.fixture(scope="module")
def phones(browser: Browser, city: LivedIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose camera shows the paper of a case that is among the officer's tasks."""
    order = city.get("officer", f"/api/cases/{city.cases['tea']}/documents")[-1]
    film = street.film(tmp_path_factory.mktemp("film"), order["verify_url"])
    arguments = [*QUIET, *street.FAKE, f"--use-file-for-fake-video-capture={film}"]
    running = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments, chromium_sandbox=False)
    yield running
    running.close()


@pytest.fixture
def people(phones: Browser, city: LivedIn, screens: None) -> Iterator[People]:
    opened = People(phones, city)
    yield opened
    opened.close()


def phone(people: People, who: str = "officer") -> BrowserContext:
    return people.context(who, size="phone", permissions=["geolocation", "camera"], geolocation=PLACE)


def reports(city: LivedIn) -> Counter[str]:
    found = city.get("officer", "/api/reports", limit=200, source="patrol")["items"]
    return Counter(report["text"] for report in found)


def report(page: Page, text: str, file: Path) -> None:
    """One report with a photo, as a person makes it."""
    page.get_by_role("navigation").get_by_role("button", name="上报").click()
    page.get_by_role("radio").first.check()
    street.from_album(page, file)
    page.get_by_label("情况说明").fill(text)
    page.get_by_label("地址或门牌").fill("（合成）测试街")
    page.locator(".o-next").get_by_role("button", name="上报").click()
    expect(page.get_by_text("已记录，回执号上传后显示")).to_be_visible()


def unsent(page: Page) -> int:
    return page.evaluate(
        """async () => new Promise((give) => { const asked = indexedDB.open('shouwei-officer');
        asked.onsuccess = () => {
        const all = asked.result.transaction('entries').objectStore('entries').getAll();
        all.onsuccess = () => { asked.result.close();
        give(all.result.filter((one) => one.standing !== 'done').length); }; }; })"""
    )


def lived_through(people: People, city: LivedIn, folder: Path, mark: str, many: int, *, broken: bool) -> Counter[str]:
    """Reports made offline, then a bad network, with the tab killed again and again; what is on the server at last."""
    context = phone(people)
    page = people.open(context, "/officer/")
    street.ready(page)
    context.set_offline(True)
    page.reload()
    for number in range(many):
        report(page, f"{mark} {number}", street.photo(folder, number + 100 * broken))
    assert unsent(page) == many
    assert not [text for text in reports(city) if text.startswith(mark)], "nothing leaves without a network"
    network = street.BadNetwork(context, broken=broken)
    page.close(run_before_unload=False)
    context.set_offline(False)
    for killed_at in (1, many // 3, many // 2, many - 2):
        page = context.new_page()
        page.goto("/officer/?at=sending")
        street.wait_for(page, lambda least=killed_at: sum(mine(reports(city), mark).values()) >= least)
        page.close(run_before_unload=False)
    context.unroute_all(behavior="ignoreErrors")
    page = context.new_page()
    page.goto("/officer/?at=sending")
    street.wait_for(page, lambda: unsent(page) == 0)
    assert network.lost_answers > 0, "the network was not bad enough to prove anything"
    return mine(reports(city), mark)


def mine(found: Counter[str], mark: str) -> Counter[str]:
    return Counter({text: times for text, times in found.items() if text.startswith(f"{mark} ")})


@pytest.mark.timeout(900)
def test_twenty_reports_and_a_killed_tab_make_twenty_rows(people: People, city: LivedIn, tmp_path: Path) -> None:
    found = lived_through(people, city, tmp_path, "巡查", 20, broken=False)
    assert found == Counter({f"巡查 {number}": 1 for number in range(20)})
    first = next(one for one in city.get("officer", "/api/reports", limit=200)["items"] if one["text"] == "巡查 0")
    (taken,) = [
        one
        for one in city.get("officer", "/api/officer/photos", case_id=first["case_id"])
        if one["sha256"] in first["photos"]
    ]
    assert (taken["lon"], taken["lat"], taken["role"]) == (PLACE["longitude"], PLACE["latitude"], "report")


@pytest.mark.timeout(600)
def test_the_harness_notices_an_outbox_that_makes_a_key_for_each_try(
    people: People, city: LivedIn, tmp_path: Path
) -> None:
    found = lived_through(people, city, tmp_path, "坏箱", 6, broken=True)
    assert sum(found.values()) > 6, "doubles are seen where there are doubles"


def open_task(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("button", name="任务").click()
    page.locator(".o-card", has_text=name).click()


def press(page: Page, name: str, *, more: bool = False) -> None:
    """One of the things to do next; `more`: from the sheet."""
    if more:
        page.get_by_role("button", name="更多").click()
    page.locator(".o-sheet" if more else ".o-next").get_by_role("button", name=name, exact=True).click()


def hand_in(page: Page, name: str = "提交") -> None:
    page.locator(".o-next").get_by_role("button", name=name).click()


@pytest.mark.timeout(600)
def test_a_whole_visit_without_a_network_and_sent_later(people: People, city: LivedIn) -> None:
    case_id = city.cases["dress"]
    task = next(one for one in city.get("officer", "/api/officer/tasks")["tasks"] if one["case"]["id"] == case_id)
    context = phone(people)
    context.set_geolocation({"longitude": task["lon"], "latitude": task["lat"], "accuracy": 5})
    page = people.open(context, "/officer/")
    street.ready(page)
    street.wait_for(page, lambda: page.locator(".o-card img").count() == page.locator(".o-card").count())
    people.clean(page)
    context.set_offline(True)
    page.reload()
    open_task(page, "测试服饰店")
    press(page, "接单")
    press(page, "我已到场")
    expect(page.get_by_text("距案发点")).to_be_visible()
    hand_in(page, "登记到场")
    press(page, "签承诺书", more=True)
    page.get_by_role("combobox", name="同行人员").select_option(label="执法队员 林峰 苏0402-0158")
    street.sign(page, "店长（合成）")
    hand_in(page)
    press(page, "责令限期改正")
    street.shoot(page)
    page.get_by_label("要求").fill("立即收回占道衣架，恢复原状")
    page.get_by_label("检查情况").fill("门前人行道摆放衣架两个")
    page.get_by_label("实测面积").fill("2.4")
    page.get_by_label("当事人已签承诺书").check()
    street.sign(page, "店长（合成）", 25)
    hand_in(page)
    press(page, "反馈识别对错", more=True)
    page.get_by_label("说明").fill("衣架确在门前")
    hand_in(page)
    press(page, "已改正，拍照反馈")
    page.get_by_role("button", name="拍照", exact=True).first.click()
    expect(page.get_by_test_id("overlay")).to_be_visible()
    page.wait_for_timeout(700)  # The film begins anew with each look: another frame than the first photo's.
    page.get_by_role("button", name="按下拍照").click()
    page.get_by_role("button", name="用这张").click()
    hand_in(page)
    expect(page.locator(".o-state").first).to_have_text("待核查")
    assert city.get("officer", f"/api/cases/{case_id}")["state"] == "W2", "nothing has left the phone"
    network = street.BadNetwork(context)
    context.set_offline(False)
    page.get_by_role("navigation").get_by_role("button", name="上传").click()
    street.wait_for(page, lambda: unsent(page) == 0)
    assert network.lost_answers > 0
    visited(city, case_id)
    people.expects(page, "net::", "Failed", "409")
    people.clean(page)


def visited(city: LivedIn, case_id: str) -> None:
    """All of the visit is on the server, once, with what belongs to it."""
    case: dict[str, Any] = city.get("officer", f"/api/cases/{case_id}")
    assert (case["state"], case["history_faults"], case["arrival"]) == ("W7", [], "at_place")
    moves = [step for step in case["steps"] if step["kind"] == "transition"][-4:]
    assert [step["to_state"] for step in moves] == ["W3", "W4", "W6", "W7"]
    assert all(step["fields"]["done_at"] < step["at"] for step in moves), "when it was done, and when it arrived"
    documents = city.get("officer", f"/api/cases/{case_id}/documents")
    assert Counter(one["kind"] for one in documents) == {"pledge": 1, "inspection": 1, "order": 1}
    number = next(one["number"] for one in documents if one["kind"] == "order")
    ordered = moves[2]["fields"]
    assert (ordered["order_number"], ordered["order_form"], ordered["area_m2"]) == (number, "document", 2.4)
    (pledge,) = city.get("officer", f"/api/cases/{case_id}/pledges")
    assert (pledge["signed_by"], len(pledge["photos"])) == ("店长（合成）", 1)
    verdicts = city.get("officer", "/api/verdicts", alert_id=case["alert_ids"][0])
    assert [one["verdict"] for one in verdicts if one["reason"] == "衣架确在门前"] == ["confirmed"]
    roles = Counter(one["role"] for one in city.get("leader", "/api/officer/photos", case_id=case_id))
    assert roles == {"place": 1, "after": 1, "signature": 2}, f"{roles}: the order's and the pledge's own signature"


def test_what_the_server_refuses_is_told_and_holds_up_nothing_else(
    people: People, city: LivedIn, tmp_path: Path
) -> None:
    case_id = city.cases["books"]
    city.act("dispatch", case_id, "W2", "今日人手不足", assignee_id=city.people["officer"].id)
    context = phone(people)
    page = people.open(context, "/officer/")
    street.ready(page)
    context.set_offline(True)
    open_task(page, "测试书店")
    press(page, "接单")
    report(page, "另一件 1", street.photo(tmp_path, 50))
    city.act("officer", case_id, "W1", "正在处理急件")
    context.set_offline(False)
    people.expects(page, "412", "ERR_INTERNET_DISCONNECTED", "net::")
    page.get_by_role("navigation").get_by_role("button", name="上传").click()
    expect(page.get_by_text("案件已不在您办理时的状态")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("case.stale_version")).to_be_visible()
    street.wait_for(page, lambda: reports(city)["另一件 1"] == 1)
    people.clean(page)
    page.get_by_role("button", name="放弃这一步").click()
    page.get_by_role("button", name="确定放弃").click()
    expect(page.get_by_text("没有待上传的内容")).to_be_visible()


def test_a_code_before_the_camera_leads_to_the_task_without_a_network(people: People, city: LivedIn) -> None:
    number = city.get("officer", f"/api/cases/{city.cases['tea']}")["number"]
    context = phone(people)
    page = people.open(context, "/officer/")
    street.ready(page)
    context.set_offline(True)
    page.get_by_role("navigation").get_by_role("button", name="扫码").click()
    expect(page.get_by_text(number)).to_be_visible(timeout=20_000)
    context.set_offline(False)


def test_without_a_camera_a_code_typed_by_hand_finds_the_subject(people: People, city: LivedIn) -> None:
    context = phone(people)
    context.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no camera'))")
    page = people.open(context, "/officer/?at=scan")
    expect(page.get_by_text("相机没有打开")).to_be_visible()
    code = city.get("officer", f"/api/subjects/{city.subjects['fruit']}")["code"]
    page.get_by_label("案号、文书编码或信用代码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("测试鲜果店（合成）")).to_be_visible()
    people.clean(page)


def test_leaving_takes_everything_but_what_was_not_sent(people: People, city: LivedIn, tmp_path: Path) -> None:
    context = phone(people)
    page = people.open(context, "/officer/")
    street.ready(page)
    context.set_offline(True)
    report(page, "留下 1", street.photo(tmp_path, 60))
    page.get_by_role("navigation").get_by_role("button", name="我的").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="仍要退出").click()
    expect(page.get_by_text("本机还有 1 项未上传")).to_be_visible()
    kept = page.evaluate(
        """async () => { const asked = indexedDB.open('shouwei-officer');
        const base = await new Promise((give) => { asked.onsuccess = () => give(asked.result); });
        const count = (name) => new Promise((give) => { const all = base.transaction(name).objectStore(name).count();
        all.onsuccess = () => give(all.result); });
        return { facts: await count('facts'), shown: await count('shown'), entries: await count('entries'),
        photos: await count('photos') }; }"""
    )
    assert kept == {"facts": 0, "shown": 0, "entries": 1, "photos": 1}
    context.set_offline(False)
    page.reload()
    expect(page.get_by_label("登录名")).to_be_visible()
    people.expects(page, "net::", "401")
    assert context.request.post("/api/session", data={"code": city.login_code("officer")}).ok
    page.goto("/officer/?at=sending")
    street.wait_for(page, lambda: reports(city)["留下 1"] == 1)
