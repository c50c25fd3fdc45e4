"""How fast a monitor gets on: `python -m tests.e2e.review_speed`.

A server with 10,000 cases, five monitors at once: four scripted ones in processes of their own, and one real Chromium
that judges 100 prepared alerts with the keyboard. Two times are measured from the deciding key on: until the next
alert's picture is painted, and the part of it that the network made the monitor wait: until the answer with that alert
and the bytes of its picture had come, nothing when both lay there. Wanted is that 95 of 100 wait less than 100 ms.

A monitor's browser has a computer of its own. Here it shares this one with the server and the other monitors; `--apart`
lets its processes go first, as far as that goes. `--latency 2500` makes the line so slow that pictures cannot be there
in time: the command must fail then.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
from playwright.sync_api import Page

from server.web import build
from tests.e2e.browser import SIZES, chromium
from tests.e2e.clock import ShiftedClock
from tests.e2e.review_filling import fill
from tests.stories.camera import CLIPS, _decode
from tests.stories.city import City

PICTURES = 130
WATCH = """
() => { window.__took = []; window.__script = []; performance.setResourceTimingBufferSize(20000);
new PerformanceObserver((list) => { for (const one of list.getEntries())
  if (one.name === 'keydown') window.__script.push(one.processingEnd - one.processingStart);
}).observe({type: 'event', durationThreshold: 16});
// A picture's bytes came when it was fetched first; an entry of the memory's own copy comes later.
const came = (url) => Math.min(...performance.getEntriesByName(url).map((one) => one.responseEnd || Infinity));
addEventListener('keydown', (event) => {
  if (!window.__armed) return;
  window.__armed = false;
  const began = event.timeStamp;
  const before = document.querySelector('.rv-shown')?.dataset.case;
  const listed = new Set([...document.querySelectorAll('.rv-row')].map((row) => row.id.slice(3)));
  const look = () => {
    const part = document.querySelector('.rv-shown');
    const image = part?.querySelector('.pic img');
    if (!part || part.dataset.case === before || !image?.complete || !image.naturalWidth)
      return requestAnimationFrame(look);
    // What is posted in a frame's callback runs after that frame was painted.
    const line = new MessageChannel();
    line.port1.onmessage = () => {
      const ms = performance.now() - began;
      const waited = listed.has(part.dataset.case) ? Math.max(0, came(image.src) - began) : ms;
      window.__took.push({ms, network: Math.min(ms, waited), case: part.dataset.case});
    };
    line.port2.postMessage(null);
  };
  requestAnimationFrame(look);
}, true); }
"""
KEYS = (("2", "1"), ("2", "3"), ("1",), ("2", "5"), ("w",), ("5", "1"))
"""False alarm with a reason, confirmed, filed, left as unclear: in turn. The last key of each decides."""


def main() -> int:
    """Measure and print; 0 when 95 of 100 waited less than 100 ms for the network."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=10_000)
    options.add_argument("--waiting", type=int, default=2_000)
    options.add_argument("--judge", type=int, default=100)
    options.add_argument("--others", type=int, default=4)
    options.add_argument("--pause", type=float, default=0.5, help="seconds between two judgments")
    options.add_argument("--latency", type=int, default=0, help="ms that the browser's line adds to every answer")
    options.add_argument("--apart", action="store_true", help="the browser's processes go first (needs root)")
    wanted = options.parse_args()
    if "SHOUWEI_CONSOLE" not in os.environ and build.is_stale():
        build.build()
    with tempfile.TemporaryDirectory() as folder:
        told = _measure(Path(folder), wanted)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0 if told["waited_for_network_p95_ms"] < 100 else 1


def _measure(folder: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    clock = ShiftedClock(timedelta(0))
    with City(folder, clock.now(), clock=clock, public_url=None) as city:
        names, small = _pictures(city)
        with city.server.database.session_scope() as session:
            fill(session, wanted.cases, datetime.now(UTC), wanted.waiting, names, small)
        seconds = 40 + wanted.judge * (wanted.pause + 0.5)
        others = [_monitor(city, seconds, n) for n in range(wanted.others)]
        with chromium() as browser:
            width, height = SIZES["desk"]
            context = browser.new_context(
                viewport={"width": width, "height": height}, base_url=city.server.url, locale="zh-CN"
            )
            code = city.post("seat", "/api/me/login-links")["url"].partition("#login=")[2]
            assert context.request.post("/api/session", data={"code": code}).ok
            page = context.new_page()
            line = {"offline": False, "latency": wanted.latency, "downloadThroughput": -1, "uploadThroughput": -1}
            context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
            page.goto("/console/review")
            page.locator(".rv-shown .pic img").wait_for(timeout=30_000)
            if wanted.apart:
                _first_of_all()
            took = _judge(page, wanted.judge, wanted.pause)
            script = page.evaluate("window.__script")
            page.wait_for_timeout(8_000)
            left = page.locator(".rv-strip").count()
            context.close()
        told = [json.loads(one.communicate(timeout=120)[0]) for one in others]
    return _figures(took, script, told, left, wanted)


def _first_of_all() -> None:
    """Every thread of the browser that this process started goes before what else runs here."""
    mine = {os.getpid()}
    for status in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda file: int(file.parent.name)):
        name, _, rest = status.read_text().rpartition(")")
        if int(rest.split()[1]) not in mine:
            continue
        mine.add(int(status.parent.name))
        if "chrom" in name:
            for thread in (status.parent / "task").iterdir():
                os.setpriority(os.PRIO_PROCESS, int(thread.name), -10)


def _judge(page: Page, how_many: int, pause_s: float) -> list[dict[str, float]]:
    page.evaluate(WATCH)
    page.wait_for_timeout(1_500)
    for n in range(how_many):
        *asking, deciding = KEYS[n % len(KEYS)]
        for key in asking:
            page.keyboard.press(key)
            page.locator(".rv-ask").wait_for()
        page.evaluate("window.__armed = true")
        page.keyboard.press(deciding)
        # Asking the page takes its time, too: not before a person would look again.
        for _ in range(60):
            page.wait_for_timeout(300)
            if page.evaluate("window.__took.length") > n:
                break
        else:
            page.screenshot(path=str(Path(tempfile.gettempdir()) / "review_speed.png"))
            raise AssertionError(f"judgment {n}: no other picture came (see review_speed.png)")
        page.wait_for_timeout(pause_s * 1000)
    return list(page.evaluate("window.__took"))


def _figures(
    judged: list[dict[str, float]],
    script: list[float],
    told: list[dict[str, Any]],
    left: int,
    wanted: argparse.Namespace,
) -> dict[str, Any]:
    pages = sorted(ms for one in told for ms in one["pages_ms"])
    took, waited = ([one[what] for one in judged] for what in ("ms", "network"))
    return {
        "judged": len(took),
        "waited_for_network_p50_ms": round(statistics.median(waited), 1),
        "waited_for_network_p95_ms": round(_share(waited, 0.95), 1),
        "waited_for_network_max_ms": round(max(waited), 1),
        "painted_p50_ms": round(statistics.median(took), 1),
        "painted_p95_ms": round(_share(took, 0.95), 1),
        "painted_max_ms": round(max(took), 1),
        "script_of_a_key_p50_ms": round(statistics.median(script), 1) if script else None,
        "not_sent_in_the_end": left,
        "cases": wanted.cases,
        "waiting": wanted.waiting,
        "monitors": 1 + len(told),
        "latency_ms": wanted.latency,
        "browser_goes_first": wanted.apart,
        "judged_by_the_others": sum(one["judged"] for one in told),
        "page_of_30_p50_ms": round(statistics.median(pages), 1) if pages else None,
        "page_of_30_p95_ms": round(_share(pages, 0.95), 1) if pages else None,
        "load_average": [round(one, 1) for one in os.getloadavg()],
        "cores": os.cpu_count(),
    }


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _monitor(city: City, seconds: float, seed: int) -> "subprocess.Popen[str]":
    person = city.post("admin", "/api/persons", {"name": f"坐席 {seed}", "roles": ["seat"], "districts": ["*"]})
    token = city.post("admin", f"/api/persons/{person['id']}/tokens")["token"]
    # Each has a street of its own: whoever takes a case that was just looked at is the matter of other tests.
    cameras = [f"full-{seed + 4 * n:03d}" for n in range(12)]
    words = [
        sys.executable,
        "-m",
        "tests.e2e.review_monitor",
        city.server.url,
        token,
        str(seconds),
        str(seed),
        *cameras,
    ]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def _pictures(city: City) -> tuple[list[str], bytes]:
    """Different pictures of a street, stored: their names; and a small one, as edges send it with an alert."""
    token = city.post("admin", "/api/edges/full/tokens")["token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "image/jpeg"}
    film = CLIPS / "street_goods" / "street_goods.mp4"
    frames = [_decode(film, 60.0 + 4 * n) for n in range(6)]
    names: list[str] = []
    for n in range(PICTURES):
        image = np.ascontiguousarray(frames[n % len(frames)])
        cv2.putText(image, f"{n:03d}", (40, 160), cv2.FONT_HERSHEY_SIMPLEX, 4.0, (255, 255, 255), 8)
        content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 82])[1].tobytes()
        names.append(sha256(content).hexdigest())
        put = httpx.put(f"{city.server.url}/api/evidence/{names[-1]}", content=content, headers=headers)
        put.raise_for_status()
    return names, cv2.imencode(".jpg", cv2.resize(frames[0], (320, 180)))[1].tobytes()


if __name__ == "__main__":
    sys.exit(main())
