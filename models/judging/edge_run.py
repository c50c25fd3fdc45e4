"""A clip through a whole edge: sampling, health, models, reference, permits, episodes, evidence, store. No wall time.

What comes out are the messages that the edge would have sent, read from its own store.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from edge.app import EdgeWorker, Environment
from edge.clock import ManualClock
from edge.config import EdgeConfig, load
from edge.contracts.codec import decode
from edge.contracts.messages import Alert, AlertCleared, AlertRaised, CameraHealth, Message
from edge.models_in_use import ModelsInUse
from edge.stepping import Stepper
from edge.store import EdgeStore
from models.judging.episode_truth import Clip
from models.judging.in_hand import InHand

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""A Monday, ten o'clock in Shanghai."""
CAMERA = "cam"
STEP_S = 10.0
UPDATE_S = 15.0


def run(clip: Clip, hand: InHand, interval_s: float, rules: Path, tell: Callable[[float], None]) -> dict[str, Any]:
    """Alerts and health of one clip, in seconds of the clip. Raises ConfigInvalid, EdgeError."""
    with tempfile.TemporaryDirectory(prefix="judging-") as folder, _quiet():
        config = _config(clip, Path(folder), interval_s, rules)
        clock = ManualClock(START)
        models = ModelsInUse(hand.perceiver, hand.weights, hand.missing)
        environment = replace(Environment.real(clock), load_models=lambda _: models, clip_s=0.0)
        with EdgeWorker(config, environment, start_at=START, ring_s=1.0) as worker:
            stepper, at_s = Stepper(worker, clock), 0.0
            while at_s < clip.truth.duration_s:
                at_s = min(at_s + STEP_S, clip.truth.duration_s)
                stepper.step_until(START + timedelta(seconds=at_s))
                tell(at_s)
            said = told(messages(worker.store))
    return said | {"seconds": clip.truth.duration_s}


def messages(store: EdgeStore) -> list[Message]:
    """Everything that waits to be sent, in order; the evidence is taken for delivered."""
    while (pending := store.next_upload()) is not None:
        store.uploaded([sha256 for sha256, _, _ in pending.files], START)
    return [decode(waiting.payload).message for waiting in store.waiting((), 1_000_000)]


def told(said: list[Message]) -> dict[str, Any]:
    """Alerts by their episode, and changes of the camera's health."""
    alerts: dict[str, dict[str, Any]] = {}
    for message in said:
        if not isinstance(message, Alert):
            continue
        key, measured = str(message.episode_id), message.measurement
        if isinstance(message, AlertRaised):
            alerts[key] = {
                "zone": message.zone_id,
                "violation": message.violation,
                "permit": message.permit.value,
                "began_s": _seconds(message.began_at),
                "raised_s": _seconds(message.captured_at),
                "cleared_s": None,
                "areas_m2": [],
                "score": measured.score,
            }
        if key not in alerts:
            continue
        if isinstance(message, AlertCleared):
            alerts[key]["cleared_s"] = _seconds(message.cleared_at)
        elif measured.area_m2 is not None:
            alerts[key]["areas_m2"].append(measured.area_m2)
    health = [
        {"state": message.state.value, "at_s": _seconds(message.since)}
        for message in said
        if isinstance(message, CameraHealth)
    ]
    return {"alerts": list(alerts.values()), "health": health}


def _seconds(at: datetime) -> float:
    return round((at - START).total_seconds(), 3)


def _config(clip: Clip, folder: Path, interval_s: float, rules: Path) -> EdgeConfig:
    truth = clip.truth
    watched = sorted({name for zone in truth.zones for name in zone.violations})
    times = {"dwell_s": truth.dwell_s, "leave_s": truth.leave, "update_s": UPDATE_S}
    camera: dict[str, Any] = {
        "id": CAMERA,
        "interval_s": interval_s,
        "source": {"kind": "file", "paths": [str(clip.video.resolve())], "realtime": False},
        "zones": [
            {"id": z.id, "polygon": [list(p) for p in z.polygon], "violations": z.violations} for z in truth.zones
        ],
    }
    if truth.ground is not None:
        points = [{"image": list(p.image), "world_m": list(p.world_m)} for p in truth.ground.points]
        camera["ground"] = [p for p in points if all(0 <= side <= 1 for side in p["image"])]
    permits = [
        {
            "id": p.id, "camera_id": CAMERA, "zone_id": p.zone, "polygon": [list(point) for point in p.polygon],
            "valid_from": "2026-01-01", "valid_to": "2026-12-31",
        }
        for p in truth.permits
    ]  # fmt: skip
    document = {
        "edge_id": "judging",
        "data_dir": str(folder / "edge"),
        "violations": str(rules.resolve()),
        "overrides": dict.fromkeys(watched, times),
        "cameras": [camera],
        "permits": permits,
    }
    file = folder / "edge.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return load(file)


@contextmanager
def _quiet() -> Iterator[None]:
    """The edge's own log would drown the progress."""
    log = logging.getLogger("edge")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
