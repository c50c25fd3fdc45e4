"""`shouwei edge run` as a process: clips in, alerts with evidence at the broker, an orderly end on SIGTERM."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from edge.broker import EmbeddedBroker
from edge.config import BrokerConfig
from edge.contracts.codec import Envelope, decode
from edge.contracts.messages import AlertRaised, Presence
from edge.contracts.taxonomy import EvidenceRole
from edge.link import Link, Received, Session, connect
from edge.store import EdgeStore
from edge.vision.classes import SemanticClass
from tests.edge.vision.test_model_file import write_model
from tests.fakes import onnx_bytes
from tests.fakes.clips import write_clip

pytestmark = pytest.mark.integration
ROOT = Path(__file__).resolve().parents[2]
RED_IS_GOODS = np.zeros((10, 3), np.float32)
RED_IS_GOODS[SemanticClass.GOODS, 0] = 20
RED_IS_GOODS[SemanticClass.GROUND, 1] = 20


def street(goods: bool) -> np.ndarray:
    """Green free ground, and red goods on a third of it; textured, so that it passes for a sharp picture."""
    rng = np.random.default_rng(1)
    image = np.zeros((180, 320, 3), np.uint8)
    image[:, :, 1] = rng.integers(120, 255, (15, 20), np.uint8).repeat(12, 0).repeat(16, 1)
    if goods:
        image[60:160, 100:220] = (0, 0, 255)
    return image


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    with EmbeddedBroker(tmp_path / "broker") as broker:
        yield broker


@pytest.fixture
def config(tmp_path: Path, broker: EmbeddedBroker) -> Path:
    write_model(tmp_path / "registry" / "tiny" / "1", onnx_bytes.segmenter(RED_IS_GOODS))
    write_clip(tmp_path / "street.mp4", (street(goods=n >= 40) for n in range(200)), rate=5, gop=5)
    zone = {
        "id": "front",
        "polygon": [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]],
        "violations": ["outdoor_display"],
    }
    source = {"kind": "file", "paths": ["street.mp4"], "realtime": True, "loop": True}
    settings: dict[str, Any] = {
        "edge_id": "edge-1",
        "data_dir": "data",
        "models": {"registry": "registry", "segmenter": "tiny"},
        "broker": {"port": broker.port},
        "server": {"url": "http://127.0.0.1:9"},
        "overrides": {"outdoor_display": {"dwell_s": 2, "leave_s": 2}},
        "cameras": [{"id": "cam-1", "interval_s": 1, "source": source, "zones": [zone]}],
    }
    path = tmp_path / "edge.yaml"
    path.write_text(yaml.safe_dump(settings))
    return path


def next_message(link: Link, kind: type, at_most_s: float = 60) -> Any:
    until = time.monotonic() + at_most_s
    while time.monotonic() < until:
        event = link.next_event(0.5)
        if isinstance(event, Received):
            link.done(event)
            envelope: Envelope = decode(event.payload)
            if isinstance(envelope.message, kind):
                return envelope.message
    raise AssertionError(f"no {kind.__name__} within {at_most_s:g} s")


def test_it_watches_tells_and_ends_in_order(config: Path, broker: EmbeddedBroker) -> None:
    topics = ["shouwei/v1/edge-1/presence"]
    watcher = connect(BrokerConfig(port=broker.port), Session("watcher", ("shouwei/v1/w/presence", b"{}"), topics))
    process = subprocess.Popen(
        [sys.executable, "-c", "from shouwei.main import run; run()", "edge", "run", "--config", str(config)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        birth = next_message(watcher, Presence)
        assert (birth.online, birth.boot, birth.cameras) == (True, 1, ["cam-1"])
        raised = _wait_for_alert(config.parent / "data" / "store.db")
        process.send_signal(signal.SIGTERM)
        death = next_message(watcher, Presence)
        assert (death.online, death.boot) == (False, 1)
        assert process.wait(30) == 0
    finally:
        process.kill()
        _, errors = process.communicate()
        watcher.close()
    assert "Traceback" not in errors
    roles = [ref.role for ref in raised.evidence]
    assert EvidenceRole.CLIP in roles
    assert roles[-1] is EvidenceRole.MANIFEST
    assert errors.count("evidence waits") == 1  # nobody takes evidence at that address: said once, not every second


def _wait_for_alert(database: Path) -> AlertRaised:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with EdgeStore(database) as store:
            for (payload,) in store._db.execute("SELECT payload FROM outbox ORDER BY seq").fetchall():
                message = decode(payload).message
                if isinstance(message, AlertRaised):
                    return message
        time.sleep(0.2)
    raise AssertionError("no alert within 60 s")
