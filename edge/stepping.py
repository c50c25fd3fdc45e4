"""Cameras that are files, in lock step and without wall time: the same parts as live, fed by the hour one names."""

import heapq
import logging
from collections.abc import Iterator
from datetime import datetime

from edge.app import EdgeWorker
from edge.clock import ManualClock
from edge.errors import SourceLost, SourceUnreadable
from edge.stream.frame import Sample
from edge.stream.source import FrameSource

log = logging.getLogger(__name__)
MAX_FAILURES = 20
"""After so many files in a row that cannot be read, a camera is given up."""


class Stepper:
    """Moves an edge's files and its manual clock forward together. Give each file source the same `start_at`."""

    def __init__(self, worker: EdgeWorker, clock: ManualClock) -> None:
        self._worker, self._clock = worker, clock
        self._samples: dict[str, Iterator[Sample]] = {}
        self._drawn_from: dict[str, FrameSource] = {}
        self._next: list[tuple[datetime, str, int, Sample]] = []
        self._follow()

    @property
    def ended(self) -> bool:
        """Whether every file has been played."""
        return not self._next

    def step_until(self, at: datetime) -> int:
        """See every frame captured up to the aware time `at`, over all cameras in the order of their time.

        Returns how many frames were seen. The clock then shows `at`.
        """
        seen = 0
        self._follow()
        while self._next and self._next[0][0] <= at:
            captured_at, camera_id, _, sample = heapq.heappop(self._next)
            self._clock.advance((captured_at - self._clock.now()).total_seconds())
            self._worker.look(sample)
            self._worker.tend()
            self._draw(camera_id)
            self._follow()
            seen += 1
        self._clock.advance((at - self._clock.now()).total_seconds())
        self._worker.tend()
        return seen

    def _follow(self) -> None:
        """Cameras may have been added, removed, or have another stream."""
        sources = self._worker.sources
        for camera_id in self._drawn_from.keys() | sources.keys():
            if self._drawn_from.get(camera_id) is not sources.get(camera_id):
                self._next = [one for one in self._next if one[1] != camera_id]
                heapq.heapify(self._next)
                self._samples.pop(camera_id, None)
                if camera_id in sources:
                    self._drawn_from[camera_id] = sources[camera_id]
                    self._draw(camera_id)
                else:
                    del self._drawn_from[camera_id]

    def _draw(self, camera_id: str) -> None:
        """Fetch the camera's next frame. A file that cannot be read (on) is a loss; then comes the file after it."""
        if self._drawn_from.get(camera_id) is not self._worker.sources.get(camera_id):
            return
        source, work = self._worker.sources[camera_id], self._worker.works[camera_id]
        for _ in range(MAX_FAILURES):
            samples = self._samples.setdefault(camera_id, source.samples())
            try:
                sample = next(samples, None)
            except (SourceLost, SourceUnreadable) as trouble:
                log.warning("camera %s is lost: %s", camera_id, trouble)
                work.lost(trouble)
                del self._samples[camera_id]
                continue
            if sample is not None:
                heapq.heappush(self._next, (sample.captured_at, camera_id, sample.seq, sample))
            return
