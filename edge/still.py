"""Stills of every camera for people's screens: now and then, more often while somebody looks. Blurred copies only.

The hand that judges a picture also blurs and encodes it, and only when a still is due; sending is another thread's
(`edge.still_sender`). Each camera has one slot and the newest picture wins, so a slow line or a dead server costs
pictures, never memory or anybody's time.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import cv2
import numpy as np

from edge.blur import blurred
from edge.clock import Clock
from edge.contracts.commands import Watch
from edge.evidence_pictures import PictureNotEncoded, jpeg
from edge.stream.frame import Frame, Image
from edge.stream.latest import LatestFrames
from edge.vision.objects import FoundObject
from edge.vision.perceive import Perceiver
from edge.vision.segmenter import ClassMap

log = logging.getLogger(__name__)
EVERY_S = 60.0
"""How often a still goes out while nobody looks."""
LONGEST_WATCH = timedelta(minutes=10)
"""No wish to look holds longer than this without being said again."""
CLOSER_AT_ONCE = 4
"""Cameras of one edge that are looked at more often for it; further ones give a still with each picture they have."""
MAX_BYTES = 200_000
SIZES = ((1280, 75), (1280, 60), (960, 60), (640, 50), (320, 40))
"""Longest side and JPEG quality, tried in this order until the still is small enough."""


@dataclass(frozen=True, slots=True)
class Still:
    """A blurred JPEG of at most MAX_BYTES bytes."""

    camera_id: str
    captured_at: datetime
    content: bytes


@dataclass(slots=True)
class _Watched:
    until: datetime
    every_s: float


class Stills:
    """For all cameras and threads. `clock_offset_s` is the server's clock minus ours, as far as it is known."""

    def __init__(
        self,
        clock: Clock,
        perceiver: Perceiver,
        look_closer: Callable[[str, float], None] = lambda camera_id, seconds: None,
        clock_offset_s: Callable[[], float | None] = lambda: None,
    ) -> None:
        self.waiting: LatestFrames[Still] = LatestFrames()
        self._clock, self._perceiver = clock, perceiver
        self._look_closer, self._offset_s = look_closer, clock_offset_s
        self._watched: dict[str, _Watched] = {}
        self._due_s: dict[str, float] = {}
        self._lock = threading.Lock()

    def watch(self, command: Watch) -> None:
        """People look at a camera until then. A later wish replaces the one before."""
        now = self._clock.now()
        ahead = timedelta(seconds=self._offset_s() or 0.0)
        until = min(command.until - ahead, now + LONGEST_WATCH)
        if until <= now:
            return
        with self._lock:
            for camera_id in [key for key, one in self._watched.items() if one.until <= now]:
                del self._watched[camera_id]
            is_near = command.camera_id in list(self._watched)[:CLOSER_AT_ONCE] or len(self._watched) < CLOSER_AT_ONCE
            self._watched[command.camera_id] = _Watched(until, command.every_s)
            self._due_s.pop(command.camera_id, None)
        if is_near:
            self._look_closer(command.camera_id, (until - now).total_seconds())

    def is_due(self, camera_id: str) -> bool:
        """Whether the next picture of this camera is wanted."""
        with self._lock:
            return self._clock.monotonic() >= self._due_s.get(camera_id, 0.0)

    def offer(self, frame: Frame, classes: ClassMap | None = None, found: Sequence[FoundObject] = ()) -> None:
        """A picture, with what the models say stands where (without, they are asked now). Kept when one is due.

        Never raises: a still that cannot be made harms nothing.
        """
        if not self.is_due(frame.camera_id):
            return
        try:
            if classes is None:
                seen = self._perceiver.see(frame.image)
                classes, found = seen.scene, seen.found
            content = encoded(blurred(frame.image, classes, found))
        except Exception:
            log.exception("camera %s: a picture gave no still", frame.camera_id)
            content = b""
        with self._lock:
            self._due_s[frame.camera_id] = self._clock.monotonic() + self._every_s(frame.camera_id)
        if content:
            self.waiting.put(Still(frame.camera_id, frame.captured_at, content))

    def _every_s(self, camera_id: str) -> float:
        watched = self._watched.get(camera_id)
        # A little early rather than one picture late: pictures come on a grid of their own.
        return EVERY_S if watched is None or watched.until <= self._clock.now() else watched.every_s * 0.8


def encoded(image: Image) -> bytes:
    """The (H, W, 3) picture as a JPEG of at most MAX_BYTES bytes, as large as fits. Raises PictureNotEncoded."""
    height, width = image.shape[:2]
    for side, quality in SIZES:
        scale = min(1.0, side / max(height, width))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = image if scale == 1.0 else np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        content = jpeg(small, quality)
        if len(content) <= MAX_BYTES:
            return content
    raise PictureNotEncoded(f"no still of {width}x{height} fits into {MAX_BYTES} bytes")
