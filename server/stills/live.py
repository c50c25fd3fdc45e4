"""Motion JPEG: one part for each new still, as long as who asked may see it, and no more streams than are bearable."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import anyio

from server.errors import ServerError
from server.stills.store import Kept

BOUNDARY = "shouwei-still"
MEDIA_TYPE = f"multipart/x-mixed-replace; boundary={BOUNDARY}"
POLL_S, AGAIN_S = 0.25, 10.0
"""How often a new still is looked for; how often it is asked whether this person may still see it."""
ASK_EDGE_S = 45.0
"""How often the edge is asked to go on."""
SAME_AGAIN_S = 15.0
"""The last still is sent again after so long, so that a line that is gone is noticed."""


class TooManyStreams(ServerError):
    """As many live pictures as may be open are open."""

    def __init__(self, most: int) -> None:
        super().__init__(429, "stills.too_many", "Too many live pictures: close one, or look at stills", {"most": most})


@dataclass
class LiveLimit:
    """Counts open streams of this process, all of them and by person."""

    most: int = 64
    most_each: int = 16
    _open: Counter[UUID] = field(default_factory=Counter[UUID])

    @contextmanager
    def one(self, person_id: UUID):  # type: ignore[no-untyped-def]
        """One stream more, until left. Raises TooManyStreams."""
        self.require(person_id)
        self._open[person_id] += 1
        try:
            yield
        finally:
            self._open[person_id] -= 1
            self._open += Counter()  # drops those who have none left

    def require(self, person_id: UUID) -> None:
        """Raises TooManyStreams when there is no room."""
        if self._open[person_id] >= self.most_each:
            raise TooManyStreams(self.most_each)
        if self._open.total() >= self.most:
            raise TooManyStreams(self.most)

    @property
    def open(self) -> int:
        """How many are open."""
        return self._open.total()


@dataclass(frozen=True)
class Camera:
    """What a stream needs. `mark` changes with each still; `may_see` also keeps the edge watching; both may block."""

    mark: Callable[[], int]
    read: Callable[[], Awaitable[Kept | None]]
    may_see: Callable[[], Awaitable[bool]]
    is_gone: Callable[[], Awaitable[bool]]


async def parts(camera: Camera, follow: bool = True) -> AsyncIterator[bytes]:
    """The stream's bytes: ends when the person may not see it any more, or has gone; or at once without `follow`."""
    yield f"--{BOUNDARY}\r\n".encode()
    seen, asked_s, silent_s = -1, AGAIN_S, 0.0
    while not await camera.is_gone():
        if asked_s >= AGAIN_S:
            if not await camera.may_see():
                return
            asked_s = 0.0
        mark = camera.mark()
        if mark != seen or silent_s >= SAME_AGAIN_S:
            kept = await camera.read()
            if kept is not None:
                yield part(kept)
            seen, silent_s = mark, 0.0
        if not follow:
            return
        await anyio.sleep(POLL_S)
        asked_s, silent_s = asked_s + POLL_S, silent_s + POLL_S


def part(kept: Kept) -> bytes:
    """One picture with its headers and the boundary behind it: without that a browser shows it one picture late."""
    about = kept.about
    head = (
        f"Content-Type: image/jpeg\r\nContent-Length: {about.size_bytes}\r\n"
        f"X-Captured-At: {about.captured_at.isoformat()}\r\n\r\n"
    )
    return head.encode() + kept.content + f"\r\n--{BOUNDARY}\r\n".encode()
