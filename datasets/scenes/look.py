"""From linear light to what a cheap street camera delivers: exposure, tone, sharpening, noise, 8 bits."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]


@dataclass(frozen=True)
class Sensor:
    """The habits of one camera; `greying` is how far its white balance pulls the mean to grey, 0..1."""

    exposure: float = 1.0
    contrast: float = 1.0
    saturation: float = 1.0
    sharpen: float = 0.6
    blur: float = 0.5
    noise: float = 0.012
    vignette: float = 0.2
    white: tuple[float, float, float] = (1.0, 1.0, 1.0)
    greying: float = 0.6


def draw_sensor(rng: np.random.Generator, dusk: bool = False) -> Sensor:
    """Draw a camera."""
    return Sensor(
        exposure=float(np.exp(rng.normal(0.03, 0.26))),
        contrast=float(rng.uniform(0.9, 1.25)),
        saturation=float(rng.uniform(0.65, 1.35)),
        sharpen=float(rng.uniform(0.0, 1.2)),
        blur=float(rng.uniform(0.2, 0.9)),
        noise=float(rng.uniform(0.004, 0.022) * (2.0 if dusk else 1.0)),
        vignette=float(rng.uniform(0, 0.35)),
        white=tuple(float(x) for x in np.exp(rng.normal(0, 0.035, 3))),  # type: ignore[arg-type]
        greying=float(rng.uniform(0.05, 0.5)),
    )


def gain_for(linear: F32, target: float = 0.17) -> float:
    """Auto exposure: the factor that brings the picture's middle to `target` (linear)."""
    lum = linear @ np.float32([0.2126, 0.7152, 0.0722])
    lower = lum[lum.shape[0] // 5 :]
    mid = float(np.exp(np.mean(np.log(np.clip(lower, 0.003, 3.0)))))
    return target / max(mid, 1e-4)


def balance(linear: F32, share: float = 0.6) -> F32:
    """Automatic white balance: (3,) factors that pull the picture's mean part of the way to grey."""
    small = np.clip(linear[::4, ::4].reshape(-1, 3), 0, 2)
    mean = small.mean(0) + 1e-4
    f = (mean.mean() / mean) ** share
    return (f / f.mean()).astype(np.float32)


def tone(linear: F32, contrast: float = 1.0, saturation: float = 1.0) -> F32:
    """Linear light to display values 0..1: shoulder, sRGB gamma, contrast, saturation."""
    x = np.maximum(linear, 0)
    x = x * (1 + x * 0.11) / (1 + x * 0.85)
    y = np.where(x < 0.0031308, 12.92 * x, 1.055 * np.power(np.maximum(x, 1e-6), 1 / 2.4) - 0.055)
    y = np.clip(y, 0, 1)
    s = y * y * (3 - 2 * y)
    y = y + (s - y) * (0.35 * contrast)
    grey = (y @ np.float32([0.3, 0.59, 0.11]))[..., None]
    return np.clip(grey + (y - grey) * saturation, 0, 1).astype(np.float32)


def develop(linear: F32, gain: float, sensor: Sensor, rng: np.random.Generator) -> U8:
    """(H, W, 3) linear RGB to (H, W, 3) 8-bit RGB as the camera would show it."""
    h, w = linear.shape[:2]
    x = linear * balance(linear, sensor.greying) * np.float32(gain * sensor.exposure) * np.float32(sensor.white)
    if sensor.vignette > 0:
        yy, xx = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j].astype(np.float32)
        x = x * (1 - sensor.vignette * 0.5 * (xx**2 + yy**2))[..., None]
    y = tone(x, sensor.contrast, sensor.saturation)
    if sensor.blur > 0.25:
        y = cv2.GaussianBlur(y, (0, 0), sensor.blur)
    if sensor.sharpen > 0:
        y = y + sensor.sharpen * (y - cv2.GaussianBlur(y, (0, 0), 1.3))
    n = rng.standard_normal((h, w, 3)).astype(np.float32)
    n = 0.6 * n.mean(2, keepdims=True) * 1.7 + 0.4 * n
    n = 0.6 * n + 0.6 * cv2.GaussianBlur(n, (0, 0), 0.8)
    y = y + sensor.noise * n * (1.25 - y)
    return np.clip(y * 255 + 0.5, 0, 255).astype(np.uint8)
