"""What has covered the ground for most of the last minute, cell by cell: what passes or flickers is not in it.

The same share from ever-changing cells (passers-by taken for goods, leaves, headlights, a flicker of single looks) does
not add up: each cell is judged by the median of what it showed. Goods that are moved are in it again half a minute
later. Pure values; time passed in; bounded by a little more than `LOOKS` bytes for each cell of the zone.
"""

import base64
import binascii
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

import numpy as np
from numpy.typing import NDArray

WINDOW_S = 60.0
LOOKS = 12
"""So many looks of the window are kept: looking more often does not make it grow."""
LEAST_LOOKS = 3
"""With so many looks it can be told what lasts, however long ago the first of them was (up to `FORGOTTEN`)."""
FORGOTTEN = timedelta(minutes=10)
LEAST_VISIBLE = 0.15
"""Shares are never of less than this part of the zone."""
_FULL, _UNKNOWN = 15, 255
"""Weights are kept in steps of 1/15; a cell that could not be seen is unknown."""

Cells = NDArray[np.float32]
Levels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class CellLook:
    """One look, for the n cells of a zone: `weight` (n) how much of each lies in the zone, `visible` (n) how much of it
    is seen, `act` (n) how much of that counts; all in 0..1 of a whole cell."""

    weight: Cells
    visible: Cells
    act: Cells

    def levels(self) -> Levels:
        """What the cells that are seen show, in steps; a cell that is mostly hidden is unknown."""
        shown = np.rint(_FULL * self.act / np.maximum(self.visible, 1e-6)).astype(np.uint8)
        return np.where(self.visible >= 0.5 * self.weight, np.minimum(shown, _FULL), _UNKNOWN).astype(np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    at: datetime
    levels: Levels


@dataclass(frozen=True, slots=True, eq=False)
class Lasting:
    """The last minute of one zone. Equal to another with the same last `LEAST_LOOKS` looks: those survive a restart."""

    kept: tuple[_Kept, ...] = ()

    def seen(self, at: datetime, look: CellLook, window_s: float = WINDOW_S) -> "Lasting":
        """With one more look, if the last one is long enough ago to be another. Looks out of order, or at another
        number of cells, begin anew."""
        kept = self.kept
        if kept and (kept[0].levels.size != look.weight.size or kept[-1].at > at):
            kept = ()
        # A look may come a little early.
        if kept and (at - kept[-1].at).total_seconds() < 0.75 * window_s / LOOKS:
            return self
        recent = [one for one in kept if at - one.at <= timedelta(seconds=window_s)]
        if len(recent) < LEAST_LOOKS - 1:
            recent = [one for one in kept[1 - LEAST_LOOKS :] if at - one.at <= FORGOTTEN]
        return Lasting((*recent, _Kept(at, look.levels())))

    def share(self, look: CellLook, *, of_zone: bool = False) -> float:
        """Share of the zone's known ground (or, `of_zone`, of all of it) that is covered in most looks of the window.

        `look` gives the weights of the cells. 0 when nothing of the zone was seen.
        """
        levels = self.levels()
        if levels.size != look.weight.size:
            return 0.0
        known = levels != _UNKNOWN
        whole, zone = float(look.weight[known].sum()), float(look.weight.sum())
        size = zone if of_zone else max(whole, LEAST_VISIBLE * zone)
        covered = float((look.weight[known] * levels[known]).sum()) / _FULL
        return min(1.0, covered / size) if size > 0 else 0.0

    def levels(self) -> Levels:
        """(n) the lower median of each cell over the looks that saw it; `_UNKNOWN` for cells never seen."""
        if not self.kept:
            return np.zeros(0, np.uint8)
        rows = np.sort(np.stack([one.levels for one in self.kept]), axis=0)
        known = (rows != _UNKNOWN).sum(axis=0)
        return np.take_along_axis(rows, np.maximum(known - 1, 0)[None] // 2, axis=0)[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lasting) and self._facts() == other._facts()

    __hash__ = None  # type: ignore[assignment]

    def _facts(self) -> tuple[list[datetime], list[bytes]]:
        last = self.kept[-LEAST_LOOKS:]
        return [one.at for one in last], [one.levels.tobytes() for one in last]

    def to_text(self) -> str:
        """The last `LEAST_LOOKS` looks, which are enough to go on: some hundred characters."""
        times, rows = self._facts()
        return " ".join([*(time.isoformat() for time in times), _packed(b"".join(rows))])

    @classmethod
    def from_text(cls, text: str) -> Self:
        """What `to_text` wrote. Raises ValueError when it is none."""
        *times, packed = text.split(" ")
        try:
            levels = np.frombuffer(zlib.decompress(base64.b85decode(packed)), np.uint8)
        except (zlib.error, binascii.Error) as error:
            raise ValueError(f"no memory of cells: {error}") from error
        rows = levels.reshape(len(times), -1) if times else levels
        return cls(tuple(_Kept(datetime.fromisoformat(time), row) for time, row in zip(times, rows, strict=False)))


def _packed(data: bytes) -> str:
    return base64.b85encode(zlib.compress(data, 6)).decode()
