"""Cars, vans and trucks: bodies lofted from a side profile. They face +X, wheels on z = 0."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

import numpy as np

from . import materials as mt
from .lettering import board
from .solid import Solid, turn_x

RNG = np.random.Generator
_BODY = (
    (0.86, 0.86, 0.86),
    (0.08, 0.08, 0.09),
    (0.45, 0.46, 0.48),
    (0.62, 0.63, 0.65),
    (0.30, 0.05, 0.06),
    (0.10, 0.17, 0.33),
    (0.75, 0.72, 0.64),
    (0.9, 0.9, 0.9),
)
# x (0 rear .. 1 front), roof or bonnet height, belt height; metres for a car of unit length share
_PROFILES = {
    "sedan": (
        4.6,
        1.8,
        [
            (0, 0.72, 0.70),
            (0.02, 0.98, 0.92),
            (0.17, 1.02, 0.94),
            (0.32, 1.42, 0.93),
            (0.42, 1.46, 0.92),
            (0.55, 1.45, 0.91),
            (0.70, 1.0, 0.93),
            (0.74, 0.98, 0.92),
            (0.93, 0.84, 0.80),
            (0.99, 0.62, 0.58),
            (1, 0.5, 0.48),
        ],
    ),
    "suv": (
        4.5,
        1.85,
        [
            (0, 0.85, 0.80),
            (0.015, 1.2, 1.0),
            (0.06, 1.62, 1.03),
            (0.2, 1.68, 1.03),
            (0.45, 1.69, 1.02),
            (0.56, 1.64, 1.02),
            (0.70, 1.13, 1.06),
            (0.74, 1.10, 1.04),
            (0.94, 1.0, 0.92),
            (0.99, 0.75, 0.7),
            (1, 0.55, 0.5),
        ],
    ),
    "van": (
        4.7,
        1.75,
        [
            (0, 0.9, 0.85),
            (0.01, 1.6, 1.1),
            (0.03, 1.88, 1.12),
            (0.2, 1.93, 1.12),
            (0.6, 1.93, 1.12),
            (0.78, 1.86, 1.12),
            (0.90, 1.2, 1.1),
            (0.93, 1.08, 1.02),
            (0.985, 0.9, 0.85),
            (1, 0.55, 0.5),
        ],
    ),
}


def wheel(out: Solid, at: tuple[float, float, float], r: float, width: float) -> None:
    """A tyre with hub, axle along Y."""
    tyre, hub = mt.paint((0.03, 0.03, 0.03), 0.8, wear=0.2), mt.paint((0.55, 0.56, 0.58), 0.3, 0.8, wear=0.2)
    rim = [
        (r * 0.6, -width / 2),
        (r * 0.96, -width / 2),
        (r, -width / 3),
        (r, width / 3),
        (r * 0.96, width / 2),
        (r * 0.6, width / 2),
    ]
    out.lathe(rim, at, tyre, n=18, rot=turn_x(90))
    out.lathe([(r * 0.6, -width * 0.46), (r * 0.6, width * 0.46)], at, hub, n=14, rot=turn_x(90))
    out.lathe([(r * 0.15, -width * 0.52), (r * 0.15, width * 0.52)], at, tyre, n=8, rot=turn_x(90))


def car(rng: RNG, kind: str = "sedan", rgb: tuple[float, float, float] | None = None) -> Solid:
    """A sedan, SUV or small van (面包车)."""
    s = Solid()
    length, width, prof = _PROFILES[kind]
    col = rgb or _BODY[int(rng.integers(len(_BODY)))]
    body, window = mt.paint(col, 0.18, 0.1, wear=0.12, scale=2), mt.glass(0.03)
    dark = mt.paint((0.04, 0.04, 0.045), 0.6, wear=0)
    hw = width / 2
    rings = []
    for t, top, belt in prof:
        x = (t - 0.5) * length
        nose = 1 - 0.16 * max(0, abs(t - 0.5) - 0.36) / 0.14
        lift = 0.22 + 0.10 * max(0, abs(t - 0.5) - 0.42) / 0.08
        tum = max(0.0, top - belt - 0.1) * 0.26
        ring = [
            (0, lift),
            (hw * nose * 0.9, lift),
            (hw * nose, lift + 0.1),
            (hw * nose, 0.6 * belt + 0.1),
            (hw * nose * 0.985, belt),
            (hw * nose * 0.93 - tum, top - 0.05),
            (hw * nose * 0.82 - tum, top),
            (0, top + 0.025),
        ]
        rings.append([(x, y, z) for y, z in ring] + [(x, -y, z) for y, z in ring[-2:0:-1]])
    v = np.array(rings)
    n = v.shape[1]
    i = np.arange(v.shape[0] * n).reshape(v.shape[0], n)
    faces: dict[str, list[tuple[int, ...]]] = {"body": [], "glass": []}
    for a in range(v.shape[0] - 1):
        tall = prof[a][1] - prof[a][2] > 0.3 and prof[a + 1][1] - prof[a + 1][2] > 0.3
        slope = abs(prof[a + 1][1] - prof[a][1]) > 0.3 and abs(prof[a + 1][0] - prof[a][0]) > 0.03
        for b in range(n):
            f = (i[a, b], i[a, (b + 1) % n], i[a + 1, (b + 1) % n], i[a + 1, b])
            side = b in (4, n - 5)
            roof = b in (5, 6, n - 6, n - 7)
            kinds = "glass" if (side and (tall or slope)) or (roof and slope) else "body"
            faces[kinds].append(f)
    flat = v.reshape(-1, 3)
    s.mesh(flat, faces["body"] + [tuple(i[0, ::-1]), tuple(i[-1])], body, smooth=False)
    s.mesh(flat, faces["glass"], window)
    for t in (0.33, 0.5, 0.63) if kind != "van" else (0.3, 0.55, 0.74):
        k = float(np.interp(t, [p[0] for p in prof], [p[1] for p in prof]))
        b = float(np.interp(t, [p[0] for p in prof], [p[2] for p in prof]))
        tum = (k - b - 0.1) * 0.26
        for sy in (-1, 1):
            s.tube(
                ((t - 0.5) * length, sy * (hw * 0.99), b),
                ((t - 0.5) * length, sy * (hw * 0.935 - tum), k - 0.04),
                0.035,
                body,
                n=5,
            )
            s.tube(
                ((t - 0.5) * length, sy * hw * 1.0, 0.35), ((t - 0.5) * length, sy * hw * 0.995, b), 0.008, dark, n=4
            )
    r = 0.32 if kind != "suv" else 0.36
    for x in (-0.31, 0.31):
        for sy in (-1, 1):
            s.lathe(
                [(r * 1.16, -0.01), (r * 1.16, 0.01)],
                (x * length, sy * hw * 0.985, r + 0.02),
                dark,
                n=18,
                rot=turn_x(90),
            )
            wheel(s, (x * length, sy * (hw - 0.09), r), r, 0.21)
    red, lamp = mt.paint((0.5, 0.02, 0.02), 0.2, wear=0), mt.paint((0.85, 0.87, 0.9), 0.1, wear=0)
    plate = mt.paint((0.08, 0.2, 0.6) if rng.random() < 0.6 else (0.35, 0.7, 0.5), 0.4, wear=0)
    for sy in (-1, 1):
        s.box((0.12, 0.3, 0.16), (length * 0.475, sy * hw * 0.66, 0.66), lamp)
        s.box((0.08, 0.2, 0.22), (-length * 0.49, sy * hw * 0.74, 0.72), red)
        s.box((0.12, 0.18, 0.12), (length * 0.2, sy * (hw + 0.06), 0.98), body)
    for x in (-1, 1):
        s.box((0.03, 0.44, 0.14), (x * length * 0.502, 0, 0.42), plate)
    s.box((0.06, width * 0.55, 0.14), (length * 0.492, 0, 0.5), dark)
    return s


def truck(rng: RNG, load: str = "tipper") -> Solid:
    """A light box truck ("box") or a tipper with soil ("tipper"), 6 to 8 m."""
    s = Solid()
    cab = mt.paint(
        ((0.12, 0.25, 0.55), (0.75, 0.12, 0.1), (0.85, 0.85, 0.84), (0.85, 0.5, 0.1))[int(rng.integers(4))], 0.3
    )
    dark, window = mt.paint((0.06, 0.06, 0.065), 0.6), mt.glass(0.03)
    long = 7.4 if load == "tipper" else 5.6
    w = 2.3 if load == "tipper" else 1.95
    front = long / 2
    s.box((1.7, w, 1.25), (front - 0.85, 0, 0.7), cab)
    s.mesh(
        [
            (front - 1.7, -w / 2, 1.95),
            (front, -w / 2, 1.95),
            (front - 0.15, -w / 2 + 0.08, 2.6),
            (front - 1.6, -w / 2 + 0.08, 2.6),
            (front - 1.7, w / 2, 1.95),
            (front, w / 2, 1.95),
            (front - 0.15, w / 2 - 0.08, 2.6),
            (front - 1.6, w / 2 - 0.08, 2.6),
        ],
        [(0, 1, 2, 3), (5, 4, 7, 6), (1, 5, 6, 2), (4, 0, 3, 7)],
        window,
    )
    s.box((1.5, w - 0.14, 0.1), (front - 0.87, 0, 2.58), cab)
    s.box((0.1, w * 0.9, 0.4), (front + 0.02, 0, 0.75), dark)
    s.box((long - 0.4, 0.9, 0.25), (-0.2, 0, 0.6), dark)
    body = long - 2.0
    mid = -front + body / 2
    if load == "tipper":
        m = mt.paint(((0.25, 0.4, 0.25), (0.75, 0.3, 0.1), (0.5, 0.12, 0.1))[int(rng.integers(3))], 0.5, wear=0.5)
        s.box((body, w, 0.1), (mid, 0, 0.95), m)
        for sy in (-1, 1):
            s.box((body, 0.08, 1.3), (mid, sy * w / 2, 1.0), m)
            for k in range(6):
                s.box((0.1, 0.08, 1.3), (mid - body / 2 + (k + 0.5) * body / 6, sy * (w / 2 + 0.06), 1.0), m)
        for sx in (-1, 1):
            s.box((0.08, w, 1.3), (mid + sx * body / 2, 0, 1.0), m)
        s.ball((mid, 0, 1.9), (body * 0.48, w * 0.46, 0.7), mt.paint((0.4, 0.3, 0.2), 0.95, wear=0.6), n=16)
    else:
        face = mt.picture(board(rng, ("同城配送", "生鲜速达"), body, 1.9), 0.5)
        white = mt.paint((0.84, 0.85, 0.85), 0.4, wear=0.2)
        s.box((body, w, 1.95), (mid, 0, 0.95), white)
        for sy in (-1, 1):
            a, b = mid - body / 2 * 0.98 * sy * -1, mid + body / 2 * 0.98 * sy * -1
            s.plate(
                [
                    (a, sy * (w / 2 + 0.01), 1.0),
                    (b, sy * (w / 2 + 0.01), 1.0),
                    (b, sy * (w / 2 + 0.01), 2.85),
                    (a, sy * (w / 2 + 0.01), 2.85),
                ],
                face,
            )
    for x in (
        (front - 1.0, mid - body * 0.12, mid - body * 0.36) if load == "tipper" else (front - 0.9, mid - body * 0.2)
    ):
        for sy in (-1, 1):
            wheel(
                s,
                (x, sy * (w / 2 - 0.16), 0.48 if load == "tipper" else 0.38),
                0.48 if load == "tipper" else 0.38,
                0.28,
            )
    return s


def excavator(rng: RNG) -> Solid:
    """A crawler excavator, some 7 m long with its arm out along +X."""
    s = Solid()
    y = mt.paint(((0.88, 0.60, 0.06), (0.85, 0.35, 0.06), (0.55, 0.62, 0.58))[int(rng.integers(3))], 0.45, wear=0.5)
    dark, window = mt.paint((0.06, 0.06, 0.06), 0.7, wear=0.5), mt.glass(0.04)
    for sy in (-1, 1):
        s.box((2.6, 0.5, 0.75), (0, sy * 1.05, 0.05), dark)
        for sx in (-1, 1):
            s.lathe([(0.4, -0.25), (0.4, 0.25)], (sx * 1.3, sy * 1.05, 0.43), dark, n=14, rot=turn_x(90))
    s.box((1.0, 1.4, 0.4), (0, 0, 0.6), dark)
    s.box((2.5, 2.3, 0.85), (-0.6, 0, 1.0), y)
    s.box((0.9, 2.2, 0.5), (-1.5, 0, 1.7), y)
    s.box((1.3, 0.95, 1.5), (0.55, 0.62, 1.2), window)
    for x in (-0.1, 1.2):
        for sy in (0.15, 1.09):
            s.tube((x, sy, 1.2), (x, sy, 2.75), 0.05, y)
    s.box((1.4, 1.05, 0.08), (0.55, 0.62, 2.7), y)
    lift, reach = rng.uniform(0.8, 1.3), rng.uniform(3.0, 3.8)
    elbow = np.array([0.6 + reach * 0.75, -0.2, 1.6 + reach * 0.75 * lift * 0.8])
    wrist = elbow + [1.3, 0, -2.0]
    for a, b, r in ((np.array([0.5, -0.2, 1.5]), elbow, 0.24), (elbow, wrist, 0.17)):
        s.tube(a, b, r, y, r1=r * 0.8, n=4)
    s.tube((1.0, -0.2, 1.2), elbow * 0.5 + [0.5, -0.1, 0.8], 0.07, mt.paint((0.7, 0.7, 0.72), 0.2, 0.9, wear=0), n=8)
    s.lathe(
        [(0.05, -0.45), (0.45, -0.45), (0.5, 0), (0.45, 0.45), (0.05, 0.45)],
        wrist + [-0.1, 0, -0.3],
        dark,
        n=8,
        rot=turn_x(90),
    )
    return s
