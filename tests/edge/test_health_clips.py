"""The health judge on the bundled clips: a camera is called ill where the truth file says so, and nowhere else."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from edge.clock import ManualClock
from edge.health import HealthChange, HealthJudge
from edge.stream.file_source import FileSource
from edge.stream.ring import PacketRing
from edge.stream.sampling import Sampling
from edge.vision.quality import describe

CLIPS = Path(__file__).parents[2] / "datasets" / "clips"
START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PATIENCE_S = {1.0: 6.0, 5.0: 12.0}
"""How late a fault may be known: its hold, and two looks."""


@pytest.mark.parametrize("truth_file", sorted(CLIPS.glob("*/truth.json")), ids=lambda path: path.parent.name)
@pytest.mark.parametrize("interval_s", [1.0, 5.0])
def test_a_clip_is_as_healthy_as_its_truth_says(truth_file: Path, interval_s: float) -> None:
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    source = FileSource(
        "cam",
        [truth_file.parent / truth["file"]],
        ManualClock(START),
        Sampling(interval_s),
        PacketRing(),
        start_at=START,
        realtime=False,
    )
    judge, changes = HealthJudge(), list[HealthChange]()
    for frame in source.frames():
        change = judge.step(frame.captured_at, describe(frame.image))
        changes += [change] if change else []
        began = [fault["from_s"] for fault in truth["health"] if fault["from_s"] <= frame.at_s]
        if began:
            assert not judge.fit, f"the picture at {frame.at_s} s must not be measured"
    assert [change.state.value for change in changes] == [fault["state"] for fault in truth["health"]]
    for change, fault in zip(changes, truth["health"], strict=True):
        assert 0 <= (change.at - START).total_seconds() - fault["from_s"] <= PATIENCE_S[interval_s]
