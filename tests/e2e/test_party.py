"""The party on its phone: from the link to the answer, without an account, and nothing of anyone else's."""

from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import People
from tests.e2e.city import LivedIn
from tests.stories.city import CERTIFICATES

STREET = "（合成）测试街门前人行道"


def photo_file(folder: Path, name: str, shade: int) -> Path:
    """A large photo, as a phone takes them."""
    picture = np.full((3000, 4000, 3), shade, np.uint8)
    cv2.putText(picture, name, (200, 1500), cv2.FONT_HERSHEY_SIMPLEX, 12, (255, 255, 255), 20)
    file = folder / f"{name}.jpg"
    cv2.imwrite(str(file), picture)
    return file


def site_photo(city: LivedIn, shade: int) -> str:
    """A photo that the officer took."""
    _, made = cv2.imencode(".jpg", np.full((120, 160, 3), shade, np.uint8))
    content = made.tobytes()
    name = sha256(content).hexdigest()
    city.ask("officer", "PUT", f"/api/evidence/{name}", content=content, headers={"Content-Type": "image/jpeg"})
    return name


@pytest.fixture(scope="module")
def ordered(city: LivedIn) -> str:
    """The case of the dress shop, with the written order served."""
    case_id = city.cases["dress"]
    city.act("officer", case_id, "W3")
    city.act("officer", case_id, "W4", "定位偏差，已到门前", lon=119.9742, lat=31.7791)
    inspection = city.document("officer", case_id, "inspection", place=STREET, findings="门前摆放衣架。")
    order = city.document("officer", case_id, "order", place=STREET, demands="收回衣架。")
    city.act(
        "officer", case_id, "W6", officers=list(CERTIFICATES.values()), harm="NONE", sev="SLIGHT",
        order_number=order["number"], inspection_record=inspection["number"], photos=[site_photo(city, 90)],
    )  # fmt: skip
    return case_id


def link(city: LivedIn, case_id: str) -> str:
    """What an officer makes for the party, from the root."""
    made = city.post("officer", f"/api/cases/{case_id}/party-links")
    assert made["url"] == f"{city.server.settings.http.address}/party#{made['code']}"
    return f"/party#{made['code']}"


def inside(page: Page) -> Page:
    """Until the case is shown."""
    page.locator("#pt-now").wait_for()
    return page


def test_from_the_link_to_the_answer(people: People, city: LivedIn, ordered: str, tmp_path: Path) -> None:
    page = inside(people.visit("", link(city, ordered), size="phone"))
    assert "#" not in page.url
    expect(page.locator(".pt-now")).to_contain_text("还剩")
    expect(page.get_by_text("这样做不符合")).to_be_visible()
    page.locator(".pt-seen img").first.wait_for()

    page.get_by_label("拍照或选照片").set_input_files(photo_file(tmp_path, "after", 120))
    page.get_by_label("想说的话（可以不写）").fill("衣架已经收进店里")
    page.locator("#pt-correct ~ form").get_by_role("button", name="交上去").click()
    expect(page.get_by_text("您交过的照片")).to_be_visible()
    page.locator(".pt-shot.small img").wait_for()
    (kept,) = city.get("verify", f"/api/cases/{ordered}/party-files")
    assert (kept["purpose"], kept["note"]) == ("correction", "衣架已经收进店里")
    assert kept["size_bytes"] < 600_000

    page.get_by_text("打开承诺书，读一读").click()
    page.get_by_label("签名人姓名").fill("张三")
    pad = page.get_by_role("img", name="签名框")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 40 + 25 * step, box["y"] + 40 + 30 * (step % 2))
    page.mouse.up()
    expect(page.get_by_text("框里已经有签名")).to_be_visible()
    page.get_by_label("我读完了，愿意承诺").check()
    page.get_by_role("button", name="签好交上去").click()
    expect(page.get_by_text("承诺书已经签好。")).to_be_visible()
    (pledge,) = city.get("officer", f"/api/cases/{ordered}/pledges")
    assert (pledge["signed_by"], len(pledge["photos"])) == ("张三", 1)

    page.get_by_label("您想说什么").fill("衣架是隔壁店的，请核对。")
    page.get_by_label("加照片或短视频（可以不加）").set_input_files(photo_file(tmp_path, "proof", 60))
    page.locator("#pt-say ~ form").get_by_role("button", name="交上去").click()
    expect(page.get_by_text("收到了。编号")).to_be_visible()
    (row,) = city.get("legal", f"/api/cases/{ordered}/objections")
    assert (row["kind"], row["came_by"], len(row["files"])) == ("objection", "link", 1)
    city.post(
        "legal", f"/api/objections/{row['id']}/answer", {"result": "upheld", "answer": "经核对监控，衣架属本店。"}
    )
    page.reload()
    inside(page)
    expect(page.get_by_text("经核对监控，衣架属本店。")).to_be_visible()
    expect(page.get_by_text("原来的处理没有变")).to_be_visible()

    with page.expect_download() as fetched:
        page.get_by_role("button", name="下载 责令限期改正通知书").click()
    assert Path(fetched.value.path()).read_bytes()[:5] == b"%PDF-"
    people.clean(page)


def test_a_link_works_once_and_the_same_phone_comes_back(people: People, city: LivedIn, ordered: str) -> None:
    way = link(city, ordered)
    phone = people.context("", size="phone")
    inside(people.open(phone, way)).close()
    inside(people.open(phone, way)).close()
    inside(people.open(phone, "/party")).close()
    other = people.visit("", way, size="phone")
    people.expects(other, "api/party/visits: 401")
    expect(other.get_by_role("heading", name="这个链接打不开了")).to_be_focused()
    expect(other.get_by_text("请办案人员给您一个新的链接")).to_be_visible()
    expect(other.get_by_text("（示例）城市管理局")).to_be_visible()
    people.clean(other)


def test_a_visit_that_ran_out_goes_on_by_itself_and_an_old_link_does_not(
    people: People, city: LivedIn, ordered: str
) -> None:
    unused = link(city, ordered)
    page = inside(people.visit("", link(city, ordered), size="phone"))
    people.expects(page, "401")
    page.evaluate("sessionStorage.setItem('shouwei.party.open', JSON.stringify("
                  "{...JSON.parse(sessionStorage['shouwei.party.open']), token: 'swv_old'}))")  # fmt: skip
    page.reload()
    inside(page)
    revoked = city.post("officer", f"/api/cases/{ordered}/party-links")
    city.ask("officer", "DELETE", f"/api/party-links/{revoked['link_id']}")
    late = people.visit("", f"/party#{revoked['code']}", size="phone")
    people.expects(late, "api/party/visits: 401")
    expect(late.get_by_role("heading", name="这个链接打不开了")).to_be_visible()
    inside(people.visit("", unused, size="phone"))


def test_nothing_of_anyone_elses(people: People, city: LivedIn, ordered: str) -> None:
    page = inside(people.visit("", link(city, city.cases["phone"]), size="phone"))
    ask = """async path => {
      const {token} = JSON.parse(sessionStorage['shouwei.party.open']);
      return (await fetch(path, {headers: {Authorization: `Bearer ${token}`}})).status;
    }"""
    sent = city.get("verify", f"/api/cases/{ordered}/party-files")
    papers = city.get("officer", f"/api/cases/{ordered}/documents")
    # The synthetic shops share a clip: the site's pictures are surely of another place.
    alert = city.get("officer", f"/api/cases/{city.cases['yard']}/pictures")
    shown = _hashes(alert)
    assert papers
    assert shown
    people.expects(page, "404", "401", "403")
    for path in [
        *(f"/api/party/documents/{paper['id']}/pdf" for paper in papers),
        *(f"/api/party/files/{file['sha256']}" for file in sent),
        *(f"/api/party/pictures/{sha}" for sha in shown),
    ]:
        assert page.evaluate(ask, path) == 404, path
    for path in (f"/api/cases/{ordered}", "/api/cases", "/api/objections", f"/api/cases/{ordered}/party-files"):
        assert page.evaluate(ask, path) in (401, 403), path


def test_with_the_keyboard_in_large_type_and_english(people: People, city: LivedIn, ordered: str) -> None:
    page = inside(people.visit("", link(city, city.cases["yard"]), lang="en", size="phone"))
    for name in ("Large type", "High contrast"):
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Open the pledge and read it").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Your name").fill("Li Si")
    page.get_by_role("button", name="I cannot draw").press("Enter")
    page.get_by_label("I have read it and promise").press("Space")
    people.clean(page)
    page.get_by_role("button", name="Sign and send").press("Enter")
    expect(page.get_by_text("The pledge is signed.")).to_be_visible()
    people.clean(page)


def _hashes(told: object) -> list[str]:
    """Every SHA-256 in an answer."""
    if isinstance(told, dict):
        return [found for value in told.values() for found in _hashes(value)]
    if isinstance(told, list):
        return [found for value in told for found in _hashes(value)]
    return [told] if isinstance(told, str) and len(told) == 64 else []
