"""What lens, sensor, encoder and recorder do to a picture: distortion, motion, chroma loss, H.264, burned-in text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
RNG = np.random.Generator


@dataclass(frozen=True)
class Spoil:
    """One camera's faults. `barrel` > 0 bends lines outwards; `motion` in pixels; `crf` None leaves H.264 out."""

    barrel: float = 0.0
    motion: float = 0.0
    motion_deg: float = 0.0
    chroma: float = 0.0
    crf: int | None = None
    caption: bool = False
    scale: float = 1.0

    def facts(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def draw(rng: RNG, dark: bool) -> Spoil:
    """Draw a camera's faults."""
    return Spoil(
        barrel=float(rng.uniform(0.03, 0.2)) if rng.random() < 0.25 else 0.0,
        motion=float(rng.uniform(1.5, 7)) if rng.random() < (0.25 if dark else 0.12) else 0.0,
        motion_deg=float(rng.choice([0.0, rng.uniform(0, 180)])),
        chroma=float(rng.uniform(1.0, 4.0)) if rng.random() < 0.5 else 0.0,
        crf=int(rng.integers(22, 39)) if rng.random() < 0.45 else None,
        caption=bool(rng.random() < 0.35),
        scale=float(rng.uniform(0.4, 0.8)) if rng.random() < 0.15 else 1.0,
    )


def bend(a: Any, barrel: float, nearest: bool = False) -> Any:
    """An array (H, W[, C]) as a wide-angle lens shows it; x_src = x (1 + k r^2) / (1 + k), corners stay in it."""
    if barrel == 0:
        return a
    h, w = a.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, w), np.linspace(-1, 1, h) * h / w)
    far = 1 + (h / w) ** 2
    k = (1 + barrel * (x * x + y * y)) / (1 + barrel * far)
    mx = ((x * k + 1) / 2 * (w - 1)).astype(np.float32)
    my = ((y * k * w / h + 1) / 2 * (h - 1)).astype(np.float32)
    how = cv2.INTER_NEAREST if nearest else cv2.INTER_LINEAR
    return cv2.remap(a, mx, my, how, borderMode=cv2.BORDER_REPLICATE)


def moved(picture: F32, pixels: float, degrees: float) -> F32:
    """Blur along a direction, as when the camera or its pole sways."""
    if pixels < 1:
        return picture
    n = int(pixels) * 2 + 1
    kernel = np.zeros((n, n), np.float32)
    a = np.radians(degrees)
    d = np.array([np.cos(a), np.sin(a)]) * pixels / 2
    m = n // 2
    p, q = np.rint(m - d).astype(int), np.rint(m + d).astype(int)
    cv2.line(kernel, tuple(map(int, p)), tuple(map(int, q)), 1.0, 1)
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def chroma_loss(rgb: U8, sigma: float) -> U8:
    """Colour blurred and coarse, brightness kept, as encoders do."""
    if sigma <= 0:
        return rgb
    ycc = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)
    ycc[..., 1:] = cv2.GaussianBlur(ycc[..., 1:], (0, 0), sigma)
    return cv2.cvtColor(ycc, cv2.COLOR_YCrCb2RGB)


def h264(rgb: U8, crf: int, rng: RNG) -> U8:
    """A picture as H.264 delivers it at a constant rate factor: a key frame and a frame predicted from it."""
    h, w = rgb.shape[0] // 2 * 2, rgb.shape[1] // 2 * 2
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = w, h, "yuv420p"
    codec.time_base = Fraction(1, 10)
    codec.options = {"crf": str(crf), "preset": "veryfast", "tune": "zerolatency"}
    reader = av.CodecContext.create("h264", "r")
    got: U8 | None = None
    packets = []
    for k in range(2):
        noisy = np.clip(rgb[:h, :w].astype(np.int16) + rng.integers(-2, 3, (h, w, 1)), 0, 255).astype(np.uint8)
        frame = av.VideoFrame.from_ndarray(noisy if k == 0 else np.ascontiguousarray(rgb[:h, :w]), format="rgb24")
        frame.pts = k
        packets += codec.encode(frame)
    packets += codec.encode(None)
    for p in packets:
        for f in reader.decode(p):
            got = f.to_ndarray(format="rgb24")
    for f in reader.decode(None):
        got = f.to_ndarray(format="rgb24")
    if got is None:
        return rgb
    out = rgb.copy()
    out[:h, :w] = got
    return out


PLACES = ("CAM", "CH", "IPC", "Camera", "NVR", "D", "SITE", "GATE", "ROAD", "Channel")


def caption(rgb: U8, rng: RNG) -> U8:
    """The clock and the camera's name, burned in."""
    h, w = rgb.shape[:2]
    out = rgb.copy()
    face = int(rng.choice([cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_DUPLEX]))
    size = float(rng.uniform(0.35, 0.65)) * w / 512 * (1.6 if face == cv2.FONT_HERSHEY_PLAIN else 1.0)
    y, m, d = 2019 + int(rng.integers(8)), 1 + int(rng.integers(12)), 1 + int(rng.integers(28))
    hh, mm, ss = (int(rng.integers(k)) for k in (24, 60, 60))
    date = (f"{y}-{m:02d}-{d:02d}", f"{d:02d}/{m:02d}/{y}", f"{m:02d}-{d:02d}-{y}")[int(rng.integers(3))]
    text = f"{date} {hh:02d}:{mm:02d}:{ss:02d}"
    name = f"{PLACES[int(rng.integers(len(PLACES)))]} {int(rng.integers(1, 99)):02d}"
    ink = ((255, 255, 255), (255, 255, 255), (250, 240, 80), (40, 240, 60))[int(rng.integers(4))]
    spots = [(text, (8, int(h * 0.07))), (name, (int(w * 0.72), int(h * 0.95)))]
    if rng.random() < 0.5:
        spots = [(text, (int(w * 0.5), int(h * 0.07))), (name, (8, int(h * 0.95)))]
    for t, at in spots:
        cv2.putText(out, t, (at[0] + 1, at[1] + 1), face, size, (0, 0, 0), 2, cv2.LINE_AA)
        cv2.putText(out, t, at, face, size, ink, 1, cv2.LINE_AA)
    return out


def finish(rgb: U8, s: Spoil, rng: RNG) -> U8:
    """Everything after the sensor: lower resolution, chroma loss, caption, encoder."""
    h, w = rgb.shape[:2]
    if s.scale < 1:
        small = cv2.resize(rgb, (int(w * s.scale), int(h * s.scale)), interpolation=cv2.INTER_AREA)
        rgb = cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR)
    rgb = chroma_loss(rgb, s.chroma)
    if s.caption:
        rgb = caption(rgb, rng)
    return rgb if s.crf is None else h264(rgb, s.crf, rng)
