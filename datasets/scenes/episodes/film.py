"""An episode's pictures: stills in turn, light and weather, passers-by, exposure that drifts, a noisy sensor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .. import look
from ..clips.weather import Rain
from .light import Light, draw_light
from .overlays import Flakes, Ground
from .scenario import Scenario
from .staged import Staged
from .stills import Picture

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
STEPS = 2047
WHITE = 0.8
"""What snow reflects."""


class Film:
    """Draws the picture of any second of a scenario. `seed` makes the camera and the weather."""

    def __init__(self, scenario: Scenario, staged: Staged, stills: Mapping[str, Picture], seed: int) -> None:
        self.scenario, self.staged, self.stills = scenario, staged, stills
        rng = np.random.default_rng([seed, 41])
        self.rng = np.random.default_rng([seed, 42])
        self.light: Light = draw_light(rng, scenario.light)
        self.zone = np.asarray(staged.zone, dtype=float)
        view = staged.view
        self.ground = Ground(view, seed)
        self.rain, self.flakes = Rain(view.width, view.height, seed), Flakes(view.width, view.height, seed)
        self._fixed: dict[tuple[str, int], tuple[F32, F32]] = {}
        first = self.linear(0.0)
        self.white = look.balance(first, 0.5) * np.exp(rng.normal(0, 0.025, 3)).astype(np.float32)
        self.gain = look.gain_for(first, self.light.target * float(np.exp(rng.normal(0, 0.12))))
        self.level = float(first[view.height // 5 :].mean())
        self.ae = 0.0
        self.sharpen, self.blur = float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.4, 0.8))
        yy, xx = np.mgrid[-1 : 1 : view.height * 1j, -1 : 1 : view.width * 1j].astype(np.float32)
        vignette = 1 - float(rng.uniform(0, 0.3)) * 0.5 * (xx**2 + yy**2)
        self.falloff = np.ascontiguousarray(vignette[..., None] * self.white, dtype=np.float32)
        x = np.repeat(np.linspace(0, 4.0, STEPS + 1, dtype=np.float32)[:, None], 3, 1)
        self.curve = np.rint(look.tone(x, float(rng.uniform(0.9, 1.2)), 1.0)[:, 0] * 255).astype(np.uint8)
        k = float(rng.uniform(0.75, 1.1))
        self.colour = np.float32([[0.3, 0.59, 0.11]] * 3) * (1 - k) + np.eye(3, dtype=np.float32) * np.float32(k)
        g = rng.standard_normal((view.height + 64, view.width + 64, 3)).astype(np.float32)
        g = 0.75 * g.mean(2, keepdims=True) * 1.7 + 0.35 * g
        g = 0.55 * g + 0.8 * cv2.GaussianBlur(g, (0, 0), 0.9)
        self.grain = np.rint(g * self.light.noise).astype(np.int16)

    def _parts(self, name: str, snow: float) -> tuple[F32, F32]:
        """(all but the sun, the sun) of a still under the episode's light, hazed, with so much snow on the ground."""
        key = (name, round(snow * 20))
        if key not in self._fixed:
            p, mix = self.stills[name], self.light.mix
            sky = mix.sky * p.light["sky"] * np.float32(mix.sky_rgb) + mix.lamp * p.light["lamp"]
            sun = mix.sun * p.light["sun"] * np.float32(mix.sun_rgb)
            if snow > 0:
                a = self.ground.snow(p.classes, key[1] / 20)[..., None]
                lit = cv2.GaussianBlur(sky, (0, 0), 12).mean(2, keepdims=True)
                sky = sky * (1 - a) + a * np.maximum(lit * 1.9, 0.55 * mix.sky) * WHITE
                sun = sun * (1 - 0.5 * a)
            if mix.haze > 0:
                t = mix.passed(p.depth)[..., None]
                sky, sun = sky * t + mix.air() * (1 - t), sun * t
            self._fixed[key] = (sky.astype(np.float32), sun.astype(np.float32))
        return self._fixed[key]

    def _strength(self, kind: str, t: float) -> tuple[float, float]:
        """(how far an effect has come 0..1, its strength) at time t; strength 0 when it is not on."""
        for e in self.scenario.effects:
            if e.kind == kind and e.from_s <= t <= e.to_s:
                return (t - e.from_s) / (e.to_s - e.from_s), e.strength
        return 0.0, 0.0

    def linear(self, t: float) -> F32:
        """Linear light (H, W, 3) at t seconds, without passers-by."""
        sky, sun = self.parts(t)
        return sky + sun

    def parts(self, t: float) -> tuple[F32, F32]:
        """(all but the sun, the sun) at t seconds."""
        before, now, u = self.scenario.shown(t)
        falling, on = self._strength("snowfall", t)
        snow = min(0.95, self.light.snow + 0.55 * falling * on)
        sky, sun = self._parts(now, snow)
        if u < 1.0:
            old_sky, old_sun = self._parts(before, snow)
            sky, sun = old_sky * (1 - u) + sky * u, old_sun * (1 - u) + sun * u
        way, on = self._strength("shadow_edge", t)
        if on > 0:
            sun = sun * self.ground.shadow(way, self.zone)[..., None]
        _, on = self._strength("headlights", t)
        if on > 0:
            passing = (t % 14.0) / 9.0
            if passing < 1.0:
                beam = self.ground.beam(passing, self.zone)
                albedo = self.stills[now].light["sky"]
                sky = sky + on * 1.5 * beam[..., None] * albedo * np.float32([1.0, 0.97, 0.9])
        return sky, sun

    def camera(self, linear: F32, t: float, k: int) -> U8:
        """What the camera makes of it, (H, W, 3) RGB: slow exposure, tone, rain or snow, sharpening, noise."""
        level = float(linear[linear.shape[0] // 5 :].mean())
        self.ae += 0.25 * (0.7 * float(np.log(self.level / max(level, 1e-6))) - self.ae)
        drift = 0.025 * np.sin(t * 0.31) + 0.012 * np.sin(t * 1.3)
        scale = float(self.gain * np.exp(np.clip(self.ae, -1.2, 1.2) + drift)) * STEPS / 4.0
        x = cv2.multiply(linear, self.falloff, scale=scale, dtype=cv2.CV_16U)
        y = self.curve[np.minimum(x, STEPS)]
        if self.light.rain > 0:
            y = self.rain.fall(y, t, self.light.rain)
        flakes = max(self.light.flakes, self._strength("snowfall", t)[1] * 0.9)
        if flakes > 0:
            y = self.flakes.fall(y, k, flakes)
        y = cv2.transform(y, self.colour)
        soft = cv2.GaussianBlur(y, (0, 0), self.blur)
        wide = cv2.GaussianBlur(soft, (0, 0), 1.3)
        y = cv2.addWeighted(soft, 1 + self.sharpen, wide, -self.sharpen, 0)
        h, w = y.shape[:2]
        dy, dx = self.rng.integers(0, 64, 2)
        g = np.ascontiguousarray(self.grain[dy : dy + h, dx : dx + w])
        return np.asarray(cv2.add(y, g, dtype=cv2.CV_8U), dtype=np.uint8)

    def pictures(self, fps: int, passers: Any = None) -> Any:
        """Every picture in turn; `passers(t, sky, sun, depth)` may draw on copies of the two light parts."""
        for k in range(round(self.scenario.duration_s * fps)):
            t = k / fps
            sky, sun = self.parts(t)
            if passers is not None:
                sky, sun = passers(t, sky, sun, self.stills[self.scenario.shown(t)[1]].depth)
            yield self.camera(sky + sun, t, k)
