"""First use: a stranger opens the running demonstration and, by what the screens say, adds a camera of one's own,
draws a zone, puts it in force and opens the first alert. All parts are real, the RTSP camera with its password too.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from edge.config_plans import RTSP_PORTS
from tests.e2e.browser import Faults, serious
from tests.fakes.rtsp import Login, RtspServer

ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT / "datasets" / "clips" / "site_muck"
PASSWORD = "p@ss/w0rd"
FIRST_ALERT_MS = 120_000
"""The demonstration's dwell is 20 s; the stream has to be opened, and a loaded machine is slow."""


def free_port(among: tuple[int, ...] = (0,)) -> int:
    """A port that nobody listens on."""
    for port in among:
        with closing(socket.socket()) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise OSError(f"all taken: {among}")


@pytest.fixture
def camera() -> Iterator[RtspServer]:
    """A building site that shows bare soil, as a camera with a user and a password."""
    ports = tuple(port for port in RTSP_PORTS if port > 1023)
    with RtspServer([CLIP / "site_muck.mp4"], "127.0.0.1", free_port(ports), login=Login("watch", PASSWORD)) as server:
        yield server


@pytest.fixture
def link(tmp_path: Path, screens: None) -> Iterator[str]:
    """The first link that `shouwei demo` prints; the demonstration runs until the test is over."""
    words = ["demo", "--port", str(free_port()), "--data", str(tmp_path / "demo")]
    command = [sys.executable, "-c", "from shouwei.main import run; run()", *words]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"https?://\S+#login=\S+", line):
                yield found.group(0)
                break
        else:
            pytest.fail(f"no link: {''.join(said)}")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.mark.timeout(400)
def test_from_the_link_to_the_first_alert_of_a_camera_of_ones_own(
    link: str, camera: RtspServer, browser: Browser
) -> None:
    with closing(
        browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 800})
    ) as context:
        page, faults = context.new_page(), Faults()
        faults.watch(page)
        faults.allowed.append("api/me: 401")  # the link has not been traded yet
        page.goto(link)
        page.get_by_role("link", name="设备").click()
        add_camera(page, camera.url)
        draw_zone(page)
        put_in_force(page)
        open_alert(page)
        assert faults.unexpected() == []
        assert serious(page) == []


def add_camera(page: Page, url: str) -> None:
    page.get_by_role("button", name="接入摄像机").first.click()
    page.get_by_label("摄像机地址").fill(url)
    page.get_by_label("用户名").fill("watch")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="试看画面").click()
    expect(page.get_by_text("用户名或密码不对")).to_be_visible(timeout=40_000)
    page.get_by_role("button", name="换个地址再试").click()
    page.get_by_label("摄像机地址").fill(url)
    page.get_by_label("用户名").fill("watch")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="试看画面").click()
    expect(page.get_by_role("img", name="试看到的画面")).to_be_visible(timeout=40_000)
    page.get_by_label("名称").fill("我的工地")
    page.get_by_role("button", name="接入，下一步画区域").click()
    expect(page.get_by_role("heading", name="我的工地")).to_be_visible(timeout=20_000)
    assert PASSWORD not in page.content()


def draw_zone(page: Page) -> None:
    expect(page.get_by_text("点“画区域”")).to_be_visible()
    polygon = json.loads((CLIP / "truth.json").read_text(encoding="utf-8"))["zones"][0]["polygon"]
    expect(page.locator(".drawing img")).to_be_visible()
    page.get_by_role("button", name="画区域", exact=True).click()
    sheet = page.locator(".drawing svg")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    for x, y in [*polygon, polygon[0]]:
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.get_by_label("区域名称").fill("土堆")
    expect(page.get_by_text("勾选要看的行为")).to_be_visible()
    page.get_by_label("裸土未覆盖").check()


def put_in_force(page: Page) -> None:
    expect(page.get_by_text("写一句说明，点“生效”")).to_be_visible()
    expect(page.get_by_text("新增摄像机 我的工地")).to_be_visible()
    page.get_by_label("说明（为什么改）").fill("第一次试用")
    page.get_by_role("button", name="生效").click()
    expect(page.get_by_text("节点已接受，第 1 版正在运行")).to_be_visible(timeout=60_000)


def open_alert(page: Page) -> None:
    expect(page.get_by_text("已经在看了")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="打开预警").click(timeout=FIRST_ALERT_MS)
    expect(page.get_by_text("我的工地").or_(page.get_by_text("裸土")).first).to_be_visible(timeout=20_000)
    expect(page.locator("main img").first).to_be_visible(timeout=20_000)
