"""The camera's clock and name, as street cameras print them into the picture."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ..lettering import font

_DAYS = "一二三四五六日"


class Clock:
    """White letters with a dark rim: date, weekday and time at the top left, the camera's name at the bottom right."""

    def __init__(self, width: int, height: int, start: str, name: str) -> None:
        self.start = dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC)
        self.width, self.height, self.name = width, height, name
        self.size = max(14, height // 24)
        self._second = -1
        self._layers: list[tuple[slice, slice, Any, Any]] = []

    def _word(self, text: str, right: bool) -> tuple[slice, slice, Any, Any]:
        f = font(self.size)
        probe = ImageDraw.Draw(Image.new("L", (8, 8)))
        w, h = int(probe.textlength(text, font=f)) + 6, int(self.size * 1.5)
        fill, rim = Image.new("L", (w, h)), Image.new("L", (w, h))
        ImageDraw.Draw(fill).text((3, 1), text, font=f, fill=235)
        ImageDraw.Draw(rim).text((3, 1), text, font=f, fill=200, stroke_width=2, stroke_fill=200)
        x, y = (self.width - w - 12, self.height - h - 8) if right else (12, 8)
        a = np.asarray(fill, np.float32)[..., None] / 255
        b = np.asarray(rim, np.float32)[..., None] / 255
        return slice(y, y + h), slice(x, x + w), a, b

    def stamp(self, rgb: NDArray[np.uint8], t: float) -> NDArray[np.uint8]:
        """Print the clock of clip time t (seconds) into an (H, W, 3) picture; changes and returns it."""
        if int(t) != self._second:
            self._second = int(t)
            now = self.start + dt.timedelta(seconds=self._second)
            text = f"{now:%Y-%m-%d} 星期{_DAYS[now.weekday()]} {now:%H:%M:%S}"
            self._layers = [self._word(text, False), self._word(self.name, True)]
        for ys, xs, a, b in self._layers:
            part = rgb[ys, xs].astype(np.float32)
            part = part * (1 - b) * (1 - a) + 245 * a
            rgb[ys, xs] = part.astype(np.uint8)
        return rgb
