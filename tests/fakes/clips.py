"""Small clips made on the spot: a textured street of nobody with something moving in it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

Image = NDArray[np.uint8]


def scene(width: int = 320, height: int = 180, seed: int = 0) -> Image:
    """(H, W, 3) uint8 blocks of colour, the same for the same seed."""
    rng = np.random.default_rng(seed)
    blocks = rng.integers(20, 235, (height // 12, width // 12, 3), dtype=np.uint8)
    small = blocks.repeat(12, 0).repeat(12, 1)
    return np.pad(small, ((0, height - small.shape[0]), (0, width - small.shape[1]), (0, 0)), mode="edge")


def moving(count: int, width: int = 320, height: int = 180, seed: int = 0) -> Iterator[Image]:
    """`count` pictures of a scene with a white box that moves 3 px a picture."""
    background = scene(width, height, seed)
    for index in range(count):
        image = background.copy()
        left = (3 * index) % (width - 24)
        image[height // 2 : height // 2 + 24, left : left + 24] = 255
        yield image


def write_clip(
    path: Path,
    images: Iterable[Image],
    codec: str = "libx264",
    rate: int = 25,
    gop: int = 25,
    b_frames: int = 0,
    container: str | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Encode pictures; the codec and size follow from what is given."""
    settings = {"g": str(gop), "bf": str(b_frames), "preset": "ultrafast", "sc_threshold": "0"} | (options or {})
    if codec == "libx265":
        settings["x265-params"] = f"log-level=none:pools=1:keyint={gop}:min-keyint={gop}:bframes={b_frames}:scenecut=0"
    with av.open(str(path), "w", format=container) as out:
        stream: VideoStream | None = None
        for image in images:
            if stream is None:
                stream = cast(VideoStream, out.add_stream(codec, rate=rate, options=_only_for(codec, settings)))
                stream.height, stream.width = image.shape[:2]
                stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            out.mux(stream.encode(av.VideoFrame.from_ndarray(image, "bgr24")))
        assert stream is not None, "a clip needs pictures"
        out.mux(stream.encode())
    return path


def _only_for(codec: str, settings: dict[str, str]) -> dict[str, str]:
    return settings if codec.startswith("libx26") else {}


def clip(path: Path, seconds: float = 4.0, **how: object) -> Path:
    """A clip of the moving box at 25 pictures a second, a key frame every second unless told otherwise."""
    size = {key: how.pop(key) for key in ("width", "height", "seed") if key in how}
    return write_clip(path, moving(round(seconds * 25), **size), **how)  # type: ignore[arg-type]
