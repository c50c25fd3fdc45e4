"""Clips played one after the other: at their own pace as if live, or as fast as they can be read."""

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
from av import Packet
from av.container import InputContainer
from av.error import FFmpegError

from edge.clock import Clock
from edge.errors import SourceUnreadable
from edge.stream.decoded import decoded
from edge.stream.demux import Stamp, coded_pictures, video_stream
from edge.stream.frame import Frame, Sample
from edge.stream.intake import Intake
from edge.stream.ring import PacketRing
from edge.stream.sampling import Sampling

TRUNCATED_S = 1.0
REORDER_S = 2.0
USUAL_S = 0.04
AHEAD_S = 0.5


class FileSource:
    """`captured_at` is `start_at` plus stream seconds, which run on from file to file and from loop to loop.

    A file that cannot be read (any further) raises SourceUnreadable after all that could be read was given;
    the next call of `samples` goes on with the file after it.
    """

    def __init__(
        self,
        camera_id: str,
        paths: Sequence[Path],
        clock: Clock,
        wanted: Sampling,
        ring: PacketRing,
        start_at: datetime | None = None,
        realtime: bool = True,
        loop: bool = False,
    ) -> None:
        self.camera_id, self.ring = camera_id, ring
        self._paths, self._clock, self._start_at = tuple(paths), clock, start_at
        self._realtime, self._loop = realtime, loop
        self._intake = Intake(camera_id, wanted, ring)
        self._stop = threading.Event()
        self._next = 0
        self._played_s = 0.0
        self._end_s = 0.0
        self._started: float | None = None
        self.undecodable = 0

    @property
    def where(self) -> str:
        return str(self._paths[min(self._next, len(self._paths) - 1)])

    def look_closer(self, seconds: float) -> None:
        self._intake.look_closer(seconds)

    def is_reachable(self) -> bool:
        return True

    def close(self) -> None:
        self._stop.set()

    def frames(self) -> Iterator[Frame]:
        return decoded(self.samples(), self._count_undecodable)

    def samples(self) -> Iterator[Sample]:
        if self._start_at is None:
            self._start_at = self._clock.now()
        if self._started is None:
            self._started = self._clock.monotonic()
        while not self._stop.is_set() and self._next < len(self._paths):
            path = self._paths[self._next]
            try:
                yield from self._play(path)
            finally:
                # Also when it raised or was left: a file that failed is not tried again in this round.
                self._played_s = self._end_s
                self._next += 1
                if self._loop and self._next == len(self._paths):
                    self._next = 0

    def _play(self, path: Path) -> Iterator[Sample]:
        self._intake.restart()
        with _opened(path) as container:
            stream = video_stream(container, str(path))
            unit, first = stream.time_base or Fraction(1, 90_000), self._intake.pictures
            try:
                for picture in coded_pictures(container, stream, self._stamper(unit), first):
                    if not self._keep_pace(picture.at_s, AHEAD_S):
                        return
                    for sample in self._intake.feed(picture):
                        if self._keep_pace(sample.at_s):
                            yield sample
            except FFmpegError as error:
                raise SourceUnreadable(
                    str(path), f"it breaks off at {self._in_file():.1f} s: {error.strerror}"
                ) from error
            yield from self._intake.finish()
            self._keep_pace(self._end_s)
            if self._intake.pictures == first:
                raise SourceUnreadable(str(path), "it holds no pictures")
            self._check_whole(container, path)

    def _stamper(self, unit: Fraction) -> Stamp:
        first_s: float | None = None
        unit_s = float(unit)

        def stamp(packet: Packet) -> tuple[datetime, float]:
            nonlocal first_s
            assert self._start_at is not None
            own = packet.pts if packet.pts is not None else packet.dts
            own_s = own * unit_s if own is not None else (first_s or 0.0) + self._in_file()
            if first_s is None or own_s - first_s < self._in_file() - REORDER_S:
                # The file's own count begins anew (clips joined end to end): go on from where we are.
                first_s = own_s - self._in_file()
            at_s = self._played_s + max(0.0, own_s - first_s)
            self._end_s = max(self._end_s, at_s + (packet.duration * unit_s if packet.duration else USUAL_S))
            return self._start_at + timedelta(seconds=at_s), at_s

        return stamp

    def _in_file(self) -> float:
        return self._end_s - self._played_s

    def _keep_pace(self, at_s: float, ahead_s: float = 0.0) -> bool:
        """Wait until it is this picture's time, or no more than `ahead_s` before it: waking up for every packet costs
        more than reading it. False when told to stop."""
        if self._realtime and self._started is not None:
            early_s = self._started + at_s - self._clock.monotonic()
            if early_s > ahead_s:
                return not self._clock.wait(self._stop, early_s)
        return not self._stop.is_set()

    def _check_whole(self, container: InputContainer, path: Path) -> None:
        declared_s = (container.duration or 0) / av.time_base
        if declared_s - self._in_file() > TRUNCATED_S and not self._stop.is_set():
            raise SourceUnreadable(
                str(path), f"it is cut short: {self._in_file():.1f} s of the {declared_s:.1f} s that it declares"
            )

    def _count_undecodable(self) -> None:
        self.undecodable += 1


def _opened(path: Path) -> InputContainer:
    if not path.is_file():
        raise SourceUnreadable(str(path), "there is no such file")
    try:
        # Only this file: a playlist must not make the edge open others.
        return av.open(str(path), "r", options={"protocol_whitelist": "file"})
    except FFmpegError as error:
        raise SourceUnreadable(str(path), f"it is not a video that can be read: {error.strerror}") from error
