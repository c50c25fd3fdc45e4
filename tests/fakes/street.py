"""A drawn street and what can happen in front of a camera: light, weather, goods, vans, a camera that turns."""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
WIDTH, HEIGHT = 640, 360


def panorama(seed: int) -> Image:
    """(H, 3 W, 3): fronts with windows and signs above, paving below; three frames wide, so a camera can turn."""
    rng = np.random.default_rng(seed)
    image = np.full((HEIGHT, 3 * WIDTH, 3), 150, np.uint8)
    left, phase = 0, rng.uniform(0, 6)
    while left < 3 * WIDTH:
        width, roof = int(rng.integers(60, 180)), int(rng.integers(0, 60))
        # Seen from a pole, neither the foot of the fronts nor the rows of paving are level.
        foot = round(195 + 20 * np.sin(left / 250 + phase))
        cv2.rectangle(image, (left, roof), (left + width, foot), _colour(rng), -1)
        for _ in range(int(rng.integers(3, 9))):
            x, y = left + int(rng.integers(0, width)), int(rng.integers(roof, 180))
            size = (int(rng.integers(8, 40)), int(rng.integers(8, 50)))
            cv2.rectangle(image, (x, y), (x + size[0], y + size[1]), _colour(rng), -1)
        left += width
    across = np.arange(0, 3 * WIDTH, 8)
    for row in range(232, HEIGHT, 16):
        line = np.column_stack([across, row + 14 * np.sin(across / 210 + phase)]).astype(np.int32)
        cv2.polylines(image, [line], False, (120, 120, 125), 1)
    for _ in range(160):
        x, y = int(rng.integers(0, 3 * WIDTH)), int(rng.integers(205, HEIGHT))
        cv2.ellipse(
            image, (x, y), (int(rng.integers(4, 25)), int(rng.integers(2, 8))), 0, 0, 360, _colour(rng, 90, 170), -1
        )
    return cv2.GaussianBlur(image, (0, 0), 0.8).astype(np.uint8)


def view(scene: Image, turned: float = 0.0) -> Image:
    """What the camera sees when it has turned by that share of a frame to the right."""
    left = WIDTH + round(turned * WIDTH)
    return scene[:, left : left + WIDTH].copy()


def noisy(image: Image, seed: int, sigma: float = 2.0) -> Image:
    """With sensor noise."""
    noise = np.random.default_rng(seed).normal(0, sigma, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def lit(image: Image, gain: float, gamma: float = 1.0) -> Image:
    """In other light."""
    return np.clip((image / 255.0) ** gamma * gain * 255, 0, 255).astype(np.uint8)


def with_shadow(image: Image, left: float, right: float) -> Image:
    """A building's shadow over a vertical strip."""
    shaded = image.copy()
    strip = slice(round(left * WIDTH), round(right * WIDTH))
    shaded[:, strip] //= 2
    return shaded


def with_goods(image: Image, count: int, seed: int) -> Image:
    """Boxes put out on the paving."""
    rng, image = np.random.default_rng(seed), image.copy()
    for _ in range(count):
        x, y = int(rng.integers(0, WIDTH - 80)), int(rng.integers(190, HEIGHT - 60))
        cv2.rectangle(image, (x, y), (x + int(rng.integers(30, 80)), y + int(rng.integers(20, 60))), _colour(rng), -1)
    return image


def with_van(image: Image, middle: float, width: float = 0.5) -> Image:
    """A van whose middle is at that share of the width."""
    image = image.copy()
    left, right = round((middle - width / 2) * WIDTH), round((middle + width / 2) * WIDTH)
    cv2.rectangle(image, (left, 60), (right, 320), (225, 225, 220), -1)
    cv2.rectangle(image, (left + 15, 80), ((left + right) // 2, 170), (60, 50, 40), -1)
    cv2.circle(image, (left + 40, 320), 28, (30, 30, 30), -1)
    return image


def with_rain(image: Image, seed: int) -> Image:
    """Bright streaks over a greyer picture."""
    rng, streaks = np.random.default_rng(seed), np.zeros(image.shape[:2], np.float32)
    for _ in range(500):
        x, y = int(rng.integers(0, WIDTH)), int(rng.integers(0, HEIGHT))
        cv2.line(streaks, (x, y), (x + 2, y + int(rng.integers(8, 20))), float(rng.uniform(30, 90)), 1)
    return np.clip(image * 0.8 + 25 + streaks[..., None], 0, 255).astype(np.uint8)


def blurred(image: Image, sigma: float) -> Image:
    """Out of focus."""
    return cv2.GaussianBlur(image, (0, 0), sigma).astype(np.uint8)


def _colour(rng: np.random.Generator, low: int = 20, high: int = 235) -> tuple[int, int, int]:
    blue, green, red = (int(value) for value in rng.integers(low, high, 3))
    return blue, green, red
