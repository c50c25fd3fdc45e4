"""A live camera over RTSP or RTSPS."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from av import Packet
from av.error import FFmpegError

from edge.clock import Clock
from edge.errors import SourceLost
from edge.stream.decoded import decoded
from edge.stream.demux import coded_pictures, video_stream
from edge.stream.errors import SourceRefused
from edge.stream.frame import Frame, Sample
from edge.stream.intake import Intake
from edge.stream.redact import Credentials
from edge.stream.ring import PacketRing
from edge.stream.rtsp_open import RtspAddress, describe, is_port_open, open_rtsp
from edge.stream.sampling import Sampling


class RtspSource:
    """Pictures are stamped when they reach the edge: a camera's own clock is not to be trusted with a verdict.

    A stream that ends is a stream that was lost; a killed server looks just like an orderly end.
    """

    def __init__(
        self,
        camera_id: str,
        url: str,
        clock: Clock,
        wanted: Sampling,
        ring: PacketRing,
        credentials: Credentials | None = None,
        transport: Literal["tcp", "udp"] = "tcp",
        tls_ca: Path | None = None,
        open_timeout_s: float = 5.0,
        read_timeout_s: float = 5.0,
        refused: Callable[[], str | None] = lambda: None,
    ) -> None:
        """`refused` tells before each opening why it must not be, in words."""
        self.camera_id, self.ring = camera_id, ring
        self._address = RtspAddress(url, transport, credentials, tls_ca, open_timeout_s, read_timeout_s)
        self._clock, self._refused = clock, refused
        self._intake = Intake(camera_id, wanted, ring)
        self._stop = threading.Event()
        self._opened_at: float | None = None
        self.undecodable = 0

    @property
    def where(self) -> str:
        return self._address.where

    def look_closer(self, seconds: float) -> None:
        self._intake.look_closer(seconds)

    def is_reachable(self) -> bool:
        return self._refused() is None and is_port_open(self._address)

    def close(self) -> None:
        self._stop.set()

    def frames(self) -> Iterator[Frame]:
        return decoded(self.samples(), self._count_undecodable)

    def samples(self) -> Iterator[Sample]:
        if self._stop.is_set():
            return
        self._intake.restart()
        if reason := self._refused():
            raise SourceRefused(self.where, reason)
        container = open_rtsp(self._address)
        lost: Exception | None = None
        try:
            stream = video_stream(container, self.where)
            try:
                for picture in coded_pictures(container, stream, self._stamp, self._intake.pictures):
                    if self._stop.is_set():
                        return
                    yield from self._intake.feed(picture)
            except FFmpegError as error:
                lost = describe(error, self._address)
        finally:
            container.close()
        if not self._stop.is_set():
            raise lost or SourceLost(self.where, "the stream ended")

    def _stamp(self, packet: Packet) -> tuple[datetime, float]:
        now = self._clock.monotonic()
        if self._opened_at is None:
            self._opened_at = now
        return self._clock.now(), now - self._opened_at

    def _count_undecodable(self) -> None:
        self.undecodable += 1
