"""Desks in a real browser: a return granted, approval by delegation, an objection that its decider may not answer, and
a queue walked through by keyboard alone.
"""

from hashlib import sha256

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.stories.city import CERTIFICATES, NAMES, Somebody

pytestmark = pytest.mark.timeout(300)


def photo(city: LivedIn, who: str, told: str) -> str:
    """A small picture in the evidence store, each another one."""
    body = b"\xff\xd8\xff\xe0" + told.encode()
    name = sha256(body).hexdigest()
    answer = city.ask(who, "PUT", f"/api/evidence/{name}", content=body, headers={"Content-Type": "image/jpeg"})
    assert answer.is_success, answer.text
    return name


def spot_case(city: LivedIn, key: str) -> str:
    """Corrected while the officers were there, verified, and waiting for approval."""
    case_id, officer = city.cases[key], city.people["officer"].id
    city.on_duty()
    city.act("seat", case_id, "W1", "门前摆放")
    city.act("dispatch", case_id, "W2", assignee_id=officer)
    city.act("officer", case_id, "W3")
    city.act("officer", case_id, "W4", "定位偏差", lon=119.9742, lat=31.7791)
    city.act(
        "officer", case_id, "W7", officers=list(CERTIFICATES.values()), harm="NONE", sev="SLIGHT", pledge_signed=True,
        inspection_record="检（纸质）", photos=[photo(city, "officer", f"spot {key}")],
    )  # fmt: skip
    city.act("verify", case_id, "W8")
    city.act("verify", case_id, "L1", photos=[photo(city, "verify", f"seen {key}")])
    city.act("officer", case_id, "L4")
    return case_id


def key(page: Page, name: str) -> None:
    """Press the number on a move's button."""
    number = page.locator(".desk-decide").get_by_role("button", name=name).first.locator("kbd")
    expect(number).to_be_visible()
    page.keyboard.press(number.inner_text())
    expect(page.locator("form.moveform")).to_be_visible()


def test_a_return_is_granted_and_comes_to_the_dispatcher_by_itself(people: People, city: LivedIn) -> None:
    case_id = city.cases["dress"]
    dispatcher = people.visit("dispatch", "/console/desk")
    expect(dispatcher.locator(".desk-list li")).to_have_count(1)
    city.act("officer", case_id, "WX", "店在隔壁中队辖区", asks="return")

    superv = people.visit("superv", f"/console/desk?tab=requests&case={case_id}")
    expect(superv.get_by_text("店在隔壁中队辖区").first).to_be_visible()
    key(superv, "同意退回")
    superv.locator("form.moveform textarea").fill("同意，改派")
    superv.keyboard.press("Control+Enter")
    expect(superv.get_by_text("都办完了").first).to_be_visible()
    people.clean(superv)
    expect(dispatcher.locator(".desk-list li")).to_have_count(2)
    people.clean(dispatcher)


def test_a_leader_approves_by_delegation_and_only_what_it_names(people: People, city: LivedIn) -> None:
    case_id = spot_case(city, "flower")
    leader = people.visit("leader", "/console/desk?tab=delegated")
    expect(leader.get_by_text("只有授权书列明的当场案件在这里")).to_be_visible()
    expect(leader.locator(".desk-list li")).to_have_count(0)

    head = people.visit("head", "/console/delegations")
    head.get_by_label("授权书文号").fill("天宁城管授〔2026〕7号")
    head.get_by_label("授权给").select_option(label=NAMES["leader"])
    head.get_by_label("CG-01").check()
    head.get_by_role("button", name="授权", exact=True).click()
    expect(head.get_by_text("天宁城管授〔2026〕7号")).to_be_visible()
    people.clean(head)

    leader.goto(f"/console/desk?tab=delegated&case={case_id}")
    expect(leader.get_by_text("凭授权书 天宁城管授〔2026〕7号").first).to_be_visible()
    key(leader, "批准")
    expect(leader.get_by_label("决定")).to_have_value("exempt_t1")
    leader.get_by_label("决定").select_option("no_penalty")
    leader.keyboard.press("Control+Enter")
    people.expects(leader, "actions: 409")
    expect(leader.get_by_role("alert").get_by_text("与建议不同，须写理由")).to_be_visible()
    leader.get_by_label("决定").select_option("exempt_t1")
    leader.keyboard.press("Control+Enter")
    expect(leader.get_by_text("都办完了").first).to_be_visible()
    people.clean(leader)
    step = city.get("auditor", f"/api/cases/{case_id}")["steps"][-1]
    assert (step["to_state"], step["fields"]["delegation"]) == ("L5", "天宁城管授〔2026〕7号")


def test_an_objection_is_answered_by_another_than_the_decider(people: People, city: LivedIn) -> None:
    case_id = city.cases["noodle"]
    second = city.post("admin", "/api/persons", {"name": "副职 沈平", "roles": ["head"]})
    token = city.post("admin", f"/api/persons/{second['id']}/tokens")["token"]
    city.people["head2"] = Somebody(second["id"], "副职 沈平", token)
    head = people.visit("head", "/console/objections")
    expect(head.get_by_text("没有待答复的异议或陈述")).to_be_visible()
    said = {"statement": "当天是供货商临时卸货，不是我店摆放。", "source": "当事人来信"}
    city.post("officer", f"/api/cases/{case_id}/objections", said)

    expect(head.get_by_text("供货商临时卸货").first).to_be_visible()
    expect(head.get_by_text("您作出了原决定，不能答复")).to_be_visible()
    expect(head.locator(".objections-answer").get_by_role("button", name="维持")).to_have_count(0)
    people.clean(head)

    other = people.visit("head2", "/console/objections")
    expect(other.get_by_role("button", name="2 撤销")).to_be_visible()
    other.keyboard.press("2")
    other.get_by_label("答复与理由").fill("经核实为供货商卸货，原决定撤销，重新办理。")
    other.keyboard.press("Control+Enter")
    expect(other.get_by_text("没有待答复的异议或陈述")).to_be_visible()
    other.get_by_role("button", name="全部").click()
    expect(other.get_by_text("经核实为供货商卸货")).to_be_visible()
    people.clean(other)
    assert city.get("legal", f"/api/cases/{case_id}")["state"] == "L9"


def test_a_queue_by_keyboard_alone(people: People) -> None:
    page = people.visit("superv", "/console/desk?tab=overdue")
    rows = page.locator(".desk-list li button")
    expect(rows.first).to_have_attribute("aria-current", "true")
    count = rows.count()
    assert count >= 2
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    chosen = page.url
    for _ in range(count):
        page.keyboard.press("j")
    expect(rows.nth(count - 1)).to_have_attribute("aria-current", "true")
    for _ in range(count):
        page.keyboard.press("k")
    expect(rows.first).to_have_attribute("aria-current", "true")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    assert page.url == chosen, "the address says which"
    page.keyboard.press("]")
    expect(page.get_by_role("tab", name="死信")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("[")
    expect(page.get_by_role("tab", name="逾期督办")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("o")
    page.wait_for_url("**/console/cases/*")
