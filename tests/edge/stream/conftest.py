"""Clips are made once for a whole run."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes.clips import clip
from tests.fakes.clock import ManualClock

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
def h264(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """10 s, 320x180, 25/s, a key frame every 2 s."""
    return clip(tmp_path_factory.mktemp("clips") / "h264.mp4", 10, gop=50)


@pytest.fixture(scope="session")
def h264_reordered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """6 s with B-frames."""
    return clip(tmp_path_factory.mktemp("clips") / "b.mp4", 6, gop=50, b_frames=2, options={"preset": "veryfast"})


@pytest.fixture(scope="session")
def h265(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """6 s of H.265 with B-frames, a key frame every 2 s."""
    return clip(tmp_path_factory.mktemp("clips") / "h265.mp4", 6, codec="libx265", gop=50, b_frames=2)


@pytest.fixture(scope="session")
def long_gop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """10 s with a key frame only at the begin."""
    return clip(tmp_path_factory.mktemp("clips") / "long.mp4", 10, gop=1000)
