"""Where pictures come from, whichever kind: the interface, and the one function that opens a camera's source."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from edge.clock import Clock
from edge.config import CameraConfig, FileSourceConfig
from edge.stream.file_source import FileSource
from edge.stream.frame import Frame, Sample
from edge.stream.ring import PacketRing
from edge.stream.rtsp_source import RtspSource
from edge.stream.sampling import Sampling


class FrameSource(Protocol):
    """One camera's pictures. `samples` may be called again after it raised: it reconnects, or plays the next file."""

    @property
    def camera_id(self) -> str: ...

    @property
    def where(self) -> str:
        """The address or file, fit to be shown: never with a password."""
        ...

    @property
    def ring(self) -> PacketRing:
        """The last seconds as coded, for clips. It outlives a lost connection."""
        ...

    def samples(self) -> Iterator[Sample]:
        """The due pictures, not yet decoded. Raises SourceLost or SourceUnreadable; a file's end just ends it."""
        ...

    def frames(self) -> Iterator[Frame]:
        """The due pictures, decoded. One that does not decode is counted and passed over."""
        ...

    def look_closer(self, seconds: float) -> None:
        """Sample more often for a while: something may have changed."""
        ...

    def is_reachable(self) -> bool:
        """A cheap look whether opening it is worth a try."""
        ...

    def close(self) -> None:
        """End `samples` in whatever thread it runs, within its read timeout. May be called more than once."""
        ...


def open_source(
    camera: CameraConfig,
    clock: Clock,
    wanted: Sampling | None = None,
    start_at: datetime | None = None,
    ring: PacketRing | None = None,
) -> FrameSource:
    """The source of a camera; nothing is opened before its `samples` or `frames` is iterated.

    `start_at` (aware UTC) is when a file's first picture counts as captured, now when not given; a live stream
    has no use for it. Raises SourceUnreadable when the password file cannot be read.
    """
    source, wanted = camera.source, wanted or Sampling(camera.interval_s)
    ring = ring or PacketRing()
    if isinstance(source, FileSourceConfig):
        return FileSource(
            camera.id, source.paths, clock, wanted, ring, start_at=start_at, realtime=source.realtime, loop=source.loop
        )
    return RtspSource(
        camera.id, source.url, clock, wanted, ring, source.credentials(), source.transport, source.tls_ca,
        refused=source.refused,
    )  # fmt: skip
