"""What can be seen of a picture's own quality: light, sharpness, and whether it changes at all.

Arrays in, values out. All features are taken from small copies, so that their cost hardly depends on the camera.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
FloatMap = NDArray[np.float32]

WIDTH, HEIGHT = 320, 180
CONTRAST = 24.0
"""Gradient (grey levels over two pixels) at which an edge counts half: faint noise counts little, glare no more."""
STRONG_EDGES = 0.03
"""Share of the picture, its most marked edges, on which sharpness is measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """What is kept of a picture to judge it and to compare it with another.

    `grey` uint8 [180, 320]; `edges` float32 [180, 320, 2] see `edge_directions`; `bright` is the grey level that 1 %
    of the picture exceeds; `contrast` the standard deviation of grey; `sharpness` see `sharpness`.
    """

    grey: Image
    edges: FloatMap
    bright: float
    contrast: float
    sharpness: float


def describe(image: Image) -> Signature:
    """The signature of a BGR picture (H, W, 3) of any size."""
    halved: cv2.typing.MatLike = image
    while halved.shape[1] >= 4 * WIDTH:
        # The mean of each 2 x 2 pixels; much cheaper than one resize by area from the full size.
        halved = cv2.resize(halved, (halved.shape[1] // 2, halved.shape[0] // 2), interpolation=cv2.INTER_LINEAR)
    halved = cv2.cvtColor(halved, cv2.COLOR_BGR2GRAY)
    medium = cv2.resize(halved, (2 * WIDTH, 2 * HEIGHT), interpolation=cv2.INTER_LINEAR)
    grey = cv2.resize(medium, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return Signature(
        grey=grey,
        edges=edge_directions(grey),
        bright=float(np.percentile(grey[::2, ::2], 99)),
        contrast=float(grey.std()),
        sharpness=sharpness(medium.astype(np.uint8, copy=False)),
    )


def edge_directions(grey: Image) -> FloatMap:
    """(H, W, 2): for each pixel the direction of its edge as a double-angle vector (Bigün and Granlund 1987), so that
    light on dark equals dark on light, of length g / (g + CONTRAST); smoothed, so that a sway of a pixel still matches.
    """
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    gx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3, scale=0.25)
    gy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3, scale=0.25)
    length = cv2.magnitude(gx, gy)
    weight = 1.0 / (np.maximum(length, 1e-3) * (length + CONTRAST))
    vectors = cv2.merge([(gx * gx - gy * gy) * weight, 2 * gx * gy * weight])
    return cv2.GaussianBlur(vectors, (0, 0), 1.5).astype(np.float32, copy=False)


def sharpness(grey: Image) -> float:
    """How steep the most marked edges are: their gradient at full size over that of the same edges seen coarsely.

    A ratio, so light and contrast cancel. A clean step of a grey picture gives about 4 to 6, defocus brings it towards
    1; noise raises it, so a noisy picture is never taken for a blurred one.
    """
    coarse = cv2.GaussianBlur(
        cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.float32), (0, 0), 1.0
    )
    coarse_gradient = _gradient(coarse) / 4
    fine = cv2.dilate(_gradient(cv2.GaussianBlur(grey, (0, 0), 0.7)), np.ones((9, 9), np.uint8))
    fine_gradient = cv2.resize(fine, (coarse.shape[1], coarse.shape[0]), interpolation=cv2.INTER_NEAREST)
    marked = coarse_gradient >= np.quantile(coarse_gradient, 1 - STRONG_EDGES)
    return float(fine_gradient[marked].mean() / (coarse_gradient[marked].mean() + 0.25))


def changed_share(before: Signature, after: Signature) -> float:
    """Share of the small picture whose grey level differs at all: even a still scene flickers with noise."""
    return float(np.count_nonzero(before.grey != after.grey) / before.grey.size)


def _gradient(grey: cv2.typing.MatLike) -> FloatMap:
    gx = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)
    gy = cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)
    return cv2.magnitude(gx, gy).astype(np.float32, copy=False)
