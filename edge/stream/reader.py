"""Keeps one camera's pictures coming: `run_once` just fails, `run` tries again, and says so once."""

import logging
import threading
from collections.abc import Callable

from edge.clock import Clock
from edge.errors import EdgeError, SourceLost, SourceUnreadable
from edge.stream.backoff import Backoff
from edge.stream.frame import Sample
from edge.stream.source import FrameSource

log = logging.getLogger(__name__)

KNOCK_S = 0.3


class StreamReader:
    """One camera, one thread. `put` gets every due sample and must not block; `on_change` is told when the camera is
    lost (with the error) and when it is back (None). `lost` is that error as long as it lasts.
    """

    def __init__(
        self,
        source: FrameSource,
        put: Callable[[Sample], None],
        clock: Clock,
        on_change: Callable[[EdgeError | None], None] = lambda change: None,
        backoff: Backoff | None = None,
    ) -> None:
        self.source = source
        self._put, self._clock, self._on_change = put, clock, on_change
        self._backoff = backoff or Backoff()
        self.lost: EdgeError | None = None
        self.losses = 0
        self.samples = 0

    def run_once(self) -> None:
        """Read until the source ends. Raises SourceLost or SourceUnreadable."""
        for sample in self.source.samples():
            self._backoff.reset()
            self._say_back()
            self.samples += 1
            self._put(sample)

    def run(self, stop: threading.Event) -> None:
        """Read until `stop` is set or a file source has played to its end; never raises for what a camera does."""
        while not stop.is_set():
            try:
                self.run_once()
                return
            except (SourceLost, SourceUnreadable) as failure:
                if not stop.is_set():
                    self._say_lost(failure)
                    self._pause(failure, stop)

    def _pause(self, failure: EdgeError, stop: threading.Event) -> None:
        """Longer after each failure, because locked accounts and logs suffer from haste. But where nobody answers at
        all, a look at the door costs nothing: as soon as it opens again, the wait is over."""
        if self._clock.wait(stop, self._backoff.next_s()) or not isinstance(failure, SourceLost):
            return
        while not self.source.is_reachable():
            self._backoff.reset()
            if self._clock.wait(stop, self._backoff.spread(KNOCK_S)):
                return

    def _say_lost(self, failure: EdgeError) -> None:
        if self.lost is None or self.lost.code != failure.code:
            log.warning("camera %s is lost: %s", self.source.camera_id, failure)
            self.losses += self.lost is None
            self.lost = failure
            self._on_change(failure)

    def _say_back(self) -> None:
        if self.lost is not None:
            log.info("camera %s is back", self.source.camera_id)
            self.lost = None
            self._on_change(None)
