"""Height fields: heaps, berms, pits and rutted ground as arrays, and their outlines on the ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]


@dataclass
class Field:
    """Heights (H, W) in metres above the floor over 2 hx by 2 hy metres about the origin, row 0 at -y."""

    z: F32
    hx: float
    hy: float

    @property
    def cell(self) -> float:
        """Metres from one column to the next."""
        return 2 * self.hx / (self.z.shape[1] - 1)

    def xy(self) -> tuple[F64, F64]:
        """Coordinates (H, W) of every height."""
        h, w = self.z.shape
        return np.meshgrid(np.linspace(-self.hx, self.hx, w), np.linspace(-self.hy, self.hy, h))

    def at(self, x: Any, y: Any) -> F32:
        """Heights at points, same shape as x and y; outside the field the rim's."""
        h, w = self.z.shape
        u = (np.asarray(x, np.float32) / (2 * self.hx) + 0.5) * (w - 1)
        v = (np.asarray(y, np.float32) / (2 * self.hy) + 0.5) * (h - 1)
        flat = cv2.remap(self.z, u.reshape(1, -1), v.reshape(1, -1), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return flat.reshape(u.shape)


def area_of(field: Field, above: float = 0.06) -> float:
    """Ground that lies under more than `above` metres, m2."""
    return float((field.z > above).mean() * 4 * field.hx * field.hy)


def outline_of(field: Field, above: float = 0.06, turn_deg: float = 0.0, at: tuple[float, float] = (0, 0)) -> F64:
    """Outline (K, 2) in world metres of the largest part that rises `above` metres; (0, 2) where nothing does."""
    mask = cv2.copyMakeBorder((field.z > above).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not found:
        return np.zeros((0, 2))
    best = cv2.approxPolyDP(max(found, key=cv2.contourArea), 0.7, True)[:, 0].astype(float) - 1
    h, w = field.z.shape
    pts = np.stack([best[:, 0] / (w - 1) - 0.5, best[:, 1] / (h - 1) - 0.5], 1) * (2 * field.hx, 2 * field.hy)
    a = np.radians(turn_deg)
    rot = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return pts @ rot.T + np.asarray(at)
