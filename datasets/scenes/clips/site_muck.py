"""site_muck: a heap of soil lies open, is covered with a green net, and is half uncovered again."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import earth, people, site, vehicles
from ..camera import View
from ..classes import MaskClass
from ..solid import Solid
from ..textures import noise
from .scenario import Actor, LightNow, Stop, Story, Take, smooth

NAME, SEED, DURATION, FPS, SAMPLES = "site_muck", 9304, 150.0, 10, 12
CRF = 29.0
VIEW = View((-5.2, -11.6, 5.6), (0.3, 0.2, 0.5), 30.0, 960, 540, 0.4)
SUN = (41.0, -140.0)
PLAN = site.SitePlan(
    soil="loess",
    ground="concrete",
    wet=0.0,
    heaps=(),
    sheets=0,
    machines=(),
    workers=0,
    stacks=2,
    green_mesh_house=True,
)
ARM = 7
ARM_PLACE = (6.4, 4.6, 0.03)


def build(stage: Any, variant: str) -> dict[str, Any]:
    """Build the yard, one heap, four nets over it, an excavator that can slew."""
    site.build(stage, PLAN)
    rng = np.random.default_rng(SEED)
    h = earth.heap(rng, 3.9, 2.9, 1.75)
    mat = earth.soil_material(np.random.default_rng(5), "loess", 0.0, h.half * 2)
    stage.put(earth.heap_sheet(Solid(), h, mat), MaskClass.SOIL, "soil_heap", (0, 0, 0.03))
    spill = earth.heap(np.random.default_rng(8), 3.9, 2.9, 0.08)
    stage.put(earth.heap_sheet(Solid(), spill, mat), MaskClass.SOIL, at=(0.3, -0.3, 0.03))
    n = h.height.shape[0]
    x, _ = np.meshgrid(np.linspace(-1, 1, n), np.linspace(-1, 1, n))
    wavy = x + 0.05 * noise(np.random.default_rng(3), n, n, n / 5, 3)
    net_mat = earth.net_material(np.random.default_rng(4), "green", h.half * 2)
    for name, cover in (("n1", wavy < -0.35), ("n2", wavy < 0.15), ("full", wavy < 9), ("half", wavy < -0.08)):
        net = earth.net_sheet(Solid(), np.random.default_rng(6), h, net_mat, cover, lift=0.05, hem=1.7)
        stage.put(net, MaskClass.NET, "net", (0, 0, 0.03), group=name)
    stage.put(
        vehicles.excavator(np.random.default_rng(12)), MaskClass.VEHICLE, "excavator", ARM_PLACE, 200, group="arm"
    )
    return {
        "layout": {"soil": "loess", "ground": "concrete"},
        "zone": [[-4.5, -3.7], [4.5, -3.7], [4.7, 3.3], [-4.7, 3.3]],
        "hulls": {},
    }


def takes() -> list[Take]:
    """Open soil, the net in steps, and the excavator's slewing."""
    rest = (("arm", (*ARM_PLACE, 200.0)),)
    out = [Take("open", show=("arm",), moves=rest)]
    for name in ("n1", "n2", "full", "half"):
        out.append(Take(name, show=("arm", name), changed=(name,), moves=rest))
    for k in range(ARM):
        turn = (("arm", (*ARM_PLACE, 200.0 - 8.0 * (k + 1))),)
        out.append(Take(f"arm{k + 1}", show=("arm",), changed=("arm",), moves=turn, samples=5))
    return out


def light(t: float) -> LightNow:
    """Hazy sun."""
    return LightNow(sky=1.0, sun=0.85 - 0.5 * smooth(t, 60, 75) + 0.4 * smooth(t, 110, 122), clouds=0.3)


def arm(t: float) -> str | None:
    """Which pose of the excavator shows (only while the heap lies open, so windows never clash)."""
    for a in (6.0, 19.0, 32.0):
        if a <= t < a + 9:
            u = (t - a) / 9
            k = round(ARM * float(np.sin(np.pi * min(1.0, u)) ** 0.7))
            return f"arm{k}" if k else None
    return None


def story(facts: dict[str, Any]) -> Story:
    """Open to 50 s, netted by 56 s, half open again from 100 s."""
    rng = np.random.default_rng(SEED)
    plates = [
        (0.0, ("open",)),
        (49.5, ("open", "n1")),
        (52.5, ("open", "n2")),
        (56.0, ("open", "full")),
        (96.5, ("open", "n2")),
        (100.0, ("open", "half")),
    ]
    w = [people.look(rng, worker=True) for _ in range(5)]
    z = 0.03
    actors = [
        Actor(
            w[0],
            (
                Stop(43.0, -11, -4.5),
                Stop(47.5, -4.7, -3.6, "bend", 30),
                Stop(49.5, -4.7, -3.6),
                Stop(52.5, -0.6, -4.0, "bend", 60),
                Stop(53.3, -0.6, -4.0),
                Stop(56.0, 3.6, -3.8, "bend", 100),
                Stop(59.0, 3.6, -3.8, "stand_easy", 120),
                Stop(66.0, 3.6, -3.8),
                Stop(75.0, -9, -7.5),
            ),
            ((43.0, 47.5, "net"),),
            z,
        ),
        Actor(
            w[1],
            (
                Stop(44.0, -12, 1.0),
                Stop(48.0, -5.4, 1.5, "bend", -20),
                Stop(56.5, -5.4, 1.5, "hands_on_hips", -10),
                Stop(64.0, -5.4, 1.5),
                Stop(71.0, -13, 2.0),
            ),
            (),
            z,
        ),
        Actor(
            w[2],
            (
                Stop(90.0, 12, -5.0),
                Stop(95.5, 4.4, -3.9, "bend", 120),
                Stop(96.6, 4.4, -3.9),
                Stop(100.0, 0.2, -4.2, "bend", 100),
                Stop(102.0, 0.2, -4.2, "stand_easy", 60),
                Stop(108.0, 0.2, -4.2),
                Stop(120.0, -10, -6.0),
            ),
            (),
            z,
        ),
        Actor(w[3], (Stop(10.0, 4.0, 3.9, "hands_on_hips", -150), Stop(38.0, 4.0, 3.9), Stop(42.0, 10, 2.0)), (), z),
        Actor(w[4], (Stop(124.0, -11, -5.6), Stop(140.0, 9, -5.0)), (), z),
        Actor(w[0], (Stop(20.0, 10, -5.5), Stop(36.0, -11, -6.0)), (), z),
        Actor(w[3], (Stop(78.0, -11, -6.4), Stop(94.0, 9, -6.8)), ((78.0, 94.0, "carton"),), z),
    ]
    truth = {
        "zones": [{"id": "z-heap", "name": "堆土区", "world_m": facts["zone"], "violations": ["exposed_muck"]}],
        "permits": [],
        "acts": [
            {
                "zone": "z-heap",
                "violation": "exposed_muck",
                "from_s": 0.0,
                "to_s": 49.5,
                "permit": "none",
                "area_m2": ["open", 0],
            },
            {
                "zone": "z-heap",
                "violation": "exposed_muck",
                "from_s": 100.0,
                "to_s": None,
                "permit": "none",
                "area_m2": ["half", 1],
            },
        ],
        "health": [],
        "timeline": [
            {"at_s": 0.0, "what": "soil heap lies open"},
            {"at_s": 49.5, "what": "workers start to draw a green net over it"},
            {"at_s": 56.0, "what": "heap fully covered"},
            {"at_s": 96.5, "what": "a worker pulls the net back"},
            {"at_s": 100.0, "what": "half of the heap lies open again"},
        ],
    }
    return Story(
        plates,
        actors,
        light,
        truth,
        arm,
        mask_times=(5.0, 70.0, 130.0),
        clock=("2026-04-21 10:03:55", "三期工地 东门 球机01"),
    )
