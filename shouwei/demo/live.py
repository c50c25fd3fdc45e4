"""`shouwei demo`: the clips at their own pace, over and over, until Ctrl-C. The terminal shows what the page shows."""

import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from edge.clock import SystemClock
from shouwei.demo.opening import Opened, opened
from shouwei.demo.people import ApiFault
from shouwei.demo.stage import played_clips

REFRESH_S = 1.0
LINES = 10


def run_live(folder: Path, console: Console, stop: threading.Event, *, port: int, people: bool) -> None:
    """Run until `stop`. Without `people` nobody acts: the cases wait for whoever uses the page or the API."""
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(f"{datetime.now().astimezone():%H:%M:%S}  {line}")
        if not console.is_terminal:
            console.print(told[-1], highlight=False, markup=False)

    played = played_clips()
    with opened(folder, played, datetime.now(UTC), SystemClock(), tell, live=True, port=port) as demo:
        for line in _links(demo):
            console.print(line, highlight=False, markup=False, soft_wrap=True)
        worker = threading.Thread(target=demo.edge.run, args=(stop,), name="edge", daemon=True)
        worker.start()
        with Live(console=console, auto_refresh=False, transient=False) as screen:
            while not stop.is_set():
                _round(demo, screen, told, people=people)
                stop.wait(REFRESH_S)
        worker.join(timeout=15)


def _links(demo: Opened) -> list[str]:
    """Ways in, each for one use: whoever watches over cameras may also add one of their own."""
    link = demo.server.page_link
    return [
        "",
        "请打开（一次有效，十分钟内）/ open this once, within ten minutes:",
        link(demo.cast["SUPERV"].token),
        "在“设备”页可以接入自己的摄像机 / add a camera of your own under “Cameras”",
        "",
        "中队长的页面 / the leader's pages:",
        link(demo.cast["LEADER"].token),
        "",
    ]


def _round(demo: Opened, screen: Live, told: list[str], *, people: bool) -> None:
    try:
        if people:
            demo.director.act(datetime.now(UTC))
        if screen.console.is_terminal:
            screen.update(_picture(demo, told), refresh=True)
    except ApiFault as fault:
        told.append(f"{time.strftime('%H:%M:%S')}  {fault}")


def _picture(demo: Opened, told: list[str]) -> Group:
    token = demo.cast["SEAT"].token
    cameras = demo.api.get(token, "/api/cameras")
    alerts = demo.api.get(token, "/api/alerts", limit=8)["items"]
    cases = demo.director.cases()[-8:][::-1]
    return Group(
        _cameras(cameras), _alerts(alerts), _cases(cases), Panel(Text("\n".join(told[-LINES:])), title="经过 log")
    )


def _cameras(rows: list[dict[str, Any]]) -> Table:
    table = Table("摄像机 camera", "状态 state", "说明 detail", expand=True)
    for row in rows:
        colour = "green" if row["state"] == "ok" else "red"
        table.add_row(row["id"], f"[{colour}]{row['state']}[/]", row["detail"])
    return table


def _alerts(rows: list[dict[str, Any]]) -> Table:
    table = Table("预警 alert", "区域 zone", "类型 violation", "面积 m²", "分值 score", "状态 state", expand=True)
    for row in rows:
        at = datetime.fromisoformat(row["raised_at"]).astimezone()
        area = "-" if row["area_m2"] is None else f"{row['area_m2']:.1f}"
        table.add_row(f"{at:%H:%M:%S}", f"{row['camera_id']} {row['zone_id']}", row["violation"], area,
                      f"{row['score']:.2f}", row["state"])  # fmt: skip
    return table


def _cases(rows: list[dict[str, Any]]) -> Table:
    table = Table("案件 case", "主体 subject", "事项 item", "状态 state", expand=True)
    for row in rows:
        colour = "yellow" if row["is_open"] else "green"
        table.add_row(row["number"], row["subject_name"], row["item_code"] or "-",
                      f"[{colour}]{row['state']} {row['state_zh']}[/]")  # fmt: skip
    return table
