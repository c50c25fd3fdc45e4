"""One scripted monitor: pages of the queue, claims, judgments, with the stream open, at a person's pace.

`python -m tests.e2e.review_monitor URL TOKEN SECONDS SEED CAMERA...` works on the cases of these cameras; prints one
JSON object: what it did, and how long pages took.
"""

import json
import random
import sys
import threading
import time
from typing import Any

import httpx

LOOKS_S = (0.6, 1.6)


def main(url: str, token: str, seconds: float, seed: int, cameras: list[str]) -> dict[str, Any]:
    """Work for so long."""
    chance = random.Random(seed)
    client = httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    threading.Thread(target=_listen, args=(url, token), daemon=True).start()
    until = time.monotonic() + seconds
    pages_ms: list[float] = []
    judged = held = 0
    while time.monotonic() < until:
        began = time.perf_counter()
        asked = {"limit": 30, "camera_id": chance.choice(cameras)}
        items = client.get("/api/review", params=asked).raise_for_status().json()["items"]
        pages_ms.append((time.perf_counter() - began) * 1000)
        for item in chance.sample(items, min(8, len(items))):
            case = item["case"]
            if item["claim"] or client.put(f"/api/claims/{case['id']}", json={}).is_error:
                held += 1
                continue
            time.sleep(chance.uniform(*LOOKS_S))
            told = {"to": "A3", "reason": "光影或反光 / Light or reflection", "fields": {}}
            headers = {"If-Match": f'"{case["version"]}"', "Idempotency-Key": f"{seed}-{case['id']}"}
            judged += client.post(f"/api/cases/{case['id']}/actions", json=told, headers=headers).is_success
            if time.monotonic() > until:
                break
    return {"judged": judged, "held": held, "pages_ms": pages_ms}


def _listen(url: str, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.stream("GET", f"{url}/api/events", headers=headers, timeout=None) as lines:
        for _ in lines.iter_lines():
            pass


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])))
