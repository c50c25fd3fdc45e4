"""street_goods: a fruit shop puts crates, stands and tables out on the pavement, and takes them in again."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import people
from ..camera import View
from ..street import StreetPlan
from .actors import passer_by
from .measure import footprint
from .scenario import Actor, LightNow, Stop, Story, Take, smooth
from .sets import frontage, lay_street, nearest, put_group

NAME, SEED, DURATION, FPS, SAMPLES = "street_goods", 9101, 120.0, 10, 20
CRF = 27.0
VIEW = View((-0.6, -8.4, 4.4), (3.9, -1.2, 0.6), 29.0, 960, 540, 0.6)
SUN = (47.0, -62.0)
PLAN = StreetPlan(
    depth=4.6,
    road=8.5,
    paving="square",
    mess=0.0,
    people=0,
    parked=0,
    cars=1,
    trees=False,
    open_kerb=True,
    kinds=("grocery", "other", "food", "hardware", "clothes", "other", "fruit"),
)
STEPS = ("g1", "g2", "g3", "g4")


def build(stage: Any, variant: str) -> dict[str, Any]:
    """Build the set; the goods are in four groups."""
    facts: dict[str, Any] = {}
    shops = lay_street(stage, PLAN, facts)
    shop = nearest(shops, 4.5, "fruit")
    x0, x1 = shop.x0, shop.x1
    put_group(stage, facts, "g1", "fruit_stand", (x0 + 1.0, -0.85))
    put_group(stage, facts, "g2", "fruit_stand", (x1 - 1.0, -0.85))
    put_group(stage, facts, "g2", "crates", (x0 + 0.5, -1.85), 4)
    put_group(stage, facts, "g2", "crates", (x0 + 1.15, -1.95), -6)
    put_group(stage, facts, "g3", "table_display", (x1 - 1.15, -2.0), 2)
    put_group(stage, facts, "g3", "a_board", (x0 + 2.15, -2.3), 12)
    put_group(stage, facts, "g4", "cartons", (x0 + 1.85, -1.75), -3)
    put_group(stage, facts, "g4", "crates", (x1 - 0.35, -1.3), 8)
    facts["zone"] = frontage(shop, 2.6)
    facts["door"] = [shop.mid, -0.2]
    return facts


def takes() -> list[Take]:
    """The empty street, then the goods as they grow."""
    out = [Take("empty")]
    for k in range(len(STEPS)):
        out.append(Take(f"step{k + 1}", show=STEPS[: k + 1], changed=STEPS[: k + 1]))
    return out


def light(t: float) -> LightNow:
    """Morning sun with clouds that pass."""
    return LightNow(sky=0.95, sun=1.0 - 0.55 * smooth(t, 50, 58) + 0.55 * smooth(t, 70, 80), clouds=0.35)


def story(facts: dict[str, Any]) -> Story:
    """Out in four steps from 15 s to 29 s; in again from 86 s to 95 s."""
    rng = np.random.default_rng(SEED)
    zone = np.array(facts["zone"])
    x0, x1 = float(zone[:, 0].min()), float(zone[:, 0].max())
    door = facts["door"]
    out_at, in_at = (17.0, 21.0, 25.0, 29.0), (86.5, 89.5, 92.0, 94.5)
    plates = [(0.0, ("empty",))]
    plates += [(t, ("empty", f"step{k + 1}")) for k, t in enumerate(out_at)]
    plates += [(t, ("empty", f"step{3 - k}")) for k, t in enumerate(in_at[:3])] + [(in_at[3], ("empty",))]
    spots = [(x0 + 1.0, -1.55), (x0 + 0.8, -2.6), (x1 - 1.1, -2.75), (x0 + 2.0, -2.55)]
    a, b, loads = [Stop(13.0, *door)], [Stop(14.5, *door)], []
    for k, (t, p) in enumerate(zip(out_at, spots, strict=True)):
        who = a if k % 2 == 0 else b
        who += [Stop(t - 2.2, *door), Stop(t - 0.4, *p, pose="bend", face=90), Stop(t + 0.7, *p, pose="bend", face=90)]
        loads.append((t - 2.2, t - 0.3, "crate" if k % 2 == 0 else "carton"))
    a += [Stop(out_at[2] + 2.6, *door)]
    b += [Stop(out_at[3] + 2.4, x1 + 0.5, -1.0, "hands_on_hips", -70), Stop(60.0, x1 + 0.5, -1.0), Stop(62.0, *door)]
    c, d, loads2 = [Stop(84.0, *door)], [Stop(86.0, *door)], []
    for k, t in enumerate(in_at):
        p = spots[3 - k]
        who = c if k % 2 == 0 else d
        who += [Stop(t - 1.4, *p, pose="bend", face=90), Stop(t + 0.2, *p, pose="bend", face=90), Stop(t + 2.0, *door)]
        loads2.append((t + 0.1, t + 2.0, "crate" if k % 2 == 0 else "carton"))
    staff1, staff2 = people.look(rng), people.look(rng)
    actors = [
        Actor(staff1, tuple(a), tuple(loads[::2])),
        Actor(staff2, tuple(b), tuple(loads[1::2])),
        Actor(staff1, tuple(c), tuple(loads2[::2])),
        Actor(staff2, tuple(d), tuple(loads2[1::2])),
    ]
    customer = (
        Stop(38.0, -9, -3.4),
        Stop(44.5, x0 + 1.2, -2.5, "stand", 80),
        Stop(56.0, x0 + 1.2, -2.5),
        Stop(64.0, 10, -3.5),
    )
    actors.append(Actor(people.look(rng), customer))
    for t in (2.0, 33.0, 41.0, 52.0, 66.0, 74.0, 80.0, 99.0, 107.0):
        right = rng.random() < 0.5
        actors.append(passer_by(rng, t, float(rng.uniform(-4.1, -3.0)), -9.5 if right else 15, 15 if right else -9.5))
    area = footprint([h for g in STEPS for h in facts["hulls"][g]], facts["zone"])
    truth = {
        "zones": [{"id": "z-fruit", "name": "水果店门前", "world_m": facts["zone"], "violations": ["outdoor_display"]}],
        "permits": [],
        "acts": [
            {
                "zone": "z-fruit",
                "violation": "outdoor_display",
                "from_s": out_at[3],
                "to_s": in_at[0],
                "permit": "none",
                "area_m2": area,
            }
        ],
        "health": [],
        "timeline": [
            {"at_s": 0.0, "what": "pavement empty"},
            {"at_s": out_at[0], "what": "staff put the first goods out"},
            {"at_s": out_at[3], "what": "all goods out"},
            {"at_s": 44.5, "what": "a customer stops in front"},
            {"at_s": in_at[0], "what": "staff start to take goods in"},
            {"at_s": in_at[3], "what": "pavement empty again"},
        ],
    }
    return Story(
        plates,
        actors,
        light,
        truth,
        mask_times=(5.0, 40.0, 60.0, 110.0),
        clock=("2026-05-18 08:41:07", "滨河路12号 枪机02"),
    )
