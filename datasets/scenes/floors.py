"""The floor of a site or verge: rutted soil with pools, pits, trenches, and ground that is no soil but may look so."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from . import materials as mt
from . import soils
from . import textures as tx
from .classes import MaskClass
from .families import Families
from .fields import Field
from .relief import mesh_of, raw_mesh
from .solid import Solid
from .stage import Stage

RNG = np.random.Generator
HARD = Families(
    train=("concrete", "asphalt", "dusty_asphalt", "gravel", "pavers", "slabs"),
    held_out=("cobbles", "sandy_concrete"),
    both=("stones", "warm_stones"),
)
STONES_M = 14.0
"""A picture of laid stones covers this much of the floor each way, metres, and repeats."""
WARM = ((1.12, 0.84, 0.72), (1.06, 0.92, 0.74), (0.98, 0.8, 0.66), (1.1, 0.95, 0.85))
"""What turns grey stones red, ochre, brown and pink: yards are paved with these as often as with grey."""
HALF = 32.0
"""The floor reaches this far each way, metres."""


class Cut(NamedTuple):
    """A pit or trench with steep walls: x0..x1, y0..y1 and depth, metres."""

    x0: float
    x1: float
    y0: float
    y1: float
    depth: float


def tracks(rng: RNG, n: int, count: int) -> NDArray[np.float32]:
    """Wheel and crawler tracks over a square of n pixels, 0..1."""
    out = np.zeros((n, n), np.float32)
    for _ in range(count):
        p, q = rng.uniform(0, n, 2), rng.uniform(0, n, 2)
        c = (p + q) / 2 + rng.normal(0, n / 10, 2)
        t = np.linspace(0, 1, 48)[:, None]
        curve = (1 - t) ** 2 * p + 2 * t * (1 - t) * c + t**2 * q
        off = np.array([-(q - p)[1], (q - p)[0]]) / (np.linalg.norm(q - p) + 1e-6) * n * 0.9 / (2 * HALF)
        for side in (-1, 1):
            width = max(1, int(n / (2 * HALF) * rng.uniform(0.25, 0.6)))
            cv2.polylines(
                out, [(curve + side * off).astype(np.int32)], False, float(rng.uniform(0.5, 1)), width, cv2.LINE_AA
            )
    return cv2.GaussianBlur(out, (0, 0), max(0.6, n / 900))


def soil_field(
    rng: RNG, wet: float, rough: float, keep_flat: list[tuple[float, float, float]], cut: Cut | None = None
) -> tuple[Field, Any]:
    """Relief of bare ground, with its tracks (n, n) for the colour; level around (x, y, radius) of each heap."""
    n = 256 if cut is None else 420
    z = rough * 0.075 * tx.noise(rng, n, n, 26, 4)
    t = tracks(rng, 768, int(rng.integers(1, 8)))
    z = z - 0.07 * cv2.resize(t, (n, n), interpolation=cv2.INTER_AREA)
    s = np.linspace(-HALF, HALF, n)
    x, y = np.meshgrid(s, s)
    for cx, cy, r in keep_flat:
        z *= np.clip((np.hypot(x - cx, y - cy) - r) / 2.5, 0, 1)
    if cut is not None:
        wander = 0.15 * tx.noise(rng, n, n, 12, 3)
        inside = np.minimum(np.minimum(x - cut.x0, cut.x1 - x), np.minimum(y - cut.y0, cut.y1 - y)) + wander
        z = z - cut.depth * np.clip(inside / 0.3, 0, 1) * (1 + 0.05 * tx.noise(rng, n, n, 9, 3))
    return Field(z.astype(np.float32), HALF, HALF), t


def bare(
    stage: Stage,
    rng: RNG,
    kind: str,
    wet: float,
    rough: float,
    keep_flat: list[tuple[float, float, float]],
    cut: Cut | None = None,
) -> Field:
    """Bare soil everywhere, with tracks; water in its hollows when wet. Class soil."""
    field, t = soil_field(rng, wet, rough, keep_flat, cut)
    soil = soils.SOIL[kind]
    img = soils.broad(rng, soils.colour_of(rng, kind), 2 * HALF, soil.wander, 768, wet)
    img = img * (1 - (0.1 + 0.25 * wet) * np.clip(t, 0, 1)[..., None])
    tile = soil.tiles[int(rng.integers(len(soil.tiles)))]
    film: Any = 0.95
    if wet > 0.2:
        damp = tx.noise(rng, 384, 384, 40, 5) + 1.5 * cv2.resize(t, (384, 384)) + 1.8 * wet - 1.2
        film = np.clip(0.95 - 0.6 * np.clip(damp, 0, 1), 0.2, 1).astype(np.float32)
    mat = soils.layered(img[::-1], (tile, int(rng.integers(3))), film, bump=0.9)
    x, y = field.xy()
    stage.place(mesh_of(np.stack([x, y, field.z], -1), mat), MaskClass.SOIL, 0, (0, 0, 0))
    if wet > 0.3 or rng.random() < 0.12:
        level = float(np.quantile(field.z, 0.03 + 0.12 * wet))
        mud = soils.wetted(soils.SOIL[kind].rgb, 1.0) * 0.8
        w = Solid()
        w.plate(
            [(-HALF, -HALF, level), (HALF, -HALF, level), (HALF, HALF, level), (-HALF, HALF, level)],
            mt.paint(mud, 0.04, wear=0.3, scale=0.4),
        )
        stage.put(w, MaskClass.WATER)
    return field


def picture_of(rng: RNG, kind: str, wet: float, soil: str, n: int = 640) -> tuple[NDArray[np.float32], str, float]:
    """Broad colour of hard ground (n, n, 3), the tile laid over it, and the strength of that tile."""
    ppm = n / (2 * HALF)
    dirt = np.asarray(soils.SOIL[soil].rgb, np.float32)
    tile, strength = "dust", 0.6
    if kind in ("concrete", "sandy_concrete", "slabs"):
        g = rng.uniform(0.5, 0.72)
        img = soils.broad(rng, (g, g * 0.985, g * 0.95), 2 * HALF, 0.035, n)
        step = int(ppm * (rng.uniform(3, 6) if kind != "slabs" else 1.6))
        for k in range(0, n, max(6, step)):
            img[k : k + 1] *= 0.72
            img[:, k : k + 1] *= 0.72
        tile, strength = ("sand", 0.8) if kind == "sandy_concrete" else ("dust", 0.9)
    elif kind in ("asphalt", "dusty_asphalt"):
        g = rng.uniform(0.26, 0.5)
        img = soils.broad(rng, (g, g, g * 1.01), 2 * HALF, 0.03, n)
        for _ in range(int(rng.integers(0, 6))):
            a, b = int(rng.integers(n)), int(rng.integers(n))
            img[a : a + int(rng.integers(8, 60)), b : b + int(rng.integers(8, 40))] *= rng.uniform(0.75, 0.95)
        tile, strength = "sand", 1.2
    elif kind == "gravel":
        img = soils.broad(rng, np.asarray((0.66, 0.65, 0.63)) * rng.uniform(0.8, 1.15), 2 * HALF, 0.04, n)
        tile, strength = "gravel", 1.0
    elif kind == "cobbles":
        img = soils.broad(rng, (0.5, 0.48, 0.46), 2 * HALF, 0.04, n)
    else:
        img = soils.broad(rng, (0.6, 0.57, 0.54), 2 * HALF, 0.04, n)
    # thin dirt and blown sand: the ground stays what it is
    share = {"dusty_asphalt": 0.75, "sandy_concrete": 0.7, "asphalt": 0.2, "concrete": 0.35, "slabs": 0.3}.get(
        kind, 0.25
    )
    film = np.clip(0.45 * tx.noise(rng, n, n, 5 * ppm, 5) - 0.35 + share * rng.uniform(0.4, 1.0), 0, 0.6)
    lanes = tracks(rng, n, int(rng.integers(0, 4)))
    film = (film * (1 - 0.6 * lanes))[..., None]
    img = img * (1 - film) + film * dirt * 0.95
    return np.clip(img, 0.02, 1).astype(np.float32), tile, strength


def stones(rng: RNG, kind: str, soil: str, held_out: bool) -> NDArray[np.float32]:
    """Laid stones of the street's families (n, n, 3) for STONES_M metres, thinly dirty; `warm_stones` red to brown."""
    ppm = float(rng.uniform(45, 60))
    img, _ = tx.pavers(rng, tx.PAVING.draw(rng, held_out), STONES_M, STONES_M, ppm, float(rng.uniform(0.4, 1.3)))
    if kind == "warm_stones":
        img = img * np.asarray(WARM[int(rng.integers(len(WARM)))], np.float32)
    n = img.shape[0]
    film = np.clip(0.3 * tx.noise(rng, n, n, 4 * ppm, 5) - 0.25 + rng.uniform(0.0, 0.4), 0, 0.45)[..., None]
    dirt = np.asarray(soils.SOIL[soil].rgb, np.float32)
    return np.clip(img * (1 - film) + film * dirt * 0.95, 0.02, 1).astype(np.float32)


def hard(
    stage: Stage, rng: RNG, kind: str, wet: float, soil: str, edge: Any, z: float = 0.015, lines: bool = False
) -> None:
    """Hard or loose ground over a polygon `edge` (K, 2) in metres, star-shaped about its middle. Class ground."""
    laid = kind in ("stones", "warm_stones")
    if laid:
        img, tile, strength = stones(rng, kind, soil, stage.held_out), "dust", 0.0
    else:
        img, tile, strength = picture_of(rng, kind, wet, soil)
    if wet > 0:
        img = img ** (1 + 0.4 * wet) * (1 - 0.2 * wet)
    rough: Any = 0.9
    if wet > 0.15:
        film = tx.noise(rng, 320, 320, 26, 5) + 2.0 * wet - 1.0
        rough = np.clip(0.88 - 0.8 * np.clip(film, 0, 1), 0.06, 1).astype(np.float32)
    if kind in ("pavers", "cobbles"):
        from .surfaces import surface

        mat = surface(
            rng,
            "rubble" if kind == "cobbles" else "brick",
            np.clip(np.asarray((0.95, 1.2, 1.3)) * rng.uniform(0.7, 1.1), 0, 1.5)
            if kind == "pavers"
            else (0.8, 0.8, 0.8),
            0.9,
        )
    elif laid:
        mat = mt.picture(img, rough, bump=0.25)
    else:
        mat = soils.layered(
            img[::-1], (tile, int(rng.integers(3))), rough, bump=0.25 if kind != "gravel" else 1.0, strength=strength
        )
    pts = np.asarray(edge, float)
    mid = pts.mean(0)
    ring = np.concatenate([mid[None], pts])
    k = len(pts)
    faces = np.stack([np.zeros(k, int), 1 + np.arange(k), 1 + (np.arange(k) + 1) % k], 1)
    uv = ring / STONES_M if laid else ring / (2 * HALF) + 0.5
    mesh = raw_mesh(np.column_stack([ring, np.full(len(ring), z)]), faces, mat, uv, "hard", smooth=False)
    stage.place(mesh, MaskClass.GROUND, 0, (0, 0, 0))
    if lines:
        s = Solid()
        y = float(pts[:, 1].mean())
        white = mt.paint((0.75, 0.75, 0.73), 0.8, wear=0.6, scale=3)
        for x in np.arange(-30, 30, 6.0):
            s.plate(
                [
                    (x, y - 0.07, z + 0.004),
                    (x + 2.5, y - 0.07, z + 0.004),
                    (x + 2.5, y + 0.07, z + 0.004),
                    (x, y + 0.07, z + 0.004),
                ],
                white,
            )
        stage.put(s, MaskClass.GROUND)


def wavy(rng: RNG, x0: float, x1: float, y0: float, y1: float, amount: float) -> NDArray[np.float64]:
    """A rectangle's outline whose two long sides (constant y) wander by `amount` metres, (K, 2)."""
    n = 60
    x = np.linspace(x0, x1, n)
    lo = y0 + amount * tx.noise(rng, 2, n, 9, 3)[0]
    hi = y1 + amount * tx.noise(rng, 2, n, 9, 3)[0]
    return np.concatenate([np.stack([x, lo], 1), np.stack([x[::-1], hi[::-1]], 1)])


def cover_ground(stage: Stage, rng: RNG, kind: str, edge: Any, z: float = 0.02) -> None:
    """Dry grass, straw or leaf litter lying over a polygon: no soil. Class vegetation."""
    rgb = {
        "grass": (0.56, 0.53, 0.40),
        "straw": (0.66, 0.61, 0.50),
        "leaves": (0.52, 0.47, 0.38),
        "lawn": (0.46, 0.50, 0.34),
    }[kind]
    img = soils.broad(rng, np.asarray(rgb) * rng.uniform(0.85, 1.15), 2 * HALF, 0.1, 256)
    mat = soils.layered(img, ("grass" if kind == "lawn" else kind, int(rng.integers(3))), 0.95, bump=1.0)
    pts = np.asarray(edge, float)
    ring = np.concatenate([pts.mean(0)[None], pts])
    k = len(pts)
    faces = np.stack([np.zeros(k, int), 1 + np.arange(k), 1 + (np.arange(k) + 1) % k], 1)
    mesh = raw_mesh(
        np.column_stack([ring, np.full(len(ring), z)]), faces, mat, ring / (2 * HALF) + 0.5, "litter", smooth=False
    )
    stage.place(mesh, MaskClass.VEGETATION, 0, (0, 0, 0))


def far(stage: Stage, rgb: Any, cls: MaskClass) -> None:
    """The ground from the edge of the floor to the horizon; the floor may be dug into."""
    s, a, b, z = Solid(), HALF - 0.3, 400.0, -0.03
    mat = mt.paint(rgb, 0.95, wear=0.3, scale=0.05)
    for x0, x1, y0, y1 in ((-b, b, -b, -a), (-b, b, a, b), (-b, -a, -a, a), (a, b, -a, a)):
        s.plate([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], mat)
    stage.put(s, cls)
