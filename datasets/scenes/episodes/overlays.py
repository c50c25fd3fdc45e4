"""What is laid over a still: snow on the ground and in the air, a shadow's edge, headlights, by the ground's metres."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ..camera import View, apply
from ..classes import MaskClass
from ..textures import noise

F32 = NDArray[np.float32]
LIES_ON = (MaskClass.GROUND, MaskClass.SOIL, MaskClass.NET, MaskClass.VEGETATION)


def metres(view: View) -> NDArray[np.float64]:
    """(H, W, 2) ground coordinates that each pixel would have; far away and above the horizon: 1e4."""
    u = (np.arange(view.width) + 0.5) / view.width
    v = (np.arange(view.height) + 0.5) / view.height
    uu, vv = np.meshgrid(u, v)
    g = apply(view.image_to_ground(), np.stack([uu.ravel(), vv.ravel()], 1)).reshape(view.height, view.width, 2)
    away = np.asarray(view.to[:2]) - np.asarray(view.at[:2])
    ahead = (g - np.asarray(view.at[:2])) @ away
    g[(ahead < 0) | (np.abs(g).max(2) > 1e3)] = 1e4
    return g


class Ground:
    """Fields over the ground of one view."""

    def __init__(self, view: View, seed: int) -> None:
        self.xy = metres(view)
        rng = np.random.default_rng([seed, 31])
        self.field = noise(rng, 512, 512, 40, 5, 0.6)
        turn = float(rng.uniform(-0.6, 0.6))
        self.across = np.array([np.cos(turn), np.sin(turn)])
        self.way = 1.0 if rng.random() < 0.5 else -1.0

    def grain(self, per_metre: float) -> F32:
        """(H, W) noise of standard deviation about 1 that lies still on the ground."""
        x, y = (np.abs((self.xy[..., i] * per_metre) % 1020 - 510).astype(np.float32) for i in (0, 1))
        return cv2.remap(self.field, x, y, cv2.INTER_LINEAR)

    def snow(self, classes: NDArray[np.uint8], amount: float) -> F32:
        """(H, W) how white snow makes each pixel, 0..1: on the ground in patches that close as `amount` grows."""
        patch = np.clip(0.5 + 0.7 * (self.grain(45.0) * 0.6 + 2.8 * (amount - 0.5)), 0, 1)
        where = np.isin(classes, LIES_ON).astype(np.float32)
        return cv2.GaussianBlur((patch * where).astype(np.float32), (0, 0), 0.8)

    def shadow(self, u: float, zone: NDArray[np.float64]) -> F32:
        """(H, W) factor on the sun as a building's shadow edge travels over the zone, u 0..1."""
        along = self.xy @ self.across
        lo, hi = (zone @ self.across).min() - 0.5, (zone @ self.across).max() + 0.5
        edge = lo + (hi - lo) * (u if self.way > 0 else 1 - u)
        return np.clip(0.5 + self.way * (along - edge) / 0.35, 0.02, 1).astype(np.float32)

    def beam(self, u: float, zone: NDArray[np.float64]) -> F32:
        """(H, W) light of a car's headlights sweeping past the zone, u 0..1: two long spots on the ground."""
        mid, span = zone.mean(0), float(np.ptp(zone[:, 0])) + 16.0
        x = mid[0] + self.way * (u - 0.5) * span
        y = float(zone[:, 1].min())
        dx, dy = self.xy[..., 0] - x, self.xy[..., 1] - y
        one = np.exp(-((dx / 3.2) ** 2) - ((dy - 0.6) / 1.6) ** 2)
        two = np.exp(-(((dx + self.way * 2.5) / 1.4) ** 2) - ((dy + 0.8) / 0.9) ** 2)
        return (one + 0.8 * two).astype(np.float32)


class Flakes:
    """Falling snow: sheets of soft dots, shifted from picture to picture."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        rng = np.random.default_rng([seed, 17])
        self.size = (width, height)
        self.sheets = []
        for _ in range(3):
            sheet = np.zeros((height + 128, width + 128), np.float32)
            for _ in range(520):
                at = (int(rng.integers(0, width + 128)), int(rng.integers(0, height + 128)))
                cv2.circle(sheet, at, int(rng.choice([1, 1, 1, 2, 3])), float(rng.uniform(0.25, 0.8)), -1, cv2.LINE_AA)
            self.sheets.append(cv2.GaussianBlur(sheet, (0, 0), 0.9))

    def fall(self, rgb: NDArray[np.uint8], k: int, amount: float) -> NDArray[np.uint8]:
        """Draw the flakes of picture k over (H, W, 3), 8 bits."""
        w, h = self.size
        dx, dy = (k * 37) % 127, 127 - (k * 71) % 127
        a = (self.sheets[k % 3][dy : dy + h, dx : dx + w] * min(1.0, amount))[..., None]
        return np.asarray(rgb * (1 - a) + 238 * a, dtype=np.uint8)
