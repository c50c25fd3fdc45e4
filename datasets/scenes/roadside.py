"""An open road from a seed: asphalt and verges, walls and plots behind, soil tipped along it, near and far.

What street and site scenes lack: long views over a plain road, verges that are bare on their own, heaps that are small
in the picture, dusty asphalt and walls of the soil's own colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from . import earth, paving, vehicles
from . import materials as mt
from . import textures as tx
from .camera import View
from .classes import MaskClass
from .greenery import hedge, tree, weeds
from .people import POSES, figure
from .people import look as dressed
from .solid import Solid
from .stage import Stage

RNG = np.random.Generator
WALLS: tuple[tuple[float, float, float], ...] = (
    (0.78, 0.67, 0.52), (0.70, 0.58, 0.44), (0.62, 0.60, 0.57),
    (0.55, 0.36, 0.28), (0.82, 0.80, 0.76), (0.45, 0.46, 0.47),
)  # fmt: skip


@dataclass(frozen=True)
class RoadsidePlan:
    """What to build. Widths in metres; a verge is `bare`, `paved`, `gravel`, `grass` or `slabs`."""

    road: float = 9.0
    near: str = "paved"
    far: str = "bare"
    far_width: float = 6.0
    behind: str = "walls"  # walls, houses, open
    dust: float = 0.0
    wet: float = 0.0
    kerb: bool = True
    heaps: tuple[tuple[float, float, float, float], ...] = ()
    cars: int = 3
    barriers: int = 0
    trees: int = 3


def draw_plan(rng: RNG) -> RoadsidePlan:
    """Draw a road; four in ten have no heap at all."""
    road = float(rng.uniform(5, 15))
    width = float(rng.uniform(2, 14))
    heaps = []
    for _ in range(int(rng.integers(1, 6)) if rng.random() < 0.6 else 0):
        rx = float(np.exp(rng.uniform(np.log(0.6), np.log(4.5))))
        y = float(rng.uniform(0.3, width)) if rng.random() < 0.75 else -float(rng.uniform(0.2, 0.3 * road))
        heaps.append((float(rng.uniform(-18, 30)), y, rx, rx * float(rng.uniform(0.25, 0.6))))
    return RoadsidePlan(
        road=road,
        near=str(rng.choice(["bare", "paved", "gravel", "grass", "slabs"], p=[0.2, 0.3, 0.1, 0.15, 0.25])),
        far=str(rng.choice(["bare", "paved", "gravel", "grass", "slabs"], p=[0.35, 0.15, 0.12, 0.18, 0.2])),
        far_width=width,
        behind=str(rng.choice(["walls", "houses", "open"], p=[0.4, 0.4, 0.2])),
        dust=float(rng.uniform(0.2, 1.0)) if rng.random() < 0.5 else 0.0,
        wet=float(rng.uniform(0.3, 0.9)) if rng.random() < 0.15 else 0.0,
        kerb=bool(rng.random() < 0.6),
        heaps=tuple(heaps),
        cars=int(rng.integers(0, 6)),
        barriers=int(rng.integers(0, 9)) if rng.random() < 0.4 else 0,
        trees=int(rng.integers(0, 7)),
    )


def dusted(rng: RNG, img: Any, ppm: float, dust: float) -> Any:
    """Asphalt (H, W, 3) with blown sand: a film, thickest at both edges and in streaks along the road."""
    if dust <= 0:
        return img
    h, w = img.shape[:2]
    edge = np.abs(np.linspace(-1, 1, h))[:, None] ** 3
    streaks = cv2.resize(tx.noise(rng, h, max(2, w // 12), 0.6 * ppm, 4), (w, h))
    film = np.clip(dust * (0.35 + 0.9 * edge + 0.3 * streaks), 0, 0.85)[..., None]
    sand = np.array([0.68, 0.58, 0.44]) * rng.uniform(0.85, 1.1)
    return (img * (1 - film) + sand * film * (1 + 0.05 * tx.noise(rng, h, w, 4, 2))[..., None]).astype(np.float32)


def tiled(mat: Any, y0: float, y1: float, z: float, side: float) -> Solid:
    """A strip 140 m long in squares of `side` metres that show the whole material, each mirrored against the last."""
    s = Solid()
    ys = np.arange(y0, y1, side)
    for k, x in enumerate(np.arange(-70.0, 70.0, side)):
        a, b = (x, x + side) if k % 2 else (x + side, x)
        for y in ys:
            top = min(y + side, y1)
            v = (top - y) / side
            verts = [(a, y, z), (b, y, z), (b, top, z), (a, top, z)]
            face = (0, 1, 2, 3) if k % 2 else (3, 2, 1, 0)
            uv = [(0.0, 0.0), (1.0, 0.0), (1.0, v), (0.0, v)]
            s.mesh(verts, [face], mat, uvs=[[uv[i] for i in face]])
    return s


def verge(stage: Stage, rng: RNG, kind: str, y0: float, y1: float, wet: float) -> None:
    """The ground beside the road from y0 to y1, over 140 m."""
    z = 0.02
    if kind in ("paved", "slabs"):
        img, joint = (
            tx.pavers(rng, "slab", 140.0, y1 - y0, 24.0, 0.8)
            if kind == "slabs"
            else (tx.asphalt(rng, 140.0, y1 - y0, 24.0), None)
        )
        paving.strip(stage, img, -70, 70, y0, y1, z, wet, rng, joint)
        return
    if kind == "bare":
        side = max(6.0, y1 - y0)
        stage.put(tiled(earth.soil_material(rng, wet=wet, metres=side), y0, y1, z, side), MaskClass.SOIL)
        stage.put(weeds(rng, np.array([-40, y0, 40, y1]), int(rng.integers(0, 200)), 0.2, z), MaskClass.VEGETATION)
    elif kind == "gravel":
        grey = float(rng.uniform(0.35, 0.6))
        img = tx.tint((grey, grey, grey * 0.97), 1 + 0.2 * tx.noise(rng, 700, 700, 3, 2))
        stage.put(tiled(mt.picture(img, 0.9 - 0.4 * wet), y0, y1, z, 9.0), MaskClass.GROUND)
    else:
        green = ((0.55, 0.50, 0.28), (0.32, 0.40, 0.17), (0.45, 0.44, 0.22))[int(rng.integers(3))]
        img = tx.tint(green, 1 + 0.15 * tx.noise(rng, 700, 700, 5, 3) + 0.1 * tx.noise(rng, 700, 700, 80, 3))
        stage.put(tiled(mt.picture(np.clip(img, 0, 1), 0.95), y0, y1, z, 10.0), MaskClass.VEGETATION)
        stage.put(weeds(rng, np.array([-40, y0, 40, y1]), 900, 0.22, z), MaskClass.VEGETATION)


def backdrop(stage: Stage, rng: RNG, plan: RoadsidePlan) -> None:
    """What stands behind the far verge: a wall, houses, or open ground to the horizon."""
    y, s = plan.far_width + 0.3, Solid()
    wall = lambda: mt.paint(  # noqa: E731
        np.clip(np.array(WALLS[int(rng.integers(len(WALLS)))]) * rng.uniform(0.85, 1.1), 0, 1), 0.9, wear=0.4, scale=0.5
    )
    if plan.behind == "walls":
        s.box((140, 0.25, rng.uniform(1.6, 3.4)), (0, y, 0), wall())
    x = -70.0
    while x < 70 and plan.behind != "open":
        w, h = float(rng.uniform(7, 18)), float(rng.uniform(4, 16))
        back = y + 3 + w / 2 + float(rng.uniform(0, 14)) * (plan.behind == "walls")
        s.box((w * 0.92, w, h), (x + w / 2, back + 0.01, 0), wall())
        for floor in range(max(1, int(h / 3.1))):
            for k in range(int(w / 3)):
                if rng.random() < 0.8:
                    s.box((1.2, 0.1, 1.3), (x + 1.6 + 3 * k, back - w / 2, 1.0 + 3.1 * floor), mt.glass(0.1))
        x += w + float(rng.uniform(0, 4))
    if s.faces:
        stage.put(s, MaskClass.BUILDING)
    land = Solid()
    soil = plan.behind == "open" and plan.far == "bare"
    ground = earth.soil_material(rng, metres=40.0) if soil else mt.paint((0.40, 0.41, 0.40), 0.9, wear=0.4, scale=0.05)
    land.plate([(-300, -300, -0.02), (300, -300, -0.02), (300, 300, -0.02), (-300, 300, -0.02)], ground)
    stage.put(land, MaskClass.SOIL if soil else MaskClass.GROUND)


def furnish(stage: Stage, rng: RNG, plan: RoadsidePlan) -> None:
    """Cars, barriers, lamp posts, trees, a few people."""
    for _ in range(plan.cars):
        kind = str(rng.choice(["sedan", "suv", "van"]))
        y = float(rng.choice([-1.3, -plan.road + 1.3, 1.6]) + rng.normal(0, 0.2))
        at = (float(rng.uniform(-30, 40)), y, 0.02)
        label = "van" if kind == "van" else "car"
        stage.put(vehicles.car(rng, kind), MaskClass.VEHICLE, label, at, float(rng.choice([0, 180])))
    s = Solid()
    x, y = float(rng.uniform(-10, 10)), float(rng.uniform(-1.5, 1.0))
    for k in range(plan.barriers):
        for half, rgb in ((0, (0.75, 0.1, 0.08)), (1, (0.85, 0.85, 0.83))):
            s.box((0.6, 0.35, 0.8), (x + 1.25 * k + 0.6 * half, y, 0.02), mt.paint(rgb, 0.6))
    for _ in range(int(rng.integers(0, 5))):
        x, y = float(rng.uniform(-14, 20)), float(rng.choice([0.5, -plan.road * 0.5, -plan.road - 0.6]))
        rgb = ((0.9, 0.75, 0.1), (0.1, 0.2, 0.6), (0.5, 0.5, 0.5), (0.05, 0.05, 0.05))[int(rng.integers(4))]
        s.box((0.3, 0.3, rng.uniform(0.5, 1.3)), (x, y, 0.0), mt.paint(rgb, 0.6))
        s.box((0.32, 0.32, 0.18), (x, y, 0.35), mt.paint((0.85, 0.85, 0.83), 0.6))
    steel = mt.paint((0.5, 0.52, 0.54), 0.4, 0.6, wear=0.4)
    for px in np.arange(-60 + rng.uniform(0, 20), 60, 22.0):
        s.tube((px, 0.6, 0), (px, 0.6, 8.0), 0.09, steel, r1=0.05)
    stage.put(s, MaskClass.OTHER)
    for _ in range(plan.trees):
        side = (
            -plan.road - float(rng.uniform(0.8, 4))
            if rng.random() < 0.4
            else float(rng.uniform(0.8, 1 + plan.far_width))
        )
        spot = (float(rng.uniform(-30, 35)), side, 0.0)
        stage.put(tree(rng), MaskClass.VEGETATION, at=spot)
    if rng.random() < 0.25:
        stage.put(hedge(rng, float(rng.uniform(5, 25))), MaskClass.VEGETATION, at=(float(rng.uniform(-10, 10)), 1.2, 0))
    for _ in range(int(rng.integers(0, 3))):
        at = (float(rng.uniform(-12, 18)), float(rng.uniform(0.4, max(0.6, plan.far_width))), 0.02)
        pose = POSES[str(rng.choice(list(POSES)))]
        stage.put(figure(dressed(rng, False), pose), MaskClass.PERSON, "person", at, float(rng.uniform(0, 360)))


def build(stage: Stage, plan: RoadsidePlan) -> None:
    """Build the road along x: asphalt from y = -road to 0, the far verge above, the near one below."""
    rng = stage.rng
    img = dusted(rng, tx.asphalt(rng, 140.0, plan.road, 28.0), 28.0, plan.dust)
    paving.strip(stage, img, -70, 70, -plan.road, 0.0, 0.0, plan.wet, rng)
    verge(stage, rng, plan.far, 0.0, plan.far_width, plan.wet)
    verge(stage, rng, plan.near, -plan.road - 14, -plan.road, plan.wet)
    if plan.kerb:
        s = Solid()
        for y in (0.0, -plan.road):
            s.box((140, 0.18, 0.17), (0, y, 0), mt.paint((0.6, 0.59, 0.56), 0.85, wear=0.5))
        stage.put(s, MaskClass.GROUND)
    backdrop(stage, rng, plan)
    for x, y, rx, top in plan.heaps:
        s = Solid()
        earth.heap_mesh(s, rng, rx, rx * float(rng.uniform(0.5, 1.1)), top, earth.soil_material(rng, wet=plan.wet))
        stage.put(s, MaskClass.SOIL, "soil_heap", (x, y, 0.0), float(rng.uniform(0, 180)))
    furnish(stage, rng, plan)


def view(rng: RNG, plan: RoadsidePlan | dict[str, Any], width: int, height: int) -> View:
    """A passer-by's or a lamp post's camera that looks along or across the road, at a heap where there is one."""
    told = plan if isinstance(plan, dict) else vars(plan)
    heaps, road = told["heaps"], told["road"]
    if rng.random() < 0.45:
        return _along(rng, road, width, height)
    if heaps and rng.random() < 0.85:
        fx, fy, size = heaps[int(rng.integers(len(heaps)))][:3]
    else:
        size = 1.0
        fx, fy = float(rng.uniform(-5, 15)), float(rng.uniform(0, told["far_width"]))
    far = float(np.exp(rng.uniform(np.log(max(6.0, 2.5 * size)), np.log(34))))
    angle = float(rng.uniform(0.15, 0.95)) * np.pi
    up = float(rng.choice([1.3, 1.6, 2.2, 4.5, 7.0]))
    at = (fx + far * np.cos(angle), max(-road - 10, fy - far * np.sin(angle)), up)
    to = (fx + rng.normal(0, 0.12 * far), fy + rng.normal(0, 0.05 * far), rng.uniform(-0.5, 1.5))
    lens = float(rng.uniform(22, 46))
    return View(tuple(map(float, at)), tuple(map(float, to)), lens, width, height, float(rng.normal(0, 1.0)))  # type: ignore[arg-type]


def _along(rng: RNG, road: float, width: int, height: int) -> View:
    """A driver's view: down the road to where it vanishes, asphalt filling the lower half."""
    at = (
        float(rng.uniform(-35, 0)),
        -road * float(rng.uniform(0.15, 0.9)),
        float(rng.choice([1.2, 1.5, 1.8, 2.6, 5.0])),
    )
    ahead = float(rng.uniform(12, 40))
    to = (at[0] + ahead, at[1] + float(rng.normal(0, 0.12 * ahead)), at[2] + float(rng.uniform(-0.06, 0.03)) * ahead)
    return View(at, to, float(rng.uniform(20, 34)), width, height, float(rng.normal(0, 1.0)))
