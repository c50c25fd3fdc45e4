"""People: clothed figures from turned limbs, in poses, with a walk cycle. They face +X; feet at z = 0."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from . import materials as mt
from .solid import Solid, Vec, turn_y

_CLOTH = (
    (0.12, 0.13, 0.16),
    (0.30, 0.31, 0.34),
    (0.75, 0.74, 0.72),
    (0.50, 0.12, 0.13),
    (0.14, 0.22, 0.42),
    (0.62, 0.55, 0.42),
    (0.20, 0.34, 0.26),
    (0.72, 0.46, 0.50),
    (0.40, 0.30, 0.22),
    (0.85, 0.72, 0.30),
)
_TROUSERS = ((0.10, 0.11, 0.14), (0.16, 0.20, 0.32), (0.30, 0.28, 0.26), (0.50, 0.46, 0.38), (0.07, 0.07, 0.08))
_SKIN = (
    (0.78, 0.58, 0.46),
    (0.70, 0.50, 0.38),
    (0.84, 0.66, 0.55),
    (0.56, 0.38, 0.27),
    (0.40, 0.26, 0.18),
    (0.27, 0.18, 0.13),
)


@dataclass(frozen=True)
class Pose:
    """Joint angles in degrees (left, right); positive hips and shoulders swing forward."""

    hips: tuple[float, float] = (2, -2)
    knees: tuple[float, float] = (3, 3)
    shoulders: tuple[float, float] = (4, -4)
    elbows: tuple[float, float] = (12, 12)
    lean: float = 2.0
    drop: float | None = None
    """Height of the hips as a share of standing; None: let the lower foot touch the ground."""
    spread: float = 0.0
    """Arms away from the body, metres at the hand."""


def walking(phase: float) -> Pose:
    """A pose of the walk cycle, phase 0..1."""
    a = 2 * np.pi * phase
    swing = 27 * np.sin(a)

    def knee(x: float) -> float:
        return float(6 + 46 * max(0.0, np.cos(x)) ** 2)

    return Pose(
        hips=(float(swing), float(-swing)),
        knees=(knee(a) if np.cos(a) > 0 else 6.0, knee(a + np.pi) if np.cos(a) < 0 else 6.0),
        shoulders=(float(-0.8 * swing), float(0.8 * swing)),
        elbows=(18, 18),
        lean=4,
    )


POSES: dict[str, Pose] = {
    "stand": Pose(),
    "stand_easy": Pose(hips=(8, -3), knees=(10, 2), shoulders=(14, -3), elbows=(40, 8)),
    "chat": Pose(shoulders=(34, 6), elbows=(75, 20), spread=0.1),
    "phone": Pose(shoulders=(30, 26), elbows=(95, 80), lean=6),
    "hands_on_hips": Pose(shoulders=(-20, -20), elbows=(80, 80), spread=0.22),
    "carry": Pose(hips=(14, -12), knees=(8, 14), shoulders=(38, 38), elbows=(55, 55), lean=-2),
    "bend": Pose(hips=(20, 14), knees=(34, 30), shoulders=(50, 44), elbows=(20, 24), lean=48),
    "sit": Pose(hips=(86, 82), knees=(84, 80), shoulders=(30, 24), elbows=(50, 54), lean=4, drop=0.50),
    "squat": Pose(hips=(112, 108), knees=(132, 130), shoulders=(55, 48), elbows=(50, 44), lean=16, drop=0.36),
    "ride": Pose(hips=(64, 58), knees=(72, 66), shoulders=(52, 52), elbows=(26, 26), lean=8, drop=0.76),
}


@dataclass(frozen=True)
class Look:
    """How one person is dressed; equal looks give equal figures."""

    height: float = 1.68
    girth: float = 1.0
    top: Vec = (0.3, 0.3, 0.34)
    trousers: Vec = (0.1, 0.11, 0.14)
    skin: Vec = _SKIN[0]
    sleeves: bool = True
    skirt: bool = False
    long_hair: bool = False
    hat: str = ""  # "", "cap", "helmet", "straw"
    vest: bool = False
    bag: bool = False
    umbrella: Vec | None = None


def look(rng: np.random.Generator, worker: bool = False) -> Look:
    """Draw a person."""
    pick = lambda seq: seq[int(rng.integers(len(seq)))]  # noqa: E731
    woman = rng.random() < 0.45
    who = Look(
        height=float(rng.normal(1.61 if woman else 1.71, 0.05)),
        girth=float(np.clip(rng.normal(0.95 if woman else 1.05, 0.09), 0.8, 1.3)),
        top=pick(_CLOTH),
        trousers=pick(_TROUSERS),
        skin=pick(_SKIN),
        sleeves=bool(rng.random() < 0.65),
        skirt=bool(woman and rng.random() < 0.3),
        long_hair=bool(woman and rng.random() < 0.7),
        hat=str(rng.choice(["", "", "", "", "cap", "straw"])),
        bag=bool(rng.random() < 0.35),
    )
    if worker:
        who = replace(who, hat="helmet", vest=bool(rng.random() < 0.8), skirt=False, bag=False, sleeves=True)
    return who


def _limb(
    out: Solid,
    at: Vec,
    upper: float,
    lower: float,
    a: float,
    b: float,
    radii: tuple[float, float, float],
    mats: Vec,
    side: float = 0.0,
) -> np.ndarray:
    """Two turned segments from a joint; a, b are the swings of each from straight down. Returns the end."""
    p = np.asarray(at, dtype=float)
    out.ball(p, radii[0] * 1.04, mats[0], n=8)
    for length, ang, r0, r1, m in ((upper, a, radii[0], radii[1], mats[0]), (lower, b, radii[1], radii[2], mats[1])):
        t = np.radians(ang)
        q = p + length * np.array([np.sin(t), 0, -np.cos(t)]) + [0, side * length, 0]
        out.tube(p, q, r0, m, r1=r1, n=9)
        out.ball(q, r1 * 1.02, m, n=8)
        p = q
    return p


def _hair(out: Solid, head: np.ndarray, h: float, mat: object) -> None:
    """A shell over the head that leaves the face free; it never cuts through the skin."""
    shell = Solid().ball((0, 0, 0), (0.057 * h, 0.048 * h, 0.071 * h), mat, n=18)
    pts, scale = shell.points(), np.array([0.057, 0.048, 0.071]) * h
    mids = np.array([pts[list(f)].mean(0) for f in shell.faces]) / scale
    keep = (mids[:, 2] > 0.55 - 0.15 * mids[:, 0]) | ((mids[:, 0] < 0.05) & (mids[:, 2] > -0.55))
    faces = [f for f, k in zip(shell.faces, keep, strict=True) if k]
    out.mesh(pts + head, faces, mat, smooth=True)


def figure(who: Look, pose: Pose) -> Solid:
    """Build the figure."""
    h, g = who.height, who.girth
    out = Solid()
    skin, top = mt.paint(who.skin, 0.6, wear=0), mt.paint(who.top, 0.85, wear=0.3, scale=9)
    legs, shoe = mt.paint(who.trousers, 0.85, wear=0.3, scale=9), mt.paint((0.08, 0.07, 0.07), 0.5, wear=0)
    hair = mt.paint((0.035, 0.03, 0.03), 0.5, wear=0)
    thigh, shin, hipw, shw = 0.245 * h, 0.235 * h, 0.052 * h * g, 0.105 * h * g
    reach = [
        thigh * np.cos(np.radians(a)) + shin * np.cos(np.radians(a - k))
        for a, k in zip(pose.hips, pose.knees, strict=True)
    ]
    hip_z = (pose.drop * 0.53 * h) if pose.drop is not None else max(reach) + 0.045 * h
    bare = who.skirt
    for s, a, k in ((1, pose.hips[0], pose.knees[0]), (-1, pose.hips[1], pose.knees[1])):
        mats = (skin, skin) if bare else (legs, legs)
        end = _limb(out, (0, s * hipw, hip_z), thigh, shin, a, a - k, (0.055 * h * g, 0.04 * h * g, 0.028 * h), mats)
        foot = turn_y(-(a - k) * 0.4)
        out.ball(
            end + foot @ np.array([0.035 * h, 0, -0.022 * h]), (0.075 * h, 0.028 * h, 0.024 * h), shoe, n=8, rot=foot
        )
    up = turn_y(pose.lean)
    base = np.array([0, 0, hip_z])
    if who.skirt:
        out.lathe(
            [(0.13 * g, -0.24 * h), (0.115 * g, -0.1 * h), (0.095 * g, 0.06 * h)],
            base,
            legs,
            n=14,
            squash=(0.85 * h, 1.0 * h),
        )
    else:
        out.ball(base + [0, 0, -0.01 * h], (0.05 * h * g, 0.082 * h * g, 0.06 * h), legs, n=12)
    prof = [
        (0.094, -0.06),
        (0.097, 0.0),
        (0.093, 0.04),
        (0.083, 0.10),
        (0.094, 0.19),
        (0.102, 0.245),
        (0.085, 0.285),
        (0.034, 0.312),
        (0.03, 0.335),
    ]
    torso = [(r * h * g, z * h) for r, z in prof]
    out.lathe(torso, base, top, n=14, squash=(0.66, 1.08), rot=up)
    if who.vest:
        hi = mt.paint((0.95, 0.42, 0.08) if int(h * 1000) % 2 else (0.78, 0.92, 0.12), 0.7, wear=0.1)
        band = mt.paint((0.75, 0.76, 0.76), 0.3, wear=0)
        out.lathe([(r * 1.06, z) for r, z in torso[1:6]], base, hi, n=14, squash=(0.68, 1.08), rot=up)
        out.lathe([(0.101 * h * g, 0.12 * h), (0.103 * h * g, 0.15 * h)], base, band, n=14, squash=(0.69, 1.1), rot=up)
    hands = []
    for s, a, e in ((1, pose.shoulders[0], pose.elbows[0]), (-1, pose.shoulders[1], pose.elbows[1])):
        at = base + up @ np.array([0, s * shw, 0.268 * h])
        end = _limb(
            out,
            at,
            0.175 * h,
            0.15 * h,
            a + pose.lean * 0.3,
            a + e,
            (0.033 * h * g, 0.026 * h * g, 0.019 * h),
            (top, top if who.sleeves else skin),
            side=s * (0.1 + pose.spread),
        )
        out.ball(end + [0.01, 0, -0.015 * h], (0.02 * h, 0.016 * h, 0.03 * h), skin, n=7)
        hands.append(end)
    neck = base + up @ np.array([0, 0, 0.33 * h])
    head = neck + up @ np.array([0.012 * h, 0, 0.065 * h])
    out.tube(neck - [0, 0, 0.03 * h], head, 0.026 * h, skin, n=8)
    out.ball(head, (0.052 * h, 0.043 * h, 0.066 * h), skin, n=18)
    _hair(out, head, h, hair)
    out.ball(head + [0.05 * h, 0, -0.006 * h], (0.01 * h, 0.008 * h, 0.014 * h), skin, n=6)
    if who.long_hair:
        out.ball(head + [-0.03 * h, 0, -0.05 * h], (0.032 * h, 0.048 * h, 0.095 * h), hair, n=10)
    if who.hat == "helmet":
        col = mt.paint(
            ((0.9, 0.75, 0.1), (0.85, 0.1, 0.08), (0.9, 0.9, 0.9), (0.1, 0.25, 0.7))[int(h * 1e4) % 4], 0.3, wear=0
        )
        out.lathe(
            [(0.075 * h, 0), (0.06 * h, 0.008), (0.058 * h, 0.03 * h), (0.03 * h, 0.055 * h)],
            head + [0, 0, 0.02 * h],
            col,
            n=14,
        )
    elif who.hat == "cap":
        out.ball(head + [0, 0, 0.03 * h], (0.056 * h, 0.05 * h, 0.042 * h), top, n=10)
        out.box((0.06 * h, 0.07 * h, 0.01), head + [0.065 * h, 0, 0.03 * h], top)
    elif who.hat == "straw":
        straw = mt.paint((0.72, 0.6, 0.36), 0.8)
        out.lathe([(0.14 * h, 0), (0.06 * h, 0.02 * h), (0.045 * h, 0.06 * h)], head + [0, 0, 0.03 * h], straw, n=14)
    if who.bag:
        out.ball(base + [-0.02, -0.15 * h * g, -0.01 * h], (0.09, 0.04, 0.11), mt.paint((0.25, 0.14, 0.1), 0.5), n=8)
    if who.umbrella is not None:
        grip = hands[0]
        out.tube(grip, grip + [0, 0, 0.75], 0.012, shoe)
        rim = [(0.55, 0.0), (0.42, 0.13), (0.2, 0.22), (0.01, 0.25)]
        out.lathe(rim, grip + [0, 0, 0.55], mt.paint(who.umbrella, 0.4, wear=0.1), n=12, smooth=False)
    return out


def standing_group(rng: np.random.Generator, n: int) -> list[tuple[float, float, float]]:
    """Places (x, y, heading in degrees) of n people who face one another."""
    r, a0 = 0.32 + 0.14 * n, rng.uniform(0, 360)
    out = []
    for i in range(n):
        a = np.radians(a0 + 360 * i / n + rng.uniform(-15, 15))
        out.append((float(r * np.cos(a)), float(r * np.sin(a)), float(np.degrees(a) + 180 + rng.uniform(-20, 20))))
    return out
