"""street_clean: people stop and chat, bikes are parked, a van delivers, shadows move, rain comes; nothing is wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from .. import people, vehicles
from ..camera import View
from ..classes import MaskClass
from ..solid import Solid, turn_z
from ..street import StreetPlan
from ..two_wheelers import bicycle, scooter
from .actors import draw_solid, passer_by, with_umbrella
from .scenario import Actor, LightNow, Stop, Story, Take, smooth
from .sets import frontage, lay_street, nearest

NAME, SEED, DURATION, FPS, SAMPLES = "street_clean", 9405, 120.0, 10, 14
CRF = 29.0
VIEW = View((-4.6, -6.3, 4.2), (2.6, -1.6, 0.3), 27.0, 960, 540, 0.3)
SUN = (38.0, -75.0)
PLAN = StreetPlan(
    depth=4.8,
    road=8.0,
    paving="granite",
    mess=0.0,
    people=0,
    parked=0,
    cars=1,
    trees=True,
    kinds=("other", "grocery", "clothes", "food", "other", "grocery"),
)
WET = StreetPlan(**{**PLAN.__dict__, "wet": 0.9})
VAN_STOP_X, VAN_FROM, VAN_TO = 3.4, 42.0, 70.0


def van_x(t: float) -> float | None:
    """Where the van is: it rolls in, stands from 42 s to 70 s, and leaves; None: away."""
    if t < VAN_FROM - 5.0 or t > VAN_TO + 6.0:
        return None
    if t < VAN_FROM:
        return VAN_STOP_X + 0.8 * (VAN_FROM - t) ** 2
    return VAN_STOP_X if t <= VAN_TO else VAN_STOP_X - 0.8 * (t - VAN_TO) ** 2


def van(tone: float = 0.82) -> Solid:
    """The van's mesh; darker for the rasteriser, which knows no mirrored sky."""
    return vehicles.car(np.random.default_rng(3), "van", (tone * 0.97, tone, tone * (1.06 if tone < 0.8 else 0.98)))


def van_take(t: float) -> str | None:
    """While the van stands it is a rendered window."""
    return "van" if VAN_FROM <= t <= VAN_TO else None


@lru_cache(maxsize=1)
def _van_once() -> Solid:
    return van(0.6)


def moving_van(t: float, view: View, sun: Any) -> list[Any]:
    """While it moves it is drawn per frame."""
    x = van_x(t)
    if x is None or VAN_FROM <= t <= VAN_TO or not -40 < x < 30:
        return []
    foot = (x, -PLAN.depth - 1.35, -0.13)
    return [draw_solid(Solid().join(_van_once(), foot, turn_z(180)), foot, view, sun, MaskClass.VEHICLE)]


def build(stage: Any, variant: str) -> dict[str, Any]:
    """Build the set with parked two-wheelers in the zone and by the kerb."""
    facts: dict[str, Any] = {}
    shops = lay_street(stage, PLAN if variant == "dry" else WET, facts)
    shop = nearest(shops, 1.2)
    rng = np.random.default_rng(SEED + 1)
    for k, x in enumerate((shop.x1 - 0.9, shop.x1 - 0.25)):
        stage.put((scooter, bicycle)[k](rng), MaskClass.VEHICLE, ("scooter", "bicycle")[k], (x, -1.0, 0), 80 + 9 * k)
    for k in range(5):
        make, label = ((bicycle, "bicycle"), (scooter, "scooter"))[k % 2]
        stage.put(make(rng), MaskClass.VEHICLE, label, (-1.8 + 0.75 * k, -3.95, 0), 78 + float(rng.normal(0, 5)))
    stage.put(van(), MaskClass.VEHICLE, "van", (VAN_STOP_X, -PLAN.depth - 1.35, -0.13), 180, group="van")
    facts["zone"] = frontage(shop, 2.6)
    facts["door"] = [shop.mid, -0.2]
    facts["hulls"] = {}
    return facts


def takes() -> list[Take]:
    """Dry, with the van standing, and wet."""
    return [Take("dry"), Take("van", show=("van",), changed=("van",)), Take("rain", variant="wet")]


def light(t: float) -> LightNow:
    """Sun and drifting cloud shadows; from 78 s it clouds over, from 88 s it rains."""
    away = smooth(t, 76, 88)
    return LightNow(
        sky=0.95 - 0.22 * away,
        sun=1.0 - away,
        clouds=0.75 * (1 - away),
        wet=smooth(t, 88, 102),
        rain=smooth(t, 86, 94),
        lamp=0.4 + 0.3 * away,
    )


def story(facts: dict[str, Any]) -> Story:
    """Walkers, two groups that chat inside the zone, the van's driver, umbrellas in the rain."""
    rng = np.random.default_rng(SEED)
    zone = np.array(facts["zone"])
    mid = float(zone[:, 0].mean())
    cx, cy = mid - 0.9, -1.7
    look = people.look
    actors = [
        Actor(
            look(rng),
            (
                Stop(4.0, -12, -3.0),
                Stop(15.0, cx - 0.4, cy, "chat", 10),
                Stop(38.0, cx - 0.4, cy),
                Stop(50.0, 16, -3.0),
            ),
        ),
        Actor(
            look(rng),
            (
                Stop(6.0, 16, -2.6),
                Stop(18.0, cx + 0.45, cy + 0.1, "stand_easy", 185),
                Stop(38.5, cx + 0.45, cy + 0.1),
                Stop(49.0, -12, -3.2),
            ),
        ),
        Actor(
            look(rng),
            (
                Stop(9.0, *facts["door"]),
                Stop(20.0, cx + 0.1, cy - 0.55, "hands_on_hips", 90),
                Stop(37.0, cx + 0.1, cy - 0.55),
                Stop(40.0, *facts["door"]),
            ),
        ),
        Actor(
            look(rng),
            (
                Stop(45.0, VAN_STOP_X + 1.0, -4.9),
                Stop(51.0, *facts["door"], "stand", 90),
                Stop(56.0, *facts["door"]),
                Stop(63.0, VAN_STOP_X + 1.0, -4.9),
            ),
            ((45.5, 51.0, "carton"),),
        ),
        Actor(
            look(rng),
            (
                Stop(58.0, -12, -2.8),
                Stop(69.0, mid + 0.3, -2.1, "phone", -60),
                Stop(84.0, mid + 0.3, -2.1),
                Stop(92.0, 14, -2.8),
            ),
        ),
    ]
    for t in (0.5, 12.0, 22.0, 29.0, 53.0, 66.0, 74.0, 80.0):
        right = rng.random() < 0.5
        actors.append(passer_by(rng, t, float(rng.uniform(-3.5, -2.0)), -12 if right else 16, 16 if right else -12))
    for t in (89.0, 95.0, 101.0, 108.0):
        right = rng.random() < 0.5
        who = passer_by(rng, t, float(rng.uniform(-3.4, -2.2)), -12 if right else 16, 16 if right else -12, 1.5)
        actors.append(with_umbrella(rng, who))
    truth = {
        "zones": [{"id": "z-front", "name": "店前人行道", "world_m": facts["zone"], "violations": ["outdoor_display"]}],
        "permits": [],
        "acts": [],
        "health": [],
        "timeline": [
            {"at_s": 15.0, "what": "walkers stop in the zone and chat"},
            {"at_s": 38.5, "what": "they walk on"},
            {"at_s": VAN_FROM, "what": "a delivery van stops at the kerb"},
            {"at_s": VAN_TO, "what": "the van leaves"},
            {"at_s": 69.0, "what": "someone stands in the zone with a telephone"},
            {"at_s": 88.0, "what": "rain starts"},
        ],
    }
    return Story(
        [(0.0, ("dry",))],
        actors,
        light,
        truth,
        van_take,
        moving_van,
        wet_plates=[(0.0, ("rain",))],
        mask_times=(10.0, 30.0, 55.0, 110.0),
        clock=("2026-05-27 15:12:18", "中山路6号 枪机07"),
    )
