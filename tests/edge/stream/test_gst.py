"""Reading from somebody else's RTSP server: GStreamer's, from Debian packages."""

import shutil
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

import pytest

from edge.clock import SystemClock
from edge.errors import SourceLost
from edge.stream.ring import PacketRing
from edge.stream.rtsp_source import RtspSource
from edge.stream.sampling import Sampling

PACKAGES = "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad"
PROBE = """
import gi
gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
assert all(Gst.ElementFactory.find(name) for name in ("qtdemux", "h264parse", "rtph264pay"))
"""


def system_python() -> str | None:
    """The Python that Debian's packages belong to, if they are installed."""
    python = shutil.which("python3", path="/usr/bin")
    if python is None or subprocess.run([python, "-c", PROBE], capture_output=True, check=False).returncode:
        return None
    return python


pytestmark = pytest.mark.integration


@pytest.fixture
def server(h264: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    python = system_python()
    if python is None:
        pytest.skip(f"GStreamer's RTSP server is not installed (Debian: {PACKAGES})")
    script = Path(__file__).with_name("gst_rtsp_server.py")
    with subprocess.Popen([python, str(script), str(h264)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"rtsp://127.0.0.1:{process.stdout.readline().strip()}/live", process
        finally:
            process.kill()


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_reads_from_gstreamer(server: tuple[str, subprocess.Popen[str]], transport: Literal["tcp", "udp"]) -> None:
    source = RtspSource("cam", server[0], SystemClock(), Sampling(0.5), PacketRing(), transport=transport)
    frames = list(islice(source.frames(), 3))
    source.close()
    assert [frame.image.shape for frame in frames] == [(180, 320, 3)] * 3
    assert frames[0].is_key


def test_gstreamer_killed_is_a_lost_stream(server: tuple[str, subprocess.Popen[str]]) -> None:
    source = RtspSource("cam", server[0], SystemClock(), Sampling(0.5), PacketRing(), read_timeout_s=1.0)
    frames = source.frames()
    next(frames)
    server[1].kill()
    with pytest.raises(SourceLost):
        list(frames)
