"""The one way a picture becomes a model's input, in training and in service."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

STRIDE = 8


@dataclass(frozen=True, slots=True)
class Letterboxed:
    """`image` (H, W, 3) with the picture in its top-left `height` x `width` pixels and padding right and below."""

    image: NDArray[np.uint8]
    height: int
    width: int


def fitted(height: int, width: int, long_side: int, stride: int = STRIDE) -> tuple[int, int]:
    """(height, width) of a picture whose long side becomes `long_side`.

    Both are whole multiples of `stride`, so that the model's grid covers the picture exactly; the aspect is kept to
    within half a cell.
    """
    scale = long_side / max(height, width)
    return tuple(max(stride, round(side * scale / stride) * stride) for side in (height, width))  # type: ignore[return-value]


def letterbox(
    image: NDArray[np.uint8], long_side: int = 512, multiple: int = 32, pad_value: int = 127, stride: int = STRIDE
) -> Letterboxed:
    """Resize `image` (H, W, 3) as `fitted` says and pad it to multiples of `multiple` with `pad_value`."""
    if image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise ValueError(f"a picture is (height, width, 3), not {image.shape}")
    height, width = fitted(image.shape[0], image.shape[1], long_side, stride)
    halved = _halved(image, height, width)
    shrinks = height * width < halved.shape[0] * halved.shape[1]
    small = cv2.resize(halved, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    padded = np.full((_up(height, multiple), _up(width, multiple), 3), pad_value, np.uint8)
    padded[:height, :width] = small
    return Letterboxed(padded, height, width)


def _halved(image: NDArray[np.uint8], height: int, width: int) -> cv2.typing.MatLike:
    """The means of 2 x 2 pixels, once or more, as long as at least (height, width) is left.

    Then by area, this costs half of one step by area from full HD, and differs from it by half a grey level on average.
    """
    small: cv2.typing.MatLike = image
    while small.shape[0] >= 2 * height and small.shape[1] >= 2 * width and not (small.shape[0] | small.shape[1]) % 2:
        small = cv2.resize(small, (small.shape[1] // 2, small.shape[0] // 2), interpolation=cv2.INTER_LINEAR)
    return small


def _up(side: int, multiple: int) -> int:
    return -(-side // multiple) * multiple
