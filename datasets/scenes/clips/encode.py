"""H.264 as a street camera sends it: fixed key-frame interval, no B-frames, no scene-cut key frames."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray


class Writer:
    """Writes (H, W, 3) 8-bit RGB pictures to an MP4 file; use as a context manager."""

    def __init__(
        self, path: Path, width: int, height: int, fps: int, key_s: float, crf: float, preset: str = "medium"
    ) -> None:
        self.container = av.open(str(path), "w", options={"movflags": "+faststart"})
        gop = round(key_s * fps)
        stream: Any = self.container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.gop_size, stream.codec_context.max_b_frames = gop, 0
        stream.options = {
            "crf": str(crf),
            "preset": preset,
            "profile": "main",
            "x264-params": f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes=0:open-gop=0",
        }
        self.stream = stream

    def write(self, rgb: NDArray[np.uint8]) -> None:
        """Encode one picture."""
        for packet in self.stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")):
            self.container.mux(packet)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for packet in self.stream.encode(None):
            self.container.mux(packet)
        self.container.close()
