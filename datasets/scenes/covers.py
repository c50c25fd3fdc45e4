"""What covers soil: dust nets, films, tarpaulins and geotextile as sheets laid in lengths, draped, weighed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from . import materials as mt
from . import textures as tx
from .families import Families
from .fields import F64, Field
from .relief import mesh_of
from .solid import Solid

RNG = np.random.Generator


@dataclass(frozen=True)
class Make:
    """One make of cover: colour (sRGB), roughness, sheen, how much soil shows through, how sharply it creases."""

    rgb: tuple[float, float, float]
    rough: float = 0.8
    through: float = 0.0
    crease: float = 1.0
    label: str = "net"
    stripes: tuple[float, float, float] | None = None
    weave: bool = True


MAKES: dict[str, Make] = {
    "green_net": Make((0.10, 0.43, 0.25), 0.8, 0.16),
    "green_fine": Make((0.07, 0.35, 0.20), 0.75, 0.06),
    "green_faded": Make((0.36, 0.53, 0.38), 0.85, 0.22),
    "green_dark": Make((0.08, 0.26, 0.16), 0.7, 0.08),
    "black_net": Make((0.06, 0.06, 0.062), 0.65, 0.12),
    "black_film": Make((0.035, 0.036, 0.04), 0.24, 0.0, 1.7, "tarpaulin", weave=False),
    "black_old": Make((0.13, 0.127, 0.122), 0.55, 0.1),
    "blue_tarp": Make((0.10, 0.30, 0.62), 0.38, 0.0, 1.4, "tarpaulin"),
    "striped": Make((0.82, 0.82, 0.83), 0.4, 0.0, 1.4, "tarpaulin", (0.16, 0.30, 0.66)),
    "geotextile": Make((0.78, 0.77, 0.74), 0.9, 0.0, 0.7, weave=False),
    "green_teal": Make((0.05, 0.40, 0.34), 0.75, 0.12),
    "green_olive": Make((0.28, 0.38, 0.14), 0.8, 0.18),
    "black_woven": Make((0.055, 0.058, 0.065), 0.4, 0.03, 1.3),
    "orange_tarp": Make((0.85, 0.40, 0.10), 0.4, 0.0, 1.4, "tarpaulin"),
    "clear_film": Make((0.72, 0.73, 0.73), 0.2, 0.35, 1.6, "tarpaulin", weave=False),
    "brown_mat": Make((0.55, 0.46, 0.33), 0.95, 0.05, 0.6),
}
GREEN = Families(train=("green_net", "green_fine", "green_faded", "green_dark"), held_out=("green_teal", "green_olive"))
BLACK = Families(train=("black_net", "black_film", "black_old"), held_out=("black_woven",), both=())
SHEETS = Families(train=("blue_tarp", "striped", "geotextile"), held_out=("orange_tarp", "clear_film", "brown_mat"))


def draw_make(rng: RNG, held_out: bool) -> str:
    """A make of cover for that side: green nets most, then black, then other sheets."""
    kind = (GREEN, BLACK, SHEETS)[int(rng.choice(3, p=[0.5, 0.32, 0.18]))]
    return kind.draw(rng, held_out)


def material(rng: RNG, make: str, soil_rgb: Any = (0.5, 0.4, 0.3), dusty: float | None = None) -> Any:
    """The material of a length of cover, texture coordinates 0..1 over its whole."""
    m = MAKES[make]
    n = 448
    base = np.clip(np.asarray(m.rgb) * rng.uniform(0.85, 1.15) * (1 + rng.normal(0, 0.04, 3)), 0.02, 0.95)
    fold = tx.noise(rng, n, n, 60, 4, 0.55)
    crease = np.clip(1 - np.abs(tx.noise(rng, n, n, 50, 3)) * 4, 0, 1)
    shade = 1 + 0.05 * fold + 0.12 * m.crease * crease * (0.4 + 0.6 * rng.random())
    img = np.asarray(base, np.float32) * shade[..., None]
    if m.stripes is not None:
        band = (np.arange(n) * int(rng.integers(8, 22)) // n) % 3
        img[:, band == 1] = np.asarray(m.stripes, np.float32) * shade[:, band == 1, None]
        if rng.random() < 0.5:
            img[:, band == 2] = np.float32([0.72, 0.2, 0.2]) * shade[:, band == 2, None]
    if m.weave:
        img *= (1 + 0.07 * rng.standard_normal((n, n, 1))).astype(np.float32)
    thin = m.through * np.clip(1 + 0.8 * tx.noise(rng, n, n, 45, 4), 0, 2.5)[..., None]
    spots = np.clip(1 + 0.25 * tx.noise(rng, n, n, 6, 3), 0.5, 1.5)[..., None]
    img = img * (1 - np.clip(thin, 0, 0.75)) + np.clip(thin, 0, 0.75) * np.asarray(soil_rgb, np.float32) * 0.8 * spots
    amount = float(rng.choice([0.1, 0.5, 1.0], p=[0.4, 0.4, 0.2])) if dusty is None else dusty
    dust = (
        np.clip(0.4 * tx.noise(rng, n, n, 80, 5) - 0.35 + 0.25 * amount, 0, 0.6)[..., None]
        * amount
        * (0.45 if base.mean() < 0.2 else 1.0)
    )
    img = img * (1 - dust) + dust * (0.5 * np.asarray(soil_rgb, np.float32) + 0.3)
    rough = np.clip(m.rough + 0.6 * dust[..., 0] + 0.04 * fold, 0.12, 1).astype(np.float32)
    relief = np.clip(0.5 + 0.10 * fold + 0.22 * crease, 0, 1)
    return mt.picture(np.clip(img, 0, 1), rough, height=relief, bump=0.35 * m.crease)


def _smoothed(field: Field, reach: float) -> Field:
    """The surface a stretched cloth takes: hollows bridged, lumps rounded."""
    k = max(3, int(reach / field.cell) | 1)
    z = np.maximum(field.z, 0.0)
    closed = cv2.morphologyEx(z, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (k, k)))
    soft = cv2.GaussianBlur(closed, (0, 0), max(1.0, k / 4))
    return Field(np.maximum(z, soft).astype(np.float32), field.hx, field.hy)


def length(
    rng: RNG,
    under: Field,
    centre: tuple[float, float],
    size: tuple[float, float],
    turn: float,
    mat: Any,
    crease: float = 1.0,
    lift: float = 0.03,
    torn: float = 0.0,
    flap: bool = False,
) -> Any:
    """One length of cover laid over a smoothed field: a mesh in the field's own coordinates.

    `size` (u, v) in metres, `turn` radians; `torn` 0..1 is the share of holes; with `flap` the wind lifts one edge.
    """
    cell = float(np.clip(max(size) / 110, 0.05, 0.12))
    w, h = int(size[0] / cell) + 2, int(size[1] / cell) + 2
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, w) * size[0], np.linspace(-0.5, 0.5, h) * size[1])
    wave = 0.16 * min(1.0, min(size) / 4)
    u = u + wave * tx.noise(rng, h, w, 1.6 / cell, 3)
    v = v + wave * tx.noise(rng, h, w, 1.6 / cell, 3)
    c, s = np.cos(turn), np.sin(turn)
    x, y = c * u - s * v + centre[0], s * u + c * v + centre[1]
    z = under.at(x, y).astype(float)
    z = np.where((np.abs(x) > under.hx) | (np.abs(y) > under.hy), 0.0, np.maximum(z, 0.0))
    ridge = np.clip(1 - np.abs(tx.noise(rng, h, w, 0.9 / cell, 3)) * 1.5, 0, 1) ** 2
    fine = np.clip(1 - np.abs(tx.noise(rng, h, w, 0.3 / cell, 2)) * 1.3, 0, 1) ** 2
    z = z + lift + crease * (0.055 * ridge + 0.018 * fine)
    if flap:
        t = np.linspace(0, 1, w)[None] if rng.random() < 0.5 else np.linspace(0, 1, h)[:, None]
        along = np.clip(1 - np.abs(np.linspace(-1, 1, h))[:, None] * rng.uniform(0.7, 1.5), 0, 1)
        z = z + rng.uniform(0.25, 0.8) * np.clip((t - 0.8) / 0.2, 0, 1) ** 1.5 * (along if t.shape[0] == 1 else 1)
    keep: NDArray[np.bool_] = np.ones((h - 1, w - 1), bool)
    if torn > 0:
        hole = tx.noise(rng, h - 1, w - 1, 1.3 / cell, 3)
        keep = hole < np.quantile(hole, 1 - torn)
    return mesh_of(np.stack([x, y, z], -1), mat, keep, "cover")


@dataclass(frozen=True)
class Laid:
    """Lengths that cover a heap: meshes, and the share of the heap's ground they hide."""

    meshes: list[Any]
    share: float


def over(rng: RNG, field: Field, make: str, state: str, soil_rgb: Any) -> Laid:
    """Lay lengths of a make over a field. `state`: full, half, torn, lifted.

    Full overlaps and reaches past the foot; half leaves a side open; torn has holes; lifted is full with flaps.
    """
    m = MAKES[make]
    cloth = _smoothed(field, 0.5)
    body = field.z > 0.06
    ys, xs = np.nonzero(body) if body.any() else np.nonzero(np.ones_like(body))
    x, y = field.xy()
    x0, x1, y0, y1 = x[0, xs.min()], x[0, xs.max()], y[ys.min(), 0], y[ys.max(), 0]
    hem = float(rng.uniform(0.25, 0.9))
    x0, x1, y0, y1 = x0 - hem, x1 + hem, y0 - hem, y1 + hem
    cut = 1.0 if state != "half" else float(rng.uniform(0.35, 0.7))
    across = bool(rng.random() < 0.5)
    span, run = (x1 - x0, y1 - y0) if across else (y1 - y0, x1 - x0)
    wide = float(rng.uniform(2.5, 6.0))
    n = max(1, int(np.ceil(span / wide)))
    wide = span / n
    meshes, hidden = [], np.zeros_like(body)
    end_first = bool(rng.random() < 0.5)
    by_run = bool(rng.random() < 0.5)
    for k in range(n):
        mid = -span / 2 + (k + 0.5) * wide
        reach = run * rng.uniform(0.94, 1.06)
        shift = 0.0
        if state == "half":
            if by_run:
                part = cut * rng.uniform(0.85, 1.15)
                shift = (run - run * part) / 2 * (1 if end_first else -1)
                reach = run * part
            elif (k + 0.5) / n > cut if end_first else (k + 0.5) / n < 1 - cut:
                if n > 1:
                    continue
                reach, shift = run * cut, run * (1 - cut) / 2
        size = (wide * 1.12, reach) if across else (reach, wide * 1.12)
        at = (mid + (x0 + x1) / 2, shift + (y0 + y1) / 2) if across else (shift + (x0 + x1) / 2, mid + (y0 + y1) / 2)
        torn = float(rng.uniform(0.06, 0.3)) if state == "torn" else 0.0
        turn = float(rng.normal(0, 0.03 if state != "half" else 0.08))
        mat = material(rng, make, soil_rgb)
        lift = 0.03 + 0.018 * (k % 2)
        meshes.append(length(rng, cloth, at, size, turn, mat, m.crease, lift, torn, state == "lifted"))
        hidden |= (np.abs(x - at[0]) < size[0] / 2) & (np.abs(y - at[1]) < size[1] / 2)
        if torn > 0:
            hidden &= rng.random(hidden.shape) > torn * 0.5
    share = float((hidden & body).sum() / max(1, body.sum()))
    return Laid(meshes, share)


def weights(rng: RNG, field: Field, count: int) -> Solid:
    """Bricks, tyres, planks and sand bags that hold a cover down; the field's own coordinates."""
    s = Solid()
    kind = int(rng.integers(4))
    x, y = field.xy()
    ring = np.argwhere((field.z > -0.02) & (field.z < 0.25))
    if len(ring) == 0:
        return s
    brick, rubber = mt.paint((0.52, 0.3, 0.22), 0.9), mt.paint((0.035, 0.035, 0.036), 0.8)
    wood, bag = mt.paint((0.6, 0.47, 0.3), 0.9, wear=0.4), mt.paint((0.72, 0.7, 0.64), 0.9, wear=0.3)
    for _ in range(count):
        i, j = ring[int(rng.integers(len(ring)))]
        at = (float(x[i, j]), float(y[i, j]), max(0.0, float(field.z[i, j])) + 0.06)
        turn = rng.uniform(0, np.pi)
        rot = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
        if kind == 0:
            s.box((0.24, 0.12, 0.08), at, brick, rot)
        elif kind == 1:
            ring_profile = [(0.2, 0.0), (0.33, 0.02), (0.36, 0.1), (0.33, 0.19), (0.2, 0.2)]
            s.lathe(ring_profile, at, rubber, n=14)
        elif kind == 2:
            s.box((float(rng.uniform(0.8, 1.6)), 0.12, 0.05), at, wood, rot)
        else:
            s.ball((at[0], at[1], at[2] + 0.06), (0.3, 0.19, 0.11), bag, n=8, rot=rot)
    return s


def place(
    stage: Any, meshes: list[Any], cls: int, label: str, at: F64 | tuple[float, float, float], turn: float, group: str
) -> list[Any]:
    """Put the lengths of one cover into the scene as one instance."""
    inst = stage.instance(label)
    return [stage.place(m, cls, inst, tuple(map(float, at)), turn, group) for m in meshes]
