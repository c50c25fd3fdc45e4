"""The film that the benchmark plays: 1080p25 H.264, a key frame every 2 s, about 4 Mb/s, made once and kept.

Run as a program so that the encoder's memory is not counted as the worker's: python -m edge.bench_clip TARGET [CLIP].
"""

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from edge.errors import SourceUnreadable
from edge.stream.frame import Image

WIDTH, HEIGHT, RATE, GOP, SECONDS, BITS = 1920, 1080, 25, 50, 20, 4_000_000
REPEATS = 3
"""The same 20 s three times, so that opening the film anew weighs little."""
BUNDLED = Path(__file__).resolve().parents[1] / "datasets" / "clips" / "street_goods" / "street_goods.mp4"


def bench_clip(folder: Path, source: Path | None = None) -> Path:
    """The film in `folder`, made from `source` (the bundled clip when None, a drawn scene where there is none).

    Raises SourceUnreadable when it cannot be made.
    """
    source = source or (BUNDLED if BUNDLED.is_file() else None)
    target = folder / f"bench-{source.stem if source else 'drawn'}-{WIDTH}x{HEIGHT}-{SECONDS * REPEATS}s.mp4"
    if not target.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "edge.bench_clip", str(target), *([str(source)] if source else [])]
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
        if made.returncode:
            raise SourceUnreadable(str(source or target), f"no film can be made: {made.stderr.strip()[-300:]}")
    return target


def make(target: Path, source: Path | None) -> None:
    """Encode; the file appears under its name only when it is whole."""
    unfinished = target.with_suffix(".part.mp4")
    options = {"preset": "veryfast", "g": str(GOP), "keyint_min": str(GOP), "sc_threshold": "0", "threads": "1"}
    noise = _noise()
    with av.open(str(unfinished), "w", format="mp4") as out:
        stream = cast(VideoStream, out.add_stream("libx264", rate=RATE, options=options))
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = WIDTH, HEIGHT, "yuv420p", BITS
        packets: list[av.Packet] = []
        for image, grain in zip(_pictures(source), itertools.cycle(noise), strict=False):
            # Without the grain of a sensor the pictures between key frames would be unlike a camera's.
            grainy = cv2.add(image, grain, dtype=cv2.CV_8U).astype(np.uint8, copy=False)
            packets += stream.encode(av.VideoFrame.from_ndarray(grainy, "bgr24"))
        packets += stream.encode()
        for again in range(REPEATS):
            for packet in packets:
                out.mux(_later(packet, again * SECONDS))
    unfinished.rename(target)


def _later(packet: av.Packet, seconds: int) -> av.Packet:
    copy = av.Packet(bytes(packet))
    copy.stream, copy.time_base, copy.is_keyframe = packet.stream, packet.time_base, packet.is_keyframe
    shift = round(seconds / packet.time_base)
    copy.pts, copy.dts = (packet.pts or 0) + shift, (packet.dts or 0) + shift
    return copy


def _pictures(source: Path | None) -> Iterator[Image]:
    pictures = _drawn() if source is None else _upscaled(source)
    return itertools.islice(pictures, SECONDS * RATE)


def _upscaled(source: Path) -> Iterator[Image]:
    """The clip's pictures at full size, each shown as long as it was, again from the begin when it is short."""
    shown = 0
    while True:
        with av.open(str(source)) as container:
            rate = float(container.streams.video[0].average_rate or RATE)
            for index, frame in enumerate(container.decode(video=0)):
                image = cast(Image, frame.to_ndarray(format="bgr24", width=WIDTH, height=HEIGHT))
                for _ in range(round((index + 1) * RATE / rate) - round(index * RATE / rate)):
                    shown += 1
                    yield image
        if not shown:
            raise SourceUnreadable(str(source), "it holds no pictures")


def _drawn() -> Iterator[Image]:
    rng = np.random.default_rng(1)
    tiles = rng.integers(30, 220, (HEIGHT // 40, WIDTH // 40, 3), dtype=np.uint8)
    background = cv2.resize(tiles, (WIDTH, HEIGHT), interpolation=cv2.INTER_NEAREST)
    for index in itertools.count():
        image = background.copy().astype(np.uint8, copy=False)
        left = 6 * index % (WIDTH - 200)
        image[500:900, left : left + 200] = 90
        yield image


def _noise() -> list[Image]:
    rng = np.random.default_rng(2)
    return [rng.integers(0, 7, (HEIGHT, WIDTH, 3), dtype=np.uint8) for _ in range(6)]


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
