"""street_permit: licensed seating keeps to its polygon, then spreads well beyond it, then withdraws."""

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

NAME, SEED, DURATION, FPS, SAMPLES = "street_permit", 9203, 130.0, 10, 12
CRF = 27.0
VIEW = View((8.6, -9.4, 4.9), (2.9, -1.9, 0.3), 29.0, 960, 540, -0.5)
SUN = (33.0, -128.0)
PLAN = StreetPlan(
    depth=5.4,
    road=8.0,
    paving="brick_red",
    mess=0.0,
    people=0,
    parked=3,
    cars=2,
    trees=False,
    open_kerb=True,
    kinds=("clothes", "food", "other", "food", "grocery"),
)
MORE = ("m1", "m2", "m3")


def build(stage: Any, variant: str) -> dict[str, Any]:
    """Build the set: two tables and a parasol with leave, three more groups without."""
    facts: dict[str, Any] = {}
    shops = lay_street(stage, PLAN, facts)
    shop = nearest(shops, 3.0, "food")
    x0, x1 = shop.x0, shop.x1
    put_group(stage, facts, "ok", "seating", (x0 + 1.05, -1.15))
    put_group(stage, facts, "ok", "seating", (x1 - 1.05, -1.15))
    put_group(stage, facts, "m1", "seating", (x0 + 0.9, -3.1))
    put_group(stage, facts, "m2", "seating", (x0 + 2.6, -3.15))
    put_group(stage, facts, "m2", "a_board", (x1 - 0.35, -2.35), 15)
    put_group(stage, facts, "m3", "seating", (x1 - 0.75, -3.2))
    put_group(stage, facts, "m3", "stools", (x0 + 1.75, -3.75))
    facts["zone"] = frontage(shop, 4.2)
    facts["permit"] = frontage(shop, 2.1)
    facts["door"] = [shop.mid, -0.2]
    return facts


def takes() -> list[Take]:
    """Licensed seating, then three steps beyond."""
    out = [Take("licensed", show=("ok",))]
    for k in range(3):
        out.append(Take(f"more{k + 1}", show=("ok", *MORE[: k + 1]), changed=MORE[: k + 1]))
    return out


def light(t: float) -> LightNow:
    """Late afternoon, thin cloud coming and going."""
    return LightNow(
        sky=0.95, sun=0.9 - 0.6 * smooth(t, 20, 32) + 0.6 * smooth(t, 62, 72) - 0.7 * smooth(t, 108, 120), clouds=0.25
    )


def story(facts: dict[str, Any]) -> Story:
    """Beyond the polygon from 47 s to 101 s."""
    rng = np.random.default_rng(SEED)
    zone = np.array(facts["zone"])
    x0, x1 = float(zone[:, 0].min()), float(zone[:, 0].max())
    door = facts["door"]
    out_at, in_at = (41.0, 44.0, 47.0), (101.0, 104.0, 107.0)
    plates = [(0.0, ("licensed",))] + [(t, ("licensed", f"more{k + 1}")) for k, t in enumerate(out_at)]
    plates += [(in_at[0], ("licensed", "more2")), (in_at[1], ("licensed", "more1")), (in_at[2], ("licensed",))]
    spots = [(x0 + 0.5, -3.9), (x0 + 2.2, -4.0), (x1 - 0.5, -4.1)]
    waiter, helper = people.look(rng), people.look(rng)
    a, b = [Stop(36.5, *door)], [Stop(98.0, *door)]
    for t, p in zip(out_at, spots, strict=True):
        a += [Stop(t - 0.3, *p, pose="bend", face=80), Stop(t + 0.9, *p, pose="bend", face=80)]
    a += [Stop(51.0, *door)]
    for t, p in zip(in_at, spots[::-1], strict=True):
        b += [Stop(t - 0.9, *p, pose="bend", face=80), Stop(t + 0.3, *p, pose="bend", face=80)]
    b += [Stop(111.0, *door)]
    actors = [Actor(waiter, tuple(a), ((37.0, 40.7, "carton"),)), Actor(waiter, tuple(b), ((107.3, 111.0, "carton"),))]
    actors.append(
        Actor(
            helper,
            (
                Stop(4.0, *door),
                Stop(6.0, x1 + 0.3, -0.8, "hands_on_hips", -90),
                Stop(30.0, x1 + 0.3, -0.8),
                Stop(32.0, *door),
            ),
        )
    )
    for k, t in enumerate((1.0, 11.0, 19.0, 28.0, 53.0, 60.0, 69.0, 77.0, 85.0, 92.0, 113.0, 121.0)):
        right = rng.random() < 0.5
        actors.append(passer_by(rng, t, float(rng.uniform(-5.2, -4.7)), -14 if right else 9, 9 if right else -14))
        if k == 5:
            actors.append(
                Actor(
                    people.look(rng),
                    (
                        Stop(t, 9, -5.0),
                        Stop(t + 6, 0.6, -4.8, "chat", 90),
                        Stop(t + 22, 0.6, -4.8),
                        Stop(t + 34, -14, -5.0),
                    ),
                )
            )
    beyond = footprint([h for g in MORE for h in facts["hulls"][g]], facts["zone"], facts["permit"])
    truth = {
        "zones": [{"id": "z-food", "name": "餐馆门前", "world_m": facts["zone"], "violations": ["outdoor_display"]}],
        "permits": [{"id": "p-seating", "zone": "z-food", "world_m": facts["permit"]}],
        "acts": [
            {
                "zone": "z-food",
                "violation": "outdoor_display",
                "from_s": out_at[2],
                "to_s": in_at[0],
                "permit": "exceeded",
                "area_m2": beyond,
            }
        ],
        "health": [],
        "timeline": [
            {"at_s": 0.0, "what": "licensed seating inside its polygon"},
            {"at_s": out_at[0], "what": "the first table beyond the polygon"},
            {"at_s": out_at[2], "what": "seating well beyond the polygon"},
            {"at_s": in_at[0], "what": "staff start to take the extra seating in"},
            {"at_s": in_at[2], "what": "seating inside its polygon again"},
        ],
    }
    return Story(
        plates,
        actors,
        light,
        truth,
        mask_times=(10.0, 60.0, 90.0, 125.0),
        clock=("2026-06-03 17:26:40", "文昌街28号 球机05"),
    )
