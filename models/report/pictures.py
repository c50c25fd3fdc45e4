"""Pictures as addresses that hold the picture itself, so that the report stays one file."""

from __future__ import annotations

import base64

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, QUALITY = 820, 80


def data_uri(image: NDArray[np.uint8], width: int = WIDTH, quality: int = QUALITY) -> str:
    """A (H, W, 3) BGR picture as a JPEG address, no wider than `width` pixels. Raises ValueError when it cannot be."""
    if image.shape[1] > width:
        size = (width, max(1, round(image.shape[0] * width / image.shape[1])))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    done, coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError(f"a picture of shape {image.shape} does not encode")
    return "data:image/jpeg;base64," + base64.b64encode(coded.tobytes()).decode()
