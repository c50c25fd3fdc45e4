"""Models in hand that see what a test paints: red is goods, blue soil, white a person, all else ground."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.contracts.violations import SCENE_MODEL
from edge.models_in_use import Weights
from edge.vision.classes import SemanticClass
from edge.vision.perceive import Perceiver
from models.judging.in_hand import InHand
from tests.fakes.rules import muck, rule
from tests.fakes.segmenter import PaintedSegmenter

GREY, RED, BLUE, WHITE = (90, 95, 90), (20, 20, 230), (230, 20, 20), (250, 250, 250)
"""As OpenCV has them: blue, green, red."""


def _painted(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    blue, green, red = (np.asarray(part, int) for part in cv2.split(cv2.resize(image, (32, 18))))
    labels = np.full(blue.shape, SemanticClass.GROUND, np.uint8)
    labels[(red > 150) & (green < 120)] = SemanticClass.GOODS
    labels[(blue > 150) & (green < 120)] = SemanticClass.SOIL
    labels[(blue > 200) & (green > 200)] = SemanticClass.PERSON
    return labels


def in_hand() -> InHand:
    """The two rules with short times and weights by the name of `test/1`."""
    segmenter = PaintedSegmenter(_painted)
    rules = {"outdoor_display": rule(), "exposed_muck": muck()}
    return InHand(Perceiver(segmenter), segmenter, None, rules, {SCENE_MODEL: Weights("test/1", "0" * 64)}, {})


def street(width: int = 320, height: int = 180) -> NDArray[np.uint8]:
    """A grey picture with a little texture, so that no camera judge takes it for black or blurred."""
    rng = np.random.default_rng(1)
    image = np.full((height, width, 3), GREY, np.int16) + rng.integers(-14, 14, (height, width, 1), np.int16)
    image[::12] += 30
    image[:, ::16] -= 25
    return np.clip(image, 0, 255).astype(np.uint8)
