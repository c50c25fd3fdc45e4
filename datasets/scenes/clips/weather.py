"""Cloud shadows that drift over the ground, and falling rain."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ..camera import View, apply
from ..textures import noise

F32 = NDArray[np.float32]
STEP = 8


class Clouds:
    """How much sun reaches each pixel as clouds pass."""

    def __init__(self, view: View, seed: int) -> None:
        rng = np.random.default_rng(seed + 31)
        self.size = (view.width, view.height)
        self.field = noise(rng, 512, 512, 90, 4)
        u = (np.arange(0, view.width, STEP) + STEP / 2) / view.width
        v = (np.arange(0, view.height, STEP) + STEP / 2) / view.height
        uu, vv = np.meshgrid(u, v)
        g = apply(view.image_to_ground(), np.stack([uu.ravel(), vv.ravel()], 1)).reshape(*uu.shape, 2)
        far = np.hypot(g[..., 0] - view.at[0], g[..., 1] - view.at[1])
        horizon = view.ground_to_image()[2] @ [0, 0, 1]
        g[(far > 80) | ~np.isfinite(far)] = 60.0
        self.ground = g
        self.horizon = horizon

    def at(self, t: float, amount: float) -> F32:
        """(H, W) factor on the sun, 1 in full sun; the field drifts at 2.2 m/s, 6 pixels of field per metre."""
        x = (self.ground[..., 0] * 6 + t * 13.0).astype(np.float32) % 511
        y = (self.ground[..., 1] * 6 + t * 4.0).astype(np.float32) % 511
        f = cv2.remap(self.field, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
        f = 1 - np.float32(amount) * np.clip(0.45 + 0.8 * f, 0, 1)
        return cv2.resize(cv2.GaussianBlur(f, (0, 0), 2.0), self.size, interpolation=cv2.INTER_LINEAR)


class Rain:
    """Streaks before the lens and haze, as a few sheets that are shifted from frame to frame."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        rng = np.random.default_rng(seed + 17)
        self.sheets = []
        for _ in range(4):
            sheet = np.zeros((height + 200, width + 100), np.float32)
            for _ in range(420):
                x, y = int(rng.integers(0, width + 100)), int(rng.integers(0, height + 200))
                length = int(rng.uniform(8, 34))
                cv2.line(
                    sheet, (x, y), (x + int(length * 0.12), y + length), float(rng.uniform(0.3, 1)), 1, cv2.LINE_AA
                )
            self.sheets.append(cv2.GaussianBlur(sheet, (0, 0), 0.7))
        self.size = (width, height)

    def fall(self, y: NDArray[np.uint8], t: float, amount: float) -> NDArray[np.uint8]:
        """Draw the rain over a display picture (H, W, 3), 8 bits."""
        k = round(t * 10)
        w, h = self.size
        dx, dy = (k * 37) % 100, 199 - (k * 71) % 199
        sheet = self.sheets[k % 4][dy : dy + h, dx : dx + w, None]
        haze = 0.07 * amount
        y = cv2.addWeighted(y, 1 - haze, y, 0.0, haze * 184)
        drops = cv2.merge([np.ascontiguousarray(sheet[..., 0])] * 3)
        return np.asarray(cv2.add(y, cv2.multiply(drops, 55.0 * amount), dtype=cv2.CV_8U))
