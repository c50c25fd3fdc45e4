"""Daylight and lamplight as parts that were rendered apart, and how a time of day mixes them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Mix:
    """Strength and colour of each part of the light."""

    name: str
    sky: float
    sun: float
    lamp: float
    sky_rgb: tuple[float, float, float] = (1.0, 1.0, 1.0)
    sun_rgb: tuple[float, float, float] = (1.0, 1.0, 1.0)
    haze: float = 0.0

    def facts(self) -> dict[str, Any]:
        return asdict(self)

    def blend(self, sky: F32, sun: F32, lamp: F32, depth: F32 | None = None) -> F32:
        """Add the parts, (H, W, 3) linear; haze fades far things to grey."""
        out = self.sky * sky * np.float32(self.sky_rgb) + self.sun * sun * np.float32(self.sun_rgb) + self.lamp * lamp
        if self.haze > 0 and depth is not None:
            t = 1 - np.exp(-np.minimum(depth, 300.0) * self.haze / 100.0)
            air = np.float32([0.75, 0.78, 0.82]) * (0.5 * self.sky + 0.3 * self.sun)
            out = out * (1 - t[..., None]) + air * t[..., None]
        return out.astype(np.float32)


def draw_mix(rng: np.random.Generator, low_sun: bool, wet: bool) -> Mix:
    """Draw a light; the sun's height is in the scene, so a low sun is only warmed here."""
    grey = (1.04, 1.0, 0.93)
    kinds = (
        ["overcast", "dusk", "haze"] if wet else ["sunny", "sunny", "bright", "overcast", "overcast", "haze", "dusk"]
    )
    kind = str(rng.choice(kinds))
    if kind == "sunny":
        warm = (1.12, 0.92, 0.68) if low_sun else (1.03, 0.99, 0.93)
        return Mix("low_sun" if low_sun else "day", 0.9, float(rng.uniform(0.9, 1.3)), 0.3, sun_rgb=warm)
    if kind == "bright":
        return Mix("bright_cloud", 1.2, float(rng.uniform(0.15, 0.4)), 0.4, sky_rgb=grey)
    if kind == "overcast":
        return Mix("overcast", 1.1, 0.0, 0.4, sky_rgb=grey)
    if kind == "haze":
        return Mix(
            "haze", 1.1, float(rng.uniform(0, 0.15)), 0.5, sky_rgb=(1.06, 1.0, 0.9), haze=float(rng.uniform(0.1, 0.8))
        )
    return Mix("dusk", float(rng.uniform(0.1, 0.35)), 0.0, float(rng.uniform(0.6, 1.0)), sky_rgb=(0.7, 0.85, 1.25))
