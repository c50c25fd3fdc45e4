"""A construction site from a seed: rutted ground, heaps open or under nets, hoarding, shells, machines, workers."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from . import earth, goods, people, vehicles
from . import materials as mt
from . import textures as tx
from .classes import MaskClass
from .earth import Heap
from .greenery import tree, weeds
from .lettering import SLOGANS, slogan
from .solid import Solid, turn_x
from .stage import Stage

RNG = np.random.Generator


@dataclass(frozen=True)
class SitePlan:
    """What to build. Heaps are (x, y, rx, ry, top, net state, net colour)."""

    soil: str = "brown"
    ground: str = "soil"  # soil, concrete, mixed
    wet: float = 0.0
    heaps: tuple[tuple[float, float, float, float, float, str, str], ...] = ()
    sheets: int = 0
    machines: tuple[str, ...] = ("excavator",)
    workers: int = 3
    stacks: int = 3
    green_mesh_house: bool = False


def draw_plan(rng: RNG) -> SitePlan:
    """Draw a site."""
    heaps = []
    for k in range(int(rng.choice([0, 1, 2, 3, 4], p=[0.08, 0.3, 0.3, 0.2, 0.12]))):
        rx = float(rng.uniform(1.4, 4.2))
        state = str(rng.choice(["none", "full", "half", "torn"], p=[0.38, 0.27, 0.22, 0.13]))
        colour = str(rng.choice(["green", "black"], p=[0.68, 0.32]))
        at = (float(rng.uniform(-3, 3)) + (k % 3 - 1) * 5.5 * (k > 0), float(rng.uniform(-2, 4)) + (k // 2) * 4)
        heaps.append((*at, rx, rx * float(rng.uniform(0.6, 1.1)), rx * float(rng.uniform(0.32, 0.6)), state, colour))
    return SitePlan(
        soil=str(rng.choice(["loess", "brown", "dark", "red", "sand", "grey", "rubble"])),
        ground=str(rng.choice(["soil", "concrete", "mixed"], p=[0.45, 0.25, 0.3])),
        wet=float(rng.uniform(0.2, 0.9)) if rng.random() < 0.3 else 0.0,
        heaps=tuple(heaps),
        sheets=int(rng.choice([0, 1, 2], p=[0.6, 0.25, 0.15])),
        machines=tuple(str(m) for m in rng.choice(["excavator", "truck", "car"], int(rng.integers(0, 3)))),
        workers=int(rng.integers(0, 6)),
        stacks=int(rng.integers(0, 6)),
        green_mesh_house=bool(rng.random() < 0.45),
    )


def ground(stage: Stage, rng: RNG, plan: SitePlan, half: float = 25.0) -> None:
    """The floor: relief with ruts and hollows (water stands in them), or concrete, or both."""
    wet = plan.wet
    base = Solid()
    base.plate(
        [(-300, -300, -0.5), (300, -300, -0.5), (300, 300, -0.5), (-300, 300, -0.5)],
        mt.paint((0.42, 0.40, 0.37), 0.9, wear=0.4, scale=0.05),
    )
    stage.put(base, MaskClass.GROUND)
    if plan.ground in ("soil", "mixed"):
        n = 220
        z = 0.07 * tx.noise(rng, n, n, 24, 4)
        img = tx.soil(rng, 2000, 2000, 40, np.array(earth.SOILS[plan.soil]) * (1 - 0.35 * wet))
        track = np.zeros((2000, 2000), np.float32)
        for _ in range(int(rng.integers(2, 6))):
            p, q = rng.uniform(0, 2000, 2), rng.uniform(0, 2000, 2)
            c = (p + q) / 2 + rng.normal(0, 200, 2)
            t = np.linspace(0, 1, 40)[:, None]
            curve = (1 - t) ** 2 * p + 2 * t * (1 - t) * c + t**2 * q
            off = np.array([-(q - p)[1], (q - p)[0]]) / np.linalg.norm(q - p) * 36
            for sgn in (-0.9, 0.9):
                cv2.polylines(track, [(curve + sgn * off).astype(np.int32)], False, 1.0, int(rng.integers(10, 20)))
        track = cv2.GaussianBlur(track, (0, 0), 3)
        img *= 1 - 0.28 * track[..., None] * (0.8 + 0.2 * tx.noise(rng, 2000, 2000, 8, 2))[..., None]
        z -= 0.06 * cv2.resize(track[::-1], (n, n))
        t = np.linspace(-half, half, n)
        x, y = np.meshgrid(t, t)
        s = Solid()
        bump = np.clip(0.5 + 0.16 * tx.noise(rng, 2000, 2000, 8, 4, 0.7), 0, 1)
        mat = mt.picture(np.clip(img, 0, 1), 0.95 - 0.35 * wet, height=bump, bump=0.8)
        stage.put(s.grid(np.stack([x, y, z], -1), mat), MaskClass.SOIL)
        if wet > 0.25:
            w = Solid()
            level = float(np.quantile(z, 0.02 + 0.1 * wet))
            w.plate(
                [(-20, -20, level), (20, -20, level), (20, 20, level), (-20, 20, level)],
                mt.paint((0.16, 0.13, 0.10), 0.03, wear=0),
            )
            stage.put(w, MaskClass.WATER)
    if plan.ground != "soil":
        img, joint = tx.pavers(rng, "concrete", 60, 60, 24, 1.0)
        dirt = np.clip(0.55 * tx.noise(rng, *img.shape[:2], 70, 5) - 0.2, 0, 0.75)[..., None]
        img = img * (1 - dirt) + dirt * np.float32(earth.SOILS[plan.soil]) * 0.9
        s = Solid()
        x1 = 30 if plan.ground == "concrete" else float(rng.uniform(-1, 3))
        rough = 0.85 if wet <= 0 else float(0.85 - 0.5 * wet)
        u = (x1 + 30) / 60
        s.mesh(
            [(-30, -30, 0.03), (x1, -30, 0.03), (x1, 30, 0.03), (-30, 30, 0.03)],
            [(0, 1, 2, 3)],
            mt.picture(img * (1 - 0.25 * wet), rough, height=joint, bump=0.2),
            uvs=[[(0, 0), (u, 0), (u, 1), (0, 1)]],
        )
        stage.put(s, MaskClass.GROUND)
        stage.facts["slab_x1"] = x1


def pile(stage: Stage, rng: RNG, plan: SitePlan, spec: tuple[float, float, float, float, float, str, str]) -> Heap:
    """One heap with its net."""
    x, y, rx, ry, top, state, colour = spec
    z = 0.03 if plan.ground != "soil" else 0.0
    h = earth.heap(rng, rx, ry, top)
    mat = earth.soil_material(rng, plan.soil if rng.random() < 0.6 else None, plan.wet * 0.7, h.half * 2)
    stage.put(earth.heap_sheet(Solid(), h, mat), MaskClass.SOIL, "soil_heap", (x, y, z))
    if state != "none":
        cover = earth.net_mask(rng, h.height.shape[0], state)
        net = earth.net_sheet(Solid(), rng, h, earth.net_material(rng, colour, h.half * 2), cover)
        stage.put(net, MaskClass.NET, "net", (x, y, z))
        weights(stage, rng, h, x, y, z)
    return h


def weights(stage: Stage, rng: RNG, h: Heap, x: float, y: float, z: float) -> None:
    """Bricks and bags that hold a net down."""
    s = Solid()
    brick = mt.paint((0.5, 0.3, 0.22), 0.9)
    for _ in range(int(rng.integers(2, 9))):
        a = rng.uniform(0, 2 * np.pi)
        r = h.half * rng.uniform(0.72, 0.9)
        s.box((0.24, 0.12, 0.08), (r * np.cos(a), r * np.sin(a), 0.08), brick)
    stage.put(s, MaskClass.OTHER, at=(x, y, z))


def flat_sheet(stage: Stage, rng: RNG, x: float, y: float, colour: str) -> None:
    """A net laid flat over bare ground."""
    half = float(rng.uniform(2.5, 5))
    n = int(half * 2 / 0.14)
    h = Heap((0.12 + 0.06 * tx.noise(rng, n, n, n / 5, 4)).astype(np.float32), half)
    cover = earth.net_mask(rng, n, str(rng.choice(["full", "half", "torn"])))
    stage.put(
        earth.net_sheet(Solid(), rng, h, earth.net_material(rng, colour, half * 2), cover),
        MaskClass.NET,
        "net",
        (x, y, 0),
    )


def backdrop(stage: Stage, rng: RNG, plan: SitePlan) -> None:
    """Hoarding with slogans, a concrete shell (at times wrapped in green mesh), cabins, trees, town."""
    s = Solid()
    hue = ((30, 90, 170), (235, 236, 238), (40, 130, 80), (200, 205, 210))[int(rng.integers(4))]
    ink = (255, 255, 255) if sum(hue) < 500 else (180, 30, 30)
    back = float(rng.uniform(8, 15))
    for k in range(12):
        text = SLOGANS[int(rng.integers(len(SLOGANS)))] if k % 3 == 1 else ""
        m = mt.picture(slogan(rng, text, 5, 2.2, hue, ink), 0.5)
        x = -30 + 5 * k
        s.plate([(x, back, 0.1), (x + 5, back, 0.1), (x + 5, back, 2.3), (x, back, 2.3)], m)
        s.box((0.12, 0.1, 2.4), (x, back - 0.05, 0), mt.paint((0.6, 0.6, 0.6), 0.5))
    for sx in (-1, 1):
        for k in range(6):
            m = mt.picture(slogan(rng, "", 5, 2.2, hue, ink), 0.5)
            y = back - 5 * (k + 1)
            s.plate([(sx * 24, y, 0.1), (sx * 24, y + 5, 0.1), (sx * 24, y + 5, 2.3), (sx * 24, y, 2.3)], m)
    stage.put(s, MaskClass.OTHER)
    b = Solid()
    grey, mesh = mt.paint((0.55, 0.54, 0.52), 0.9, wear=0.4), mt.paint((0.16, 0.46, 0.3), 0.8, wear=0.5, scale=0.7)
    for k in range(int(rng.integers(1, 4))):
        x, y, w, fl = rng.uniform(-22, 14), back + rng.uniform(5, 20), rng.uniform(9, 16), int(rng.integers(3, 12))
        for f in range(fl):
            b.box((w, w, 0.3), (x, y + w / 2, 3 * (f + 1)), grey)
            for i in range(4):
                b.box((0.5, 0.5, 3), (x - w / 2 + 0.4 + i * (w - 0.8) / 3, y + 0.4, 3 * f), grey)
        if plan.green_mesh_house and k == 0:
            b.box((w + 1.2, 0.1, fl * 3), (x, y - 0.6, 0.5), mesh)
            b.box((0.1, w, fl * 3), (x - w / 2 - 0.6, y + w / 2, 0.5), mesh)
            for f in range(fl):
                b.box((w + 1.3, 0.06, 0.1), (x, y - 0.7, 3 * f + 1.5), mt.paint((0.5, 0.45, 0.2), 0.6))
        else:
            b.box((w - 1, w - 2, fl * 3), (x, y + w / 2 + 1, 0), mt.paint((0.2, 0.2, 0.2), 0.9))
    if rng.random() < 0.6:
        x = rng.uniform(-14, 14)
        b.box((6, 2.4, 2.6), (x, back - 1.8, 0.1), mt.paint((0.84, 0.86, 0.88), 0.4))
        b.box((6.05, 2.45, 0.25), (x, back - 1.8, 2.6), mt.paint((0.1, 0.3, 0.6), 0.4))
        for dx in (-1.8, 1.8):
            b.box((1.0, 0.05, 0.9), (x + dx, back - 3.03, 1.2), mt.glass())
    for k in range(5):
        h = rng.uniform(14, 45)
        b.box(
            (12, 12, h),
            (-50 + 24 * k, back + rng.uniform(40, 70), 0),
            mt.paint((0.62, 0.62, 0.62), 0.9, wear=0.3, scale=0.4),
        )
    stage.put(b, MaskClass.BUILDING)
    if rng.random() < 0.5:
        t = stage.put(tree(rng), MaskClass.VEGETATION, at=(float(rng.uniform(-20, 20)), back + 3, 0)).data
        for _ in range(5):
            stage.place(
                t,
                MaskClass.VEGETATION,
                0,
                (float(rng.uniform(-24, 24)), back + float(rng.uniform(2, 6)), 0),
                float(rng.uniform(0, 360)),
            )
    if rng.random() < 0.5:
        x, y = float(rng.uniform(-8, 8)), float(rng.uniform(3, back - 1))
        stage.put(
            weeds(rng, np.array([x - 3, y - 2, x + 3, y + 2]), int(rng.integers(80, 420)), 0.2), MaskClass.VEGETATION
        )


def stacks(stage: Stage, rng: RNG, n: int) -> None:
    """Material lying about: timber, rebar, pipes, bags, cartons, barrels."""
    for _ in range(n):
        s, kind = Solid(), int(rng.integers(5))
        if kind == 0:
            m = mt.paint((0.66, 0.52, 0.33), 0.85, wear=0.4)
            for i in range(24):
                s.box((2.4 + rng.normal(0, 0.1), 0.1, 0.08), (rng.normal(0, 0.05), (i % 6) * 0.12, (i // 6) * 0.09), m)
        elif kind == 1:
            m = mt.paint((0.35, 0.2, 0.14), 0.7, 0.5, wear=0.5)
            for i in range(20):
                s.tube(
                    (-2, (i % 7) * 0.05 + rng.normal(0, 0.02), 0.05 + i // 7 * 0.04),
                    (2, (i % 7) * 0.05 + rng.normal(0, 0.05), 0.05 + i // 7 * 0.04),
                    0.018,
                    m,
                    n=5,
                )
        elif kind == 2:
            m = mt.paint(((0.6, 0.6, 0.58), (0.15, 0.15, 0.16), (0.85, 0.5, 0.15))[int(rng.integers(3))], 0.7)
            for i in range(5):
                c = (0, (i % 3) * 0.62, 0.3 + (i // 3) * 0.52)
                s.lathe(
                    [(0.3, -1), (0.3, 1), (0.24, 1), (0.24, -1)],
                    c,
                    m,
                    n=16,
                    rot=turn_x(90) @ np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
                )
        elif kind == 3:
            s.join(goods.sacks(rng))
        else:
            s.join(goods.cartons(rng))
        at = (float(rng.uniform(-9, 9)), float(rng.uniform(-5, 7)), 0.03)
        stage.put(s, MaskClass.GOODS, at=at, turn=float(rng.uniform(0, 180)))
    c = Solid()
    orange, white = mt.paint((0.9, 0.3, 0.08), 0.6), mt.paint((0.9, 0.9, 0.9), 0.5)
    for _ in range(int(rng.integers(0, 7))):
        at = (float(rng.uniform(-8, 8)), float(rng.uniform(-6, 5)), 0.03)
        c.lathe([(0.2, 0), (0.2, 0.03), (0.14, 0.04), (0.1, 0.3), (0.03, 0.68)], at, orange, n=12)
        c.lathe([(0.108, 0.25), (0.076, 0.42)], at, white, n=12)
    stage.put(c, MaskClass.OTHER)


def build(stage: Stage, plan: SitePlan) -> list[Heap]:
    """Build the whole site.

    Every heap stands complete; what covers it (nets, sheets, and what weighs them down) is objects with
    `obj["group"] == "net:K"`: hide these (`hide_render`) and heap K lies open. Nets over flat ground are groups
    "flat:K". Left in `stage.facts` as plain data, world metres:

    `heaps`: each heap K in order: `index`, `at` [x, y], `floor` (height of the ground it stands on), `footprint`
    (outline [[x, y], ...] where it rises 0.06 m above that floor), `area_m2`, `top` (metres above floor), `soil`,
    `shape`, `object` (Blender's name), `cover` (none, full, half, torn, lifted), `make` (of the cover, or None),
    `covered_share` (0..1 of the footprint), `group` ("net:K", or None where nothing covers it).
    `flats`: each net on flat ground: `footprint`, `area_m2`, `make`, `group`, `object`.
    """
    rng = stage.rng
    ground(stage, rng, plan)
    heaps = [pile(stage, rng, plan, spec) for spec in plan.heaps]
    for _ in range(plan.sheets):
        flat_sheet(
            stage,
            rng,
            float(rng.uniform(-8, 8)),
            float(rng.uniform(-3, 6)),
            str(rng.choice(["green", "black"], p=[0.65, 0.35])),
        )
    backdrop(stage, rng, plan)
    stacks(stage, rng, plan.stacks)
    for k, name in enumerate(plan.machines):
        at = (float(rng.choice([-1, 1]) * rng.uniform(5, 9)), float(rng.uniform(0, 6)) + 2 * k, 0.03)
        solid = (
            vehicles.excavator(rng)
            if name == "excavator"
            else vehicles.truck(rng, "tipper")
            if name == "truck"
            else vehicles.car(rng, "suv")
        )
        stage.put(solid, MaskClass.VEHICLE, name, at, float(rng.uniform(0, 360)))
    for _ in range(plan.workers):
        pose = str(rng.choice(["walk", "stand_easy", "bend", "carry", "squat", "hands_on_hips"]))
        p = people.walking(float(rng.random())) if pose == "walk" else people.POSES[pose]
        at = (float(rng.uniform(-8, 8)), float(rng.uniform(-7, 6)), 0.03)
        stage.put(
            people.figure(people.look(rng, worker=True), p), MaskClass.PERSON, "person", at, float(rng.uniform(0, 360))
        )
    stage.facts.update(wet=round(plan.wet, 2), soil=plan.soil, ground=plan.ground)
    return heaps
