"""Reading a picture file whole, or saying why not: a picture that breaks off half way is not measured."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.errors import SourceUnreadable

_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".jp2", ".ppm"}
_CLIP_SUFFIXES = {".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".ts", ".flv", ".mpg", ".mpeg", ".h264", ".h265"}
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
"""JPEG markers without a length: TEM and the restart markers (ITU-T T.81, table B.1)."""


def is_picture(path: Path) -> bool:
    """Whether the file is named like a picture or, with a name that says nothing, begins like one."""
    if path.suffix.lower() in _SUFFIXES | _CLIP_SUFFIXES:
        return path.suffix.lower() in _SUFFIXES
    try:
        return cv2.haveImageReader(str(path))
    except (cv2.error, OSError):
        return False


def read_picture(path: Path) -> NDArray[np.uint8]:
    """The picture as (H, W, 3) BGR, turned upright by its EXIF orientation. Raises SourceUnreadable."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(str(path), error.strerror or "cannot be read") from error
    if not data:
        raise SourceUnreadable(str(path), "the file is empty")
    if _is_cut_off(data):
        raise SourceUnreadable(str(path), "the picture is cut off: the file ends before the picture does")
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise SourceUnreadable(str(path), f"the picture does not decode: {error.err}") from error
    if image is None:
        raise SourceUnreadable(str(path), "is not a picture of a known kind, or is damaged")
    return np.asarray(image, np.uint8)


def _is_cut_off(data: bytes) -> bool:
    """OpenCV fills the missing part of a JPEG with grey, which would be measured as if it had been seen."""
    if data.startswith(b"\x89PNG"):
        return b"IEND" not in data[-64:] and b"IEND" not in data
    return data.startswith(b"\xff\xd8") and not _has_jpeg_end(data)


def _has_jpeg_end(data: bytes) -> bool:
    at = 2
    while (at := data.find(b"\xff", at)) != -1 and at + 1 < len(data):
        marker = data[at + 1]
        if marker == 0xD9:
            return True
        if marker in (0x00, 0xFF) or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False
