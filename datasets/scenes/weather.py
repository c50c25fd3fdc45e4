"""Lamps, headlights, infrared, wetness, snow, fog, rain and drops, computed on a rendered view's layers.

Light afterwards: a diffuse surface of albedo a and normal n, lit by a lamp of strength I at distance d from direction
l, shows a * I * max(0, n . l) / d^2 (Lambert). The lamp casts no shadow of its own; the sky's share of light stands in
for how open a place is.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from . import textures as tx
from .camera import SENSOR_MM, View
from .classes import MaskClass
from .conditions import Condition

F32 = NDArray[np.float32]
RNG = np.random.Generator


def positions(view: View, depth: F32) -> F32:
    """World coordinates (H, W, 3) of what each pixel shows, from the distance along the camera's axis."""
    h, w = depth.shape
    f = view.lens_mm / SENSOR_MM
    u, v = np.meshgrid((np.arange(w) + 0.5) / w, (np.arange(h) + 0.5) / h)
    rays = np.stack([(u - 0.5) / f, (0.5 - v) * h / w / f, -np.ones_like(u)], -1).astype(np.float32)
    d = np.minimum(depth, 400.0)[..., None]
    return (rays * d) @ view.axes().astype(np.float32) + np.float32(view.at)


def openness(sky: F32, albedo: F32) -> F32:
    """How much of the sky each pixel sees, 0.1..1, (H, W)."""
    e = sky.mean(2) / np.maximum(albedo.mean(2), 0.03)
    return np.clip(e / (np.quantile(e, 0.9) + 1e-6), 0.1, 1.0).astype(np.float32)


def lamp_light(where: F32, normal: F32, at: Any, strength: float, rgb: Any, aim: Any = None, cone: float = 0.9) -> F32:
    """Light (H, W, 3) of a lamp on surfaces of albedo 1; `aim` makes it a spot of `cone` cosine."""
    to = np.float32(at) - where
    d = np.linalg.norm(to, axis=2) + 0.3
    facing = np.clip((normal * to).sum(2) / d, 0, 1)
    e = strength * 30.0 * facing / (d * d)
    if aim is not None:
        axis = np.float32(aim) / np.linalg.norm(aim)
        cos = -(to @ axis) / d
        e = e * np.clip((cos - cone) / (1 - cone), 0, 1) * 4
    return (e[..., None] * np.float32(rgb)).astype(np.float32)


def lit(layers: Any, view: View, c: Condition, rng: RNG) -> F32:
    """Linear light (H, W, 3) of a view under a condition, before anything falls or the lens is spoilt."""
    albedo, normal, depth = layers.albedo, layers.normal, layers.depth
    sky, sun, lamp = (layers.light[k] for k in ("sky", "sun", "lamp"))
    far = depth > 350
    out = c.mix.blend(sky, sun, lamp)
    if c.lamps or c.head > 0 or c.infrared:
        where = positions(view, depth)
        open_ = openness(sky, albedo)[..., None]
        add = np.zeros_like(out)
        for x, y, z, s, *rgb in c.lamps:
            add += lamp_light(where, normal, (x, y, z), s, rgb)
        if c.head > 0:
            at = np.array(view.to) + np.append(rng.normal(0, 5, 2), 0)
            at[2] = 0.75
            aim = np.append(rng.normal(0, 1, 2), -0.06)
            side = np.array([-aim[1], aim[0], 0]) / np.hypot(aim[0], aim[1]) * 0.7
            for k in (-1, 1):
                add += lamp_light(where, normal, at + k * side, 3 * c.head, (1.0, 0.95, 0.85), aim, 0.8)
        if c.infrared:
            aim = np.array(view.to) - np.array(view.at)
            add += lamp_light(where, normal, view.at, 8.0, (1, 1, 1), aim, float(rng.uniform(0.55, 0.8)))
            add = add / (np.quantile(add, 0.9) + 1e-6)
        out = out + add * albedo * (0.35 + 0.65 * open_) * (~far)[..., None]
    if c.damp > 0:
        out = damp(out, albedo, normal, layers.classes(), c.damp)
    if c.lying > 0:
        out = snow_cover(out, albedo, normal, positions(view, depth), layers.classes(), c.lying, rng)
    if c.mix.haze > 0:
        t = 1 - np.exp(-np.minimum(depth, 300.0) * c.mix.haze / 100.0)
        air = np.float32([0.70, 0.72, 0.73]) * np.float32(c.mix.sky_rgb) * (0.9 * c.mix.sky + 0.2 * c.mix.sun)
        out = out * (1 - t[..., None]) + air * t[..., None]
    if c.infrared:
        green = layers.classes() == MaskClass.VEGETATION
        grey = out @ np.float32([0.5, 0.4, 0.1])
        grey = np.where(green, grey * 1.9, grey)
        out = np.repeat(grey[..., None], 3, 2)
    return out.astype(np.float32)


def damp(light: F32, albedo: F32, normal: F32, classes: Any, amount: float) -> F32:
    """Darken what lies open to rain: porous ground most."""
    up = np.clip((normal[..., 2] - 0.2) / 0.6, 0, 1)
    porous = np.isin(classes, [MaskClass.GROUND, MaskClass.SOIL, MaskClass.LOAD_OPEN]) * 1.0 + 0.4
    k = (amount * 0.45 * up * np.minimum(porous, 1.0))[..., None]
    return (light * (1 - k * (1 - 0.4 * np.clip(albedo, 0, 1)))).astype(np.float32)


def snow_cover(light: F32, albedo: F32, normal: F32, where: F32, classes: Any, amount: float, rng: RNG) -> F32:
    """Thin snow on what faces up, in patches, so that what lies beneath shows through."""
    n = 256
    patch = tx.noise(rng, n, n, 24, 5, 0.65)
    ix = (np.mod(where[..., 0] / 24.0, 1.0) * (n - 1)).astype(int)
    iy = (np.mod(where[..., 1] / 24.0, 1.0) * (n - 1)).astype(int)
    up = np.clip((normal[..., 2] - 0.45) / 0.4, 0, 1)
    k = np.clip(0.9 * (patch[iy, ix] + 3.2 * amount - 1.1) + 0.3, 0, 0.93) * up
    k = k * (classes != MaskClass.PERSON) * (np.abs(where[..., 0]) < 350)
    white = light / np.maximum(albedo, 0.04) * 0.8
    white = np.minimum(white.mean(2, keepdims=True) * np.float32([0.97, 1.0, 1.04]), 2.5)
    return (light * (1 - k[..., None]) + white * k[..., None]).astype(np.float32)


def falling(picture: F32, c: Condition, rng: RNG) -> F32:
    """Rain streaks and snowflakes over a display picture (H, W, 3) in 0..1."""
    h, w = picture.shape[:2]
    out = picture
    if c.rain > 0:
        layer = np.zeros((h, w), np.float32)
        slant = rng.normal(0, 0.15)
        for _ in range(int(c.rain * w * h / 420)):
            x, y, long = rng.uniform(0, w), rng.uniform(-10, h), rng.uniform(5, 26)
            p, q = (int(x), int(y)), (int(x + slant * long), int(y + long))
            cv2.line(layer, p, q, float(rng.uniform(0.04, 0.22)), 1, cv2.LINE_AA)
        out = out + cv2.GaussianBlur(layer, (0, 0), 0.6)[..., None] * (0.5 + 0.5 * out.mean())
    if c.flakes > 0:
        layer = np.zeros((h, w), np.float32)
        for _ in range(int(c.flakes * w * h / 700)):
            p = (int(rng.uniform(0, w)), int(rng.uniform(0, h)))
            r = 1 if rng.random() < 0.85 else int(rng.integers(2, 6))
            cv2.ellipse(
                layer,
                p,
                (r, int(r * rng.uniform(1, 2))),
                rng.normal(0, 20),
                0,
                360,
                float(rng.uniform(0.3, 0.9) / r),
                -1,
                cv2.LINE_AA,
            )
        k = np.clip(cv2.GaussianBlur(layer, (0, 0), 0.7), 0, 1)[..., None]
        out = out * (1 - k) + 0.95 * k
    return np.clip(out, 0, 1).astype(np.float32)


def lens_drops(picture: F32, count: int, rng: RNG) -> F32:
    """Drops on the pane: each shows a blurred, turned piece of the picture."""
    if count <= 0:
        return picture
    h, w = picture.shape[:2]
    soft = cv2.GaussianBlur(picture, (0, 0), 5)[::-1, ::-1]
    mask = np.zeros((h, w), np.float32)
    for _ in range(count):
        r = int(rng.uniform(0.008, 0.045) * w)
        p = (int(rng.uniform(0, w)), int(rng.uniform(0, h)))
        cv2.ellipse(mask, p, (r, int(r * rng.uniform(0.9, 1.5))), 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    k = cv2.GaussianBlur(mask, (0, 0), 1.6)[..., None] * 0.75
    rim = np.clip(cv2.GaussianBlur(mask, (0, 0), 1) - cv2.GaussianBlur(mask, (0, 0), 4), 0, 1)[..., None]
    return np.clip(picture * (1 - k) + soft * k - 0.25 * rim, 0, 1).astype(np.float32)
