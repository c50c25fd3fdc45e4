"""Things for the pavement that are no display of goods: people, a van, a pram, scooters, leaves, a crossing, a sign."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import company, people, vehicles
from .. import materials as mt
from ..classes import MaskClass
from ..goods import cartons
from ..lettering import sign
from ..placing import outline
from ..solid import Solid
from ..two_wheelers import scooter

RNG = np.random.Generator
Zone = list[list[float]]


def _box(zone: Zone) -> tuple[float, float, float, float]:
    z = np.asarray(zone)
    (x0, y0), (x1, y1) = z.min(0), z.max(0)
    return float(x0), float(y0), float(x1), float(y1)


def crowd(stage: Any, rng: RNG, zone: Zone, group: str = "crowd", worker: bool = False, z: float = 0.0) -> None:
    """Three to six people who stand about in the zone's outer half."""
    x0, y0, x1, y1 = _box(zone)
    xs = np.linspace(x0 + 0.4, x1 - 0.4, int(rng.integers(3, 7)))
    for x in xs:
        pose = str(rng.choice(["stand", "chat", "phone", "stand_easy", "hands_on_hips", "bend"]))
        y = y0 + float(rng.uniform(-0.5, 0.35 * (y1 - y0)))
        body = people.figure(people.look(rng, worker), people.POSES[pose])
        at = (float(x + rng.normal(0, 0.25)), y, z)
        stage.put(body, MaskClass.PERSON, "person", at, float(rng.uniform(0, 360)), group=group)


def van(stage: Any, rng: RNG, zone: Zone, depth: float) -> None:
    """A van or box truck at the kerb before the zone (group van)."""
    x0, _, x1, _ = _box(zone)
    big = rng.random() < 0.35
    solid = vehicles.truck(rng, "box") if big else vehicles.car(rng, "van")
    at = ((x0 + x1) / 2 + float(rng.normal(0, 0.6)), -depth - 0.16 - 1.25, float(stage.facts.get("low", -0.13)))
    label = "truck" if big else "van"
    stage.put(solid, MaskClass.VEHICLE, label, at, float(rng.choice([0, 180])), group="van")
    driver = people.figure(people.look(rng), people.POSES["carry"])
    at = (at[0] - 1.6, -depth + 0.5, 0.0)
    stage.put(driver, MaskClass.PERSON, "person", at, 90.0, group="van")


def unloaded(stage: Any, rng: RNG, zone: Zone) -> list[Any]:
    """Two piles of cartons set down near the kerb (group cartons); their outlines."""
    x0, y0, x1, _ = _box(zone)
    out = []
    for x in (x0 + 0.4 * (x1 - x0), x0 + 0.6 * (x1 - x0)):
        pile, turn = cartons(rng), float(rng.uniform(-20, 20))
        at = (float(x), y0 + float(rng.uniform(0.5, 1.0)), 0.0)
        stage.put(pile, MaskClass.GOODS, "carton", at, turn, group="cartons")
        out.append(outline(pile.points(), at[:2], turn).round(3).tolist())
    return out


def pram(stage: Any, rng: RNG, zone: Zone) -> None:
    """A pram, and who pushes it (group pram)."""
    x0, y0, x1, y1 = _box(zone)
    x, y = float(rng.uniform(x0 + 1.0, x1 - 0.8)), y0 + 0.45 * (y1 - y0)
    stage.put(company.pram(rng), MaskClass.OTHER, "pram", (x, y, 0), 0.0, group="pram")
    body = people.figure(people.look(rng), people.POSES["carry"])
    stage.put(body, MaskClass.PERSON, "person", (x - 0.75, y, 0), 0.0, group="pram")


def scooters(stage: Any, rng: RNG, zone: Zone) -> None:
    """One to three scooters parked in the zone (group scooter)."""
    x0, y0, x1, y1 = _box(zone)
    x = float(rng.uniform(x0 + 0.8, max(x0 + 0.9, x1 - 2.2)))
    for k in range(int(rng.integers(1, 4))):
        at = (x + 0.8 * k, y0 + 0.4 * (y1 - y0), 0.0)
        turn = 90.0 + float(rng.normal(0, 10))
        stage.put(scooter(rng), MaskClass.VEHICLE, "scooter", at, turn, group="scooter")


def leaves(stage: Any, rng: RNG, zone: Zone) -> None:
    """Fallen leaves over the zone and beyond, thicker in places (group leaves). Class ground: one walks on them."""
    x0, y0, x1, y1 = _box(zone)
    tones = [(0.62, 0.42, 0.12), (0.5, 0.25, 0.08), (0.7, 0.55, 0.2), (0.4, 0.3, 0.14)]
    mats = [mt.paint(t, 0.8, wear=0.2) for t in tones]
    s = Solid()
    heart = rng.uniform((x0, y0), (x1, y1), (5, 2))
    for k in range(900):
        mid = heart[k % 5] + rng.normal(0, 0.9, 2) if k % 3 else rng.uniform((x0 - 2, y0 - 0.5), (x1 + 2, y1))
        a, r = rng.uniform(0, 2 * np.pi), rng.uniform(0.03, 0.07)
        ring = [(mid[0] + f * r * np.cos(a + b), mid[1] + f * r * np.sin(a + b)) for b, f in _LEAF]
        z = rng.uniform(0.004, 0.03, len(ring))
        s.plate([(x, y, float(h)) for (x, y), h in zip(ring, z, strict=True)], mats[k % 4])
    stage.put(s, MaskClass.GROUND, group="leaves")


_LEAF = ((0.0, 1.3), (np.pi / 2, 0.6), (np.pi, 1.1), (3 * np.pi / 2, 0.6))


def crossing(stage: Any, rng: RNG, zone: Zone) -> None:
    """Fresh white stripes painted across the zone (group zebra)."""
    x0, y0, x1, y1 = _box(zone)
    white = mt.paint((0.86, 0.86, 0.84), 0.7, wear=0.15, scale=3)
    s, lengthwise = Solid(), rng.random() < 0.5
    a, b = (y0, y1 - 0.4) if lengthwise else (x0 + 0.3, x1 - 0.3)
    for t in np.arange(a, b - 0.4, 0.9):
        box = (x0 + 0.6, t, x1 - 0.6, t + 0.45) if lengthwise else (t, y0, t + 0.45, y1 - 0.5)
        p, q, r, u = box
        s.plate([(p, q, 0.006), (r, q, 0.006), (r, u, 0.006), (p, u, 0.006)], white)
    stage.put(s, MaskClass.GROUND, group="zebra")


def other_sign(stage: Any, rng: RNG, zone: Zone, text: str = "NEW") -> None:
    """Another fascia and a poster in the window (group sign). Class building."""
    x0, _, x1, _ = _box(zone)
    s, w = Solid(), x1 - x0 - 0.3
    for a, b, z0, z1, y, words in (
        (x0 + 0.15, x1 - 0.15, 2.7, 3.6, -0.33, text),
        (x0 + 0.2 * w, x0 + 0.2 * w + 1.3, 0.5, 2.3, -0.03, "SALE"),
    ):
        face = mt.picture(sign(rng, words, b - a, z1 - z0), 0.5, glow=0.15)
        s.plate([(a, y, z0), (b, y, z0), (b, y, z1), (a, y, z1)], face)
    stage.put(s, MaskClass.BUILDING, group="sign")
