"""Who and what moves or is parked in a street: walkers, groups, prams, dogs; two-wheelers, cars, delivery vans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from . import company, people, vehicles
from .classes import MaskClass
from .goods import bright
from .placing import Prefab, bounds, outline, room
from .stage import Stage
from .street_plan import StreetPlan
from .two_wheelers import bicycle, kick_scooter, motorcycle, scooter, tricycle

RNG = np.random.Generator


def put_person(
    stage: Stage, rng: RNG, at: tuple[float, float], heading: float, pose: str, worker: bool = False, z: float = 0.0
) -> Any:
    """Stand a person on the ground."""
    p = people.walking(float(rng.random())) if pose == "walk" else people.POSES[pose]
    who = people.look(rng, worker)
    if stage.facts.get("wet", 0) > 0 and not worker and pose in ("walk", "stand", "chat") and rng.random() < 0.6:
        who = replace(who, umbrella=bright(rng))
        p = replace(p, shoulders=(40.0, p.shoulders[1]), elbows=(95.0, p.elbows[1]))
    return stage.put(people.figure(who, p), MaskClass.PERSON, "person", (*at, z), heading)


def accompany(stage: Stage, rng: RNG, at: tuple[float, float], heading: float) -> None:
    """Something that a walker pushes, pulls or leads."""
    k = rng.random()
    a = np.radians(heading)
    ahead = np.array([np.cos(a), np.sin(a)])
    make, label, cls, off = (
        (company.pram, "pram", MaskClass.OTHER, 0.75)
        if k < 0.35
        else (company.suitcase, None, MaskClass.OTHER, -0.5)
        if k < 0.6
        else (company.shopping, None, MaskClass.OTHER, -0.5)
        if k < 0.75
        else (company.dog, "dog", MaskClass.OTHER, 0.8)
    )
    x, y = np.asarray(at) + ahead * off
    stage.put(make(rng), cls, label, (float(x), float(y), 0), heading)


def populate(stage: Stage, rng: RNG, n: int, depth: float) -> None:
    """Walkers, standers, groups that chat, people with prams, cases and dogs."""
    ground = room(stage)
    while n > 0:
        x, y = float(rng.uniform(-12, 12)), -float(rng.uniform(0.6, depth - 0.3))
        n -= 1
        if not ground.free((x - 0.3, y - 0.3, x + 0.3, y + 0.3)):
            continue
        kind = rng.random()
        if kind < 0.55:
            heading = float(rng.choice([0, 180]) + rng.normal(0, 12))
            put_person(stage, rng, (x, y), heading, "walk")
            if rng.random() < 0.25:
                accompany(stage, rng, (x, y), heading)
        elif kind < 0.75:
            m = min(n + 1, int(rng.integers(2, 4)))
            for dx, dy, a in people.standing_group(rng, m):
                pose = str(rng.choice(["stand", "chat", "stand_easy", "hands_on_hips"]))
                put_person(stage, rng, (x + dx, y + dy), a, pose)
            n -= m - 1
        else:
            pose = str(rng.choice(["phone", "stand_easy", "bend", "carry", "squat", "stand"]))
            put_person(stage, rng, (x, y), float(rng.uniform(0, 360)), pose)


def park(stage: Stage, rng: RNG, plan: StreetPlan) -> None:
    """Two-wheelers in rows by the kerb, along the wall or about the pavement; cars and vans on the road."""
    x, left = float(rng.uniform(-10, 4)), plan.parked
    how = str(rng.choice(["kerb", "kerb", "wall", "flat", "strewn"]))
    pool: dict[str, Any] = {}
    ground = room(stage)
    while left > 0:
        left -= 1
        k = rng.random()
        make, label = (
            (bicycle, "bicycle")
            if k < 0.42
            else (scooter, "scooter")
            if k < 0.66
            else (motorcycle, "motorcycle")
            if k < 0.86
            else (kick_scooter, "scooter")
            if k < 0.94
            else (tricycle, "scooter")
        )
        y = {
            "kerb": -plan.depth + float(rng.uniform(0.75, 1.0)),
            "wall": -float(rng.uniform(0.9, 1.2)),
            "flat": -float(rng.uniform(0.35, 0.5)),
            "strewn": -float(rng.uniform(0.8, plan.depth - 0.5)),
        }[how]
        turn = {
            "kerb": 90.0 + float(rng.normal(-12, 9)),
            "wall": 90.0 + float(rng.normal(0, 12)),
            "flat": float(rng.choice([0, 180])),
            "strewn": float(rng.uniform(0, 360)),
        }[how]
        name = f"{label}{make.__name__}{int(rng.integers(3))}"
        solid = pool.setdefault(name, make(rng))
        box = bounds(outline(solid.points(), (x, y), turn))
        if ground.free(box):
            ground.take(box)
            stage.put(solid, MaskClass.VEHICLE, label, (x, y, 0), turn)
        x += float(rng.uniform(0.55, 0.9)) if how in ("kerb", "wall") else float(rng.uniform(1.9, 4))
        if rng.random() < 0.12:
            x += float(rng.uniform(2, 6))
    low = float(stage.facts.get("low", -0.13))
    for k in range(plan.cars):
        kind = str(rng.choice(["sedan", "suv", "van", "truck"], p=[0.4, 0.27, 0.25, 0.08]))
        y = -plan.depth - 0.16 - (1.3 if rng.random() < 0.6 else float(rng.uniform(2, max(2.1, plan.road - 1.5))))
        solid = vehicles.truck(rng, "box") if kind == "truck" else vehicles.car(rng, kind)
        label = {"sedan": "car", "suv": "car", "van": "van", "truck": "truck"}[kind]
        at = (-16 + 6.4 * k + float(rng.uniform(-0.6, 6)), y, low)
        stage.put(solid, MaskClass.VEHICLE, label, at, float(rng.choice([0, 180]) + rng.normal(0, 1.5)))


__all__ = ["Prefab", "park", "populate", "put_person"]
