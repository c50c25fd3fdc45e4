"""Passers-by drawn into a film's light, with shadows, behind what stands nearer than they."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .. import people
from ..clips.actors import Sprite, draw
from ..clips.scenario import Actor, Stop
from .light import Light
from .scenario import Walker
from .staged import Staged

F32 = NDArray[np.float32]
REACH_M = 9.0
"""They come into sight and leave it this far to either side of the zone's middle."""


def actor(walker: Walker, zone: Any, z: float, rng: np.random.Generator) -> Actor:
    """The person and their straight way past the zone."""
    corners = np.asarray(zone, dtype=float)
    mid, (y1, y0) = float(corners[:, 0].mean()), (corners[:, 1].max(), corners[:, 1].min())
    y = float(y1 - 0.6 - walker.lane * max(0.5, y1 - y0 - 0.8))
    a, b = (mid - REACH_M, mid + REACH_M) if walker.right else (mid + REACH_M, mid - REACH_M)
    took = 2 * REACH_M / walker.speed
    return Actor(people.look(rng), (Stop(walker.at_s, a, y), Stop(walker.at_s + took, b, y)), (), z)


class Passers:
    """Draws whoever is in sight at a moment."""

    def __init__(self, walkers: Sequence[Walker], staged: Staged, light: Light, seed: int) -> None:
        rng = np.random.default_rng([seed, 51])
        self.actors = [actor(w, staged.zone, staged.height, rng) for w in walkers]
        self.view, self.sun, self.light = staged.view, np.asarray(staged.sun), light
        self.full_sun = 0.0

    def __call__(self, t: float, sky: F32, sun: F32, depth: F32) -> tuple[F32, F32]:
        """The two light parts with everyone of time t drawn in; the given ones are left as they are."""
        sprites = []
        for i, a in enumerate(self.actors):
            if a.stops[0].t <= t < a.stops[-1].t:
                sprite = draw(a, t, i, self.view, self.sun)
                if sprite is not None:
                    sprites.append(sprite)
        if not sprites:
            return sky, sun
        self.full_sun = self.full_sun or float(np.percentile(sun.mean(2), 90)) + 1e-4
        sky, sun = sky.copy(), sun.copy()
        for s in sprites:
            for spot, part, dark in ((s.shadow, sun, 0.93), (s.contact, sky, 0.4)):
                if spot is not None and (at := self._inside(spot[0], spot[1], *spot[2].shape)):
                    part[at[0], at[1]] *= (1 - dark * spot[2][at[2], at[3]])[..., None]
        for s in sorted(sprites, key=lambda s: -s.depth):
            self._lay(s, sky, sun, depth)
        return sky, sun

    def _inside(self, x0: int, y0: int, h: int, w: int) -> tuple[slice, slice, slice, slice] | None:
        ax, ay = max(0, x0), max(0, y0)
        bx, by = min(self.view.width, x0 + w), min(self.view.height, y0 + h)
        if ax >= bx or ay >= by:
            return None
        return slice(ay, by), slice(ax, bx), slice(ay - y0, by - y0), slice(ax - x0, bx - x0)

    def _lay(self, s: Sprite, sky: F32, sun: F32, depth: F32) -> None:
        at = self._inside(s.x0, s.y0, *s.alpha.shape)
        if at is None:
            return
        there, own = (at[0], at[1]), (at[2], at[3])
        near = cv2.erode(s.near[own], np.ones((3, 3), np.uint8))
        seen = (depth[there] > np.minimum(near, s.depth + 3.0) - 0.4).astype(np.float32)
        a = (s.alpha[own] * seen)[..., None]
        fx = int(np.clip(s.foot[0] * self.view.width, 4, self.view.width - 5))
        fy = int(np.clip(s.foot[1] * self.view.height, 4, self.view.height - 5))
        patch = (slice(fy - 4, fy + 5), slice(fx - 4, fx + 5))
        mix = self.light.mix
        through = float(mix.passed(s.depth))
        air = mix.air() * (1 - through)
        around = np.clip((sky[patch].mean((0, 1)) - air) / max(through, 0.05), 0, None) / 0.26
        lit = float(np.clip(1.2 * sun[patch].mean() / self.full_sun, 0.0, 1)) * float(mix.sun)
        body = s.sky[own] * seen[..., None] * np.clip(around, 0.004, 1.3)
        sky[there] = sky[there] * (1 - a) + body * through + air * a
        sun[there] = sun[there] * (1 - a) + s.sun[own] * seen[..., None] * lit * through
