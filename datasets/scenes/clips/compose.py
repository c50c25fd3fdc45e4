"""A clip from its plates: light over time, people, rain, the camera's own faults, clock, file and truth."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .. import look
from .. import materials as mt
from .. import stage as stg
from ..camera import View
from ..classes import MaskClass
from . import plates as pl
from .actors import Sprite, draw
from .encode import Writer
from .overlay import Clock
from .scenario import LightNow, Story
from .truth import write_truth
from .weather import Clouds, Rain

F32 = NDArray[np.float32]
GROUPS = pl.GROUPS
STEPS = 4095
SENSOR = look.Sensor(contrast=1.0, saturation=0.95, sharpen=0.55, noise=0.0, vignette=0.22)


class Composer:
    """Holds a scenario's plates and draws the frame of any moment."""

    def __init__(self, work: Path, scenario: Any) -> None:
        self.facts = json.loads((work / "facts.json").read_text())
        self.work, self.scenario, self.view = work, scenario, scenario.VIEW
        self.story: Story = scenario.story(self.facts)
        self.sun = np.array(self.facts["sun"])
        self._plates: dict[tuple[str, ...], pl.Plate] = {}
        self._windows: dict[str, Any] = {}
        self._key: Any = None
        self._dirty: list[tuple[slice, slice]] = []
        self._source = self._scratch = pl.Plate({}, np.zeros((1, 1), np.int32), np.zeros((1, 1), np.float32))
        h, w = self.view.height, self.view.width
        yy, xx = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j].astype(np.float32)
        self.vignette = (1 - SENSOR.vignette * 0.5 * (xx**2 + yy**2))[..., None]
        self.clouds = Clouds(self.view, scenario.SEED)
        self.rain = Rain(w, h, scenario.SEED)
        base = self.plate(self.story.plates[0][1])
        lit = base.light["sun"].mean(2)[np.isin(base.classes(), (MaskClass.GROUND, MaskClass.SOIL))]
        self.full_sun = float(np.percentile(lit, 85)) + 1e-4
        first = self._mix(base, self.story.light(0.0), 0.0)
        self.white = look.balance(first, 0.45)
        self.gain = look.gain_for(first, 0.2)
        self.level = float(np.log(np.clip(first[h // 5 :: 4, ::4].mean(), 1e-3, None)))
        self.ae = 0.0
        self.falloff = np.ascontiguousarray(np.broadcast_to(self.vignette * self.white, (h, w, 3)), dtype=np.float32)
        x = np.linspace(0, 4.0, STEPS + 1, dtype=np.float32)
        tone = look.tone(np.repeat(x[:, None], 3, 1), SENSOR.contrast, 1.0)[:, 0]
        self.curve = np.rint(tone * 255).astype(np.uint8)
        k = SENSOR.saturation
        self.colour = np.float32([[0.3, 0.59, 0.11]] * 3) * (1 - k) + np.eye(3, dtype=np.float32) * np.float32(k)
        self._grain: NDArray[np.int16] | None = None

    def window(self, name: str) -> Any:
        """A rendered window, or None where its subject was out of sight."""
        if name not in self._windows:
            path = self.work / f"{name}.npz"
            self._windows[name] = pl.load(path) if path.exists() else None
        return self._windows[name]

    def plate(self, names: tuple[str, ...]) -> pl.Plate:
        """The plate of a state: the first take with the others pasted over."""
        if names not in self._plates:
            whole = self.window(names[0])
            plate = pl.Plate(whole.light, whole.index, whole.depth)
            for n in names[1:]:
                plate = plate.paste(self.window(n))
            self._plates[names] = plate
        return self._plates[names]

    def state(self, t: float) -> tuple[str, ...]:
        """Which takes make the still scene at time t."""
        return [p for a, p in self.story.plates if a <= t][-1]

    def still(self, t: float, wet: bool = False) -> pl.Plate:
        """The scene without people at time t, passing vehicles included."""
        if wet and self.story.wet_plates:
            return self.plate(self.story.wet_plates[0][1])
        plate = self.plate(self.state(t))
        patch = self.story.patches(t)
        w = self.window(patch) if patch else None
        return plate if w is None else plate.paste(w)

    def _mix(self, plate: pl.Plate, now: LightNow, t: float) -> F32:
        sky, sun, lamp = (plate.light[k] for k in GROUPS)
        if now.sun < 0.01:
            out = cv2.addWeighted(sky, now.sky, lamp, now.lamp, 0)
        elif now.clouds > 0:
            cover = cv2.merge([self.clouds.at(t, now.clouds) * np.float32(now.sun)] * 3)
            out = cv2.addWeighted(sky, now.sky, cv2.multiply(sun, cover), 1.0, 0)
            out = cv2.scaleAdd(lamp, now.lamp, out)
        else:
            out = cv2.scaleAdd(lamp, now.lamp, cv2.addWeighted(sky, now.sky, sun, now.sun, 0))
        return np.asarray(out, dtype=np.float32)

    def _scratch_for(self, t: float, now: LightNow) -> pl.Plate:
        """A plate that may be painted on; what was painted for the last frame is undone."""
        names = self.state(t)
        patch = self.story.patches(t)
        key = (names, patch if patch and self.window(patch) is not None else None, round(now.wet, 3))
        if key != self._key:
            source = self.still(t)
            if now.wet > 0 and self.story.wet_plates:
                other, k = self.still(t, wet=True), float(now.wet)
                mixed = {g: np.asarray(cv2.addWeighted(source.light[g], 1 - k, other.light[g], k, 0)) for g in GROUPS}
                source = pl.Plate(mixed, source.index, source.depth)
            self._source, self._key = source, key
            self._scratch = pl.Plate({g: source.light[g].copy() for g in GROUPS}, source.index, source.depth)
            self._dirty = []
        for at in self._dirty:
            for g in GROUPS:
                self._scratch.light[g][at] = self._source.light[g][at]
        self._dirty = []
        return self._scratch

    def frame(self, t: float, mask: bool = False) -> tuple[F32, NDArray[np.uint8] | None]:
        """Linear light (H, W, 3) of the moment and, if asked, its class mask."""
        now = self.story.light(t)
        plate = self._scratch_for(t, now)
        sky, sun, lamp = (plate.light[k] for k in GROUPS)
        classes = plate.classes() if mask else None
        sprites = [s for i, a in enumerate(self.story.actors) if (s := draw(a, t, i, self.view, self.sun)) is not None]
        sprites += [s for s in self.story.vehicles(t, self.view, self.sun) if s is not None]
        for s in sprites:
            self._shade(sky, sun, s)
        for s in sorted(sprites, key=lambda s: -s.depth):
            self._lay(self._source, sky, sun, lamp, s, classes)
        return self._mix(plate, now, t), classes

    def _clip(self, x0: int, y0: int, w: int, h: int) -> tuple[slice, slice, slice, slice] | None:
        ax, ay = max(0, x0), max(0, y0)
        bx, by = min(self.view.width, x0 + w), min(self.view.height, y0 + h)
        if ax >= bx or ay >= by:
            return None
        return slice(ay, by), slice(ax, bx), slice(ay - y0, by - y0), slice(ax - x0, bx - x0)

    def _shade(self, sky: F32, sun: F32, s: Sprite) -> None:
        for spot, part, depth in ((s.shadow, sun, 0.93), (s.contact, sky, 0.4)):
            if spot is None:
                continue
            c = self._clip(spot[0], spot[1], spot[2].shape[1], spot[2].shape[0])
            if c:
                self._dirty.append((c[0], c[1]))
                part[c[0], c[1]] *= (1 - depth * spot[2][c[2], c[3]])[..., None]

    def _lay(self, plate: pl.Plate, sky: F32, sun: F32, lamp: F32, s: Sprite, classes: Any) -> None:
        c = self._clip(s.x0, s.y0, s.alpha.shape[1], s.alpha.shape[0])
        if c is None:
            return
        at, own = (c[0], c[1]), (c[2], c[3])
        self._dirty.append(at)
        near = cv2.erode(s.near[own], np.ones((3, 3), np.uint8))
        seen = (plate.depth[at] > np.minimum(near, s.depth + 3.0) - 0.4).astype(np.float32)
        seen = cv2.GaussianBlur(seen, (0, 0), 0.6)
        a = (s.alpha[own] * seen)[..., None]
        fx = int(np.clip(s.foot[0] * self.view.width, 3, self.view.width - 4))
        fy = int(np.clip(s.foot[1] * self.view.height, 3, self.view.height - 4))
        here = float(plate.light["sun"][fy - 3 : fy + 4, fx - 3 : fx + 4].mean())
        lit = float(np.clip(1.25 * here / self.full_sun, 0.03, 1))
        sky[at] = sky[at] * (1 - a) + s.sky[own] * seen[..., None]
        sun[at] = sun[at] * (1 - a) + s.sun[own] * seen[..., None] * lit
        lamp[at] *= 1 - a
        if classes is not None:
            classes[at][a[..., 0] > 0.5] = s.cls

    def develop(self, linear: F32, t: float, rng: np.random.Generator) -> NDArray[np.uint8]:
        """The camera's picture: slow auto exposure, tone, rain, sharpening, noise."""
        level = float(np.log(np.clip(linear[linear.shape[0] // 5 :: 4, ::4].mean(), 1e-3, None)))
        self.ae += 0.08 * (0.75 * (self.level - level) - self.ae)
        drift = 0.02 * np.sin(t * 0.41) + 0.012 * np.sin(t * 1.3)
        scale = float(self.gain * np.exp(self.ae + drift)) * STEPS / 4.0
        x = cv2.multiply(linear, self.falloff, scale=scale, dtype=cv2.CV_16U)
        y = self.curve[np.minimum(x, STEPS)]
        now = self.story.light(t)
        if now.rain > 0:
            y = self.rain.fall(y, t, now.rain)
        y = cv2.transform(y, self.colour)
        soft = cv2.GaussianBlur(y, (3, 3), 0.5)
        wide = cv2.GaussianBlur(soft, (0, 0), 1.3)
        y = cv2.addWeighted(soft, 1 + SENSOR.sharpen, wide, -SENSOR.sharpen, 0)
        return np.asarray(cv2.add(y, self._noise(rng), dtype=cv2.CV_8U))

    def _noise(self, rng: np.random.Generator) -> NDArray[np.int16]:
        h, w = self.view.height, self.view.width
        if self._grain is None:
            g = rng.standard_normal((h + 64, w + 64, 3)).astype(np.float32)
            g = 0.75 * g.mean(2, keepdims=True) * 1.7 + 0.3 * g
            g = 0.55 * g + 0.8 * cv2.GaussianBlur(g, (0, 0), 0.9)
            self._grain = np.rint(g * 1.9).astype(np.int16)
        dy, dx = int(rng.integers(0, 64)), int(rng.integers(0, 64))
        g = self._grain[dy : dy + h, dx : dx + w]
        return np.ascontiguousarray(g if rng.random() < 0.5 else -g[:, ::-1])


def _turned(comp: Composer, t: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The picture while and after the camera turns: both views are warped to the direction of the moment."""
    at, span, name, other = comp.story.turn  # type: ignore[misc]
    view = comp.view
    w = comp.window(name)
    b = comp._mix(pl.Plate(w.light, w.index, w.depth), LightNow(sun=0.95), t)
    u = float(np.clip((t - at) / span, 0, 1))
    u = u * u * (3 - 2 * u)
    if u >= 1:
        return comp.develop(b, t, rng)
    a, _ = comp.frame(t)
    steps = []
    for k in range(4):
        uk = min(1.0, u + 0.02 * k)
        aim = np.array(view.to) * (1 - uk) + np.array(other.to) * uk
        here = View(view.at, tuple(aim.tolist()), view.lens_mm, view.width, view.height, view.roll_deg)  # type: ignore[arg-type]
        img = None
        for src, sv in ((b, other), (a, view)):
            m = _rotation(here, sv)
            warped = cv2.warpPerspective(
                src,
                m,
                (view.width, view.height),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            )
            inside = cv2.warpPerspective(
                np.ones(src.shape[:2], np.float32),
                m,
                (view.width, view.height),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            )[..., None]
            img = warped if img is None else img * (1 - inside) + warped * inside
        steps.append(img)
    return comp.develop(np.mean(steps, axis=0).astype(np.float32), t, rng)


def _rotation(here: View, there: View) -> NDArray[np.float64]:
    """3x3 map from pixels of `here` to pixels of `there`, two cameras at one place."""
    f = here.lens_mm / 36.0
    k = np.array([[f * here.width, 0, here.width / 2], [0, f * here.width, here.height / 2], [0, 0, 1]])
    flip = np.diag([1.0, -1.0, -1.0])
    r = flip @ there.axes() @ here.axes().T @ flip
    return k @ r @ np.linalg.inv(k)


def make_clip(work: Path, out: Path, scenario: Any) -> None:
    """Compose, encode and describe a clip; prints its size and the seconds it took."""
    t0 = time.time()
    stg.fresh_scene()
    mt.forget()
    comp = Composer(work, scenario)
    out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(scenario.SEED + 5)
    clock = Clock(comp.view.width, comp.view.height, *comp.story.clock)
    target = out / f"{scenario.NAME}.mp4"
    with Writer(target, comp.view.width, comp.view.height, scenario.FPS, 2.0, scenario.CRF) as video:
        for k in range(int(scenario.DURATION * scenario.FPS)):
            t = k / scenario.FPS
            if comp.story.turn and t >= comp.story.turn[0]:
                rgb = _turned(comp, t, rng)
            else:
                rgb = comp.develop(comp.frame(t)[0], t, rng)
            video.write(clock.stamp(rgb, t))
    (out / "masks").mkdir(exist_ok=True)
    for old in (out / "masks").glob("*.png"):
        old.unlink()
    for t in comp.story.mask_times:
        _, classes = comp.frame(t, mask=True)
        cv2.imwrite(str(out / "masks" / f"{t:06.1f}s.png"), classes)
    write_truth(out, comp)
    mb = target.stat().st_size / 1e6
    print(f"{scenario.NAME}: {mb:.2f} MB, {time.time() - t0:.0f} s to compose", flush=True)
