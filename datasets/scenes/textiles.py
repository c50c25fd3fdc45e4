"""Clothes, cloth, shoes and bags as they are put out: rails, mannequins, sheets on the ground, bins, panels."""

# ruff: noqa: RUF005 - these are sums of vectors, not of lists

from __future__ import annotations

from typing import Any

import numpy as np

from . import materials as mt
from .goods import RNG
from .solid import Solid, turn_x, turn_z
from .surfaces import cloth, ink, surface


def garment(s: Solid, rng: RNG, at: Any, turn: float = 0.0, length: float = 0.7, half: float = 0.22) -> None:
    """A shirt, dress or coat on a hanger, facing -Y, its shoulders at `at`."""
    z, x = np.meshgrid(np.linspace(-length, 0, 5), np.linspace(-1, 1, 7), indexing="ij")
    wide = np.where(z > -0.06, 0.72, np.where(z < -0.5 * length, rng.uniform(0.8, 1.3), 0.85)) * half
    fold = 0.02 * np.sin(x * 6 + rng.uniform(0, 6)) * (0.3 - z)
    pts = np.stack([x * wide, fold, z - 0.05 * np.abs(x)], -1)
    m = cloth(rng)
    rot = turn_z(turn)
    s.grid(pts @ rot.T + np.asarray(at), m)
    s.grid((pts + [0, 0.05, 0]) @ rot.T + np.asarray(at), m)
    if rng.random() < 0.6:
        for sx in (-1, 1):
            a = np.array([[sx * half * 0.7, 0, -0.03], [sx * half, 0, -0.05], [sx * half * 1.15, 0, -0.45]])
            quad = np.array([a[0], a[1], a[2], a[2] - [sx * 0.1, 0, 0]])
            s.mesh(quad @ rot.T + np.asarray(at) + [0, 0.01, 0], [(0, 1, 2, 3)], m)


def long_rail(rng: RNG) -> Solid:
    """A plain rail with garments seen from the side or from the front, packed or half empty."""
    s, w = Solid(), float(rng.uniform(1.2, 2.2))
    m = mt.paint(((0.75, 0.76, 0.78), (0.08, 0.08, 0.09))[int(rng.integers(2))], 0.3, 0.8, wear=0)
    high = float(rng.uniform(1.3, 1.75))
    for sx in (-1, 1):
        s.tube((sx * w / 2, 0, 0.02), (sx * w / 2, 0, high), 0.014, m, n=6)
        s.tube((sx * w / 2, -0.26, 0.03), (sx * w / 2, 0.26, 0.03), 0.014, m, n=6)
    s.tube((-w / 2, 0, high), (w / 2, 0, high), 0.014, m, n=6)
    front = rng.random() < 0.3
    step = 0.3 if front else float(rng.uniform(0.05, 0.12))
    for x in np.arange(-w / 2 + 0.1, w / 2 - 0.05, step):
        if rng.random() < 0.12:
            continue
        turn = float(rng.normal(0, 8)) if front else float(rng.normal(86, 9))
        garment(s, rng, (x, 0, high - 0.05), turn, float(rng.uniform(0.55, min(1.15, high - 0.1))))
    return s


def round_rail(rng: RNG) -> Solid:
    """A round rail with garments all about it."""
    s, r = Solid(), float(rng.uniform(0.4, 0.55))
    m = mt.paint((0.75, 0.76, 0.78), 0.25, 0.9, wear=0)
    s.tube((0, 0, 0), (0, 0, 1.4), 0.025, m)
    a = np.linspace(0, 2 * np.pi, 17)
    s.path([(r * np.cos(t), r * np.sin(t), 1.35) for t in a], 0.014, m, n=5)
    for t in a[:-1:4]:
        s.tube((0, 0, 0.05), (r * np.cos(t), r * np.sin(t), 0.02), 0.015, m, n=5)
    for t in np.linspace(0, 2 * np.pi, 26)[:-1]:
        garment(s, rng, (r * np.cos(t), r * np.sin(t), 1.32), float(np.degrees(t)), float(rng.uniform(0.5, 0.95)), 0.2)
    return s


def mannequin(rng: RNG) -> Solid:
    """A dressed figure or a bust on a stand, one to three."""
    s = Solid()
    skin = mt.paint(((0.85, 0.78, 0.7), (0.9, 0.9, 0.9), (0.1, 0.1, 0.1))[int(rng.integers(3))], 0.4, wear=0)
    pole = mt.paint((0.6, 0.6, 0.62), 0.3, 0.8, wear=0)
    for k in range(int(rng.integers(1, 4))):
        at = np.array([k * 0.62, rng.normal(0, 0.06), 0])
        m = cloth(rng)
        s.lathe([(0.17, 0), (0.17, 0.02)], at, pole, n=12)
        if rng.random() < 0.5:
            s.tube(at + [0, 0, 0.02], at + [0, 0, 0.95], 0.018, pole, n=6)
        else:
            for sy in (-0.08, 0.08):
                s.tube(at + [sy, 0, 0.04], at + [sy * 0.9, 0, 0.85], 0.05, skin, r1=0.075, n=7)
            s.ball(at + [0, 0, 0.06], (0.14, 0.1, 0.04), skin, n=6)
        skirt = float(rng.choice([0.0, 0.0, 0.3, 0.6]))
        prof = [
            (0.16 + skirt * 0.25, 0.85 - skirt),
            (0.15, 0.86),
            (0.12, 1.06),
            (0.15, 1.24),
            (0.165, 1.36),
            (0.06, 1.45),
        ]
        s.lathe(prof, at, m, n=12, squash=(1.1, 0.72))
        s.tube(at + [0, 0, 1.42], at + [0, 0, 1.52], 0.045, skin, n=7)
        if rng.random() < 0.6:
            s.ball(at + [0, 0, 1.62], (0.075, 0.09, 0.11), skin, n=9)
        for sx in (-1, 1):
            s.tube(at + [sx * 0.18, 0, 1.36], at + [sx * 0.25, -0.02, 0.92], 0.045, m, r1=0.035, n=6)
    return s


def textile_sheet(rng: RNG) -> Solid:
    """A sheet on the ground with folded cloth, shoes or bags upon it."""
    s, w, d = Solid(), float(rng.uniform(1.3, 2.4)), float(rng.uniform(0.9, 1.5))
    n = 14
    x, y = np.meshgrid(np.linspace(-w / 2, w / 2, n), np.linspace(-d / 2, d / 2, n))
    s.grid(np.stack([x, y, 0.012 + 0.012 * rng.random((n, n))], -1), cloth(rng))
    kind = int(rng.integers(4))
    for i in range(int(w / 0.3)):
        for j in range(int(d / 0.32)):
            at = np.array([-w / 2 + 0.18 + i * 0.3 + rng.normal(0, 0.02), -d / 2 + 0.18 + j * 0.32, 0.02])
            if rng.random() < 0.1:
                continue
            if kind == 0:
                for k in range(int(rng.integers(1, 7))):
                    s.box((0.24, 0.26, 0.03), at + [0, 0, 0.031 * k], cloth(rng), turn_z(float(rng.normal(0, 6))))
            elif kind == 1:
                m = mt.paint(
                    ((0.1, 0.1, 0.1), (0.8, 0.8, 0.8), (0.45, 0.25, 0.15), (0.7, 0.15, 0.15))[int(rng.integers(4))], 0.6
                )
                for dx in (-0.055, 0.055):
                    s.ball(at + [dx, 0, 0.04], (0.045, 0.125, 0.035), m, n=7)
                    s.ball(at + [dx, 0.07, 0.07], (0.04, 0.05, 0.045), m, n=6)
            elif kind == 2:
                m = cloth(rng) if rng.random() < 0.3 else mt.paint(ink(rng, 0.0), 0.5)
                s.box((0.24, 0.1, 0.2), at, m, turn_z(float(rng.normal(0, 12))))
                s.path(
                    [at + [-0.06, 0, 0.2], at + [-0.04, 0, 0.3], at + [0.04, 0, 0.3], at + [0.06, 0, 0.2]],
                    0.009,
                    m,
                    n=4,
                )
            else:
                s.ball(at + [0, 0, 0.04], (0.15, 0.13, rng.uniform(0.04, 0.1)), cloth(rng), n=7)
    return s


def shoe_racks(rng: RNG) -> Solid:
    """A sloping rack with rows of shoes or bags."""
    s, w = Solid(), float(rng.uniform(1.0, 1.8))
    frame = mt.paint((0.8, 0.8, 0.82), 0.4, 0.4)
    for i in range(4):
        z, y = 0.15 + 0.28 * i, -0.36 + 0.2 * i
        s.box((w, 0.24, 0.015), (0, y, z), frame, turn_x(12))
        for x in np.arange(-w / 2 + 0.1, w / 2 - 0.06, 0.13):
            rgb = ink(rng, 0.0)
            s.ball((x, y - 0.01, z + 0.06), (0.045, 0.12, 0.04), mt.paint(rgb, 0.6), n=6)
    for x in (-w / 2, w / 2):
        s.tube((x, -0.45, 0), (x, 0.35, 1.15), 0.015, frame, n=5)
        s.tube((x, 0.35, 0), (x, 0.35, 1.15), 0.015, frame, n=5)
    return s


def bargain_bin(rng: RNG) -> Solid:
    """A wire bin or cardboard crate on legs, full of rummaged cloth. Held out."""
    s = Solid()
    wire = mt.paint((0.72, 0.73, 0.75), 0.3, 0.8, wear=0)
    w, d = float(rng.uniform(0.8, 1.3)), 0.7
    for x in np.linspace(-w / 2, w / 2, 11):
        for y in (-d / 2, d / 2):
            s.tube((x, y, 0.35), (x, y, 0.85), 0.006, wire, n=3)
    for z in (0.35, 0.6, 0.85):
        s.path(
            [(-w / 2, -d / 2, z), (w / 2, -d / 2, z), (w / 2, d / 2, z), (-w / 2, d / 2, z), (-w / 2, -d / 2, z)],
            0.01,
            wire,
            n=4,
        )
    for x in (-w / 2, w / 2):
        for y in (-d / 2, d / 2):
            s.tube((x, y, 0), (x, y, 0.85), 0.014, wire, n=5)
    for _ in range(24):
        at = (rng.uniform(-w / 2.4, w / 2.4), rng.uniform(-d / 2.6, d / 2.6), rng.uniform(0.6, 0.9))
        s.ball(at, (0.17, 0.13, 0.08), cloth(rng), n=7, rot=turn_z(float(rng.uniform(0, 180))))
    s.box((w * 0.96, d * 0.96, 0.3), (0, 0, 0.38), cloth(rng))
    return s


def panel(rng: RNG) -> Solid:
    """A tall wire panel or door leaf hung with garments from top to foot. Held out."""
    s, w, h = Solid(), float(rng.uniform(1.0, 1.9)), float(rng.uniform(1.8, 2.2))
    wire = mt.paint((0.8, 0.8, 0.8), 0.3, 0.6, wear=0)
    for x in np.linspace(-w / 2, w / 2, 9):
        s.tube((x, 0.1, 0), (x, 0.1, h), 0.006, wire, n=3)
    for z in np.linspace(0.1, h, 8):
        s.tube((-w / 2, 0.1, z), (w / 2, 0.1, z), 0.006, wire, n=3)
    for z in (h - 0.1, h - 0.8, h - 1.45):
        for x in np.arange(-w / 2 + 0.22, w / 2 - 0.1, 0.42):
            if z > 0.5:
                garment(s, rng, (x, 0.02, z), float(rng.normal(0, 5)), float(rng.uniform(0.5, 0.68)), 0.21)
    for x in (-w / 2, w / 2):
        s.tube((x, -0.2, 0), (x, 0.3, 0), 0.015, wire, n=5)
    return s


def hat_tree(rng: RNG) -> Solid:
    """A post with hats, scarves or bags on pegs. Held out."""
    s = Solid()
    s.lathe([(0.28, 0), (0.25, 0.03)], (0, 0, 0), mt.paint((0.2, 0.2, 0.2), 0.5), n=12)
    s.tube((0, 0, 0), (0, 0, 1.75), 0.02, mt.paint((0.2, 0.2, 0.2), 0.4, 0.6))
    straw = surface(rng, "wicker")
    for k in range(18):
        a, z = k * 2.4, 0.45 + (k // 4) * 0.3
        at = np.array([0.26 * np.cos(a), 0.26 * np.sin(a), z])
        m = straw if rng.random() < 0.4 else cloth(rng)
        if k % 3:
            s.lathe([(0.17, 0), (0.09, 0.01), (0.08, 0.1), (0.02, 0.11)], at, m, n=10, rot=turn_z(k * 40) @ turn_x(50))
        else:
            s.box((0.22, 0.08, 0.24), at - [0, 0, 0.2], m, turn_z(float(np.degrees(a) + 90)))
    return s
