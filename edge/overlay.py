"""A picture with what was seen drawn in: zones, tinted classes, found objects, figures.

ASCII only, as OpenCV's font has no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.contracts.geometry import Point
from edge.stream.frame import Image
from edge.vision.classes import SemanticClass
from edge.vision.objects import FoundObject
from edge.vision.segmenter import ClassMap
from edge.vision.zones import coverage

Colour = tuple[int, int, int]
"""Blue, green, red."""

COLOURS: dict[SemanticClass, Colour] = {
    SemanticClass.GOODS: (20, 140, 255),
    SemanticClass.SOIL: (50, 60, 225),
    SemanticClass.NET: (90, 200, 60),
    SemanticClass.PERSON: (235, 150, 40),
    SemanticClass.VEHICLE: (200, 80, 160),
}
_NAMED: tuple[Colour, ...] = ((255, 90, 255), (255, 220, 60), (60, 255, 220))
"""Of classes that only a rule's own model knows, in turn."""
_ZONE: Colour = (70, 235, 255)
_TEXT: Colour = (245, 245, 245)
_MUTED: Colour = (180, 180, 180)
_FONT = cv2.FONT_HERSHEY_DUPLEX
_LONG_SIDES = (960, 1600)
"""Pictures are scaled to a long side in between: small ones for legible figures, large ones to save space."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures: what was looked for, how it scored (0..1), and what was measured in words."""

    title: str
    score: float
    detail: str


def draw(
    image: Image,
    classes: ClassMap,
    zones: Sequence[tuple[str, list[Point]]],
    rows: Sequence[Row],
    caption: str,
    *,
    named: Mapping[str, NDArray[np.float32]] | None = None,
    found: Sequence[FoundObject] = (),
) -> Image:
    """A new (H, W, 3) BGR picture; `image` is left as it is.

    `named` are further classes as (h, w) weights of any grid over the frame; `found` objects get a box each.
    """
    canvas = _sized(image)
    inside = np.zeros(classes.labels.shape, np.float32)
    for _, polygon in zones:
        inside = np.maximum(inside, coverage(polygon, *classes.labels.shape))
    layers = [(k.name.lower(), COLOURS[k], (classes.labels == k).astype(np.float32)) for k in COLOURS]
    layers += [(name, _NAMED[i % len(_NAMED)], cells) for i, (name, cells) in enumerate((named or {}).items())]
    seen = [(name, colour) for name, colour, cells in layers if _tint(canvas, cells, colour, inside)]
    for one in found:
        _mark(canvas, one)
    for name, polygon in zones:
        _outline(canvas, name, polygon)
    _panel(canvas, rows, caption)
    _legend(canvas, seen)
    return canvas


def ascii_only(text: str) -> str:
    """`text` with every sign that the font lacks as a question mark."""
    return text.encode("ascii", "replace").decode()


def _sized(image: Image) -> Image:
    height, width = image.shape[:2]
    long_side = max(height, width)
    wanted = min(max(long_side, _LONG_SIDES[0]), _LONG_SIDES[1])
    if wanted == long_side:
        return image.copy()
    size = (max(1, round(width * wanted / long_side)), max(1, round(height * wanted / long_side)))
    how = cv2.INTER_AREA if wanted < long_side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def _tint(canvas: Image, cells: NDArray[np.float32], colour: Colour, inside: NDArray[np.float32]) -> bool:
    """Colour one class: strongly and outlined inside the zones, faintly elsewhere. Whether there was any."""
    if not (cells > 0.5).any():
        return False
    height, width = canvas.shape[:2]
    smooth = cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC) > 0.5
    within = cv2.resize(inside, (width, height), interpolation=cv2.INTER_LINEAR)
    strength = (0.15 + 0.27 * within[smooth])[:, None]
    canvas[smooth] = canvas[smooth] * (1 - strength) + np.array(colour, np.float32) * strength
    outlined = (smooth & (within > 0.5)).astype(np.uint8)
    contours, _ = cv2.findContours(outlined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    cv2.drawContours(canvas, contours, -1, colour, _unit(canvas), cv2.LINE_AA)
    return True


def _mark(canvas: Image, one: FoundObject) -> None:
    height, width = canvas.shape[:2]
    left, top, right, bottom = (round(v * side) for v, side in zip(one.xyxy, (width, height) * 2, strict=True))
    cv2.rectangle(canvas, (left, top), (right, bottom), _TEXT, 1, cv2.LINE_AA)
    text, size = ascii_only(f"{one.label} {one.score:.2f}"), 0.38 * _unit(canvas)
    base = max(top, 14 * _unit(canvas))
    _box(canvas, left, base - 13 * _unit(canvas), left + _wide(text, size) + 6, base, 0.55)
    _write(canvas, text, (left + 3, base - 3 * _unit(canvas)), size, _TEXT)


def _outline(canvas: Image, name: str, polygon: list[Point]) -> None:
    height, width = canvas.shape[:2]
    corners = np.array([(round(x * (width - 1)), round(y * (height - 1))) for x, y in polygon], np.int32)
    unit = _unit(canvas)
    cv2.polylines(canvas, [corners], True, (0, 0, 0), 3 * unit, cv2.LINE_AA)
    cv2.polylines(canvas, [corners], True, _ZONE, unit, cv2.LINE_AA)
    lowest = corners[corners[:, 1].argmax()]
    size = 0.42 * unit
    (wide, high), _ = cv2.getTextSize(ascii_only(name), _FONT, size, 1)
    x = int(np.clip(lowest[0], 4, max(4, width - wide - 12)))
    y = int(np.clip(lowest[1] - 6 * unit, high + 8, height - 8))
    _box(canvas, x, y - high - 5, x + wide + 10, y + 5, 0.65)
    _write(canvas, ascii_only(name), (x + 5, y), size, _ZONE)


def _panel(canvas: Image, rows: Sequence[Row], caption: str) -> None:
    unit = _unit(canvas)
    size, line, pad, bar = 0.46 * unit, 21 * unit, 10 * unit, 90 * unit
    titles = [ascii_only(row.title) for row in rows]
    left = max((_wide(title, size) for title in titles), default=0) + 2 * pad
    details = max((_wide(row.detail, size * 0.9) for row in rows), default=0)
    width = max(_wide(ascii_only(caption), size), left + bar + 52 * unit + details) + 2 * pad
    _box(canvas, 0, 0, width, line * (len(rows) + 1) + pad, 0.62)
    _write(canvas, ascii_only(caption), (pad, line - 4 * unit), size, _TEXT)
    for number, (row, title) in enumerate(zip(rows, titles, strict=True), 2):
        base = line * number - 4 * unit
        _write(canvas, title, (pad, base), size, _TEXT)
        top, right = base - 10 * unit, left + bar
        hot: Colour = (60, 70, 235) if row.score >= 0.5 else (110, 190, 90)
        cv2.rectangle(canvas, (left, top), (right, base), (70, 70, 70), -1)
        cv2.rectangle(canvas, (left, top), (left + round(bar * row.score), base), hot, -1)
        cv2.line(canvas, (left + bar // 2, top - 2), (left + bar // 2, base + 2), _TEXT, 1)
        _write(canvas, f"{row.score:.2f}", (right + 8 * unit, base), size, hot)
        _write(canvas, ascii_only(row.detail), (right + 52 * unit, base), size * 0.9, _MUTED)


def _legend(canvas: Image, seen: Sequence[tuple[str, Colour]]) -> None:
    if not seen:
        return
    unit = _unit(canvas)
    size, pad, swatch, bottom = 0.42 * unit, 8 * unit, 12 * unit, canvas.shape[0]
    widths = [swatch + 6 * unit + _wide(name, size) + 14 * unit for name, _ in seen]
    _box(canvas, 0, bottom - 26 * unit, sum(widths) + pad, bottom, 0.62)
    x = pad
    for (name, colour), width in zip(seen, widths, strict=True):
        cv2.rectangle(canvas, (x, bottom - 19 * unit), (x + swatch, bottom - 19 * unit + swatch), colour, -1)
        _write(canvas, name, (x + swatch + 6 * unit, bottom - 9 * unit), size, _TEXT)
        x += width


def _unit(canvas: Image) -> int:
    """Line width, and the scale of everything drawn, for this size of picture."""
    return max(1, round(canvas.shape[1] / 900))


def _box(canvas: Image, left: int, top: int, right: int, bottom: int, darkness: float) -> None:
    area = canvas[max(0, top) : bottom, max(0, left) : right]
    area[:] = (area * (1 - darkness)).astype(np.uint8)


def _wide(text: str, size: float) -> int:
    return cv2.getTextSize(text, _FONT, size, 1)[0][0]


def _write(canvas: Image, text: str, at: tuple[int, int], size: float, colour: Any) -> None:
    cv2.putText(canvas, text, at, _FONT, size, colour, 1, cv2.LINE_AA)
