"""A lens that bends straight lines, after the division model (Fitzgibbon, CVPR 2001): one number, closed both ways."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lens:
    """`k1` is negative for a barrel (straight lines bulge outwards); radii count in half picture widths from the
    middle. `aspect` is the picture's width over its height."""

    k1: float = 0.0
    aspect: float = 16 / 9

    def straight(self, points: F64) -> F64:
        """Image points (n, 2) in 0..1 as a lens without distortion would show them."""
        if self.k1 == 0:
            return points
        centred = self._centred(points)
        radius2 = (centred**2).sum(axis=1, keepdims=True)
        return self._in_picture(centred / (1 + self.k1 * radius2))

    def bent(self, points: F64) -> F64:
        """The way back: where this lens shows straight image points (n, 2). NaN where it shows none."""
        if self.k1 == 0:
            return points
        centred = self._centred(points)
        radius2 = (centred**2).sum(axis=1, keepdims=True)
        with np.errstate(invalid="ignore"):
            return self._in_picture(centred * (2 / (1 + np.sqrt(1 - 4 * self.k1 * radius2))))

    def _centred(self, points: F64) -> F64:
        return (points - 0.5) * [2.0, 2.0 / self.aspect]

    def _in_picture(self, centred: F64) -> F64:
        return centred / [2.0, 2.0 / self.aspect] + 0.5
