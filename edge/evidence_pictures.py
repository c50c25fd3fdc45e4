"""The pictures of one moment: wide and close, each as a sealed original and as a copy that may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from edge.blur import blurred
from edge.contracts.geometry import Point
from edge.errors import EdgeError
from edge.stream.frame import Image
from edge.vision.objects import FoundObject
from edge.vision.segmenter import ClassMap

ORIGINAL_QUALITY, SHOWN_QUALITY = 92, 85
THUMBNAIL_BYTES = 64_000
THUMBNAIL_SIDES = (640, 480, 320, 200)
CLOSE_MARGIN = 0.15
ZONE_COLOUR = (60, 220, 255)
OBJECT_COLOURS = {"goods": (40, 80, 255), "soil": (40, 80, 255), "net": (80, 200, 80)}


class PictureNotEncoded(EdgeError):
    """The JPEG encoder did not take a picture."""

    code = "edge.picture_not_encoded"


@dataclass(frozen=True, slots=True)
class Pictures:
    """JPEG bytes. `thumbnail` is the shown wide one in at most 64 000 bytes."""

    wide_original: bytes
    close_original: bytes
    wide_shown: bytes
    close_shown: bytes
    thumbnail: bytes


def pictures(
    image: Image,
    classes: ClassMap,
    zone: Sequence[Point],
    objects: Sequence[FoundObject] = (),
    passing: Sequence[FoundObject] = (),
) -> Pictures:
    """All pictures of a (H, W, 3) BGR frame for the polygon `zone` (0..1). Raises PictureNotEncoded.

    `objects` are drawn; of `passing`, what a detector found anywhere, people and vehicles are blurred.
    """
    shown = drawn(blurred(image, classes, passing), zone, objects)
    close = close_box(image.shape[0], image.shape[1], zone)
    return Pictures(
        jpeg(image, ORIGINAL_QUALITY),
        jpeg(image[close], ORIGINAL_QUALITY),
        jpeg(shown, SHOWN_QUALITY),
        jpeg(shown[close], SHOWN_QUALITY),
        thumbnail(shown),
    )


def drawn(image: Image, zone: Sequence[Point], objects: Sequence[FoundObject]) -> Image:
    """A copy with the zone's outline and the boxes of what was found in it."""
    height, width = image.shape[:2]
    thick = max(2, round(width / 480))
    out = image.copy()
    outline = np.array([(x * (width - 1), y * (height - 1)) for x, y in zone]).round().astype(np.int32)
    cv2.polylines(out, [outline], isClosed=True, color=ZONE_COLOUR, thickness=thick, lineType=cv2.LINE_AA)
    for found in objects:
        colour = OBJECT_COLOURS.get(found.label)
        if colour is None:
            continue
        left, top, right, bottom = found.xyxy
        corner, opposite = (round(left * width), round(top * height)), (round(right * width), round(bottom * height))
        cv2.rectangle(out, corner, opposite, colour, max(1, thick // 2), cv2.LINE_AA)
    return out


def close_box(height: int, width: int, zone: Sequence[Point]) -> tuple[slice, slice]:
    """Rows and columns of the zone's box with a margin, for slicing a (height, width) picture."""
    xs, ys = [x for x, _ in zone], [y for _, y in zone]
    spread_x, spread_y = (max(xs) - min(xs)) * CLOSE_MARGIN, (max(ys) - min(ys)) * CLOSE_MARGIN
    left, right = max(0.0, min(xs) - spread_x), min(1.0, max(xs) + spread_x)
    top, bottom = max(0.0, min(ys) - spread_y), min(1.0, max(ys) + spread_y)
    rows = slice(int(top * height), max(int(top * height) + 1, round(bottom * height)))
    return rows, slice(int(left * width), max(int(left * width) + 1, round(right * width)))


def thumbnail(image: Image) -> bytes:
    """A small JPEG of at most 64 000 bytes, as large as fits."""
    height, width = image.shape[:2]
    for side in THUMBNAIL_SIDES:
        scale = min(1.0, side / max(height, width))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        for quality in (75, 55):
            content = jpeg(small, quality)
            if len(content) <= THUMBNAIL_BYTES:
                return content
    raise PictureNotEncoded(f"no thumbnail of {width}x{height} fits into {THUMBNAIL_BYTES} bytes")


def jpeg(image: Image, quality: int) -> bytes:
    """The picture as JPEG. Raises PictureNotEncoded."""
    done, content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise PictureNotEncoded(f"a picture of {image.shape} could not be written as JPEG")
    return content.tobytes()


def from_jpeg(content: bytes) -> Image:
    """The (H, W, 3) BGR picture of our own JPEG."""
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise PictureNotEncoded("a kept picture could not be read back")
    return np.asarray(image, np.uint8)
