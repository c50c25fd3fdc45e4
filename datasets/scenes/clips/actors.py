"""Moving people drawn by a small rasteriser: shaded triangles, their sun shadow on the ground, contact shade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .. import people
from ..camera import View
from ..classes import MaskClass
from ..goods import bright, cartons, crate
from ..solid import Solid, turn_z
from .scenario import Actor, idle

F32 = NDArray[np.float32]
SUPER = 3
STRIDE_M = 1.42


@dataclass
class Sprite:
    """A drawn thing: window at (x0, y0), premultiplied light parts, cover, distances, ground shadows."""

    x0: int
    y0: int
    sky: F32
    sun: F32
    alpha: F32
    near: F32
    depth: float
    cls: MaskClass
    foot: tuple[float, float]
    shadow: tuple[int, int, F32] | None
    contact: tuple[int, int, F32] | None


def pose_at(actor: Actor, t: float, seed: int) -> tuple[float, float, float, people.Pose] | None:
    """x, y, heading in degrees and pose at time t; None when not on the scene."""
    s = actor.stops
    if t < s[0].t or t >= s[-1].t:
        return None
    k = max(i for i in range(len(s)) if s[i].t <= t)
    a, b = s[k], s[k + 1]
    d = np.array([b.x - a.x, b.y - a.y])
    far = float(np.linalg.norm(d))
    load = any(a <= t < b for a, b, _ in actor.loads)
    if far < 0.05:
        before = s[k - 1] if k else b
        head = a.face if a.face is not None else float(np.degrees(np.arctan2(a.y - before.y, a.x - before.x)))
        return a.x, a.y, head, idle(people.POSES[a.pose], t, seed)
    u = (t - a.t) / (b.t - a.t)
    way = sum(float(np.hypot(s[i + 1].x - s[i].x, s[i + 1].y - s[i].y)) for i in range(k)) + u * far
    p = people.walking((way / STRIDE_M + seed * 0.37) % 1.0)
    if load:
        p = people.replace(p, shoulders=(36.0, 36.0), elbows=(58.0, 58.0), lean=0.0)
    return a.x + u * d[0], a.y + u * d[1], float(np.degrees(np.arctan2(d[1], d[0]))), p


def _load(kind: str, seed: int) -> Solid:
    rng = np.random.default_rng(seed + 500)
    return (
        crate(rng)
        if kind == "crate"
        else cartons(rng, 1)
        if kind == "carton"
        else _net_roll()
        if kind == "net"
        else Solid()
    )


def _net_roll() -> Solid:
    from .. import materials as mt

    return Solid().tube((0, -0.9, 0.1), (0, 0.9, 0.1), 0.14, mt.paint((0.1, 0.42, 0.26), 0.8))


def body(actor: Actor, t: float, seed: int) -> tuple[Solid, float, float] | None:
    """The person's mesh in the world at time t and the foot point."""
    now = pose_at(actor, t, seed)
    if now is None:
        return None
    x, y, head, pose = now
    who = actor.who
    if who.umbrella is not None:
        pose = people.replace(pose, shoulders=(40.0, pose.shoulders[1]), elbows=(95.0, pose.elbows[1]))
    fig = people.figure(who, pose)
    for a, b, kind in actor.loads:
        if a <= t < b and kind:
            fig.join(_load(kind, seed), (0.42, 0, 0.98), turn_z(90))
    return Solid().join(fig, (x, y, actor.z), turn_z(head)), x, y


def _outward(centre: NDArray[np.float64], n: NDArray[np.float64], part: NDArray[np.int32]) -> NDArray[np.float64]:
    """+1 or -1 per triangle: the sign that makes its part's normals point away from the part's middle."""
    count = np.bincount(part) + 1e-9
    mid = np.stack([np.bincount(part, centre[:, k]) / count for k in range(3)], 1)
    vote = np.bincount(part, ((centre - mid[part]) * n).sum(1))
    return np.where(vote >= 0, 1.0, -1.0)[part]


def _triangles(s: Solid) -> tuple[NDArray[np.int32], F32, NDArray[np.int32]]:
    tris, rgb = [], []
    starts = np.cumsum([0, *s.parts])
    cols = [np.array(m.diffuse_color[:3], dtype=np.float32) for m in s.materials]
    for f, m in zip(s.faces, s.mats, strict=True):
        for k in range(1, len(f) - 1):
            tris.append((f[0], f[k], f[k + 1]))
            rgb.append(cols[m])
    corners = np.array(tris, dtype=np.int32)
    part = np.searchsorted(starts, corners[:, 0], side="right").astype(np.int32) - 1
    return corners, np.array(rgb, dtype=np.float32), part


def _sunlit(centres: NDArray[np.float64], sun: NDArray[np.float64], cell: float = 0.035) -> F32:
    """1 where a triangle sees the sun past the rest of the body, else 0 (a coarse shadow map)."""
    side = np.cross(sun, [0, 0, 1.0])
    side /= np.linalg.norm(side)
    up = np.cross(side, sun)
    a, b, d = (centres @ side / cell).astype(int), (centres @ up / cell).astype(int), centres @ sun
    a -= a.min()
    b -= b.min()
    top = np.full((a.max() + 1, b.max() + 1), -1e9)
    np.maximum.at(top, (a, b), d)
    return (d > top[a, b] - 0.09).astype(np.float32)


def _paint(q: NDArray[np.int32], order: list[int], height: int, width: int) -> NDArray[np.int32]:
    """Triangles (T, 3, 2) in sixteenths of a pixel, painted in order: (H, W) triangle number plus one, else 0."""
    ids = np.zeros((height, width), np.float32)
    fill = cv2.fillConvexPoly
    for k in order:
        fill(ids, q[k], k + 1, 8, 4)
    return ids.astype(np.int32)


def draw(actor: Actor, t: float, seed: int, view: View, sun: NDArray[np.float64]) -> Sprite | None:
    """Draw the person at time t; None when absent or out of the picture."""
    got = body(actor, t, seed)
    if got is None:
        return None
    solid, fx, fy = got
    return draw_solid(solid, (fx, fy, actor.z), view, sun, MaskClass.PERSON, _contact(fx, fy, view, actor.z))


def draw_solid(
    solid: Solid,
    foot: tuple[float, float, float],
    view: View,
    sun: NDArray[np.float64],
    cls: MaskClass,
    contact: tuple[int, int, F32] | None = None,
) -> Sprite | None:
    """Draw a solid that stands at `foot`; None when out of the picture."""
    pts = solid.points()
    uv, depth = view.project(pts)
    foot_uv, foot_depth = view.project(np.array([foot]))
    px = np.clip(uv, -1.5, 2.5) * [view.width, view.height]
    ahead = depth > 0.6
    if not ahead.any():
        return None
    lo, hi = np.floor(px[ahead].min(0)).astype(int) - 2, np.ceil(px[ahead].max(0)).astype(int) + 3
    lo, hi = np.maximum(lo, -64), np.minimum(hi, [view.width + 64, view.height + 64])
    if (hi <= 0).any() or (lo >= [view.width, view.height]).any() or (hi - lo < 3).any():
        return None
    tris, rgb, part = _triangles(solid)
    whole = ahead[tris].all(1)
    tris, rgb, part = tris[whole], rgb[whole], part[whole]
    p = pts[tris]
    centre = p.mean(1)
    n = np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0])
    n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-12
    toward = np.asarray(view.at) - centre
    outward = _outward(centre, n, part)
    n *= outward[:, None]
    front = (n * toward).sum(1) > 0
    high = np.clip((centre[:, 2] - foot[2]) / 0.9, 0, 1)
    sky = rgb * (0.52 * (0.62 + 0.38 * n[:, 2]) * (0.72 + 0.28 * high))[:, None]
    lit = np.clip(n @ sun, 0, 1) * _sunlit(centre, sun)
    bounce = 0.12 * (0.6 - 0.4 * n[:, 2])
    direct = rgb * (1.27 * (lit + bounce))[:, None]
    w, h = hi - lo
    size = (int(h) * SUPER, int(w) * SUPER)
    q = np.round((px - lo)[tris] * SUPER * 16).astype(np.int32)
    far = ((centre - np.asarray(view.at)) ** 2).sum(1)
    order = np.argsort(-far)
    which = _paint(q, order[front[order]].tolist(), *size)
    none = np.zeros((1, 3), np.float32)
    deep = np.concatenate([np.float32([1e6]), depth[tris].mean(1).astype(np.float32)])
    sky_img, sun_img = (np.concatenate([none, a]).astype(np.float32)[which] for a in (sky, direct))
    cover = (which > 0).astype(np.uint8) * 255
    small = (int(w), int(h))
    return Sprite(
        int(lo[0]),
        int(lo[1]),
        cv2.resize(sky_img, small, interpolation=cv2.INTER_AREA),
        cv2.resize(sun_img, small, interpolation=cv2.INTER_AREA),
        cv2.resize(cover, small, interpolation=cv2.INTER_AREA).astype(np.float32) / 255,
        deep[which][SUPER // 2 :: SUPER, SUPER // 2 :: SUPER][: small[1], : small[0]],
        float(foot_depth[0]),
        cls,
        (float(foot_uv[0, 0]), float(foot_uv[0, 1])),
        _ground_shadow(pts, tris[lit > 0.02], view, sun, foot[2]),
        contact,
    )


def _fill(polys: Any, view: View, blur: float) -> tuple[int, int, F32] | None:
    allp = np.concatenate(polys)
    lo, hi = np.floor(allp.min(0)).astype(int) - 4, np.ceil(allp.max(0)).astype(int) + 5
    w, h = hi - lo
    if w <= 0 or h <= 0 or w > 1500 or h > 1500:
        return None
    mask = np.zeros((int(h) * 2, int(w) * 2), np.uint8)
    for poly in polys:
        cv2.fillConvexPoly(mask, np.round((poly - lo) * 2 * 16).astype(np.int32), 255, cv2.LINE_8, 4)
    m = cv2.resize(cv2.GaussianBlur(mask, (0, 0), blur * 2), (int(w), int(h)), interpolation=cv2.INTER_AREA)
    return int(lo[0]), int(lo[1]), m.astype(np.float32) / 255


def _ground_shadow(pts: Any, tris: Any, view: View, sun: Any, z: float) -> tuple[int, int, F32] | None:
    flat = pts - sun * ((pts[:, 2:3] - z) / sun[2])
    uv, depth = view.project(flat)
    if depth.min() < 0.5:
        return None
    return _fill(list((uv * [view.width, view.height])[tris]), view, 0.9)


def _contact(x: float, y: float, view: View, z: float) -> tuple[int, int, F32] | None:
    a = np.linspace(0, 2 * np.pi, 17)[:-1]
    ring = np.stack([x + 0.26 * np.cos(a), y + 0.26 * np.sin(a), np.full(16, z)], 1)
    uv, depth = view.project(ring)
    return _fill([uv * [view.width, view.height]], view, 3.0) if depth.min() > 0.5 else None


def passer_by(rng: np.random.Generator, t: float, y: float, x0: float, x1: float, speed: float | None = None) -> Actor:
    """Someone who walks straight through."""
    v = speed or float(rng.uniform(1.0, 1.45))
    dy = float(rng.normal(0, 0.25))
    stops = (Stop_(t, x0, y), Stop_(t + abs(x1 - x0) / v, x1, y + dy))
    return Actor(people.look(rng), stops)


def Stop_(t: float, x: float, y: float) -> Any:  # noqa: N802
    """A stop with the defaults."""
    from .scenario import Stop

    return Stop(t, x, y)


def with_umbrella(rng: np.random.Generator, a: Actor) -> Actor:
    """The same person under an umbrella."""
    from dataclasses import replace

    return replace(a, who=replace(a.who, umbrella=bright(rng)))
