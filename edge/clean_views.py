"""What a camera's zones looked like when they were clean, as blurred pictures that people may see beside an alert.

One JPEG for each zone and light under `<root>/<camera>/`; the file's time is when the picture was captured. They are a
copy for people: nothing is measured against them, and one that is lost is made again.
"""

import logging
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np

from edge.evidence_pictures import jpeg
from edge.stream.frame import Image

log = logging.getLogger(__name__)
EVERY = timedelta(hours=6)
"""How often a picture is taken anew: flash memory wears, and a clean zone hardly changes."""
WIDTH, QUALITY = 1280, 80


@dataclass(frozen=True, slots=True)
class CleanView:
    """A blurred JPEG and when it was captured (aware UTC)."""

    content: bytes
    at: datetime


class CleanViews:
    """The folder of them. Safe to use from several threads; trouble with the disk is logged and harms nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, camera_id: str, zone_id: str, light: str) -> CleanView | None:
        """The picture, if there is one."""
        path = self._path(camera_id, zone_id, light)
        try:
            return CleanView(path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC))
        except OSError:
            return None

    def is_due(self, camera_id: str, zone_id: str, light: str, at: datetime) -> bool:
        """Whether a new picture is wanted."""
        try:
            kept = self._path(camera_id, zone_id, light).stat().st_mtime
        except OSError:
            return True
        return abs(at.timestamp() - kept) >= EVERY.total_seconds()

    def keep(self, camera_id: str, zone_id: str, light: str, shown: Image, at: datetime) -> None:
        """Keep the blurred (H, W, 3) picture, at most `WIDTH` wide, in place of the one before."""
        path = self._path(camera_id, zone_id, light)
        height, width = shown.shape[:2]
        if width > WIDTH:
            size = (WIDTH, round(height * WIDTH / width))
            shown = np.asarray(cv2.resize(shown, size, interpolation=cv2.INTER_AREA), np.uint8)
        unfinished = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(jpeg(shown, QUALITY))
            os.utime(unfinished, (at.timestamp(), at.timestamp()))
            unfinished.replace(path)
        except OSError as error:
            log.warning("the clean view of %s/%s is not kept: %s", camera_id, zone_id, error.strerror)

    def forget(self, camera_id: str) -> None:
        """The camera looks elsewhere, or somebody replaced its references."""
        shutil.rmtree(self._root / camera_id, ignore_errors=True)

    def _path(self, camera_id: str, zone_id: str, light: str) -> Path:
        return self._root / camera_id / f"{zone_id}.{light}.jpg"
