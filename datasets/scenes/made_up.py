"""Wares that no shop sells: things put together from random parts.

What is put out anywhere in the world cannot be listed. So that goods are learned as "what stands there" and not as the
makes of the catalogue, these take their parts, sizes, colours and order from chance alone (domain randomisation: Tobin
et al. 2017, arXiv:1703.06907). Base at z = 0, the front faces -Y.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import materials as mt
from .goods import RNG, bright
from .solid import Solid, turn_x, turn_y, turn_z
from .surfaces import cloth, ink, surface

_PATTERNS = ("wood", "wicker", "print", "packets", "card", "stripes", "floral", "metal", "tarp")


def skin(rng: RNG) -> Any:
    """Any material: a plain colour half of the time, else cloth, print, wood, wicker, card, metal."""
    k = rng.random()
    if k < 0.35:
        return mt.paint(np.round(ink(rng), 1), float(rng.choice([0.2, 0.5, 0.85])), wear=0.2)
    if k < 0.5:
        return mt.paint(bright(rng), 0.5)
    if k < 0.62:
        return cloth(rng)
    tint = np.round(np.clip(rng.normal(0.95, 0.2, 3), 0.3, 1.3), 1)
    return surface(rng, str(rng.choice(_PATTERNS)), tint if rng.random() < 0.6 else (1.0, 1.0, 1.0), variants=6)


def _profile(rng: RNG, r: float, h: float) -> list[tuple[float, float]]:
    """A turned shape of some five rings that never pinches to nothing."""
    z = np.sort(rng.uniform(0, h, int(rng.integers(1, 5))))
    rings = [(float(r * rng.uniform(0.5, 1.0)), float(v)) for v in z]
    return [(float(r * rng.uniform(0.6, 1.0)), 0.0), *rings, (float(r * rng.uniform(0.15, 1.0)), h)]


def part(s: Solid, rng: RNG, at: tuple[float, float, float], size: tuple[float, float, float], m: Any) -> None:
    """One thing of about `size` standing at `at`: box, turned shape, ball, bag, bundle or small heap."""
    (x, y, z), (w, d, h) = at, size
    kind, turn = int(rng.integers(7)), turn_z(float(rng.normal(0, 12)))
    if kind <= 1:
        s.box((w, d, h), at, m, turn)
    elif kind == 2:
        r = min(w, d) / 2
        s.lathe(_profile(rng, r, h), at, m, n=int(rng.choice([6, 10, 14])), squash=(w / 2 / r, d / 2 / r))
    elif kind == 3:
        s.ball((x, y, z + h / 2), (w / 2, d / 2, h / 2), m, n=9)
    elif kind == 4:
        s.ball((x, y, z + h * 0.3), (w / 2, d / 2, h * 0.3), m, n=10, rot=turn)
        s.ball((x + rng.normal(0, w / 10), y, z + h * 0.62), (w * 0.4, d * 0.4, h * 0.3), m, n=10, rot=turn)
    elif kind == 5:
        for _ in range(int(rng.integers(3, 9))):
            a, b = rng.uniform(-0.5, 0.5, 2) * (w, d), rng.uniform(-0.5, 0.5, 2) * (w, d)
            s.tube((x + a[0], y + a[1], z), (x + b[0], y + b[1], z + h), float(rng.uniform(0.012, 0.05)), m, n=6)
    else:
        for _ in range(int(rng.integers(5, 14))):
            u = rng.uniform(-0.4, 0.4, 2) * (w, d)
            big = float(rng.uniform(0.12, 0.3)) * min(w, d, h) + 0.01
            s.ball((x + u[0], y + u[1], z + big + h * 0.4 * rng.random()), big, m, n=7)


def _fill(s: Solid, rng: RNG, w: float, d: float, z: float, most: float) -> None:
    """Things side by side on a board of w x d metres at height z, none higher than `most`."""
    skins = [skin(rng) for _ in range(int(rng.integers(1, 5)))]
    step = float(rng.uniform(0.12, 0.45))
    deep = max(1, round(d / max(step, 0.2)))
    for x in np.arange(-w / 2 + step / 2, w / 2 - step / 3, step):
        for row in range(deep):
            if rng.random() < 0.88:
                y = (row + 0.5) * d / deep - d / 2
                size = (step * rng.uniform(0.6, 1.0), d / deep * rng.uniform(0.6, 1.0), most * rng.uniform(0.3, 1.0))
                part(s, rng, (float(x), float(y), z), size, skins[int(rng.integers(len(skins)))])


def pile(rng: RNG) -> Solid:
    """Things on, beside and leaning against one another."""
    s, w, d = Solid(), float(rng.uniform(0.5, 2.4)), float(rng.uniform(0.4, 1.1))
    z = 0.0
    for _ in range(int(rng.integers(1, 4))):
        h = float(rng.uniform(0.15, 0.55))
        _fill(s, rng, w, d, z, h)
        z, w, d = z + h * 0.75, w * float(rng.uniform(0.5, 0.95)), d * float(rng.uniform(0.6, 1.0))
    return s


def staging(rng: RNG) -> Solid:
    """Boards at one to five heights, level, stepped or sloping, on posts, blocks or sheets, with things on each."""
    s, w, d = Solid(), float(rng.uniform(0.6, 2.4)), float(rng.uniform(0.35, 0.9))
    top, levels = float(rng.uniform(0.35, 1.7)), int(rng.integers(1, 6))
    frame, deck, stepped = skin(rng), skin(rng), rng.random() < 0.4
    for k, z in enumerate(np.linspace(top / levels, top, levels)):
        y = (k - levels / 2) * d / levels if stepped else 0.0
        deep = d * 1.4 / levels if stepped else d
        s.box((w, deep, 0.03), (0, y, float(z)), deck, turn_x(float(rng.choice([0, 0, -6]))))
        shelf = Solid()
        _fill(shelf, rng, w * 0.95, deep * 0.9, 0.0, float(rng.uniform(0.08, max(0.12, top / levels * 0.85))))
        s.join(shelf, (0, y, float(z) + 0.03))
    how = int(rng.integers(3))
    for x in (-w / 2, w / 2):
        if how == 0:
            for y in (-d / 2, d / 2):
                s.tube((x, y, 0), (x, y, top), float(rng.uniform(0.01, 0.035)), frame, n=6)
        elif how == 1:
            s.box((0.03, d, top), (x, 0, 0), frame)
        else:
            s.tube((x, -d / 2, 0), (x, d / 2, top), 0.025, frame, n=6)
            s.tube((x, d / 2, 0), (x, -d / 2, top), 0.025, frame, n=6)
    if rng.random() < 0.3:
        s.box((w * 1.1, d * 1.1, 0.03), (0, 0, float(rng.uniform(1.9, 2.3))), skin(rng))
        for x in (-w / 2, w / 2):
            s.tube((x, d / 2, 0), (x, d / 2, 2.0), 0.02, frame, n=6)
    return s


def hung(rng: RNG) -> Solid:
    """Things hanging from rails, hooks or a line between posts."""
    s, w, h = Solid(), float(rng.uniform(0.6, 2.6)), float(rng.uniform(1.0, 2.0))
    m, skins = skin(rng), [skin(rng) for _ in range(int(rng.integers(1, 6)))]
    for x in (-w / 2, w / 2):
        s.tube((x, 0, 0), (x, 0, h), 0.02, m, n=6)
        s.box((0.3, 0.4, 0.04), (x, 0, 0), m)
    for z in np.linspace(h, h * 0.55, int(rng.integers(1, 3))):
        s.tube((-w / 2, 0, float(z)), (w / 2, 0, float(z)), 0.014, m, n=5)
        x = -w / 2 + 0.06
        while x < w / 2 - 0.05:
            wide, drop = float(rng.uniform(0.05, 0.4)), float(rng.uniform(0.15, 0.45) * h)
            part(s, rng, (x + wide / 2, 0.0, max(0.03, float(z) - drop)), (wide, 0.1, drop * 0.95),
                 skins[int(rng.integers(len(skins)))])  # fmt: skip
            x += wide + float(rng.uniform(0.0, 0.1))
    return s


def apparatus(rng: RNG) -> Solid:
    """A machine-like block with doors, a printed front, things on top: coolers, grills, toys to ride."""
    s, size = Solid(), (float(rng.uniform(0.35, 1.5)), float(rng.uniform(0.3, 0.9)), float(rng.uniform(0.5, 1.9)))
    w, d, h = size
    body = skin(rng)
    s.box((w, d, h * 0.92), (0, 0, h * 0.08), body)
    for x in (-w * 0.4, w * 0.4):
        s.box((0.08, d * 0.8, h * 0.08), (x, 0, 0), mt.paint((0.1, 0.1, 0.1), 0.6))
    for _ in range(int(rng.integers(1, 5))):
        pw, ph = float(rng.uniform(0.2, 0.9)) * w, float(rng.uniform(0.1, 0.6)) * h
        at = (float(rng.uniform(-0.5, 0.5)) * (w - pw), -d / 2, float(rng.uniform(0.1, 0.95 - ph / h)) * h)
        s.box((pw, 0.04, ph), at, skin(rng) if rng.random() < 0.7 else mt.glass(0.05))
    for _ in range(int(rng.integers(0, 4))):
        big = float(rng.uniform(0.1, 0.35))
        at = (float(rng.uniform(-0.4, 0.4)) * w, float(rng.uniform(-0.3, 0.3)) * d, h)
        part(s, rng, at, (big, big, float(rng.uniform(0.1, 0.5))), skin(rng))
    return s


def laid_out(rng: RNG) -> Solid:
    """Small things on a sheet, mats or the bare ground."""
    s, w, d = Solid(), float(rng.uniform(0.8, 2.6)), float(rng.uniform(0.6, 1.4))
    if rng.random() < 0.7:
        sheet = cloth(rng) if rng.random() < 0.7 else skin(rng)
        s.box((w, d, 0.012), (0, 0, 0), sheet, turn_z(float(rng.normal(0, 4))))
    _fill(s, rng, w * 0.9, d * 0.85, 0.012, float(rng.uniform(0.05, 0.4)))
    return s


def held_up(rng: RNG) -> Solid:
    """A thing on one leg: boards, figures, globes, screens, baskets."""
    s, h = Solid(), float(rng.uniform(0.5, 1.9))
    m, foot = skin(rng), float(rng.uniform(0.15, 0.4))
    s.lathe([(foot, 0), (foot * 0.9, 0.05), (0.03, 0.08)], (0, 0, 0), m, n=int(rng.choice([4, 12])))
    s.tube((0, 0, 0), (0, 0, h), float(rng.uniform(0.012, 0.05)), m, n=6)
    head = Solid()
    part(head, rng, (0, 0, 0), tuple(rng.uniform((0.25, 0.04, 0.25), (0.8, 0.5, 0.9)).tolist()), skin(rng))
    return s.join(head, (0, 0, h * float(rng.uniform(0.4, 1.0))), turn_y(float(rng.choice([0, 0, 12]))))


_MAKES: tuple[tuple[Callable[[RNG], Solid], float], ...] = (
    (pile, 0.24), (staging, 0.28), (hung, 0.12), (apparatus, 0.14), (laid_out, 0.12), (held_up, 0.1),
)  # fmt: skip


def made_up(rng: RNG) -> Solid:
    """One of these."""
    makes, shares = zip(*_MAKES, strict=True)
    return makes[int(rng.choice(len(makes), p=shares))](rng)
