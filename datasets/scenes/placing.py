"""Putting things out: makers become objects on the ground, with outline, height and the front they stand before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .classes import MaskClass
from .solid import Solid, turn_z

RNG = np.random.Generator
F64 = NDArray[np.float64]
DISPLAY = "display"
"""The group of everything that shops put out: hide it and the same street is clean."""
BELOW = 1.8
"""What stands on the ground is outlined below this height, metres; above it hang canopies."""


@dataclass(frozen=True)
class Piece:
    """One object of something put out: its shape, box label, and place and turn (degrees) within the whole."""

    solid: Solid
    label: str
    at: tuple[float, float, float] = (0.0, 0.0, 0.0)
    turn: float = 0.0
    cls: MaskClass = MaskClass.GOODS


Make = Callable[[RNG], "Solid | list[Piece]"]


def outline(points: F64, at: tuple[float, float] = (0.0, 0.0), turn: float = 0.0, scale: float = 1.0) -> F64:
    """Convex outline (K, 2) on the ground, metres, of points (N, 3) turned by `turn` degrees and moved to `at`."""
    flat = (np.asarray(points, dtype=float)[:, :2] * scale) @ turn_z(turn)[:2, :2].T + np.asarray(at)
    return cv2.convexHull(flat.astype(np.float32))[:, 0].astype(np.float64)


def bounds(points: F64) -> tuple[float, float, float, float]:
    """(x0, y0, x1, y1) of points (N, 2 or more)."""
    (x0, y0), (x1, y1) = points[:, :2].min(0), points[:, :2].max(0)
    return float(x0), float(y0), float(x1), float(y1)


@dataclass
class Room:
    """Which rectangles of the ground are taken; `gap` metres of overlap are forgiven."""

    gap: float = 0.06
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def free(self, box: tuple[float, float, float, float]) -> bool:
        """Whether nothing stands in (x0, y0, x1, y1)."""
        g = self.gap
        x0, y0, x1, y1 = box
        return not any(x0 + g < b[2] and b[0] + g < x1 and y0 + g < b[3] and b[1] + g < y1 for b in self.taken)

    def take(self, box: tuple[float, float, float, float]) -> None:
        """Note that something stands there."""
        self.taken.append(box)


@dataclass
class Prefab:
    """Something made once: the mesh of each piece (None until first put), its points, label, place."""

    pieces: list[Piece]
    meshes: list[Any]

    def extent(self, turn: float = 0.0) -> F64:
        """(N, 2) outline of all that stands on the ground, about the origin, turned."""
        hulls = []
        for p in self.pieces:
            pts = p.solid.points()
            low = pts[pts[:, 2] < BELOW]
            hulls.append(outline(low if len(low) > 2 else pts, p.at[:2], p.turn))
        return np.concatenate(hulls) @ turn_z(turn)[:2, :2].T


def room(stage: Any) -> Room:
    """The scene's ground register."""
    return stage.facts.setdefault("room", Room())


def prefab(stage: Any, rng: RNG, name: str, make: Make, label: str, variants: int = 3) -> Prefab:
    """One of the scene's few makes of a thing; meshes are shared by all that are put out."""
    pool: list[Prefab] = stage.facts.setdefault("pool", {}).setdefault(name, [])
    if len(pool) >= variants and rng.random() < 0.75:
        return pool[int(rng.integers(len(pool)))]
    got = make(rng)
    pieces = got if isinstance(got, list) else [Piece(got, label)]
    new = Prefab(pieces, [None] * len(pieces))
    pool.append(new)
    return new


def put_out(
    stage: Any,
    fab: Prefab,
    at: tuple[float, float],
    turn: float = 0.0,
    group: str | None = DISPLAY,
    scale: float = 1.0,
    kind: str = "",
) -> list[Any]:
    """Stand a thing on the pavement; each piece is noted in `stage.facts["things"]` with outline and height."""
    objs = []
    spin = turn_z(turn)
    for i, p in enumerate(fab.pieces):
        off = spin @ (np.asarray(p.at) * scale)
        place = (at[0] + float(off[0]), at[1] + float(off[1]), float(off[2]))
        if fab.meshes[i] is None:
            obj = stage.put(p.solid, p.cls, p.label, place, turn + p.turn, group=group)
            obj.scale = (scale,) * 3
            fab.meshes[i] = obj.data
        else:
            obj = stage.place(fab.meshes[i], p.cls, stage.instance(p.label), place, turn + p.turn, group, scale)
        pts = p.solid.points()
        low = pts[pts[:, 2] + p.at[2] < BELOW]
        hull = outline(low if len(low) > 2 else pts, place[:2], turn + p.turn, scale)
        room(stage).take(bounds(hull))
        if p.cls == MaskClass.GOODS:
            thing: dict[str, Any] = {
                "object": obj.name,
                "kind": kind or p.label,
                "label": p.label,
                "group": group,
                "footprint": hull.round(3).tolist(),
                "height": round(float(pts[:, 2].max() + p.at[2]) * scale, 3),
            }
            if len(low) < len(pts):
                thing["canopy"] = outline(pts, place[:2], turn + p.turn, scale).round(3).tolist()
            stage.facts.setdefault("things", []).append(thing)
        objs.append(obj)
    return objs


def fronts(shops: list[Any], things: list[dict[str, Any]], depth: float, near: float = 0.1) -> list[dict[str, Any]]:
    """What lies before each shop, as plain data; see `street.build`."""
    out = []
    for i, s in enumerate(shops):
        mine = []
        for t in things:
            mid = np.asarray(t["footprint"]).mean(0)
            if s.x0 <= mid[0] < s.x1 and -depth <= mid[1] <= 0.3:
                mine.append(t)
        out.append(
            {
                "index": i,
                "x0": round(s.x0, 3),
                "x1": round(s.x1, 3),
                "kind": s.kind,
                "open": s.open,
                "zone": [
                    [round(x, 3), round(y, 3)]
                    for x, y in ((s.x0, -near), (s.x1, -near), (s.x1, -depth), (s.x0, -depth))
                ],
                "out": bool(mine),
                "things": mine,
            }
        )
    return out
