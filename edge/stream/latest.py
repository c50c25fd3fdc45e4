"""The newest picture wins. A queue of old pictures is a lie about now, so what nobody took in time is counted."""

import threading
from collections import OrderedDict
from typing import Generic, Protocol, TypeVar


class OfCamera(Protocol):
    """Anything that says which camera it is from."""

    @property
    def camera_id(self) -> str: ...


T = TypeVar("T")
P = TypeVar("P", bound=OfCamera)


class LatestFrame(Generic[T]):
    """One slot: `put` replaces what is there and counts it as dropped."""

    def __init__(self) -> None:
        self._item: T | None = None
        self._ready = threading.Condition()
        self.dropped = 0

    def put(self, item: T) -> None:
        """Never blocks."""
        with self._ready:
            self.dropped += self._item is not None
            self._item = item
            self._ready.notify()

    def take(self, timeout_s: float) -> T | None:
        """The newest item, once; None when there was none for `timeout_s`."""
        with self._ready:
            self._ready.wait_for(lambda: self._item is not None, timeout_s)
            item, self._item = self._item, None
            return item


class LatestFrames(Generic[P]):
    """One slot for each camera, for many readers and a few workers.

    The camera that has waited longest is served first, so a fast or broken one never starves another; and a camera
    is with one worker at a time (`take` hands it out, `done` gives it back), so its pictures are seen in order.
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, P] = OrderedDict()
        self._held_back: dict[str, P] = {}
        self._busy: set[str] = set()
        self._ready = threading.Condition()
        self._dropped: dict[str, int] = {}

    def put(self, item: P) -> None:
        """Never blocks. A newer picture keeps the place in the row that the replaced one had."""
        camera = item.camera_id
        with self._ready:
            row = self._held_back if camera in self._busy else self._waiting
            self._dropped[camera] = self._dropped.get(camera, 0) + (camera in row)
            row[camera] = item
            self._ready.notify()

    def take(self, timeout_s: float) -> P | None:
        """The newest picture of the camera that has waited longest; None when none came for `timeout_s`.

        The camera is not handed out again before `done(camera_id)`.
        """
        with self._ready:
            if not self._ready.wait_for(lambda: bool(self._waiting), timeout_s):
                return None
            camera, item = self._waiting.popitem(last=False)
            self._busy.add(camera)
            return item

    def done(self, camera_id: str) -> None:
        """The worker has finished with this camera's picture."""
        with self._ready:
            self._busy.discard(camera_id)
            if (item := self._held_back.pop(camera_id, None)) is not None:
                self._waiting[camera_id] = item
                self._ready.notify()

    def forget(self, camera_id: str) -> None:
        """Drop what waits of this camera."""
        with self._ready:
            self._waiting.pop(camera_id, None)
            self._held_back.pop(camera_id, None)

    def is_empty(self) -> bool:
        """Whether no picture waits and no worker is at one."""
        with self._ready:
            return not (self._waiting or self._held_back or self._busy)

    def dropped(self) -> dict[str, int]:
        """How many pictures of each camera were replaced before anybody looked."""
        with self._ready:
            return dict(self._dropped)
