"""Whether two pictures show the same view, told apart from what passes, stands or shines in front of it.

Arrays in, values out. Goods, people, vans, rain, shadows and lamps change much of a picture but leave what can still
be seen of the static scene where it was; a camera that turned moves all of it.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import cv2
import numpy as np

from edge.vision.quality import HEIGHT, WIDTH, FloatMap, Signature

CELL = 20
ROWS, COLUMNS = HEIGHT // CELL, WIDTH // CELL

Part = tuple[int, int, int, int]
"""Rows from, to, columns from, to, of the 180 x 320 grid."""
WHOLE: Part = (0, HEIGHT, 0, WIDTH)
QUARTERS: tuple[Part, ...] = tuple(
    (top, top + HEIGHT // 2, left, left + WIDTH // 2)
    for top, left in ((0, 0), (HEIGHT // 2, WIDTH // 2), (0, WIDTH // 2), (HEIGHT // 2, 0))
)
"""Opposite ones first: when both of them are clearly at rest, so is the view."""

SWAY = 0.0125
"""A shift of up to this share of the frame is wind on a pole, or nothing."""
QUARTER_PEAK, WHOLE_PEAK = 14.0, 35.0
"""From here on a correlation peak is no chance: unrelated streets reach 10, a plain van before a street 26 as a whole,
and views that shifted by a quarter of the frame give 45 and more."""
REST_PEAK = 9.0
KEPT_ALIKE, KEPT_SHARE = 0.85, 0.1
"""Of 1,251 pairs of unrelated rendered and real streets, 99.8 % share less than 0.06."""
TEXTURED = 1.5


class View(Enum):
    """SAME: what can be seen lies where it did. SHIFTED: it lies elsewhere. COVERED: little of it can be seen, but
    that little lies where it did. GONE: nothing of it can be found."""

    SAME = "same"
    SHIFTED = "shifted"
    COVERED = "covered"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Displacement:
    """Shift as shares of the frame's width and height, and by how many standard deviations its peak stands out."""

    dx: float
    dy: float
    peak: float

    @property
    def far(self) -> float:
        """Length of the shift as a share of the frame."""
        return float(np.hypot(self.dx, self.dy))


class Reference:
    """One view to compare others with."""

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self._spectra = {part: _spectrum(signature.edges, part) for part in (*QUARTERS, WHOLE)}

    def compare(self, now: Signature) -> tuple[View, Displacement | None]:
        """The verdict, and for SHIFTED by how much."""
        quarters = [self.displacement(now, part) for part in QUARTERS[:2]]
        if all(shift.far <= SWAY and shift.peak > QUARTER_PEAK for shift in quarters):
            return View.SAME, None
        quarters += [self.displacement(now, part) for part in QUARTERS[2:]]
        at_rest = sum(shift.far <= SWAY and shift.peak > REST_PEAK for shift in quarters)
        moved = sum(shift.far > SWAY and shift.peak > QUARTER_PEAK for shift in quarters)
        if at_rest > moved and (at_rest > 1 or kept_share(self.signature, now) > 2 * KEPT_SHARE):
            return View.SAME, None
        whole = self.displacement(now, WHOLE)
        if moved >= 2 or whole.peak > WHOLE_PEAK:
            shift = max((whole, *quarters), key=lambda part: part.peak)
            return (View.SHIFTED, shift) if moved >= 2 or whole.far > SWAY else (View.SAME, None)
        return (View.COVERED if kept_share(self.signature, now) > KEPT_SHARE else View.GONE), None

    def displacement(self, now: Signature, part: Part = WHOLE) -> Displacement:
        """By how much this part of the view has shifted, by phase correlation (Kuglin and Hines 1975) of the edges.

        The double-angle vector is taken as one complex number, so one transform serves both of its components.
        """
        height, width = part[1] - part[0], part[3] - part[2]
        cross = cv2.mulSpectrums(_spectrum(now.edges, part), self._spectra[part], 0, conjB=True)
        length = cv2.magnitude(cross[:, :, 0], cross[:, :, 1])
        cross /= np.maximum(length, 1e-9)[:, :, np.newaxis]
        surface = cv2.dft(cross, flags=cv2.DFT_INVERSE | cv2.DFT_SCALE)[:, :, 0]
        centred = np.roll(surface, (height // 2, width // 2), (0, 1))
        smooth = cv2.GaussianBlur(np.ascontiguousarray(centred), (0, 0), 1.5)
        row, column = divmod(int(np.argmax(smooth)), width)
        peak = float(smooth[row, column] / (smooth.std() + 1e-12))
        return Displacement((column - width // 2) / WIDTH, (row - height // 2) / HEIGHT, peak)


def kept_share(reference: Signature, now: Signature) -> float:
    """Share (0..1) of the reference's textured cells whose edges are still just as they were, where they were."""
    product = _cell_sums(reference.edges * now.edges)
    mine, other = _cell_sums(np.square(reference.edges)), _cell_sums(np.square(now.edges))
    alike = product / np.sqrt(np.maximum(mine * other, 1e-6))
    weight = np.sqrt(mine)
    weight = np.where(weight > TEXTURED, np.minimum(weight, 4 * TEXTURED), 0.0)
    return float((weight * (alike > KEPT_ALIKE)).sum() / max(float(weight.sum()), 1e-6))


def _spectrum(edges: FloatMap, part: Part) -> FloatMap:
    window = _window(part[1] - part[0], part[3] - part[2])
    cut = edges[part[0] : part[1], part[2] : part[3]] * window
    return cv2.dft(cut, flags=cv2.DFT_COMPLEX_OUTPUT).astype(np.float32, copy=False)


def _cell_sums(vectors: FloatMap) -> FloatMap:
    means = cv2.resize(vectors, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
    return (means.sum(axis=2) * CELL * CELL).astype(np.float32, copy=False)


@lru_cache(maxsize=8)
def _window(height: int, width: int) -> FloatMap:
    return np.outer(np.hanning(height), np.hanning(width)).astype(np.float32)[:, :, np.newaxis]
