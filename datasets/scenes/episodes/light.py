"""The light and weather of an episode as numbers: how the rendered light parts are mixed, how the camera takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Mix:
    """Strength and colour of the parts of the light; `haze` per 100 m fades far things to grey."""

    sky: float
    sun: float
    lamp: float
    sky_rgb: tuple[float, float, float] = (1.0, 1.0, 1.0)
    sun_rgb: tuple[float, float, float] = (1.0, 1.0, 1.0)
    haze: float = 0.0

    def air(self) -> F32:
        """(3,) light that haze gives back instead of what lies far behind it."""
        return (np.float32([0.75, 0.78, 0.82]) * (0.32 * self.sky + 0.2 * self.sun)).astype(np.float32)

    def passed(self, metres: Any) -> Any:
        """Share of the light that comes through so many metres of it."""
        return np.exp(-np.minimum(metres, 300.0) * self.haze / 100.0)


@dataclass(frozen=True)
class Light:
    """`mix` of sky, sun and lamps; `target`: middle brightness that exposure aims at; `noise` of the sensor, in grey
    levels; `rain`, `flakes` falling 0..1, `snow` on the ground 0..1."""

    mix: Mix
    target: float = 0.17
    noise: float = 1.8
    rain: float = 0.0
    flakes: float = 0.0
    snow: float = 0.0


def draw_light(rng: np.random.Generator, name: str) -> Light:
    """A light by its name in `scenario.LIGHTS`. Raises KeyError for an unknown one."""
    grey = (1.04, 1.0, 0.94)
    u = lambda a, b: float(rng.uniform(a, b))  # noqa: E731
    lights = {
        "day": lambda: Light(Mix(0.95, u(0.9, 1.25), 0.2, sun_rgb=(1.03, 0.99, 0.93))),
        "low_sun": lambda: Light(Mix(0.8, u(0.9, 1.2), 0.25, sun_rgb=(1.14, 0.92, 0.68))),
        "overcast": lambda: Light(Mix(1.1, u(0.0, 0.12), 0.3, sky_rgb=grey)),
        "dusk": lambda: Light(Mix(u(0.12, 0.3), 0.0, u(0.6, 1.0), sky_rgb=(0.72, 0.86, 1.22)), 0.12, 2.8),
        "night": lambda: Light(Mix(u(0.012, 0.04), 0.0, u(0.9, 1.3), sky_rgb=(0.7, 0.85, 1.25)), 0.085, 4.2),
        "rain": lambda: Light(Mix(1.0, 0.0, 0.4, sky_rgb=grey, haze=u(0.2, 0.7)), 0.15, 2.2, rain=u(0.5, 1.0)),
        "fog": lambda: Light(Mix(1.05, 0.0, 0.4, sky_rgb=grey, haze=u(1.0, 3.2)), 0.19, 2.0),
        "snow": lambda: Light(
            Mix(1.1, 0.0, 0.4, sky_rgb=(0.98, 1.0, 1.04), haze=u(0.3, 1.2)),
            0.2,
            2.0,
            0.0,
            u(0.3, 0.9),
            u(0.15, 0.55),
        ),
    }
    return lights[name]()
