"""What a source gives: a frame to look at, or a picture that becomes one only when somebody has time to look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Frame:
    """One decoded picture of one camera.

    `image` is (H, W, 3) BGR; its size may differ from the last frame's. `captured_at` is aware UTC: for a live
    stream when its data reached the edge, for a file its start plus `at_s`. `at_s` are seconds since the source was
    opened and never run backwards, whatever the wall clock does. `seq` counts the pictures of the stream, decoded
    or not.
    """

    camera_id: str
    image: Image
    captured_at: datetime
    at_s: float
    seq: int
    is_key: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture that is due but not decoded yet: dropping it costs nothing, keeping it a few kilobytes.

    `frame()` decodes; it raises PictureBroken when the data do not give a picture.
    """

    camera_id: str
    captured_at: datetime
    at_s: float
    seq: int
    is_key: bool
    decode: Callable[[], Image]

    def frame(self) -> Frame:
        """Decode and convert, in the calling thread."""
        return Frame(self.camera_id, self.decode(), self.captured_at, self.at_s, self.seq, self.is_key)
