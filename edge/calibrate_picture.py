"""A still with the ground drawn in: a metre grid, the points, the zones with their areas. ASCII only, as in overlay."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.calibrate import Calibration
from edge.contracts.geometry import Point
from edge.overlay import Colour, ascii_only
from edge.stream.frame import Image

F64 = NDArray[np.float64]

_FONT = cv2.FONT_HERSHEY_DUPLEX
_LINE: Colour = (255, 235, 190)
_FIVE: Colour = (255, 190, 60)
_ZONE: Colour = (70, 235, 255)
_POINT: Colour = (80, 230, 120)
_BAD: Colour = (60, 70, 240)
_TEXT: Colour = (245, 245, 245)
_AROUND_M = 2.0
_MOST_LINES = 60
_LONG_SIDE = 1280
_PIECES = 48
"""Straight pieces a grid line is drawn in: a bent lens shows it bent."""


@dataclass(frozen=True, slots=True)
class _Canvas:
    image: Image
    found: Calibration

    def pixels(self, ground: F64) -> F64:
        """(n, 2) pixels of ground positions; NaN behind the camera."""
        return self.of_shares(self.found.plane.to_image(ground))

    def of_shares(self, points: F64) -> F64:
        height, width = self.image.shape[:2]
        out: F64 = points * [width - 1, height - 1]
        return out

    @property
    def unit(self) -> float:
        return self.image.shape[1] / 1280


def draw_ground(still: Image, found: Calibration, zones: dict[str, list[Point]]) -> Image:
    """A new (H, W, 3) BGR picture, at most 1280 wide: every metre a thin line, every five a strong one."""
    height, width = still.shape[:2]
    scale = min(1.5, _LONG_SIDE / max(height, width))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(still, (round(width * scale), round(height * scale)), interpolation=how)
    canvas = _Canvas(np.asarray(sized, np.uint8), found)
    canvas.image[:] = (canvas.image * 0.82).astype(np.uint8)
    _grid(canvas, zones)
    for zone in found.zones:
        _outline(
            canvas, canvas.of_shares(np.array(zones[zone.id])), f"{zone.id}  {zone.m2:.1f} m2 +- {zone.spread:.0%}"
        )
    for point in found.points:
        _mark(canvas, canvas.of_shares(np.array([point.image]))[0], str(point.number), point.is_suspect)
    pose = found.pose
    misses = [point.miss_m for point in found.points if point.miss_m is not None]
    rows = [f"grid: 1 m, strong lines 5 m; camera {pose.height_m:.1f} m high, {pose.tilt_deg:.0f} deg down"]
    rows.append(
        f"{len(misses)} points, each held against the others: {np.median(misses):.2f} m in the middle, "
        f"{max(misses):.2f} m at worst"
        if misses
        else "4 points: none can be held against the others; a fifth would tell a mistake"
    )
    _panel(canvas, rows)
    return canvas.image


def _grid(canvas: _Canvas, zones: dict[str, list[Point]]) -> None:
    shares = [point.image for point in canvas.found.points] + [corner for zone in zones.values() for corner in zone]
    ground = canvas.found.plane.to_world(np.array(shares, np.float64))
    ground = ground[np.isfinite(ground).all(axis=1)]
    low, high = np.floor(ground.min(axis=0) - _AROUND_M), np.ceil(ground.max(axis=0) + _AROUND_M)
    step = max(1, int(np.ceil((high - low).max() / _MOST_LINES)))
    layer = canvas.image.copy()
    strong: list[tuple[F64, str]] = []
    for axis in (0, 1):
        for at in np.arange(low[axis], high[axis] + 0.5, step):
            line = np.empty((_PIECES, 2))
            line[:, axis], line[:, 1 - axis] = at, np.linspace(low[1 - axis], high[1 - axis], _PIECES)
            if round(at) % 5:
                _polyline(layer, canvas.pixels(line), _LINE, 1)
            else:
                strong.append((canvas.pixels(line), f"{'XY'[axis]} {at:.0f} m"))
    cv2.addWeighted(layer, 0.7, canvas.image, 0.3, 0, dst=canvas.image)
    for line, _ in strong:
        _polyline(canvas.image, line, _FIVE, max(1, round(2 * canvas.unit)))
    for line, name in strong:
        height, width = canvas.image.shape[:2]
        with np.errstate(invalid="ignore"):
            inside = np.flatnonzero(((line > 30) & (line < [width - 90, height - 30])).all(axis=1))
        if inside.size:
            nearest = inside[int(line[inside, 1].argmax())]
            _label(canvas, line[nearest] + [4, -4], name, _FIVE, 0.42)


def _polyline(image: Image, line: F64, colour: Colour, thick: int) -> None:
    """The finite pieces of a line; far outside the picture it is cut."""
    for start, end in pairwise(line):
        if np.isfinite(start).all() and np.isfinite(end).all() and max(np.abs(start).max(), np.abs(end).max()) < 20_000:
            cv2.line(image, _whole(start), _whole(end), colour, thick, cv2.LINE_AA)


def _outline(canvas: _Canvas, corners: F64, name: str) -> None:
    shape = np.rint(corners).astype(np.int32)
    thick = max(1, round(2 * canvas.unit))
    cv2.polylines(canvas.image, [shape], True, (0, 0, 0), thick + 2, cv2.LINE_AA)
    cv2.polylines(canvas.image, [shape], True, _ZONE, thick, cv2.LINE_AA)
    lowest = corners[corners[:, 1].argmax()]
    _label(canvas, lowest + np.array([-40, 30]) * canvas.unit, name, _ZONE, 0.55)


def _mark(canvas: _Canvas, at: F64, name: str, suspect: bool) -> None:
    radius, colour = max(3, round(6 * canvas.unit)), _BAD if suspect else _POINT
    cv2.circle(canvas.image, _whole(at), radius + 1, (0, 0, 0), -1, cv2.LINE_AA)
    cv2.circle(canvas.image, _whole(at), radius, colour, 2, cv2.LINE_AA)
    cv2.circle(canvas.image, _whole(at), 1, colour, -1)
    _label(canvas, at + np.array([radius + 3, -radius]), name, colour, 0.5)


def _label(canvas: _Canvas, at: F64, text: str, colour: Colour, size: float) -> None:
    size *= canvas.unit
    (wide, high), _ = cv2.getTextSize(text, _FONT, size, 1)
    height, width = canvas.image.shape[:2]
    x = int(np.clip(at[0], 2, max(2, width - wide - 6)))
    y = int(np.clip(at[1], high + 4, height - 6))
    _dark(canvas.image, x - 3, y - high - 4, x + wide + 4, y + 5)
    cv2.putText(canvas.image, ascii_only(text), (x, y), _FONT, size, colour, 1, cv2.LINE_AA)


def _panel(canvas: _Canvas, rows: list[str]) -> None:
    size, line = 0.5 * canvas.unit, round(22 * canvas.unit)
    wide = max(cv2.getTextSize(row, _FONT, size, 1)[0][0] for row in rows)
    _dark(canvas.image, 0, 0, wide + 20, line * len(rows) + 10)
    for number, row in enumerate(rows, 1):
        cv2.putText(canvas.image, ascii_only(row), (10, line * number - 3), _FONT, size, _TEXT, 1, cv2.LINE_AA)


def _dark(image: Image, left: int, top: int, right: int, bottom: int) -> None:
    area = image[max(0, top) : bottom, max(0, left) : right]
    area[:] = (area * 0.4).astype(np.uint8)


def _whole(point: F64) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
